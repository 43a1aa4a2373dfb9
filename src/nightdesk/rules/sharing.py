"""What goes into a hand-over pack and what stays, field by field, each with why. Pure.

Two locks: the table of the pack (which field may ever go to which kind of recipient) and what lets this group go to this
recipient now: the person's consent, a supervisor's decision without it, or, for the prosecutors, the duty to disclose. The
shield has no field here at all, and no row sealed under its key is ever opened for a pack (records/shared_values.py).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nightdesk.rules.consent import GIVEN, Answer, state_of
from nightdesk.rules.pack_sharing import BY_CONSENT, BY_DUTY, Ground, Recipient, SharedField

WITHOUT: Final = "without_consent"
NOT_TO_THEM: Final = "not_to_them"  # the table lets it not go there, whoever says yes
LEFT_OUT: Final = "left_out"  # not needed: whoever makes the pack leaves it out
NOT_COVERED: Final = (
    "The person’s consent does not cover this any more, or never did. "
    "Look at what they said, then make it anew."
)
GOES: Final = (BY_CONSENT, BY_DUTY, WITHOUT)


class SharingRefused(Exception):
    """What was asked about sharing is not allowed; the sentence says what to do."""


@dataclass(frozen=True)
class Decision:
    """A supervisor's decision to share groups without consent: a ground of the pack, from when until when (aware UTC)."""

    ground: str
    groups: frozenset[str]
    decided_at: datetime
    until_at: datetime

    def lets(self, group: str, now: datetime) -> bool:
        """Whether it lets this group go now."""
        return group in self.groups and self.decided_at <= now < self.until_at


@dataclass(frozen=True)
class Standing:
    """What is known of one recipient when something is to go there, and for what purpose."""

    recipient: Recipient
    purpose: str
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Fate:
    """One field: whether it goes, and why as a code: a state of consent, or one of those above."""

    field: SharedField
    goes: bool
    why: str


def why_of_group(group: str, standing: Standing, now: datetime) -> str:
    """What lets a group go (one of GOES), or the state of consent that keeps it."""
    if standing.recipient.basis == BY_DUTY:
        return BY_DUTY
    return _why_by_person(group, standing.purpose, standing.answers, standing.decisions, now)


def _why_by_person(
    group: str, purpose: str, answers: Iterable[Answer], decisions: Iterable[Decision], now: datetime
) -> str:
    """The same where no law says so: by what the person said, or what a supervisor decided without it."""
    state = state_of(group, purpose, answers, now)
    if state == GIVEN:
        return BY_CONSENT
    return WITHOUT if any(decision.lets(group, now) for decision in decisions) else state


def fates(
    table: Iterable[SharedField], standing: Standing, now: datetime, left_out: Collection[str] = ()
) -> tuple[Fate, ...]:
    """Every field of the table, in its order: what goes and what stays, and why."""
    found = []
    for field in table:
        why = why_of_group(field.group, standing, now)
        if standing.recipient.id not in field.to:
            why = NOT_TO_THEM
        elif why in GOES and field.group in left_out:
            why = LEFT_OUT
        found.append(Fate(field, why in GOES, why))
    return tuple(found)


def groups_for(table: Iterable[SharedField], kind: str) -> tuple[str, ...]:
    """The groups that have something for this kind of recipient, in the order of the table."""
    return tuple(dict.fromkeys(field.group for field in table if kind in field.to))


def refuse_if_nothing_goes(found: Iterable[Fate]) -> None:
    """Raise SharingRefused when a pack would be empty."""
    if not any(fate.goes for fate in found):
        raise SharingRefused(
            "Nothing may go to them as it stands. Ask the person first, or choose another purpose."
        )


def refuse_unless_all_go(groups: Iterable[str], standing: Standing, now: datetime) -> None:
    """Raise SharingRefused when one of these groups may not go (any more): nothing is dropped silently."""
    if any(why_of_group(group, standing, now) not in GOES for group in groups):
        raise SharingRefused(NOT_COVERED)


def refuse_unless_it_could_go(
    basis: Mapping[str, str],
    purpose: str,
    answers: Iterable[Answer],
    decisions: Iterable[Decision],
    at: datetime,
) -> None:
    """Raise SharingRefused when the person did not let all of a pack go at `at`. `basis`: group → what let it go.

    For a file that was taken while its edition of the table was in force: what it held was measured by that edition, and
    that it was sent is a fact, whatever a newer edition says.
    """
    held, decided = tuple(answers), tuple(decisions)
    for group, why in basis.items():
        if why != BY_DUTY and _why_by_person(group, purpose, held, decided, at) not in GOES:
            raise SharingRefused(NOT_COVERED)


def refuse_if_no_decision(
    ground: Ground | None, *, kind: str, groups: Collection[str], known: Collection[str], reason: str
) -> None:
    """Raise SharingRefused unless this can be decided without consent: a ground that fits, groups, and a reason."""
    if ground is None or kind not in ground.kinds:
        raise SharingRefused(
            "Choose the ground. Without one of them nothing is shared against what the person says."
        )
    if not groups or set(groups) - set(known):
        raise SharingRefused("Choose what has to be shared, and no more than that.")
    if not reason.strip():
        raise SharingRefused("Write down why it can’t wait for their consent. This will be read.")
