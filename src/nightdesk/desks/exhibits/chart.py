"""The temperatures of a store as a drawing: own SVG, no script, with a table of the same facts beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 220, 44, 24
LEAST_SPAN: Final = 60  # tenths: a calm fridge is drawn as a calm line
GAP: Final = timedelta(hours=6)  # a longer silence is not bridged by a line


@dataclass(frozen=True)
class Scale:
    """From moments and tenths to the drawing's own units."""

    since: datetime
    until: datetime
    low: int
    high: int

    def x(self, at: datetime) -> float:
        """Across."""
        return round(LEFT + (WIDTH - LEFT) * ((at - self.since) / (self.until - self.since)), 1)

    def y(self, tenths: float) -> float:
        """Down."""
        return round((HEIGHT - BOTTOM) * (1 - (tenths - self.low) / (self.high - self.low)), 1)


def chart(
    readings: Sequence[tuple[datetime, int]],
    lowest: int | None,
    highest: int | None,
    since: datetime,
    until: datetime,
) -> dict[str, Any] | None:
    """Lines, the band that is allowed, and the marks of the axes; None without readings."""
    if not readings:
        return None
    values = [tenths for _, tenths in readings] + [limit for limit in (lowest, highest) if limit is not None]
    middle, half = (min(values) + max(values)) / 2, max(max(values) - min(values), LEAST_SPAN) * 0.55
    scale = Scale(since, until, int(middle - half), int(middle + half) + 1)
    band = None
    if lowest is not None and highest is not None:
        band = {"y": _text(scale.y(highest)), "height": _text(scale.y(lowest) - scale.y(highest))}
    return {
        "width": str(WIDTH), "height": str(HEIGHT), "left": str(LEFT), "floor": str(HEIGHT - BOTTOM), "band": band,
        "lines": _lines(readings, scale), "days": _days(scale), "degrees": _degrees(scale), "right": str(WIDTH - LEFT),
    }  # fmt: skip


def _text(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{number:g}"


def _lines(readings: Sequence[tuple[datetime, int]], scale: Scale) -> list[str]:
    """One line for each stretch without a long silence; a lone reading is a short dash."""
    runs = [[readings[0]]]
    for earlier, later in pairwise(readings):
        if later[0] - earlier[0] > GAP:
            runs.append([])
        runs[-1].append(later)
    lines = []
    for run in runs:
        points = [f"{_text(scale.x(at))},{_text(scale.y(tenths))}" for at, tenths in run]
        if len(run) == 1:
            points.append(f"{_text(scale.x(run[0][0]) + 2)},{_text(scale.y(run[0][1]))}")
        lines.append(" ".join(points))
    return lines


def _days(scale: Scale) -> list[dict[str, str]]:
    """Midnights in the desk's zone."""
    day = timezone.localtime(scale.since).replace(hour=0, minute=0, second=0, microsecond=0)
    marks = []
    while (day := day + timedelta(days=1)) < scale.until:
        marks.append({"x": _text(scale.x(day)), "text": date_format(day, "j M")})
    return marks


def _degrees(scale: Scale) -> list[dict[str, str]]:
    """Round degrees, four to eight of them."""
    span = (scale.high - scale.low) / 10
    step = next((size for size in (1, 2, 5, 10, 20) if span / size <= 8), 50)
    first = -(-scale.low // (step * 10)) * step
    return [
        {"y": _text(scale.y(value * 10)), "text": f"{value}°".replace("-", "\u2212")}
        for value in range(first, scale.high // 10 + 1, step)
    ]
