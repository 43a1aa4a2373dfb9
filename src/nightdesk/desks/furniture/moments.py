"""Reads dates and times of day as a tired person types them. Pure: no clock, no database.

Everything that can be read one way is accepted ("9", "09", "nov", "November"; "23:40", "2340", "11.40pm", "2am");
what cannot be read raises Unreadable with a sentence that says what to do and which boxes are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo

from django.utils.translation import gettext as _

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?$")
NAMED_TIMES = {"midnight": time(0, 0), "noon": time(12, 0), "midday": time(12, 0)}


class Unreadable(ValueError):
    """What was typed is no date or time; ``sentence`` is for the person, ``parts`` are the boxes to mark."""

    def __init__(self, sentence: str, parts: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.parts = parts

    def and_also(self, other: Unreadable) -> Unreadable:
        """Both refusals as one, so that a person corrects all boxes in one go."""
        return Unreadable(f"{self.sentence} {other.sentence}", (*self.parts, *other.parts))


def digits(text: str) -> str:
    """Digits of any script (Arabic-Indic and so on) as 0 to 9; other characters unchanged."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text.strip().lower())


def read_day(typed: Mapping[str, str]) -> date | None:
    """The date in the boxes day, month and year; None when all three are empty. Raises Unreadable."""
    given = {part: digits(typed.get(part) or "") for part in ("day", "month", "year")}
    missing = tuple(part for part, text in given.items() if not text)
    if len(missing) == 3:
        return None
    if missing:
        raise Unreadable(_("Enter the day, month and year, or leave all three empty."), missing)
    month = _month(given["month"])
    if not month:
        raise Unreadable(_("Enter the month as a number from 1 to 12, or its name."), ("month",))
    if not re.fullmatch(r"[1-9]\d{3}", given["year"]):
        raise Unreadable(_("Enter the year with 4 numbers, like 2026."), ("year",))
    if not re.fullmatch(r"\d{1,2}", given["day"]):
        raise Unreadable(_("Enter the day as a number from 1 to 31."), ("day",))
    try:
        return date(int(given["year"]), month, int(given["day"]))
    except ValueError:
        raise Unreadable(_("Enter a real date: that month does not have this day."), ("day",)) from None


def _month(text: str) -> int:
    if re.fullmatch(r"\d{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else 0
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else 0


def read_time(text: str) -> time | None:
    """A time of day, 24-hour or with am or pm; None when empty. Raises Unreadable."""
    shown = digits(text).replace("a.m.", "am").replace("p.m.", "pm")
    if not shown:
        return None
    if shown in NAMED_TIMES:
        return NAMED_TIMES[shown]
    found = CLOCK.match(shown)
    refusal = Unreadable(_("Enter the time like 23:40, 11:40pm or 2am."), ("time",))
    if not found:
        raise refusal
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise refusal
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour == 24 and minute == 0:
        raise Unreadable(_("Enter midnight as 00:00 of the next day."), ("time",))
    if hour > 23 or minute > 59:
        raise refusal
    return time(hour, minute)


def read_day_and_time(typed: Mapping[str, str]) -> tuple[date | None, time | None]:
    """The date and the time of day in the boxes day, month, year and time. Raises Unreadable naming all wrong boxes."""
    wrong_time: Unreadable | None = None
    at = None
    try:
        at = read_time(typed.get("time") or "")
    except Unreadable as refusal:
        wrong_time = refusal
    try:
        day = read_day(typed)
    except Unreadable as refusal:
        raise (refusal.and_also(wrong_time) if wrong_time else refusal) from None
    if wrong_time:
        raise wrong_time
    if at is not None and day is None:
        raise Unreadable(_("Enter the date of that time as well."), ("day", "month", "year"))
    return day, at


def in_zone(day: date, at: time, zone: tzinfo, *, latest: bool) -> datetime:
    """The aware moment of a wall-clock time, in ``zone``.

    When the clocks go back an hour happens twice: ``latest`` picks the second, so that a range never comes out too
    short. When they go forward an hour does not happen: raises Unreadable.
    """
    moment = datetime.combine(day, at, tzinfo=zone).replace(fold=1 if latest else 0)
    back = moment.astimezone(UTC).astimezone(zone)
    if (back.hour, back.minute) != (at.hour, at.minute):
        raise Unreadable(
            _("That time did not happen: the clocks went forward. Enter a time an hour later."), ("time",)
        )
    return moment
