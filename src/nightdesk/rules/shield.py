"""The shield: what a person says about drugs they took, and the little that may follow from it.

The hard rule (field.md section 3, design of the shield, 3): a drug answer may raise urgency and adds times until which a
sample is worth taking. It never lowers a priority, never delays, never makes anybody a suspect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from nightdesk.rules.pack_windows import DrugWindow
from nightdesk.rules.terms import SOIT

SELF: Final = "self"
SOMEONE_ELSE: Final = "someone_else"
UNSURE: Final = "unsure"
NOT_SAID: Final = ""
GIVEN_BY: Final = (SELF, SOMEONE_ELSE, UNSURE, NOT_SAID)

# What the record is opened for. Nothing else opens it.
FOR_CASE: Final = "case"
FOR_MEDICAL: Final = "medical"
PURPOSES: Final = (FOR_CASE, FOR_MEDICAL)

NOW: Final = "now"
SOON: Final = "soon"
URGENCIES: Final = (SOON, NOW)  # rising
STILL_FOUND: Final = timedelta(
    days=7
)  # with no drug named: as long as any general toxicology sample is offered


class ShieldRefused(Exception):
    """What was asked of the shield is not allowed; the sentence says what to do."""


@dataclass(frozen=True)
class DrugAnswer:
    """What the person said, as far as they said it: codes of the pack, times as a range (UTC), and their own words."""

    substances: tuple[str, ...] = ()
    other: str = ""
    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    when_words: str = ""
    routes: tuple[str, ...] = ()
    given_by: str = NOT_SAID
    words: str = ""

    def medical(self) -> dict[str, Any]:
        """The part a doctor needs: substance, time, route. Sealed apart from the rest."""
        return {
            "substances": list(self.substances), "other": self.other, "routes": list(self.routes),
            "earliest_at": self.earliest_at.isoformat() if self.earliest_at else None,
            "latest_at": self.latest_at.isoformat() if self.latest_at else None, "when_words": self.when_words,
        }  # fmt: skip

    def rest(self) -> dict[str, Any]:
        """Who gave it, and their own words: for the case alone."""
        return {"given_by": self.given_by, "words": self.words}


def answer_of(medical: Mapping[str, Any], rest: Mapping[str, Any]) -> DrugAnswer:
    """The answer from what `medical` and `rest` wrote."""
    earliest, latest = (
        datetime.fromisoformat(medical[name]) if medical[name] else None
        for name in ("earliest_at", "latest_at")
    )
    return DrugAnswer(
        substances=tuple(medical["substances"]), other=medical["other"], earliest_at=earliest, latest_at=latest,
        when_words=medical["when_words"], routes=tuple(medical["routes"]), given_by=rest["given_by"], words=rest["words"],
    )  # fmt: skip


def refuse_if_not_an_answer(
    answer: DrugAnswer, *, drugs: Collection[str], routes: Collection[str], now: datetime
) -> None:
    """Raise ShieldRefused for an empty answer, a code the pack does not have, or a time still to come."""
    if not (answer.substances or answer.other or answer.words):
        raise ShieldRefused(
            "Write what they said, or name a drug. If they said nothing, there is nothing to seal."
        )
    strange = [code for code in answer.substances if code not in drugs]
    strange += [code for code in answer.routes if code not in routes]
    if strange or answer.given_by not in GIVEN_BY:
        raise ShieldRefused("Choose from the answers on the page. If it was open for long, open it again.")
    if answer.earliest_at and answer.latest_at and answer.earliest_at > answer.latest_at:
        raise ShieldRefused("The earliest time is after the latest. Change one of them.")
    if any(at and at > now for at in (answer.earliest_at, answer.latest_at)):
        raise ShieldRefused("This time is still to come. Check day and time.")


@dataclass(frozen=True)
class Until:
    """Until when (UTC) a sample may show a drug, by the longest figure sourced; `passed` means: ask the SARC."""

    drug: str
    specimen: str
    ends_at: datetime
    passed: bool


def samples_until(
    answer: DrugAnswer, windows: Iterable[DrugWindow], *, told_at: datetime, now: datetime
) -> tuple[Until, ...]:
    """The times of the drugs named, soonest first, from the latest possible taking: when it was told, if not known."""
    since = answer.latest_at or told_at
    found = [
        Until(window.drug, window.specimen, ends, ends <= now)
        for window in windows
        if window.drug in answer.substances and window.hours is not None
        for ends in [since + timedelta(hours=window.hours)]
    ]
    return tuple(sorted(found, key=lambda until: (until.ends_at, until.drug)))


@dataclass(frozen=True)
class Standing:
    """What the hard rule watches over: how urgent, when the next person is told, how many suspects."""

    urgency: str
    next_step_at: datetime | None
    suspects: int


def after_answer(before: Standing, answer: DrugAnswer, *, told_at: datetime) -> Standing:
    """What a drug answer makes of it: more urgent while something may still be found, else exactly as it was."""
    since = answer.latest_at or told_at
    if told_at - since > STILL_FOUND:
        return before
    return Standing(max(before.urgency, NOW, key=URGENCIES.index), before.next_step_at, before.suspects)


def may_open(*, purpose: str, role: str, own: bool, own_unit: bool) -> bool:
    """The case's own SOIT opens it for the case; for the medical hand-over any SOIT of the case's unit may as well.

    Nobody else, whatever their rank: not a supervisor, not the counter that wrote it down, not the auditor.
    """
    if role != SOIT or purpose not in PURPOSES:
        return False
    return own or (purpose == FOR_MEDICAL and own_unit)
