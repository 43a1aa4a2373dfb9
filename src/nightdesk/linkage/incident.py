"""Is it one act, told twice? Asked before, and apart from, whether it was the same man.

A friend, an anonymous caller and an agency may tell of one act. Same day and same place then add up to a strong link, and it
would be counted as a series. Where it is one act, the accounts fill the picture of the man and make no series longer.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from nightdesk.linkage.comparisons import RINGS
from nightdesk.linkage.explain import Evidence
from nightdesk.linkage.extract import PRECISIONS, Extract
from nightdesk.linkage.places import EARTH_KM

NO, POSSIBLE, LIKELY = "no", "possible", "likely"
ANSWERS = (NO, POSSIBLE, LIKELY)  # from the least
FOR, AGAINST, UNKNOWN = "for", "against", "unknown"
DAYS = 1  # a night has two dates, and who tells of it later may give either
YEARS = 10  # two guesses of one person's age may be so far apart
NEAR = {
    precision: rings[1] for precision, rings in RINGS.items()
}  # km: 0.6, 1.2 or 5, by the worse of the two
DEATH = "death"
MARKS = ("handle", "phone4", "email", "plate")


@dataclass(frozen=True)
class Person:
    """Whom a report is about, as far as linkage may know: a key that is equal for one person, empty where not known."""

    key: str = ""
    age: int | None = None


@dataclass(frozen=True)
class Reason:
    """One thing looked at (day, place, person, venue, identifier), and which way it points."""

    about: str
    way: str


@dataclass(frozen=True)
class Incident:
    """The answer with its reasons."""

    answer: str
    reasons: tuple[Reason, ...]

    def way(self, about: str) -> str:
        """Which way one thing points."""
        return next(each.way for each in self.reasons if each.about == about)


@dataclass(frozen=True)
class Suspect:
    """Bits for the same man: all of them, and without place and time, which one act told twice gives for nothing."""

    whole: float
    alone: float


NOBODY = Person()


def same_incident(
    one: Extract, other: Extract, of_one: Person = NOBODY, of_other: Person = NOBODY
) -> Incident:
    """Whether two reports may tell of one act; the same both ways round."""
    ways = {
        "day": _day(one, other),
        "place": _place(one, other),
        "person": _person(one, other, of_one, of_other),
        "venue": _equal(one.venue, other.venue),
        "identifier": _identifier(one, other),
    }
    return Incident(_answer(ways), tuple(Reason(about, way) for about, way in ways.items()))


def _answer(ways: dict[str, str]) -> str:
    """No where day or place stand against it. Likely where both speak for it, or one does and it is the same person."""
    day, place, person = ways["day"], ways["place"], ways["person"]
    if AGAINST in (day, place):
        return NO
    spoken = (day == FOR) + (place == FOR)
    if spoken == 2 or (spoken == 1 and person == FOR):
        return POSSIBLE if AGAINST in (person, ways["venue"]) else LIKELY
    more = person == FOR or (spoken == 1 and ways["identifier"] == FOR and person != AGAINST)
    return POSSIBLE if more else NO


def _day(one: Extract, other: Extract) -> str:
    if one.day is None or other.day is None:
        return UNKNOWN
    return FOR if abs(one.day - other.day) <= DAYS else AGAINST


def _place(one: Extract, other: Extract) -> str:
    """Near by what the worse known of the two can show."""
    apart = km_apart(one, other)
    if apart is None:
        return UNKNOWN
    return FOR if apart <= NEAR[PRECISIONS[max(one.precision, other.precision)]] else AGAINST


def _person(one: Extract, other: Extract, of_one: Person, of_other: Person) -> str:
    """Two who died are two people, unless it is known that they are one."""
    if of_one.key and of_other.key:
        return FOR if of_one.key == of_other.key else AGAINST
    if one.kind == other.kind == DEATH:
        return AGAINST
    if of_one.age is not None and of_other.age is not None and abs(of_one.age - of_other.age) > YEARS:
        return AGAINST
    return UNKNOWN


def _identifier(one: Extract, other: Extract) -> str:
    """For where any agrees; an account that differs says nothing, for men use several."""
    ways = [_equal(getattr(one, mark), getattr(other, mark)) for mark in MARKS]
    return FOR if FOR in ways else UNKNOWN


def _equal(mine: str, theirs: str) -> str:
    if not (mine and theirs):
        return UNKNOWN
    return FOR if mine == theirs else AGAINST


def km_apart(one: Extract, other: Extract) -> float | None:
    """Along the ground; None where a place is not known."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    up, over = math.radians(one.lat - other.lat), math.radians(one.lon - other.lon)
    flat = math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat))
    half = math.sin(up / 2) ** 2 + flat * math.sin(over / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def incidents(reports: Sequence[Extract]) -> int:
    """How many acts these tell of, accounts that are likely of one act counted once."""
    act = list(range(len(reports)))
    for one, other in combinations(range(len(reports)), 2):
        if act[one] != act[other] and same_incident(reports[one], reports[other]).answer == LIKELY:
            act = [act[one] if each == act[other] else each for each in act]
    return len(set(act))


def suspect_bits(evidence: Iterable[Evidence]) -> Suspect:
    """With and without place and time."""
    told = list(evidence)
    alone = (
        each.bits for each in told if each.comparison != "time" and not each.comparison.startswith("place_")
    )
    return Suspect(sum(each.bits for each in told), sum(alone))
