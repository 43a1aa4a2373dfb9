"""How often the person was tried, read from the contact log: no seal opened."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from nightdesk.records.cases import Case
from nightdesk.records.contact_log import ContactNote
from nightdesk.rules.closing_tries import Attempt, Tried, tried_since_reached
from nightdesk.rules.pack_contact import OUT


def tried_of(case: Case, reached: Collection[str]) -> Tried:
    """The tries since the person was last reached, in one statement. `reached`: the outcomes of the pack that say so."""
    newest = ContactNote.objects.filter(contact=OuterRef("pk")).order_by("-number").values("outcome")[:1]
    rows = case.contacts.values_list("begun_at", "way", "direction", Subquery(newest))
    contacts = (
        Attempt(at, way, outgoing=direction == OUT, noted=came is not None, reached=came in reached)
        for at, way, direction, came in rows
    )
    return tried_since_reached(contacts, timezone.get_current_timezone())
