"""Small things several actions need: references, the reader's staff id, locking a row for writing, which unit is asked."""

import re
import secrets
import uuid
from datetime import datetime
from typing import Any, Final

from nightdesk.actions.refusals import NotFound
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.records.staff import Unit
from nightdesk.rules.access import Reader

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read wrongly over a phone line
NO_DISCLOSURE: Final = "There is no disclosure with this reference. Check the reference and try again."
REFERENCE: Final = re.compile(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")


_LOCKED = PreparedRows(
    lambda: (
        Disclosure.objects.select_related("vault", "station")
        .select_for_update(of=("self",), no_key=True)
        .filter(reference=given("reference"))
    )
)
_FOUND = PreparedRows(
    lambda: (
        Disclosure.objects.select_related("vault", "station")
        .select_for_update(of=("self",), no_key=True)
        .filter(sender_key=given("sender_key"))
    )
)


def new_reference() -> str:
    """A random reference such as “K7M2-Q9XR”: 6.5 × 10¹¹ of them, not sequential, tells nothing."""
    letters = [secrets.choice(LETTERS) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def reference_or_nothing(text: str) -> str:
    """`text` if it has the form of a reference, else "": what somebody typed into an address is kept nowhere."""
    return text if REFERENCE.fullmatch(text) else ""


def staff_id(actor: Reader) -> uuid.UUID | None:
    """The staff row of the actor; None for the system itself."""
    return None if actor.role == "system" else uuid.UUID(actor.id)


def locked_disclosure(reference: str, unknown: str = NO_DISCLOSURE) -> Disclosure:
    """The disclosure for writing, locked until the transaction ends. Raises NotFound with the sentence `unknown`.

    Where a right is asked for afterwards, `unknown` is the sentence of its refusal: so that nobody learns by asking
    whether there is a disclosure with some reference.
    """
    found = _LOCKED.first(reference=reference)
    if found is None:
        raise NotFound(unknown)
    return found


def found_by_key(sender_key: uuid.UUID) -> Disclosure | None:
    """The disclosure of this sender key, locked for writing; None when nothing was kept yet."""
    return _FOUND.first(sender_key=sender_key)


def refuse_if_naive(at: datetime) -> None:
    """Raise ValueError for a time without its zone."""
    if at.utcoffset() is None:
        raise ValueError("Give the time with its zone (UTC).")


def unit_for(*, actor: Reader, station_id: Any) -> Unit:
    """The unit that is asked: the station's; a disclosure without a station goes to the actor's own unit.

    Raises NotFound, saying whom to ring, when nobody would be asked.
    """
    found = Unit.objects.filter(stations=station_id) if station_id else Unit.objects.none()
    own = Unit.objects.filter(pk=actor.unit) if actor.unit else Unit.objects.none()
    unit = found.first() or own.first()
    if unit is None:
        raise NotFound(
            "This desk belongs to no unit, so nobody could be told. Ring the control room, and tell the admin."
        )
    return unit
