"""Recording the crime: which classes the facts point to, with the grounds, and what a recording must say. Pure.

The class is suggested and never set. Source: National Crime Recording Standard; N100 (HMICFRS glossary); field reference
2.2.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from nightdesk.rules.duty import DutyRefused, refuse_if_no_such_time
from nightdesk.rules.pack_duties import OffenceClass

CRIME: Final = "crime"
N100: Final = "n100"
KINDS: Final = (CRIME, N100)
LONGEST_POLICE_NUMBER: Final = 40
FEMALE, MALE = "female", "male"


@dataclass(frozen=True)
class Pointers:
    """What is known and may point to a class: sites of the act, labels that triage or a person gave, sex, age in years.

    `sex` "" and `ages` () are not known; `ages` is from (included) to (not included).
    """

    sites: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    sex: str = ""
    ages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A class that the facts point to: by which sites and labels, and what would still have to be known."""

    entry: OffenceClass
    sites: tuple[str, ...]
    labels: tuple[str, ...]
    unknown: tuple[str, ...]  # of "sex", "ages", "sites"

    @property
    def strength(self) -> int:
        """How much points to it: more comes first."""
        return -bool(self.sites) - len(self.labels)


def suggestions(classes: Iterable[OffenceClass], known: Pointers) -> tuple[Suggestion, ...]:
    """Every class that something points to and nothing known excludes, the best grounded first, then in the pack's order.

    A class that names sites is excluded only by sites that are known and are all others: not known runs every class.
    """
    found = [_suggestion(entry, known) for entry in classes if not _excluded(entry, known)]
    return tuple(sorted((one for one in found if one.sites or one.labels), key=lambda one: one.strength))


def _excluded(entry: OffenceClass, known: Pointers) -> bool:
    other_sex = bool(entry.sex and known.sex and entry.sex != known.sex)
    other_age = bool(entry.ages and known.ages) and (
        known.ages[1] <= entry.ages[0] or entry.ages[1] <= known.ages[0]
    )
    other_site = bool(entry.sites and known.sites) and not known.sites & set(entry.sites)
    return other_sex or other_age or other_site


def _suggestion(entry: OffenceClass, known: Pointers) -> Suggestion:
    unknown = [name for name in ("sex", "ages", "sites") if getattr(entry, name) and not getattr(known, name)]
    return Suggestion(
        entry,
        tuple(site for site in entry.sites if site in known.sites),
        tuple(label for label in entry.labels if label in known.labels),
        tuple(unknown),
    )


def class_problems(classes: Iterable[OffenceClass], sites: Collection[str]) -> list[str]:
    """Sentences for classes whose pointers lead nowhere."""
    found = []
    for entry in classes:
        where = f'offence_classes.toml, offence_class "{entry.id}"'
        found += [f'{where}: site "{site}" does not exist.' for site in entry.sites if site not in sites]
        if entry.ages and (len(entry.ages) != 2 or entry.ages[0] >= entry.ages[1]):
            found.append(f'{where}: "ages" must be two numbers of years, the first lower, such as [13, 16].')
    return found


@dataclass(frozen=True)
class Recorded:
    """What somebody records: a crime by its class, or an N100 by its ground, and what the force's system calls it."""

    kind: str
    recorded_at: datetime
    offence_class: str = ""
    ground: str = ""
    police_number: str = ""
    words: str = ""


def refuse_if_incomplete(
    made: Recorded, *, classes: Collection[str], grounds: Mapping[str, Any], opened_at: datetime, at: datetime
) -> None:
    """Raise DutyRefused, saying what is missing. `classes` and `grounds` are the ids of the pack.

    An N100 says in words what was done to find out; a crime has a class that somebody chose.
    """
    if made.kind not in KINDS:
        raise DutyRefused("Choose whether it is recorded as a crime, or as an N100 with its reason.")
    if made.kind == CRIME and made.offence_class not in classes:
        raise DutyRefused("Choose the class of the crime. The ones suggested are only suggested.")
    if made.kind == N100 and (made.ground not in grounds or not made.words.strip()):
        raise DutyRefused("Choose why it is no crime yet, and write what was done to find out.")
    if len(made.police_number) > LONGEST_POLICE_NUMBER:
        raise DutyRefused(f"The crime number has at most {LONGEST_POLICE_NUMBER} signs. Check it.")
    refuse_if_no_such_time(made.recorded_at, starts_at=opened_at, at=at)
