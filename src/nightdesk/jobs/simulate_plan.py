"""What happens in a simulated month, planned before anything is written: who comes when, what is out, who falls ill. Pure.

The same seed, length and number give the same plan. How often a thing goes out is for thirty days; a shorter stretch
has at least one of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from nightdesk.jobs.demo_plan import BY_HOUR, WEEKEND
from nightdesk.rules.simulation_figures import Standstill, merged

ZONE: Final = ZoneInfo("Europe/London")
REFERRALS: Final = 400  # a month: a large force
WORKERS: Final = ("worker_1", "worker_2")
NETWORK, DATABASE, WRITES = "network", "database", "database_writes"

# What goes out: how often in thirty days, for how many minutes at least and at most.
OUTAGES: Final[dict[str, tuple[int, float, float]]] = {
    "email": (5, 5, 240),
    "sms": (4, 5, 120),
    "webhook": (2, 5, 90),
    NETWORK: (2, 3, 45),
    "worker_1": (5, 1, 60),
    "worker_2": (5, 1, 60),
    "workers": (3, 2, 40),
    DATABASE: (3, 0.5, 20),
    WRITES: (2, 0.5, 20),
}
HANGS: Final = 0.5  # of the outages of a channel: it says nothing until the sender's patience is at its end
AT_A_BAD_MOMENT: Final = 0.6  # of all outages: begins just before or while somebody is being paged
POLICY_CHANGES: Final = (
    6  # somebody tries another policy for a while; what was raised before must keep its own
)
CHANGE_MINUTES: Final = 45
GAPS: Final = 8  # shifts of a month that nobody has
ILL_DAYS: Final = (2, 6)

# Invented; what matters is that each asks for a specialist. `True`: a child, so that it is urgent.
ACCOUNTS: Final = (
    ("I've been raped. It was last night at a flat, I don't know the address.", False),
    ("My friend was sexually assaulted in a club toilet on Saturday.", False),
    ("Me violaron anoche en un piso cerca de la estación. No sé cómo se llama.", False),
    ("We were taking G at a chillout and I passed out. When I came round he was having sex with me.", False),
    ("Zostałam zgwałcona w nocy. Nie pamiętam adresu.", False),
    ("It was my ex. He came in on Friday, held me down and raped me.", False),
    ("A man touched my daughter under her clothes. She is twelve.", True),
)


@dataclass(frozen=True)
class Size:
    """How long, how many referrals, and from when: the month holds the night on which the clocks go back."""

    referrals: int = REFERRALS
    days: float = 31
    first: date = date(2026, 10, 1)
    longest_end: timedelta = timedelta(hours=12)  # after the last day, until everything is answered

    @property
    def starts_at(self) -> datetime:
        """The first midnight, by the local clock."""
        return datetime.combine(self.first, time(0), tzinfo=ZONE).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """When nobody comes any more."""
        return self.starts_at + timedelta(days=self.days)


@dataclass(frozen=True)
class Arrival:
    """Somebody tells: where (station by number), when, in which words."""

    number: int
    at: datetime
    station: int
    words: str
    urgent: bool
    key: UUID


@dataclass(frozen=True)
class Outage:
    """Something is out. `hangs`: it takes a message and says nothing, until the sender's patience ends."""

    what: str
    starts_at: datetime
    ends_at: datetime
    hangs: bool = False


@dataclass(frozen=True)
class Illness:
    """One of the specialists of a unit (both by number) falls ill: from then on no page is answered."""

    unit: int
    officer: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Plan:
    """All of it. `gaps` are numbers of shifts, counted over the whole rota; `changes` spans with another policy in force."""

    seed: int
    size: Size
    arrivals: tuple[Arrival, ...]
    outages: tuple[Outage, ...]
    illnesses: tuple[Illness, ...]
    gaps: tuple[float, ...]
    changes: tuple[tuple[datetime, datetime], ...]

    def standstills(self) -> tuple[Standstill, ...]:
        """When nobody could be paged: no worker was alive, or the database was out."""
        first, second = (self._spans(worker, "workers") for worker in WORKERS)
        both = (
            (max(a.starts_at, b.starts_at), min(a.ends_at, b.ends_at))
            for a in first
            for b in second
            if max(a.starts_at, b.starts_at) < min(a.ends_at, b.ends_at)
        )
        database = ((still.starts_at, still.ends_at) for still in self._spans(DATABASE, WRITES))
        return merged((*both, *database))

    def _spans(self, *kinds: str) -> tuple[Standstill, ...]:
        return merged((one.starts_at, one.ends_at) for one in self.outages if one.what in kinds)


def make_plan(*, seed: int, size: Size, units: int = 3, officers: int = 6, calm: bool = False) -> Plan:
    """A month by `seed`. `calm`: nothing goes out, nobody falls ill."""
    dice = Random(f"plan {seed}")
    arrivals = tuple(_arrivals(dice, size, units))
    gaps = tuple(dice.random() for _ in range(_times(GAPS, size)))
    changes = _changes(dice, arrivals, size)
    if calm:
        return Plan(seed, size, arrivals, (), (), (), changes)
    outages = tuple(sorted(_outages(dice, size, arrivals), key=lambda one: one.starts_at))
    illnesses = tuple(_illnesses(dice, size, units, officers))
    return Plan(seed, size, arrivals, outages, illnesses, gaps, changes)


def _times(a_month: int, size: Size) -> int:
    return max(1, round(a_month * size.days / 30))


def _arrivals(dice: Random, size: Size, units: int) -> Iterator[Arrival]:
    """In the order of time, by how busy that hour of that day is; the first unit is the busiest."""
    moments = sorted(_moment(dice, size) for _ in range(size.referrals))
    for number, at in enumerate(moments):
        words, urgent = dice.choice(ACCOUNTS)
        station = dice.choices(range(units), [units + 1 - place for place in range(units)])[0]
        yield Arrival(number, at, station, words, urgent, UUID(int=dice.getrandbits(128), version=4))


def _moment(dice: Random, size: Size) -> datetime:
    while True:
        moment = size.starts_at + timedelta(days=size.days * dice.random())
        local = moment.astimezone(ZONE)
        if dice.random() * max(BY_HOUR) * 2 < BY_HOUR[local.hour] * WEEKEND.get(local.weekday(), 1.0):
            return moment


def _outages(dice: Random, size: Size, arrivals: tuple[Arrival, ...]) -> Iterator[Outage]:
    for what, (often, least, most) in OUTAGES.items():
        for _ in range(_times(often, size)):
            starts_at = size.starts_at + timedelta(days=size.days * dice.random())
            if dice.random() < AT_A_BAD_MOMENT:
                starts_at = dice.choice(arrivals).at + timedelta(seconds=dice.uniform(-30, 60 * 12))
            # Short ones often, long ones seldom.
            minutes = least * (most / least) ** dice.random()
            hangs = what in ("email", "sms", "webhook", NETWORK) and dice.random() < HANGS
            yield Outage(what, starts_at, starts_at + timedelta(minutes=minutes), hangs)


def _illnesses(dice: Random, size: Size, units: int, officers: int) -> Iterator[Illness]:
    for unit in range(units):
        starts_at = size.starts_at + timedelta(days=size.days * dice.uniform(0.2, 0.8))
        ends_at = starts_at + timedelta(days=dice.uniform(*ILL_DAYS))
        yield Illness(unit, dice.randrange(officers), starts_at, ends_at)


def _changes(
    dice: Random, arrivals: tuple[Arrival, ...], size: Size
) -> tuple[tuple[datetime, datetime], ...]:
    """Soon after somebody came, so that a referral is open; the next arrivals are raised under the other policy."""
    starts = sorted(
        dice.choice(arrivals).at + timedelta(seconds=dice.uniform(5, 40))
        for _ in range(_times(POLICY_CHANGES, size))
    )
    spans = merged((at, at + timedelta(minutes=CHANGE_MINUTES)) for at in starts)
    return tuple((span.starts_at, span.ends_at) for span in spans)
