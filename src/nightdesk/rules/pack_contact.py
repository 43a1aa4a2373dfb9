"""Pack entries of contact with the person: ways of it, what came of it, and kinds of task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from nightdesk.rules.pack_entries import WordedEntry

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

OUT, IN = "out", "in"
CALL_BACK: Final = "call_back"  # the kind of a task that a promise makes
MESSAGE_LEFT: Final = "message_left"  # an outcome that the plan may forbid
# Of the safe contacts: nobody gets in touch, the person does, a message may be left.
NO_CONTACT, THEY_CALL, VOICEMAIL = "no_contact", "i_will_contact_you", "voicemail"


@dataclass(frozen=True, kw_only=True)
class ContactWay(WordedEntry):
    """A way of contact. It is agreed when one of the safe contacts `safe_by` is; empty: it needs no agreement.

    `other`: what somebody else may do there ("answer" the phone, "read" the message). `at`: what of the plan it needs.
    `meets`: duties that such a contact may meet; a person says so, on the page of the duty.
    """

    safe_by: tuple[str, ...] = ()
    other: Literal["", "answer", "read"] = ""
    at: Literal["", "phone", "email", "handle", "address"] = ""
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactOutcome(WordedEntry):
    """What came of a contact that went `direction`. `reached`: the person themselves was spoken with or wrote."""

    direction: Literal["out", "in"]
    reached: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskKind(WordedEntry):
    """A kind of task: plain, so that a list across cases can name it without a word about anybody."""


def contact_problems(pack: Pack) -> Iterator[str]:
    """Sentences for ways that nothing agrees to, and directions without an outcome."""
    for way in pack.contact_ways:
        for wanted in [wanted for wanted in way.safe_by if wanted not in pack.safe_contacts]:
            yield f'contact.toml, way "{way.id}": "safe_by" names [[safe_contact]] "{wanted}", which does not exist.'
        for wanted in [wanted for wanted in way.meets if wanted not in pack.duties]:
            yield f'contact.toml, way "{way.id}": "meets" names [[duty]] "{wanted}", which does not exist.'
    for direction in (OUT, IN):
        if not any(outcome.direction == direction for outcome in pack.contact_outcomes):
            yield f'contact.toml: no [[outcome]] has direction "{direction}".'
