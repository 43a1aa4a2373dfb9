"""What became of a referral of a simulated month, and whether it was paged within its policy. Pure.

Within policy means, of every referral, from the raise to the end:
- it keeps the policy that was in force when it was raised, whatever is in force later;
- each step is taken in order, tells whoever is on in its layer, not before it is due, and at most SLACK_SECONDS of
  working time after. Due is counted from the raise; late, steps follow CATCH_UP apart; with nobody to tell, or when all
  of a step declined, at once; the loud step repeats for ever. Working time is time in which a worker and the database
  were alive: a standstill moves what fell due in it to its end, and is stated apart;
- an answer that nobody follows up expires when the policy says, and the next step follows at once;
- whoever set off and has not met the person is asked when the policy says and as often, not before, and never after;
- nobody is paged while somebody has it, and in the end somebody has it, or it is on the loud step.
The limits are written out anew here, not taken from the code that is judged. Source: safety promise 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules.simulation_facts import Course, Policy, Turn
from nightdesk.rules.simulation_figures import Outcome, Standstill, after_working

# The worker's waking (2), a mail server that says nothing (10), the longest pause after the database came back (15).
SLACK_SECONDS: Final = 30
REPEAT: Final = timedelta(minutes=5)  # the loud step is told again
CATCH_UP: Final = timedelta(minutes=1)  # between steps that are late: never all layers in one burst
EARLY: Final = timedelta(seconds=1)

PAGED: Final = "page"
ANSWERED: Final = "acknowledge"
SETS_OFF: Final = "set_off"
ARRIVES: Final = "arrive"
THERE: Final = (ARRIVES, "hand_over")
REMINDED: Final = "remind"
EXPIRED: Final = "expire"
DECLINED: Final = "decline"
REASSIGNED: Final = "reassign"
OFFERED: Final = ("offer", "turn_down", "take_back")

# What can be wrong, in the order in which it is told.
LAPSES: Final = (
    "silent", "late", "early", "skipped", "doubled", "missed", "paged_though_held", "not_expired",
    "not_reminded", "over_reminded", "re_dated", "untold",
)  # fmt: skip


@dataclass
class _Watch:
    """Follows one referral: `due_at` is when the next step is due, or the answer expires (None: nothing is)."""

    policy: Policy
    standstills: Sequence[Standstill]
    from_at: datetime  # what the minutes of the policy are counted from
    due_at: datetime | None
    number: int = 0  # of the next step
    first: int = 0  # of the policy's first step in this round
    may_hurry: bool = True
    held: bool = False
    loud: bool = False
    met: bool = False  # somebody was with the person: nobody waits at a counter any more
    asked: int | None = None  # how often whoever set off was asked; None: nobody is on the way
    answered_at: datetime | None = None
    open_to: set[str] = field(default_factory=set)  # who of the newest step may still answer

    def limit(self) -> datetime | None:
        """The last moment for what is due."""
        return after_working(self.due_at, SLACK_SECONDS, self.standstills) if self.due_at else None

    def see(self, turn: Turn) -> Iterable[str]:
        """Take in one move; yields its lapses."""
        limit = self.limit()
        if limit and turn.at > limit:
            yield self.overdue()
        if turn.move not in (REMINDED, *OFFERED):
            self.asked = None
        if turn.move == PAGED:
            yield from self._paged(turn)
        elif turn.move == ANSWERED:
            self._answered(turn.at)
        elif turn.move == REMINDED:
            yield from self._reminded(turn.at)
        elif turn.move == SETS_OFF:
            self.asked, self.due_at = 0, self._reminder_at(turn.at, 0)
        elif turn.move in THERE:
            self.met, self.due_at = True, None
        elif turn.move == REASSIGNED:
            begins_at = turn.begins_at or turn.at
            self.held, self.due_at, self.from_at, self.first = False, begins_at, begins_at, self.number
            self.may_hurry = True
        elif turn.move not in (EXPIRED, DECLINED):
            return  # offered to a colleague, who has not taken it over
        elif self.held:  # it comes back: expired, or declined after all
            if turn.move == EXPIRED and (self.due_at is None or turn.at < self.due_at - EARLY):
                yield "early"
            self.held, self.due_at, self.answered_at, self.may_hurry = False, turn.at, None, True
        else:
            self._declined(turn)

    def _answered(self, at: datetime) -> None:
        self.held, self.answered_at = True, self.answered_at or at
        minutes = self.policy.holds_minutes
        self.due_at = None if minutes is None or self.met else at + timedelta(minutes=minutes)

    def overdue(self) -> str:
        """What it is called when what is due did not come."""
        if self.held:
            return "not_expired" if self.asked is None else "not_reminded"
        return "late"

    def _reminded(self, at: datetime) -> Iterable[str]:
        if self.due_at is None or self.asked is None:
            yield "over_reminded"
            return
        if at < self.due_at - EARLY:
            yield "early"
        self.asked += 1
        self.due_at = self._reminder_at(at, self.asked)

    def _reminder_at(self, at: datetime, asked: int) -> datetime | None:
        """When whoever is on the way since, or was last asked, `at` is asked (again); None: not any more."""
        if self.met or self.policy.reminders is None:
            return None
        after, every, times = self.policy.reminders
        return at + timedelta(minutes=every if asked else after) if asked < times else None

    def _declined(self, turn: Turn) -> None:
        """When nobody of the newest step can answer any more, the next is due at once."""
        self.open_to.discard(turn.by)
        if not self.open_to:
            self.due_at, self.may_hurry = turn.at, True

    def _paged(self, turn: Turn) -> Iterable[str]:
        place, last = turn.step - self.first, len(self.policy.steps) - 1
        if self.held:
            yield "paged_though_held"
        elif self.due_at and turn.at < self.due_at - EARLY and not self.may_hurry:
            yield "early"
        if turn.step != self.number:
            yield "skipped" if turn.step > self.number else "doubled"
        layer = self.policy.steps[max(0, min(place, last))][0]
        if layer in turn.on and layer not in {told_as for _, told_as in turn.told}:
            yield "missed"
        self.number, self.loud, self.may_hurry = turn.step + 1, self.loud or place >= last, not turn.reachable
        self.open_to = {who for who, _ in turn.told}
        if place >= last:
            self.due_at = turn.at + REPEAT
        elif not turn.told:
            self.due_at = turn.at
        else:
            planned = self.from_at + timedelta(minutes=self.policy.steps[place + 1][1])
            self.due_at = max(planned, turn.at + CATCH_UP)


def outcome(course: Course, *, standstills: Sequence[Standstill], until: datetime) -> Outcome:
    """How the referral ended, watched until `until`, and every lapse from its policy. `standstills` as from `merged`."""
    watch = _Watch(course.in_force, standstills, from_at=course.raised_at, due_at=course.raised_at)
    found = {lapse for turn in course.turns for lapse in watch.see(turn)}
    if (limit := watch.limit()) and limit < until:
        found.add(watch.overdue() if watch.held or watch.loud else "silent")
    if not watch.held and not watch.loud:
        found.add("silent")
    if course.kept != course.in_force:
        found.add("re_dated")
    if course.untold:
        found.add("untold")
    return Outcome(
        raised_at=course.raised_at, answered_at=watch.answered_at, held=watch.held, loud=watch.loud,
        expired=sum(turn.move == EXPIRED for turn in course.turns),
        lapses=tuple(lapse for lapse in LAPSES if lapse in found),
    )  # fmt: skip
