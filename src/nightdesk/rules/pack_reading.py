"""Turns one table of a pack file into an entry, or says in plain sentences what is wrong with it.

Driven by the fields and types of the entry classes, so that a new field needs no new reading code. A sentence
names the file, the entry and what to do, because the people who write packs are not the people who write
Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from nightdesk.rules.pack_entries import TO_BE_CONFIRMED, Entry, Opening, Translation, Words
from nightdesk.rules.pack_exhibits import DegreeRange
from nightdesk.rules.pack_windows import HourRange

Item = TypeVar("Item")
ID_SHAPE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\Z")


class WrongValue(ValueError):
    """A value of the wrong type or shape; the message completes 'hours must be ...'."""


def read_table(kind: type[Item], raw: object, where: str, problems: list[str]) -> Item | None:
    """An instance of the dataclass `kind` from a TOML table, or None and sentences added to `problems`.

    `where` opens every sentence: 'windows.toml, specimen "vaginal_swab"'.
    """
    if not isinstance(raw, Mapping):
        problems.append(f"{where}: must be a table of keys and values; see docs/packs.md.")
        return None
    before = len(problems)
    shape: Any = kind
    hints = _hints(shape)
    for key in raw:
        if key not in hints:
            problems.append(f'{where}: unknown key "{key}"; remove it or use one of {", ".join(hints)}.')
    values: dict[str, Any] = {}
    for item in fields(shape):
        if item.name in raw:
            try:
                values[item.name] = read_value(hints[item.name], raw[item.name])
            except WrongValue as wrong:
                problems.append(f'{where}: "{item.name}" must be {wrong}.')
        elif item.default is MISSING and item.default_factory is MISSING:
            problems.append(f'{where}: "{item.name}" is missing; add it.')
    return kind(**values) if len(problems) == before else None


def entry_problems(entry: Entry, where: str) -> list[str]:
    """What is wrong with an entry although each of its values is of the right type."""
    found: list[str] = []
    if not ID_SHAPE.match(entry.id):
        found.append(f'{where}: "id" must be small letters, digits and underscores, as in first_urine.')
    if entry.signed and not (entry.signed_by and entry.signed_on):
        found.append(f"{where}: signed = true needs signed_by (a role) and signed_on (a date).")
    if entry.source_label == "M" and not entry.signed and TO_BE_CONFIRMED not in entry.note:
        found.append(f'{where}: unsigned with source_label "M"; add a note with "{TO_BE_CONFIRMED}".')
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def read_value(hint: Any, value: object) -> Any:
    """`value` as the type `hint`; raises WrongValue when it does not fit."""
    origin = get_origin(hint)
    if origin is UnionType:  # only "X | None"; TOML has no null, so a value that is there must be an X
        return read_value(get_args(hint)[0], value)
    if origin is Literal:
        if value not in get_args(hint):
            raise WrongValue("one of " + ", ".join(str(choice) for choice in get_args(hint)))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise WrongValue("a list in square brackets")
        return tuple(read_value(get_args(hint)[0], item) for item in value)
    return READERS[hint](value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongValue("text in quotes, not empty")
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("true or false, without quotes")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WrongValue("a whole number, 0 or more")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 100_000:
        raise WrongValue("a number of hours from 0 to 100000")
    return float(value)


def _date(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise WrongValue("a date without quotes, such as 2027-05-22")
    return value


def _time(value: object) -> time:
    if not isinstance(value, time):
        raise WrongValue("a time without quotes, such as 09:30:00")
    return value


def _hour_range(value: object) -> HourRange:
    if not isinstance(value, list) or len(value) != 2:
        raise WrongValue("two numbers of hours, shortest then longest, such as [4, 8]")
    shortest, longest = (_number(item) for item in value)
    if shortest > longest:
        raise WrongValue("two numbers of hours with the shortest first, such as [4, 8]")
    return HourRange(shortest, longest)


def _degree_range(value: object) -> DegreeRange:
    """Degrees Celsius with at most one decimal, kept in tenths."""
    fault = WrongValue("two numbers of degrees Celsius, the coldest first, such as [2, 8] or [-25.5, -18]")
    if not isinstance(value, list) or len(value) != 2:
        raise fault
    if any(isinstance(item, bool) or not isinstance(item, int | float) for item in value):
        raise fault
    if not all(-200 <= item <= 100 for item in value):  # not a number fails this too
        raise fault
    lowest, highest = (round(item * 10) for item in value)
    if lowest >= highest:
        raise fault
    return DegreeRange(lowest, highest)


def _nested(kind: type[Any]) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        problems: list[str] = []
        found = read_table(kind, value, "inside it", problems)
        if found is None:
            raise WrongValue(f"complete ({' '.join(problems)})".rstrip("."))
        return found

    return read


def _words(value: object) -> Words:
    if not isinstance(value, Mapping) or "en" not in value:
        raise WrongValue('text.en = "...", and for a translation text.cy = { words = "...", signed = false }')
    others = {code: _nested(Translation)(item) for code, item in value.items() if code != "en"}
    return Words(_text(value["en"]), others)


def _names(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise WrongValue("a table of names")
    return {str(key): _text(item) for key, item in value.items()}


READERS: dict[Any, Callable[[object], Any]] = {
    str: _text,
    bool: _yes_or_no,
    int: _whole,
    float: _number,
    date: _date,
    time: _time,
    HourRange: _hour_range,
    DegreeRange: _degree_range,
    Opening: _nested(Opening),
    Words: _words,
    Mapping[str, str]: _names,
}
