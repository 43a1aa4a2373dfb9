"""A case of unit A with safe ways noted at the counter, and contacts by hand."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from nightdesk.actions.contact_log import Begun, begin_contact
from nightdesk.actions.contact_promises import note_with_task
from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.rules.basics import Basics
from nightdesk.rules.contact import Came
from tests.people import as_reader
from tests.records.taking import take

SAFE = Basics(
    what="raped", call_me="Jo", pronouns="they/them", contact_phone="07700 900123", safe_ways=("phone_call", "text"),
)  # fmt: skip


def safe_case(cast: Any, at: datetime, basics: Basics = SAFE) -> str:
    """A disclosure that calls for a specialist of unit A; its reference."""
    return str(take(cast, at, basics).reference)


def begun(
    staff: Any, at: datetime, reference: str, way: str = "phone_call", *, key: UUID | None = None, **more: Any
) -> PersonContact:
    """A contact that begins at `at`, or when `more` says."""
    made = Begun(way, more.pop("direction", "out"), more.pop("begun_at", at), **more)
    return begin_contact(
        actor=as_reader(staff), at=at, reference=reference, sender_key=key or uuid4(), begun=made
    )


def noted(
    staff: Any, at: datetime, reference: str, row: PersonContact, outcome: str = "reached", *, seen: int = 0,
    task: str = "", **more: Any,
) -> ContactNote:  # fmt: skip
    """What came of it."""
    came = Came(outcome, **more)
    return note_with_task(
        actor=as_reader(staff), at=at, reference=reference, contact=row.pk, seen=seen, came=came, task=task
    )
