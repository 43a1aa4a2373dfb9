"""What the pages of particulars share: whose they are, which entry, and where an entry is shown."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.urls import reverse

from nightdesk.actions.particulars import NO_ENTRY
from nightdesk.actions.refusals import NotFound
from nightdesk.queries.particulars import ParticularSeen
from nightdesk.rules.particular_kinds import POLE

POLE_CODES: Final = tuple(kind.code for kind in POLE)
# kind of which a case has one → name of its page; everything else has a page for each entry
PAGE_OF: Final[dict[str, str]] = {"contact_plan": "contact_plan", "wishes": "wishes"}


def page_of(seen: ParticularSeen, reference: str) -> str:
    """The address where an entry is shown."""
    if seen.kind in PAGE_OF:
        return reverse(PAGE_OF[seen.kind], args=[reference])
    return reverse("particular", args=[reference, seen.id])


def entry_in(entries: Iterable[ParticularSeen], key: UUID) -> ParticularSeen:
    """The entry with this key. Raises NotFound."""
    for one in entries:
        if one.id == key:
            return one
    raise NotFound(NO_ENTRY)
