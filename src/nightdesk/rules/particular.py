"""Particulars of a case in versions: what may be kept, what differs, and what happens when two people change one at once.

Nobody overwrites anybody: a version is added only by whoever saw the newest one. Everyone else is shown both, field by
field, and chooses; what only one of the two changed is proposed as they left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from nightdesk.rules.particular_field import (
    JOINED,
    LINES,
    NOTHING,
    RANGE,
    Answer,
    Field,
    Kind,
    ParticularRefused,
    Value,
    Values,
)
from nightdesk.rules.particular_kinds import KINDS
from nightdesk.rules.terms import GIVEN

FRESH: Final = "fresh"  # a version to add
SAME: Final = "same"  # kept already: sent twice, or nothing differs
OVERTAKEN: Final = "overtaken"  # there is a newer version than the one this started from

THEIRS: Final = "theirs"
MINE: Final = "mine"
BOTH: Final = "both"
PICKS: Final = (THEIRS, MINE, BOTH)
MOST_DAYS: Final = 31  # of a range that is found by each of its days


class Overtaken(Exception):
    """Somebody kept a newer version since this one was opened: both are to be shown."""


def weigh(versions: Sequence[Values], seen: int, mine: Values) -> str:
    """What becomes of `mine`, which started from version `seen` (0: from nothing): FRESH, SAME or OVERTAKEN.

    What was kept on top of `seen` with just these answers is this one, sent twice.
    """
    if seen < len(versions) and versions[seen] == mine:
        return SAME
    if seen != len(versions):
        return OVERTAKEN
    return SAME if versions and versions[-1] == mine else FRESH


@dataclass(frozen=True)
class Difference:
    """One field that differs: as it was and as it is."""

    name: str
    before: Answer
    after: Answer


def differences(kind: Kind, before: Values, after: Values) -> tuple[Difference, ...]:
    """Every field in which two versions differ, in the order of the page."""
    pairs = ((name, before.get(name, NOTHING), after.get(name, NOTHING)) for name in kind.names())
    return tuple(Difference(name, old, new) for name, old, new in pairs if old != new)


@dataclass(frozen=True)
class Compared:
    """One field in which two people differ: as both found it, as it is now, and as the second left it."""

    name: str
    base: Answer
    theirs: Answer
    mine: Answer

    @property
    def proposed(self) -> str:
        """Whose is proposed: of whoever alone changed it; "" when both did, so that a person must choose."""
        if self.mine == self.base:
            return THEIRS
        return MINE if self.theirs == self.base else ""


def compared(kind: Kind, base: Values, theirs: Values, mine: Values) -> tuple[Compared, ...]:
    """Every field in which `theirs` and `mine` differ, in the order of the page."""
    return tuple(
        Compared(found.name, base.get(found.name, NOTHING), found.before, found.after)
        for found in differences(kind, theirs, mine)
    )


def may_join(field: Field, theirs: Answer, mine: Answer) -> bool:
    """Whether both answers can be kept one after the other."""
    return field.type in JOINED and theirs.state == mine.state == GIVEN and theirs.basis == mine.basis


def merged(kind: Kind, theirs: Values, mine: Values, picks: Mapping[str, str]) -> dict[str, Answer]:
    """Theirs, with mine where `picks` (field → THEIRS, MINE or BOTH) says so. Raises ParticularRefused for a field that
    differs and that nobody has chosen for."""
    made = dict(theirs)
    for found in differences(kind, theirs, mine):
        pick, field = picks.get(found.name, ""), kind.field(found.name)
        if pick == MINE:
            made[found.name] = found.after
        elif pick == BOTH and may_join(field, found.before, found.after):
            made[found.name] = Answer(
                _joined(field, found.before.value, found.after.value), GIVEN, found.after.basis
            )
        elif pick != THEIRS:
            raise ParticularRefused("Choose one for every answer that differs.")
    return whole(kind, made)


def _joined(field: Field, first: Value, second: Value) -> Value:
    if field.type == LINES:
        return tuple(dict.fromkeys((*first, *second)))
    return f"{first}{JOINED[field.type]}{second}"


def whole(kind: Kind, values: Values) -> dict[str, Answer]:
    """The answers of this kind in the order of the page, without those that say nothing."""
    return {name: values[name] for name in kind.names() if values.get(name, NOTHING) != NOTHING}


def search_terms(code: str, values: Values, zone: tzinfo = UTC) -> list[tuple[str, ...]]:
    """(kind of term, value as given) of everything in a version that tells people, objects, places or days apart; for a
    handle whose platform is given, (kind, value, platform).

    Kinds: name, phone, handle, email, place, plate, date. A date is an ISO day in `zone`; a range that is longer than a
    month gives its two ends only.
    """
    found: list[tuple[str, ...]] = []
    for field in KINDS[code].fields:
        answer = values.get(field.name, NOTHING)
        if field.finds and answer.state == GIVEN:
            parts = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            terms = _days(parts, zone) if field.type == RANGE else parts
            found += [(field.finds, term, *_platform(field.finds, values)) for term in terms if term]
    return found


def _platform(finds: str, values: Values) -> tuple[str, ...]:
    platform = values.get("platform", NOTHING)
    return (str(platform.value),) if finds == "handle" and platform.state == GIVEN else ()


def _days(parts: Sequence[str], zone: tzinfo) -> Iterator[str]:
    ends = [datetime.fromisoformat(part).astimezone(zone).date() for part in parts if part]
    span = (ends[-1] - ends[0]).days
    if span > MOST_DAYS:
        yield from (ends[0].isoformat(), ends[-1].isoformat())
        return
    yield from ((ends[0] + timedelta(days=number)).isoformat() for number in range(span + 1))
