"""Reads a coroner's file of deaths: CSV with a heading, one death a line. Every line is kept or told, never skipped.

Columns may stand in any order. `number` (the coroner's own) and `unit` (code) are needed; every other column is a field or a
marker of rules/death.py, by its code. A day without a time of day is the whole day. Codes may be written as
people write them: “Their home” is their_home.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final

from nightdesk.rules.death import CHOICES, FIELDS, NO, TIMES, YES
from nightdesk.rules.readings import Reject
from nightdesk.rules.readings_file import Unreadable, decoded, read_moment

NEEDED: Final = ("number", "unit")
SAID: Final[Mapping[str, str]] = {
    "yes": YES, "y": YES, "true": YES, "1": YES, "no": NO, "n": NO, "false": NO, "0": NO,
    "": "", "not asked": "", "not known": "", "unknown": "",
}  # fmt: skip
CODED: Final = (*CHOICES, "delivery")


@dataclass(frozen=True)
class Line:
    """One death of the file: on which line, under which number of the coroner, of which unit (code), and what is known."""

    line: int
    number: str
    unit: str
    values: Mapping[str, Any]


def read_deaths(
    raw: bytes, zone: tzinfo, markers: Collection[str]
) -> tuple[tuple[Line, ...], tuple[Reject, ...]]:
    """The deaths of the file and the lines that are none. `zone`: of times without one. Raises Unreadable for the whole."""
    rows = _rows(decoded(raw))
    heading = [_code(cell) for cell in next(rows, (0, []))[1]]
    _refuse_heading(heading, (*NEEDED, *FIELDS, *markers))
    found: list[Line] = []
    rejects: list[Reject] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        try:
            one = _line(
                line, dict(zip(heading, cells, strict=False)), len(cells) - len(heading), zone, markers
            )
            _refuse_again(one, seen)
        except Unreadable as fault:
            rejects.append(Reject(line, str(fault)))
        else:
            found.append(one)
    return tuple(found), tuple(rejects)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of the line on which it begins, and the cells, of every row that is not empty."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error as fault:
        raise Unreadable(f"Line {before + 1} can’t be read as CSV. Save the file as CSV again.") from fault


def _refuse_heading(heading: list[str], known: Collection[str]) -> None:
    missing = [name for name in NEEDED if name not in heading]
    unknown = [name for name in heading if name not in known]
    if missing:
        raise Unreadable(f"The first line must name the columns; {' and '.join(missing)} is missing.")
    if unknown:
        raise Unreadable(f"No such column: {', '.join(unknown)}. There are: {', '.join(known)}.")
    if len(set(heading)) != len(heading):
        raise Unreadable("A column stands there twice. Keep one of the two.")


def _line(line: int, cells: Mapping[str, str], more: int, zone: tzinfo, markers: Collection[str]) -> Line:
    if more > 0:
        raise Unreadable("This line has more cells than the heading. Put texts with a comma in quotes.")
    for name in NEEDED:
        if not cells.get(name):
            raise Unreadable(f"This line has no {name}.")
    values: dict[str, Any] = {
        name: _value(name, told, zone) for name, told in cells.items() if name in FIELDS
    }
    values["markers"] = {name: _said(name, told) for name, told in cells.items() if name in markers}
    return Line(line, cells["number"], cells["unit"], values)


def _refuse_again(one: Line, seen: dict[str, int]) -> None:
    """The same number twice in a file: nobody knows which of the two stands."""
    earlier = seen.setdefault(one.number.casefold(), one.line)
    if earlier != one.line:
        raise Unreadable(f"This number stands on line {earlier} already.")


def _value(name: str, told: str, zone: tzinfo) -> str:
    if not told:
        return ""
    if name in TIMES:
        return _moment(told, name, zone).isoformat()
    return _code(told) if name in CODED else told


def _moment(told: str, end: str, zone: tzinfo) -> datetime:
    try:
        day = date.fromisoformat(told) if len(told) == len("2026-11-22") else None
    except ValueError:
        day = None
    if day is None:
        return read_moment(told, zone)
    at = time(23, 59) if end == "latest" else time(0, 0)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _said(name: str, told: str) -> str:
    if told.casefold() not in SAID:
        raise Unreadable(f"“{name}” must be yes, no, or empty for not asked.")
    return SAID[told.casefold()]


def _code(told: str) -> str:
    return "_".join(told.casefold().split())
