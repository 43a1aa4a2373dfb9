"""Flags of the demo: decided and told of by whoever has the case, and one look-back by a supervisor."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from django.utils import timezone

from nightdesk.actions.flags import Decision, decide_flag, note_telling, raise_flag
from nightdesk.actions.look_backs import begin_look_back, read_batch
from nightdesk.jobs.demo_force import Force
from nightdesk.outside.current import pack
from nightdesk.queries.flags import FlagSeen, flags_of, may_decide, supervisors_to_ask
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import PROPOSED, RAISED
from nightdesk.rules.terms import SUPERVISOR

DECIDED_MINUTES: Final = 95  # after the specialist answered
TOLD_MINUTES: Final = 20
REVIEW_DAYS: Final = 21  # sooner than the pack asks for, so that the queue of a visitor has something in it
LOOK_BACK_HOURS: Final = 30  # before now
LOOK_BACK_DAYS: Final = 45
KEPT: Final = "Still fits; nothing new."
LIFTED: Final = "Only poppers, as they said later: not what this flag counts."
DECLINED: Final = "A name that looks like a drug."
BY_HAND: Final = (
    ("alcohol", "They had all been drinking since noon."),
    ("hate_orientation", "They shouted a slur at him."),
)


class Lives(Protocol):
    """What a flag needs of the demo's life: to happen later."""

    flags: int
    force: Force

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_flags(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """Whoever has the case decides what was proposed: most is raised, some declined, one in seven waits still."""
    turn = life.flags
    life.flags += 1
    if turn % 7 == 6:
        return
    when = at + timedelta(minutes=DECIDED_MINUTES)
    life.later(when, lambda now: _decide(life, reference, reader, turn, now))


def plan_look_back(life: Lives, now: datetime) -> None:
    """A supervisor looked back yesterday: also over what was never sent on."""
    supervisor = next(one for one in life.force.readers.values() if one.role == SUPERVISOR)
    life.later(now - timedelta(hours=LOOK_BACK_HOURS), lambda at: _look_back(supervisor, at))


def _decide(life: Lives, reference: str, reader: Reader, turn: int, at: datetime) -> None:
    if not may_decide(reader, reference):  # the control room answered: the unit decides later
        return
    for seen in flags_of(reader, reference):
        asked = _asked(reader, seen)
        if seen.state == PROPOSED and asked is not None:
            declines = turn % 5 == 4
            decision = (
                Decision("decline", DECLINED) if declines else Decision("raise", "", asked, _review_day(at))
            )
            decide_flag(actor=reader, at=at, reference=reference, flag=seen.id, seen=0, decision=decision)
    if turn % 4 == 1:
        code, words = BY_HAND[turn // 4 % len(BY_HAND)]
        raise_flag(
            actor=reader, at=at, reference=reference, code=code, words=words, review_on=_review_day(at)
        )
    life.later(at + timedelta(minutes=TOLD_MINUTES), lambda now: _tell(reader, reference, turn, now))
    again = at + timedelta(days=REVIEW_DAYS, hours=9)
    life.later(again, lambda now: _review(reader, reference, turn, now))


def _asked(reader: Reader, seen: FlagSeen) -> str | None:
    """The supervisor who was asked first ("" where nobody has to be); None when there is nobody to ask: it waits."""
    flag = pack().flags[seen.code]
    if not flag.consult or reader.role == SUPERVISOR:
        return ""
    supervisors = supervisors_to_ask(reader)
    return supervisors[0][0] if supervisors else None


def _tell(reader: Reader, reference: str, turn: int, at: datetime) -> None:
    """Most are told; some not, and why; now and then the SARC."""
    for seen in flags_of(reader, reference):
        if seen.state == RAISED:
            told = turn % 3 != 2
            note_telling(
                actor=reader, at=at, reference=reference, flag=seen.id, audience="person", told=told,
                way="in_person" if told else "", why_not="" if told else "under_care",
            )  # fmt: skip
            if turn % 4 == 0:
                note_telling(
                    actor=reader, at=at, reference=reference, flag=seen.id, audience="sarc", told=True, way="phone"
                )  # fmt: skip


def _review(reader: Reader, reference: str, turn: int, at: datetime) -> None:
    """At its date: one in three is kept, one in three lifted, and one in three waits: the queue is never quite empty."""
    if turn % 3 == 0:
        return
    for seen in flags_of(reader, reference):
        if seen.state == RAISED:
            decision = (
                Decision("keep", KEPT, "", _review_day(at))
                if turn % 3 == 1
                else Decision("lift", LIFTED, _asked(reader, seen) or "")
            )
            decide_flag(
                actor=reader, at=at, reference=reference, flag=seen.id, seen=seen.seen, decision=decision
            )


def _review_day(at: datetime) -> date:
    return timezone.localtime(at).date() + timedelta(days=REVIEW_DAYS)


def _look_back(supervisor: Reader, at: datetime) -> None:
    run = begin_look_back(actor=supervisor, at=at, since_at=at - timedelta(days=LOOK_BACK_DAYS))
    while run.ended_at is None:
        run = read_batch(actor=supervisor, at=at, run=run.pk)
