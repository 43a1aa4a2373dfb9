"""Calendar files (iCalendar, RFC 5545): read into entries, and written for a private feed.

Repeating entries are worked out with dateutil, in their own time zone, so that a shift keeps its hour when the clocks
change; exceptions (EXDATE), changed occurrences (RECURRENCE-ID) and cancelled ones count.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, vDDDTypes

from nightdesk.rules.calendar import Entry, Rejected

LARGEST: Final = 5_000_000  # bytes; a year of a large force is about one
MOST: Final = 20_000  # occurrences; a file that repeats every second must not fill the memory
ADDRESS: Final = re.compile(r"^mailto:", re.IGNORECASE)


class CalendarUnreadable(ValueError):
    """The file is no calendar; the sentence says what to do."""


def read_calendar(
    raw: bytes, *, zone: tzinfo, starts_at: datetime, ends_at: datetime
) -> tuple[list[Entry], list[Rejected]]:
    """Occurrences that touch the time from `starts_at` to `ends_at` (UTC), and entries that can't be read, with reasons.

    Times without a zone are taken by `zone`. Raises CalendarUnreadable.
    """
    if len(raw) > LARGEST:
        raise CalendarUnreadable("This file is larger than 5 MB. Export a shorter time.")
    try:
        calendar = Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError, UnicodeDecodeError) as fault:
        raise CalendarUnreadable(
            "This is no calendar file. Export it as iCalendar (.ics) and try again."
        ) from fault
    lines = _first_lines(raw)
    entries: list[Entry] = []
    rejected: list[Rejected] = []
    changed = _changed(calendar)
    for number, event in enumerate(calendar.walk("VEVENT")):
        uid, line = str(event.get("UID", ""))[:255], lines[number] if number < len(lines) else 0
        try:
            if not uid:
                raise ValueError("has no UID")
            for begins, ends in _occurrences(event, zone, starts_at, ends_at, changed):
                entries.append(Entry(f"{uid}/{begins:%Y%m%dT%H%M}"[:255], line, _names(event), begins, ends))
        except (ValueError, TypeError, AttributeError, OverflowError) as fault:
            rejected.append(Rejected(uid, line, _why(fault)))
        if len(entries) > MOST:
            raise CalendarUnreadable(f"This file has more than {MOST} shifts. Export a shorter time.")
    return entries, rejected


def _first_lines(raw: bytes) -> list[int]:
    """The line on which each entry begins."""
    lines = enumerate(raw.splitlines(), start=1)
    return [number for number, text in lines if text.strip().upper() == b"BEGIN:VEVENT"]


def _why(fault: Exception) -> str:
    known = ("has no UID", "has no beginning", "ends before it begins")
    return str(fault) if str(fault) in known else "has a date, time or rule that can’t be read"


def _names(event: Any) -> tuple[str, ...]:
    """Words that may name who is on: people invited, else the words of the title. Whoever organises a rota is not on it."""
    people = event.get("ATTENDEE", [])
    people = people if isinstance(people, list) else [people]
    invited = tuple(ADDRESS.sub("", str(person)) for person in people)
    title = str(event.get("SUMMARY", ""))
    return invited or (*re.split(r"[\s,;:()\[\]]+", title), title)


def _moment(value: Any, zone: tzinfo) -> datetime:
    """A date or time as an aware moment in its own zone; a date is its midnight."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(0), tzinfo=zone)
    raise ValueError("has no beginning")


def _changed(calendar: Any) -> set[tuple[str, datetime]]:
    """Occurrences that have an entry of their own: (uid, the moment it would have been, UTC)."""
    found = set()
    for event in calendar.walk("VEVENT"):
        if isinstance(event.get("RECURRENCE-ID"), vDDDTypes):
            was = event["RECURRENCE-ID"].dt
            moment = _moment(was, UTC)
            found.add((str(event.get("UID", "")), moment.astimezone(UTC)))
    return found


def _occurrences(
    event: Any, zone: tzinfo, starts_at: datetime, ends_at: datetime, changed: set[tuple[str, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """(begins, ends) in UTC of every occurrence of an entry in the time looked at."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    begins = _moment(event["DTSTART"].dt if "DTSTART" in event else None, zone)
    length = _length(event, begins, zone)
    for start in _starts(event, begins, length, starts_at, ends_at):
        is_own = "RECURRENCE-ID" in event
        if not is_own and (str(event.get("UID", "")), start.astimezone(UTC)) in changed:
            continue
        end = (start.replace(tzinfo=None) + length).replace(tzinfo=start.tzinfo)  # by the clock on the wall
        yield start.astimezone(UTC), end.astimezone(UTC)


def _length(event: Any, begins: datetime, zone: tzinfo) -> timedelta:
    """How long by the clock on the wall; a date alone lasts a day."""
    if "DTEND" in event:
        ends = _moment(event["DTEND"].dt, zone).astimezone(begins.tzinfo)
        length = ends.replace(tzinfo=None) - begins.replace(tzinfo=None)
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        whole_day = not isinstance(event["DTSTART"].dt, datetime)
        length = timedelta(days=1) if whole_day else timedelta(0)
    if length <= timedelta(0):
        raise ValueError("ends before it begins")
    return length


def _starts(
    event: Any, begins: datetime, length: timedelta, starts_at: datetime, ends_at: datetime
) -> Iterator[datetime]:
    """When each occurrence begins, in the entry's own zone."""
    if "RRULE" not in event or "RECURRENCE-ID" in event:
        if begins < ends_at and begins + length > starts_at:
            yield begins
        return
    own = begins.tzinfo
    wall = begins.replace(tzinfo=None)
    rule = event["RRULE"].to_ical().decode()
    if (
        until := re.search(r"UNTIL=(\d{8}T\d{6})Z", rule)
    ) is not None:  # in UTC; the rule is worked out on the wall
        moment = datetime.strptime(until[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(own)
        rule = rule.replace(until[0], f"UNTIL={moment:%Y%m%dT%H%M%S}")
    gone = {_moment(one.dt, own or UTC).astimezone(own).replace(tzinfo=None) for one in _exceptions(event)}
    first = (starts_at.astimezone(own) - length).replace(tzinfo=None)
    last = ends_at.astimezone(own).replace(tzinfo=None)
    for count, start in enumerate(rrulestr(rule, dtstart=wall).xafter(first - timedelta(days=1), inc=True)):
        if start >= last or count > MOST:
            return
        moment = start.replace(tzinfo=own)
        if start not in gone and moment + length > starts_at:
            yield moment


def _exceptions(event: Any) -> Iterable[Any]:
    found = event.get("EXDATE", [])
    for group in found if isinstance(found, list) else [found]:
        yield from group.dts


def write_feed(shifts: Iterable[tuple[str, str, datetime, datetime]], *, made_at: datetime) -> bytes:
    """A calendar of shifts (id, title, starts, ends; UTC) as a subscribed calendar reads it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nightdesk//Shifts//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid, title, starts_at, ends_at in shifts:
        event = Event()
        event.add("uid", f"{uid}@nightdesk")
        event.add("summary", title)
        event.add("dtstart", starts_at.astimezone(UTC))
        event.add("dtend", ends_at.astimezone(UTC))
        event.add("dtstamp", made_at.astimezone(UTC))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
