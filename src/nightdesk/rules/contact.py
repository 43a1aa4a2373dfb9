"""Before somebody is called: whether this way and this moment are safe by what was agreed with the person. Pure.

A warning is said aloud with its reasons, and going on needs words; a care is shown and needs none. Source: TrackMyCrime's
unsafe messages at home; safe contact asked first (reference field notes 2.1, 7).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final

from nightdesk.rules.contact_hours import Hours, is_safe_time, next_safe_at
from nightdesk.rules.pack_contact import (
    IN,
    MESSAGE_LEFT,
    NO_CONTACT,
    OUT,
    THEY_CALL,
    ContactOutcome,
    ContactWay,
)

LONGEST_WORDS: Final = 4000
FURTHEST_PROMISE: Final = timedelta(days=366)
DIRECTIONS: Final = (OUT, IN)
YES, NO, UNKNOWN = "yes", "no", ""
ANY_TIME, THESE_TIMES = "any", "these"

# Warnings: going on needs a reason in words.
NOTHING_AGREED: Final = "nothing_agreed"
ASKED_FOR_NONE: Final = "asked_for_none"
THEY_GET_IN_TOUCH: Final = "they_get_in_touch"
WAY_NOT_AGREED: Final = "way_not_agreed"
OUTSIDE_HOURS: Final = "outside_hours"
WARNINGS: Final = (NOTHING_AGREED, ASKED_FOR_NONE, THEY_GET_IN_TOUCH, WAY_NOT_AGREED, OUTSIDE_HOURS)
# Cares: shown beside, whatever the hour.
TIMES_UNKNOWN: Final = "times_unknown"
OTHERS_ANSWER: Final = "others_answer"
OTHERS_MAY_ANSWER: Final = "others_may_answer"
OTHERS_READ: Final = "others_read"
OTHERS_MAY_READ: Final = "others_may_read"
NO_NUMBER: Final = "no_number"
NO_MESSAGE: Final = "no_message"
MESSAGE_UNKNOWN: Final = "message_unknown"
NEEDS_INTERPRETER: Final = "needs_interpreter"
CARES: Final = (
    TIMES_UNKNOWN, OTHERS_ANSWER, OTHERS_MAY_ANSWER, OTHERS_READ, OTHERS_MAY_READ, NO_NUMBER, NO_MESSAGE, MESSAGE_UNKNOWN,
    NEEDS_INTERPRETER,
)  # fmt: skip


class ContactRefused(Exception):
    """A contact can't be noted like that; the sentence says what to do."""


@dataclass(frozen=True)
class Plan:
    """What was agreed with the person about contact. `number` 0: nothing was, and this is what the counter noted.

    `ways` are safe contacts of the pack. `at` holds numbers and addresses by what they are (phone, email, handle, address).
    `when` is "any", "these" (`hours`, by their clock) or "" (not known); the yes-or-no answers are "" when not known.
    """

    number: int = 0
    ways: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    hours: tuple[Hours, ...] = ()
    others_answer: str = ""
    others_read: str = ""
    message: str = ""
    interpreter: bool = False


@dataclass(frozen=True)
class Checked:
    """What the plan says to a way at a moment. `warnings` need words; `next_at`: the next safe moment, if it is known."""

    warnings: tuple[str, ...]
    cares: tuple[str, ...]
    next_at: datetime | None = None

    @property
    def safe(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.warnings


def checked(plan: Plan, way: ContactWay, direction: str, at: datetime, zone: tzinfo) -> Checked:
    """What speaks against this way at this moment, in `zone` (the person's). They may always get in touch themselves."""
    if direction == IN:
        return Checked((), ())
    outside = plan.when == THESE_TIMES and not is_safe_time(plan.hours, zone, at)
    found = (
        (NOTHING_AGREED, not plan.ways and bool(way.safe_by)),
        (ASKED_FOR_NONE, NO_CONTACT in plan.ways),
        (
            THEY_GET_IN_TOUCH,
            THEY_CALL in plan.ways and bool(way.safe_by) and not set(way.safe_by) & set(plan.ways),
        ),
        (WAY_NOT_AGREED, _is_not_agreed(plan, way)),
        (OUTSIDE_HOURS, outside),
    )
    warnings = tuple(code for code, holds in found if holds)
    next_at = next_safe_at(plan.hours, zone, at) if outside else None
    return Checked(warnings, _cares(plan, way), next_at)


def _is_not_agreed(plan: Plan, way: ContactWay) -> bool:
    agreed = set(plan.ways) - {NO_CONTACT, THEY_CALL}
    return bool(agreed and way.safe_by) and not set(way.safe_by) & agreed


def _cares(plan: Plan, way: ContactWay) -> tuple[str, ...]:
    found = (
        (TIMES_UNKNOWN, not plan.when),
        (OTHERS_ANSWER, way.other == "answer" and plan.others_answer == YES),
        (OTHERS_MAY_ANSWER, way.other == "answer" and plan.others_answer == UNKNOWN),
        (OTHERS_READ, way.other == "read" and plan.others_read == YES),
        (OTHERS_MAY_READ, way.other == "read" and plan.others_read == UNKNOWN),
        (NO_NUMBER, bool(way.at) and not plan.at.get(way.at)),
        (NO_MESSAGE, way.other == "answer" and plan.message == NO),
        (MESSAGE_UNKNOWN, way.other == "answer" and plan.message == UNKNOWN),
        (NEEDS_INTERPRETER, plan.interpreter),
    )
    return tuple(code for code, holds in found if holds)


def refuse_if_unwarned(found: Checked, told: Collection[str], reason: str) -> None:
    """Raise ContactRefused unless every warning that holds was on the page (`told`), and the reason to go on is in words."""
    if not set(found.warnings) <= set(told):
        raise ContactRefused(
            "Something speaks against this contact that the page had not said. Read it, then decide."
        )
    if found.warnings and not reason.strip():
        raise ContactRefused(
            "Write why you go on although it is not safe by the plan. Or choose a safe way or time."
        )


@dataclass(frozen=True)
class Came:
    """What came of a contact: a code of the pack, who was spoken with, words, what was agreed, what was promised by when."""

    outcome: str
    words: str = ""
    agreed: str = ""
    next_by_at: datetime | None = None


def refuse_if_incomplete(
    came: Came, direction: str, outcomes: Mapping[str, ContactOutcome], *, begun_at: datetime, plan: Plan, correction: bool
) -> None:  # fmt: skip
    """Raise ContactRefused, saying what is missing: an outcome that goes with the direction, words where they are owed.

    A message left against the plan says why; a correction says what was wrong; a promise lies ahead of the contact.
    """
    outcome = outcomes.get(came.outcome)
    if outcome is None or outcome.direction != direction:
        raise ContactRefused("Choose what came of it.")
    if came.outcome == MESSAGE_LEFT and plan.message != YES and not came.words.strip():
        raise ContactRefused(
            "The plan does not say that a message may be left. Write what was left, and why."
        )
    if correction and not came.words.strip():
        raise ContactRefused("Write what was wrong about the earlier note. It stays beside yours.")
    if came.next_by_at is not None and not begun_at < came.next_by_at <= begun_at + FURTHEST_PROMISE:
        raise ContactRefused("What was promised lies after the contact, and within a year. Check the date.")


def refuse_if_no_such_time(begun_at: datetime, *, opened_at: datetime, at: datetime) -> None:
    """Raise ContactRefused for a contact before the report or in the future."""
    if not opened_at.replace(second=0, microsecond=0) <= begun_at <= at:
        raise ContactRefused(
            "It can’t have been before the report, or in the future. Check the date and the time."
        )


@dataclass(frozen=True)
class Happened:
    """One contact as it stands by its newest note: when it began, whether it reached the person, what was promised."""

    begun_at: datetime
    reached: bool = False
    next_by_at: datetime | None = None


def promised(contacts: Iterable[Happened]) -> datetime | None:
    """When the person was promised the next contact; None when nothing is, or when they were reached since."""
    standing: datetime | None = None
    for contact in sorted(contacts, key=lambda one: one.begun_at):
        if contact.reached:
            standing = None
        standing = contact.next_by_at or standing
    return standing
