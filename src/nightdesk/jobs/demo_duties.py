"""What the specialists of the demo do about what is owed: most of it in time, some late, some not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final, Protocol

from nightdesk.actions.duties import move_duty
from nightdesk.actions.recordings import record_crime
from nightdesk.jobs.duties import miss_overdue
from nightdesk.queries.duties import duties_of, recordings_of
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.duty import MET, MET_LATE, NOT_APPLICABLE, Said
from nightdesk.rules.recording import CRIME, N100, Recorded

# duty → hours after the answer at which it is usually done, and the share that is never done
COURSE: Final[dict[str, tuple[float, float]]] = {
    "sarc_offered": (1, 0.03),
    "told_in_writing": (5, 0.06),
    "crime_recorded": (9, 0.05),
    "person_told": (14, 0.08),
    "needs_assessment": (20, 0.08),
    "isva_offered": (22, 0.06),
    "partner_offered": (23, 0.12),
}
ANSWERED: Final = ("accepted", "accepted", "accepted", "declined", "later")
CLASSES: Final = ("class_19f", "class_19f", "class_19c", "class_17a", "class_20a")
N100_SHARE: Final = 0.08
ASKED_NOT_TO: Final = 0.05
OVER: Final = (MET, MET_LATE, NOT_APPLICABLE)


class Lives(Protocol):
    """What duties need of the demo's life: its dice, and to happen later."""

    dice: Random
    now: datetime

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_duties(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """What `reader`, who answered at `at`, does about everything owed."""
    for kind, (hours, never) in COURSE.items():
        if life.dice.random() >= never:
            done = at + timedelta(hours=hours * life.dice.uniform(0.5, 2.2))
            life.later(done, _doing(life, reference, reader, kind))


def plan_misses(life: Lives, first: datetime) -> None:
    """The worker notes what was missed, once a day here."""
    at = first
    while at <= life.now:
        life.later(at, miss_overdue)
        at += timedelta(days=1)


def _doing(life: Lives, reference: str, reader: Reader, kind: str) -> Callable[[datetime], None]:
    def do(at: datetime) -> None:
        if kind == "crime_recorded":
            _record(life, reference, reader, at)
            return
        for row in duties_of(SYSTEM, reference):
            if row.kind == kind and row.state not in OVER:
                move, said = _said(life.dice, kind)
                move_duty(
                    actor=reader, at=at, reference=reference, duty=row.id, move=move, said=said, seen=len(row.moves)
                )  # fmt: skip

    return do


def _said(dice: Random, kind: str) -> tuple[str, Said]:
    if dice.random() < ASKED_NOT_TO:
        return "set_aside", Said(ground="asked_not_to_be")
    return "meet", Said(answer=dice.choice(ANSWERED) if kind.endswith("_offered") else "")


def _record(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    if life.dice.random() < N100_SHARE:
        made = Recorded(
            N100, at, ground="not_confirmed", words="Rang twice at the agreed time; no answer yet."
        )
    else:
        number = f"{life.dice.randrange(100_000, 999_999)}/{at:%y}"
        made = Recorded(CRIME, at, offence_class=life.dice.choice(CLASSES), police_number=number)
    record_crime(
        actor=reader, at=at, reference=reference, made=made, seen=len(recordings_of(SYSTEM, reference))
    )
