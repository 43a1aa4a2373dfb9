"""A month of a force, lived through in seconds by the code that runs at night: disclosures are taken, the workers page,
staff answer or don't, and everything goes out now and then. Then each referral is judged by rules/simulation.py.

Only ever in an empty database made for it.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection

from nightdesk.actions.intake import accept_disclosure
from nightdesk.jobs.simulate_answers import Answers
from nightdesk.jobs.simulate_force import NOTICED, SimulatedForce, build_force
from nightdesk.jobs.simulate_people import SCREEN
from nightdesk.jobs.simulate_plan import NETWORK, Arrival, Illness, Plan
from nightdesk.jobs.simulate_policies import Named, pack_reminders
from nightdesk.jobs.simulate_post import PostOffice
from nightdesk.jobs.simulate_world import World
from nightdesk.outside.current import pack_with_escalation, packs_in_force
from nightdesk.queries.simulation import PageRow, ReferralRow, is_empty, referral_rows
from nightdesk.rules import simulation as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.pack import Pack
from nightdesk.rules.simulation_facts import Course, Policy
from nightdesk.rules.simulation_figures import Outcome, after_working, figures

ASKED_AGAIN_SECONDS: Final = 20  # a counter whose disclosure could not be kept tries again
MOVED_ON_SECONDS: Final = 60  # an outage of one channel moves to the next within a minute
FORGOTTEN: Final = timedelta(hours=2)  # longer than an answer holds under any policy here
LONGEST_HOLD: Final = 1440  # minutes
CHANGED: Final = "changed"
UNKNOWN: Final = Policy((("", 0),))


class SimulationRefused(Exception):
    """A month is simulated in an empty database only; the sentence says so."""


@dataclass(frozen=True)
class Month:
    """What a month came to: the outcome of each referral in the order of their raising, and what left."""

    policy: str
    seed: int
    outcomes: tuple[Outcome, ...]
    courses: tuple[Course, ...]
    double_sends: int
    left_again: int
    messages: int
    not_referred: int
    standstill_min: float

    def figures(self) -> dict[str, Any]:
        """As the command prints them."""
        return {
            "policy": self.policy, "seed": self.seed, **asdict(figures(self.outcomes)),
            "double_sends": self.double_sends, "left_again": self.left_again, "messages": self.messages,
            "not_referred": self.not_referred, "standstill_min": self.standstill_min,
        }  # fmt: skip


def simulate(plan: Plan, policy: Named, *, swept: bool = False) -> Month:
    """Live through `plan` under `policy`. Raises SimulationRefused in a database that holds anything.

    `swept` wakes the workers every two seconds, also when nothing is due: slow, and the same.
    """
    if not is_empty(SYSTEM):
        raise SimulationRefused(
            "This database holds something already, and a simulated month is never written beside anything. "
            "Give it an empty one."
        )
    return _Run(plan, policy, swept).live()


class _Run:
    """One month on its way."""

    def __init__(self, plan: Plan, policy: Named, swept: bool) -> None:
        self.plan, self.policy = plan, policy
        self.world, self.force = World(plan, swept=swept), SimulatedForce()
        self.answers = Answers(self.world)
        self.office = PostOffice(self.world, self.force, self.answers.arrived)
        self.packs = self._packs()
        self.pack: Pack = self.packs[""]
        self.in_force: dict[str, Policy] = {}
        self.not_referred = 0

    def _packs(self) -> dict[str, Pack]:
        """The pack with the policy, and the one that somebody tries for a while: each layer has twice as long."""
        own, name = self.policy.policy, self.policy.name
        slower = [(layer, after * 2) for layer, after in own.steps]
        holds, (after, every, times) = own.holds_minutes or LONGEST_HOLD, own.reminders or pack_reminders()
        rarer = (after * 2, every * 2, times + 1)
        return {
            "": pack_with_escalation(own.steps, holds, (after, every, times), name),
            CHANGED: pack_with_escalation(slower, holds * 2, rarer, f"{name} {CHANGED}"),
        }

    def live(self) -> Month:
        """The whole month, then its end, then the judgement."""
        with packs_in_force(lambda: self.pack):
            build_force(self.plan, self.force)
            self.world.begin(self.office.post, self.office.receipt)
            for arrival in self.plan.arrivals:
                self.world.later(arrival.at, lambda arrival=arrival: self._arrives(arrival))  # type: ignore[misc]
            for starts_at, ends_at in self.plan.changes:
                self.world.later(starts_at, lambda: self._change(CHANGED))
                self.world.later(ends_at, lambda: self._change(""))
            for illness in self.plan.illnesses:
                noticed_at = illness.starts_at + NOTICED
                self.world.later(noticed_at, lambda illness=illness: self._reassign(illness))  # type: ignore[misc]
            try:
                with connection.execute_wrapper(self.world.refuse_while_out):
                    self._pass()
            finally:
                self.world.end()
        return self._judged()

    def _pass(self) -> None:
        """Until the month is over, nothing is due for long enough that something forgotten would show, or for as long
        as the plan says."""
        ends_at = self.plan.size.ends_at
        self.world.pass_until(ends_at)
        while self.world.now < ends_at + self.plan.size.longest_end:
            self.world.pass_until(self.world.now + timedelta(minutes=15))
            long_enough = self.world.now >= ends_at + FORGOTTEN
            if long_enough and not self.world.out and self.world.due_next.at() is None:
                return

    def _change(self, name: str) -> None:
        self.pack = self.packs[name]

    def _reassign(self, illness: Illness) -> None:
        """A supervisor of the unit hears that somebody lies in bed, and gives what they have to whoever is on duty."""
        ill, supervisor = (
            self.force.officers[illness.unit][illness.officer],
            self.force.inspectors[illness.unit],
        )
        self.answers.reassign(ill, supervisor, settings.NIGHTDESK_ADDRESS)

    def _arrives(self, arrival: Arrival) -> None:
        """Somebody tells at a counter; what can't be kept because the database is out is sent again."""
        basics = Basics(what=arrival.words, under_18="yes" if arrival.urgent else "not_asked")
        try:
            kept = accept_disclosure(
                actor=self.force.counters[arrival.station], at=self.world.now, sender_key=arrival.key, channel="counter",
                basics=basics,
            )  # fmt: skip
        except DatabaseError:
            self.world.soon(ASKED_AGAIN_SECONDS, lambda: self._arrives(arrival))
            return
        if kept.referred:
            steps = tuple((step.layer, step.after_minutes) for step in self.pack.escalation)
            holds = self.pack.holds["answer"].minutes
            self.in_force[kept.reference] = Policy(steps, holds, pack_reminders())
            self.answers.numbers[kept.reference] = arrival.number
        else:
            self.not_referred += 1
        self.world.acted()

    def _judged(self) -> Month:
        standstills, rows = self.plan.standstills(), referral_rows(SYSTEM, self.force.layers_on)
        courses = tuple(self._course(row) for row in rows)
        outcomes = tuple(
            rule.outcome(course, standstills=standstills, until=self.world.now) for course in courses
        )
        stood = sum((still.ends_at - still.starts_at).total_seconds() for still in standstills)
        return Month(
            policy=self.policy.name, seed=self.plan.seed, outcomes=outcomes, courses=courses,
            double_sends=self.office.double_sends, left_again=self.office.left_again,
            messages=self.office.left.total(), not_referred=self.not_referred, standstill_min=round(stood / 60, 1),
        )  # fmt: skip

    def _course(self, row: ReferralRow) -> Course:
        """As the rule judges it; a referral that nobody is known to have raised has no policy, so it is found."""
        turns = tuple(
            replace(turn, begins_at=self.answers.rounds.get((row.reference, turn.at))) for turn in row.turns
        )
        in_force = self.in_force.get(row.reference, UNKNOWN)
        untold = sum(self._is_untold(page) for page in row.pages)
        return Course(row.raised_at, in_force, row.kept, turns, untold)

    def _is_untold(self, page: PageRow) -> bool:
        """Whether it left by no way in time, though one of that person's worked all the while and nobody answered."""
        seconds = MOVED_ON_SECONDS + rule.SLACK_SECONDS
        limit = after_working(page.told_at, seconds, self.plan.standstills())
        if limit > (page.needed_until or self.world.now):
            return False
        if any(sent_at and sent_at <= limit for channel, sent_at in page.messages if channel != SCREEN):
            return False
        member = self.force.members[page.staff_id]
        ways = [way for way in member.ways if way not in (SCREEN, member.bad_channel)]
        return any(self._worked(way, page.told_at, limit) for way in ways)

    def _worked(self, way: str, starts_at: datetime, ends_at: datetime) -> bool:
        return not any(
            one.what in (way, NETWORK) and one.starts_at < ends_at and one.ends_at > starts_at
            for one in self.plan.outages
        )
