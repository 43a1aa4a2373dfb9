"""Safe hours as people write them, one window a line: “Mon-Fri 9-17”, “Sat 22:00-02:00”, “every day 10-12”. Pure."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Final

from nightdesk.rules.contact_hours import DAYS, WEEK, Hours

MOST_WINDOWS: Final = 14
HOW: Final = "Write the days and the hours, such as: Mon-Fri 9-17, or Sat 22:00-02:00, or every day 10-12."
NAMES: Final = {
    "every day": (0, 6), "daily": (0, 6), "all week": (0, 6), "weekdays": (0, 4), "weekends": (5, 6), "weekend": (5, 6),
}  # fmt: skip
DAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
SPAN: Final = re.compile(rf"({DAY})(?: ?(?:-|to) ?({DAY}))?")
CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?"
HOURS: Final = re.compile(rf"^(.*?)[ ,]*\b{CLOCK} ?(?:-|to|until) ?{CLOCK}$")
WHOLE_DAY: Final = re.compile(r"^(.*?)[ ,]*(?:all day|any time|at any time)$")


class HoursUnreadable(ValueError):
    """A line is no window of hours; the sentence says how to write one."""


def hours_of(lines: Iterable[str]) -> tuple[Hours, ...]:
    """The windows written in `lines`; empty lines say nothing. Raises HoursUnreadable naming the line."""
    found = tuple(hours_in(line) for line in lines if line.strip())
    if len(found) > MOST_WINDOWS:
        raise HoursUnreadable(f"At most {MOST_WINDOWS} lines of hours can be kept. Put days together.")
    return found


def hours_in(line: str) -> Hours:
    """The window written in one line. Raises HoursUnreadable."""
    text = " ".join(re.sub("[–—−]", "-", line).strip(" .;").lower().split())
    if whole := WHOLE_DAY.match(text):
        return Hours(_days(whole[1], line), time(0), time(0))
    if (found := HOURS.match(text)) is None:
        raise HoursUnreadable(f"“{line.strip()[:60]}” can’t be read as days and hours. {HOW}")
    opens, closes = _clock(found[2], found[3], found[4], line), _clock(found[5], found[6], found[7], line)
    return Hours(_days(found[1], line), opens, closes)


def _clock(hour: str, minute: str | None, half: str | None, line: str) -> time:
    number, minutes = int(hour), int(minute or 0)
    if half and not 1 <= number <= 12:
        number = 99
    elif half:
        number = number % 12 + (12 if half == "pm" else 0)
    if (number, minutes) == (24, 0):
        return time(0)
    if number > 23 or minutes > 59:
        raise HoursUnreadable(f"“{line.strip()[:60]}” has an hour that no clock shows. {HOW}")
    return time(number, minutes)


def _days(text: str, line: str) -> frozenset[str]:
    """The days written before the hours; none written means every day."""
    left, found = text.strip(" ,:"), set[str]()
    if not left:
        return frozenset(DAYS)
    for part in re.split(r" ?(?:,|&|\band\b|\+) ?", left):
        if part in NAMES:
            first, last = NAMES[part]
        elif span := SPAN.fullmatch(part):
            first, last = (DAYS.index((name or span[1])[:3]) for name in (span[1], span[2]))
        else:
            raise HoursUnreadable(f"“{line.strip()[:60]}” can’t be read as days and hours. {HOW}")
        found |= {DAYS[(first + number) % WEEK] for number in range((last - first) % WEEK + 1)}
    return frozenset(found)
