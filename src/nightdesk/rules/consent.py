"""Consent to sharing: what a person answered about one recipient, and whether a group of fields may go there now. Pure.

Consent is per recipient, per group of fields, for named purposes and until a day (casework.md: two booleans that anybody can
set are not consent). Whatever was not asked is not given. Every answer that was not replaced must allow it, so the narrowest
wins; one that was withdrawn or has run out allows nothing until the person is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

GIVEN: Final = "given"
DECLINED: Final = "declined"
WITHDRAWN: Final = "withdrawn"
EXPIRED: Final = "expired"
OTHER_PURPOSE: Final = "other_purpose"
NOT_ASKED: Final = "not_asked"
STATES: Final = (DECLINED, WITHDRAWN, EXPIRED, OTHER_PURPOSE, NOT_ASKED, GIVEN)  # which is said first
SAID_NO: Final = (DECLINED, WITHDRAWN)  # what was sent before has to stop being used


class ConsentRefused(Exception):
    """The answer can't be kept like that; the sentence says what to do."""


@dataclass(frozen=True)
class Answer:
    """One answer: the groups said yes and no to (others were not asked), for what, from when until when (aware UTC).

    `replaced`: the person was asked again, and the newer answer holds instead.
    """

    number: int
    yes: frozenset[str]
    no: frozenset[str]
    purposes: frozenset[str]
    answered_at: datetime
    until_at: datetime | None = None
    withdrawn_at: datetime | None = None
    replaced: bool = False

    def state_of(self, group: str, purpose: str | None, now: datetime) -> str:
        """How this answer stands to a group for a purpose at `now`; None asks whatever the purpose."""
        if group in self.no:
            return DECLINED
        if self.withdrawn_at is not None:
            return WITHDRAWN
        if group not in self.yes or now < self.answered_at:
            return NOT_ASKED
        if self.until_at is None or now >= self.until_at:
            return EXPIRED
        if purpose is not None and purpose not in self.purposes:
            return OTHER_PURPOSE
        return GIVEN

    def stands(self, now: datetime) -> bool:
        """Whether anything may still go by this answer."""
        return not self.replaced and any(self.state_of(group, None, now) == GIVEN for group in self.yes)


def state_of(group: str, purpose: str | None, answers: Iterable[Answer], now: datetime) -> str:
    """How a group stands with one recipient: GIVEN only if every answer that was not replaced allows it."""
    states = {answer.state_of(group, purpose, now) for answer in answers if not answer.replaced}
    return next((state for state in STATES if state in states), NOT_ASKED)


def refuse_if_older(answered_at: datetime, replaced_at: datetime, withdrawn_at: datetime | None) -> None:
    """Raise ConsentRefused when an answer was given before the one it would replace was given, or before that was taken
    back: a yes of the morning, written down in the evening, does not undo the no of the afternoon."""
    if withdrawn_at is not None and answered_at <= withdrawn_at:
        raise ConsentRefused(
            "They took their yes back after that. Ask them again, and write down when they answered."
        )
    if answered_at < replaced_at:
        raise ConsentRefused(
            "They gave the newer answer after this one. Write it down beside the newer one instead."
        )


def refuse_if_no_answer(answer: Answer, *, words: str, groups: Iterable[str], now: datetime) -> None:
    """Raise ConsentRefused, saying what is missing, unless this is an answer that can be kept.

    `groups` are those that may go to this recipient at all. A yes needs a purpose, an end, and the words it was given in.
    """
    known = set(groups)
    if not (answer.yes | answer.no):
        raise ConsentRefused("Choose yes or no for at least one group. What was not asked stays not asked.")
    if (answer.yes | answer.no) - known or answer.yes & answer.no:
        raise ConsentRefused("Choose from the groups that the page offers, yes or no for each.")
    if answer.yes and not answer.purposes:
        raise ConsentRefused("Choose what it is for. The person said yes to something, not to anything.")
    if answer.yes and (answer.until_at is None or answer.until_at <= now):
        raise ConsentRefused("Choose until when it holds: a day that is still to come.")
    if answer.yes and not words.strip():
        raise ConsentRefused("Write down how they said it, in their words. It is sealed.")
    if answer.answered_at > now:
        raise ConsentRefused("They can’t have answered in the future. Check the date and the time.")
