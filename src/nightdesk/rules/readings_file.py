"""Reads a file of temperatures as loggers write them: store, time, degrees. Every line is kept or told, never skipped.

Encodings: UTF-8, UTF-16 with its mark, Windows. Separators: comma, semicolon, tab. Times: 2026-11-22T02:10Z, 2026-11-22
02:10:00, 22/11/2026 02:10, 22.11.2026 2.10, 22-11-2026 2:10 pm; the day comes before the month. A time without its zone is
local. Degrees Celsius with point or comma, with or without a sign for degrees.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Final

from nightdesk.rules.readings import Reject, Row

MOST_BYTES: Final = 10_000_000
COLDEST, WARMEST = -900, 700  # tenths; outside of this the logger or the column is wrong
SEPARATORS: Final = (";", "\t", ",")
HEADINGS: Final = re.compile(r"store|fridge|freezer|device|time|date|temp|degree|sensor|°c", re.IGNORECASE)
DAY_FIRST: Final = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}),?[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?",
    re.IGNORECASE,
)
DEGREES: Final = re.compile(
    r"([-+\u2212\u2013]?)\s*(\d{1,3})(?:[.,](\d+))?\s*(?:°|º|deg(?:rees)?)?\s*(C(?:elsius)?)?", re.I
)
FAHRENHEIT: Final = re.compile(r"\d\s*(?:°|º|deg(?:rees)?)?\s*F(?:ahrenheit)?\s*$", re.IGNORECASE)


class Unreadable(ValueError):
    """A line or a file that can't be read; the sentence says what is wrong and what to do."""


def decoded(raw: bytes) -> str:
    """The text of a file. Raises Unreadable when it is too large, or no text at all."""
    if len(raw) > MOST_BYTES:
        raise Unreadable("This file is larger than 10 MB. Split it, and send the parts one after the other.")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("This is not a text file. Save the readings as CSV and send that file.")
    return text


def read_readings(raw: bytes, zone: tzinfo) -> tuple[tuple[Row, ...], tuple[Reject, ...]]:
    """The readings in the file, and the lines that are none. `zone`: of times without one. Raises Unreadable.

    The hour that happens twice in autumn: within a store the lines are taken to be in the order of time.
    """
    rows: list[Row] = []
    rejects: list[Reject] = []
    newest: dict[str, datetime] = {}
    for number, cells in _lines(decoded(raw)):
        if number == 1 and HEADINGS.search(" ".join(cells[1:])) and not any(c.isdigit() for c in cells[-1]):
            continue
        try:
            row = _row(number, cells, zone, newest)
        except Unreadable as fault:
            rejects.append(Reject(number, str(fault)))
        else:
            rows.append(row)
            newest[row.store] = row.at
    return tuple(rows), tuple(rejects)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every line that is not empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    separator = next((sign for sign in SEPARATORS if sign in first), ",")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cells = next(csv.reader([line], delimiter=separator), [])
            except csv.Error:
                cells = [line]
            yield number, [cell.strip() for cell in cells]


def _row(number: int, cells: list[str], zone: tzinfo, newest: dict[str, datetime]) -> Row:
    if len(cells) == 4 and cells[3].isdecimal() and len(cells[3]) <= 2:
        cells = [*cells[:2], f"{cells[2]},{cells[3]}"]  # a decimal comma that the separator cut
    if len(cells) != 3 or not all(cells):
        raise Unreadable("This line needs three values: store, time, degrees.")
    store = cells[0].upper()
    return Row(number, store, read_moment(cells[1], zone, newest.get(store)), read_degrees(cells[2]))


def read_moment(text: str, zone: tzinfo, after: datetime | None = None) -> datetime:
    """The moment written as `text`, aware UTC. `after`: the line before, to settle the hour that happens twice."""
    moment = _iso(text) or _day_first(text)
    if moment is None:
        raise Unreadable("This time can’t be read. Write it like 2026-11-22 02:10, or 22/11/2026 02:10.")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    first, second = (moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != moment:
        raise Unreadable("This time did not happen: the clocks went forward. Check the clock of the logger.")
    return second if after is not None and first <= after < second else first


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        return None


def _day_first(text: str) -> datetime | None:
    found = DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(found[n] or 0) for n in range(1, 7))
    half = (found[7] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller gives it its zone
    except ValueError:
        return None


def read_degrees(text: str) -> int:
    """Tenths of a degree Celsius; a further decimal is rounded, half up."""
    if FAHRENHEIT.search(text):
        raise Unreadable("These are degrees Fahrenheit. Set the logger to Celsius, or convert the file.")
    found = DEGREES.fullmatch(text)
    if found is None:
        raise Unreadable("These degrees can’t be read. Write them like 4.5 or -18,2.")
    hundredths = int(found[2]) * 100 + int(((found[3] or "") + "00")[:2])
    tenths = (hundredths + 5) // 10 * (1 if found[1] in ("", "+") else -1)
    if not COLDEST <= tenths <= WARMEST:
        raise Unreadable("No store is as cold or as warm as this. Check the column and the logger.")
    return tenths
