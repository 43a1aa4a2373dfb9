"""Which level holds between a new report and each distinct value of a column: minus one where one side is unknown."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import UNKNOWN, Column, KeyedColumn
from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.likeness import alike, similarity

Levels = NDArray[np.int8]
NOT_KNOWN = -1
DIGITS = "0123456789"


def value_levels(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    """The level for each distinct value of the column; None where the new report lacks the field."""
    return KINDS[comparison.kind](comparison, query, column)


def _all_differ(comparison: Comparison, column: Column) -> Levels:
    levels = np.full(len(column.vocabulary.values), len(comparison.levels) - 1, dtype=np.int8)
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _raise(levels: Levels, where: Any, level: int) -> None:
    """Set a better level where it holds."""
    levels[where] = np.minimum(levels[where], level)


def _code(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    wanted = getattr(query, comparison.column)
    if not wanted:
        return None
    levels = _all_differ(comparison, column)
    number = column.vocabulary.number(wanted)
    if number > UNKNOWN:
        levels[number] = 0
    return levels


def _app(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    """Unknown where both have a handle: the account has then counted the app already."""
    if not query.app:
        return None
    values = column.vocabulary.values
    return np.array(
        [
            NOT_KNOWN if value is None or (value[1] and query.handle) else int(value[0] != query.app)
            for value in values
        ],
        dtype=np.int8,
    )


def _account(comparison: Comparison, query: Extract, column: KeyedColumn) -> Levels | None:
    if not query.handle:
        return None
    levels = _all_differ(comparison, column)
    very, similar = comparison.levels[3].limit, comparison.levels[4].limit
    near = alike(query.handle, column, similar)
    _raise(levels, near >= similar, 4)
    _raise(levels, near >= very, 3)
    _raise(levels, column.carrying(1, query.stem), 2)
    for number in column.carrying(0, query.handle):
        app = column.vocabulary.values[number][2]
        levels[number] = 0 if app and app == query.app else 1
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _phone(comparison: Comparison, query: Extract, column: KeyedColumn) -> Levels | None:
    if not query.phone4:
        return None
    levels = _all_differ(comparison, column)
    _raise(levels, column.carrying(2, query.phone4), 2)
    if query.phone:
        for slip in slips(query.phone):
            _raise(levels, column.carrying(0, slip), 1)
    _raise(levels, column.carrying(1, query.phone6), 1)
    _raise(levels, column.carrying(0, query.phone), 0)
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def slips(number: str) -> set[str]:
    """Every number one digit away: one changed, left out, put in, or two neighbours swapped. Quicker than measuring all."""
    cuts = [(number[:at], number[at:]) for at in range(len(number) + 1)]
    changed = {head + digit + tail[1:] for head, tail in cuts if tail for digit in DIGITS}
    added = {head + digit + tail for head, tail in cuts for digit in DIGITS}
    lost = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    return changed | added | lost | swapped


def _email(comparison: Comparison, query: Extract, column: KeyedColumn) -> Levels | None:
    if not query.email:
        return None
    levels = _all_differ(comparison, column)
    least = comparison.levels[1].limit
    _raise(levels, alike(query.email_local, column, least) >= least, 1)
    _raise(levels, column.carrying(0, query.email), 0)
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _name(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    if not query.name:
        return None
    levels = _all_differ(comparison, column)
    names = ["", *column.vocabulary.values[1:]]
    least = comparison.levels[1].limit
    _raise(levels, similarity(query.name, names, least) >= least, 1)
    number = column.vocabulary.number(query.name)
    if number > UNKNOWN:
        levels[number] = 0
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _gap(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    told = getattr(query, comparison.column)
    if told is None:
        return None
    limits = np.array([level.limit for level in comparison.levels[:-1]])
    levels: Levels = np.searchsorted(limits, np.abs(column.sizes() - told)).astype(np.int8)
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _tattoo(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    if not query.tattoo:
        return None
    mine = set(query.tattoo)
    shared = [2 - min(len(mine & set(value or ())), 2) for value in column.vocabulary.values]
    levels = np.array(shared, dtype=np.int8)
    levels[UNKNOWN] = NOT_KNOWN
    return levels


def _vehicle(comparison: Comparison, query: Extract, column: Column) -> Levels | None:
    if not (query.vehicle or query.plate):
        return None
    values = column.vocabulary.values[1:]
    return np.array(
        [NOT_KNOWN, *(vehicle_level(query.vehicle, query.plate, *value) for value in values)], dtype=np.int8
    )


def vehicle_level(car: str, plate: str, other_car: str, other_plate: str) -> int:
    """A plate holds the other or its part; else make and colour; unknown where they have nothing in common to ask."""
    if plate and other_plate and (plate in other_plate or other_plate in plate):
        return 0
    if car and other_car:
        return 1 if car == other_car else 2
    return 2 if plate and other_plate else NOT_KNOWN


KINDS: dict[str, Callable[[Comparison, Extract, Any], Levels | None]] = {
    "code": _code,
    "app": _app,
    "account": _account,
    "phone": _phone,
    "email": _email,
    "name": _name,
    "gap": _gap,
    "tattoo": _tattoo,
    "vehicle": _vehicle,
}
COLUMNS = {"account": "account", "time": "day"}


def column_of(comparison: Comparison) -> str:
    """The column of the index that a comparison reads."""
    return COLUMNS.get(comparison.name, comparison.column)
