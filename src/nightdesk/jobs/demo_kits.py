"""Early evidence kits of the demo: some open, some closed, some with a no, each noted by whoever took the disclosure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from nightdesk.actions.kits import close_kit, make_card, note_step, open_kit
from nightdesk.jobs.demo_force import Force
from nightdesk.jobs.demo_stores import fridge_of, moving
from nightdesk.queries.exhibits import of_case
from nightdesk.queries.kits import DEMO_KEY, DEMO_NUMBER
from nightdesk.rules.access import Reader
from nightdesk.rules.kit import DECLINED, DONE, NOT_POSSIBLE

AFTER_MINUTES: Final = 4  # the kit is opened once the specialist has been asked for
STEP_MINUTES: Final = 2
STORED_MINUTES: Final = 25  # after the last step
SENT_DAYS: Final = 2
Answers = tuple[tuple[str, str], ...]
# What was answered, in order, and whether the bag was sealed. A kit that was opened minutes ago is open still.
COURSES: Final[tuple[tuple[Answers, bool], ...]] = (
    (
        (
            ("care", DONE), ("choice", DONE), ("mouth_swabs", DONE), ("mouth_rinse", DONE), ("drink", DONE),
            ("first_urine", DONE), ("tissue", DECLINED), ("clothes", NOT_POSSIBLE),
        ),
        True,
    ),
    ((("first_urine", DONE), ("care", DONE), ("choice", DONE), ("mouth_swabs", DECLINED), ("mouth_rinse", DONE)), False),
    ((("care", DONE), ("choice", DONE), ("mouth_swabs", NOT_POSSIBLE), ("mouth_rinse", DONE), ("drink", DONE)), False),
    ((("care", DONE), ("choice", DONE), ("mouth_swabs", DECLINED), ("first_urine", DECLINED), ("first_urine", DONE)), True),
)  # fmt: skip
EVERY: Final = 3  # of so many disclosures one has a kit


class Lives(Protocol):
    """What a kit needs of the demo's life: to happen later."""

    kits: int
    force: Force

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_kit(life: Lives, reference: str, taker: Reader, turn: int, at: datetime) -> None:
    """A kit for one in three; the very first is the one that a visitor may follow by its number and words."""
    if life.kits and turn % EVERY:
        return
    number = "" if life.kits else DEMO_NUMBER
    course = COURSES[life.kits % len(COURSES)]
    life.kits += 1

    def opened(when: datetime) -> None:
        kit = open_kit(actor=taker, at=when, reference=reference, number=number)
        _go_on(life, reference, taker, kit.number, course, when)

    life.later(at + timedelta(minutes=AFTER_MINUTES), opened)


def _go_on(
    life: Lives, reference: str, taker: Reader, number: str, course: tuple[Answers, bool], at: datetime
) -> None:
    answers, sealed = course
    common: dict[str, Any] = {"actor": taker, "reference": reference, "number": number}

    def noting(seen: int, step: str, outcome: str) -> Callable[[datetime], object]:
        return lambda when: note_step(at=when, step=step, outcome=outcome, seen=seen, **common)

    for seen, (step, outcome) in enumerate(answers):
        at += timedelta(minutes=STEP_MINUTES)
        life.later(at, noting(seen, step, outcome))
    if sealed:
        at += timedelta(minutes=STEP_MINUTES)
        life.later(at, lambda when: close_kit(at=when, **common))
    if number == DEMO_NUMBER:
        at += timedelta(minutes=STEP_MINUTES)
        life.later(at, lambda when: make_card(at=when, key=DEMO_KEY, before="", **common))
    away = at + timedelta(minutes=STORED_MINUTES)
    life.later(away, lambda when: _put_away(life, reference, taker, when))


def _put_away(life: Lives, reference: str, taker: Reader, at: datetime) -> None:
    """Specimens go into the fridge of the counter, and some days later to the laboratory."""
    fridge = fridge_of(life.force, taker)
    for row in of_case(taker, reference, at):
        moving(taker, row.code, "stored", fridge)(at)
        sent = at + timedelta(days=SENT_DAYS)
        life.later(sent, moving(taker, row.code, "received"))
        life.later(sent + timedelta(minutes=STEP_MINUTES), moving(taker, row.code, "sent", "laboratory"))
