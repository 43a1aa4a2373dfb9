"""How cases of the demo end: asked for by whoever has one, looked at by a supervisor of the unit a day or two later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from nightdesk.actions.closings import ask_to_close, look_at_closing
from nightdesk.actions.related_offences import add_related_offence
from nightdesk.actions.reopenings import begin_investigation, reopen_case
from nightdesk.jobs.demo_closing_tries import enough, plan_tries, said_of_tries
from nightdesk.jobs.demo_force import Force
from nightdesk.queries.cases import needs_reason, state_of
from nightdesk.queries.closings import Ended, ended
from nightdesk.queries.related_offences import suggested
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.case import ASKED, CLOSED, MOVES
from nightdesk.rules.closing import APPROVED, SENT_BACK, against
from nightdesk.rules.closing_said import Said
from nightdesk.rules.pack_closing import LOST_CONTACT, NO_REFERRAL, OUTCOME, PERSON_BACK, WITHDRAWAL
from nightdesk.rules.recording import CRIME
from nightdesk.rules.related_offence import Added
from nightdesk.rules.terms import SOIT, SUPERVISOR

# turn of the case → how it ends and after how many days; the others go on
COURSE: Final[dict[int, tuple[str, float]]] = {
    0: (WITHDRAWAL, 6.4), 3: (OUTCOME, 19.2), 5: (NO_REFERRAL, 2.3), 7: (LOST_CONTACT, 30.1),
}  # fmt: skip
TURNS: Final = 9
LOOKED_AFTER: Final = timedelta(hours=41)
BACK_AFTER: Final = timedelta(days=9, hours=3)
THEIR_WORDS: Final = {
    WITHDRAWAL: "I do not want to go on with this now. I want to sleep again first.",
    NO_REFERRAL: "I only wanted somebody to know. I do not want to speak to more people.",
}
ALONE_WORDS: Final = "I am by myself now, and I still want to stop. I know where you are."
MISSING: Final = "They were asked with their flatmate in the room. Ask again when they are alone, and offer the ISVA again."
CHARGED: Final = "Charged on the advice of the prosecutors."


class Lives(Protocol):
    """What an ending needs of the demo's life: to happen later, and the people."""

    closings: int
    force: Force

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_closing(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """What becomes of the case that `reader` has since `at`."""
    turn = life.closings
    life.closings += 1
    life.later(at + timedelta(hours=30), lambda now: _go_on(reference, reader, now))
    if turn % TURNS in COURSE:
        ending, days = COURSE[turn % TURNS]
        if ending == LOST_CONTACT:
            plan_tries(life, reference, reader, at, lambda now: _ended(reference, now).state)
        life.later(at + timedelta(days=days), lambda now: _ask(life, reference, reader, ending, turn, now))


def _go_on(reference: str, reader: Reader, at: datetime) -> None:
    """Under investigation; what triage saw besides is recorded with the case."""
    if reader.role != SOIT or needs_reason(reader, reference) is not False:
        return
    if "investigate" in MOVES[state_of(SYSTEM, reference)]:
        begin_investigation(actor=reader, at=at, reference=reference)
    for number, one in enumerate(suggested(SYSTEM, reference)[:1]):
        added = Added(one.entry.id, "From the first account, in their words.")
        add_related_offence(
            actor=reader, at=at, reference=reference, added=added, suggested=True, seen=number
        )


def _ended(reference: str, at: datetime) -> Ended:
    seen = ended(SYSTEM, reference, at)
    assert seen is not None  # noqa: S101 - the case was taken on a moment ago
    return seen


def _ask(life: Lives, reference: str, reader: Reader, ending: str, turn: int, at: datetime) -> None:
    """Asked for, unless something blocks it; then a supervisor looks."""
    seen = _ended(reference, at)
    blocked = (
        any(one.blocks for one in against(seen.standing, ending)) or "ask_to_close" not in MOVES[seen.state]
    )
    crime = seen.standing.recorded == CRIME
    if (
        blocked
        or reader.role != SOIT
        or needs_reason(reader, reference) is not False
        or (ending == OUTCOME and not crime)
    ):
        return
    said = _said(ending, reader, at, again=bool(seen.closings))
    if ending == LOST_CONTACT and not enough(seen.standing.tried, said):
        return
    ask_to_close(
        actor=reader, at=at, reference=reference, ending=ending, outcome=_outcome(ending, crime),
        said=said, seen=len(seen.closings),
    )  # fmt: skip
    back = turn % (2 * TURNS) == 0 and len(seen.closings) == 0
    life.later(at + LOOKED_AFTER, lambda now: _look(life, reference, reader, turn, now, back=back))


def _outcome(ending: str, crime: bool) -> str:
    if ending == OUTCOME:
        return "charged"
    if ending == LOST_CONTACT:
        return "no_suspect" if crime else "not_confirmed"
    return "unnamed_no_support" if crime else "kept_as_n100"


def _said(ending: str, reader: Reader, at: datetime, *, again: bool) -> Said:
    if ending == OUTCOME:
        return Said(suspect="yes", prosecutors_on=at.date(), told=True, grounds=CHARGED, looked=True)
    if ending == LOST_CONTACT:
        return said_of_tries(at)
    alone = again or ending == NO_REFERRAL
    return Said(
        words=ALONE_WORDS if again else THEIR_WORDS[ending], speaker="person", said_to=f"{reader.name}, specialist",
        said_at=at - timedelta(hours=1), how="phone", present="alone" if alone else "others",
        present_who="" if alone else "a flatmate", unasked="yes", support="before", told_back=True, told_kept=True,
        suspect="no", looked=True,
    )  # fmt: skip


def _look(life: Lives, reference: str, reader: Reader, turn: int, at: datetime, *, back: bool) -> None:
    """A supervisor of the unit: the first of some goes back, and is asked for again three days later."""
    seen, boss = _ended(reference, at), _supervisor(life, reader)
    if seen.state != ASKED or boss is None or seen.newest is None:
        return
    verdict, words = (SENT_BACK, MISSING) if back else (APPROVED, "")
    look_at_closing(
        actor=boss, at=at, reference=reference, number=seen.newest.row.number, verdict=verdict, words=words
    )
    if back:
        again = at + timedelta(days=3)
        life.later(again, lambda now: _ask(life, reference, reader, WITHDRAWAL, turn, now))
    elif turn % (2 * TURNS) == 0:
        life.later(at + BACK_AFTER, lambda now: _came_back(reference, reader, now))


def _supervisor(life: Lives, reader: Reader) -> Reader | None:
    people = (
        one for one in life.force.readers.values() if one.role == SUPERVISOR and one.unit == reader.unit
    )
    return next(people, None)


def _came_back(reference: str, reader: Reader, at: datetime) -> None:
    seen = _ended(reference, at)
    if seen.state == CLOSED and seen.newest is not None:
        number = seen.newest.row.number
        reopen_case(actor=reader, at=at, reference=reference, number=number, ground=PERSON_BACK)
