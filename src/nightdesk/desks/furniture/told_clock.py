"""How the evidence clock is shown, wherever it is: rows, sentences for the script, what it was counted from."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nightdesk.desks.furniture.told import CLOSING_HOURS, SOON_HOURS, hours_left
from nightdesk.queries.clocks import ClockSeen
from nightdesk.rules.evidence_clock import Window

FEW: Final = 3  # clocks shown at once on a page that is about more than the clock
# A number for each plural form that any of our languages has (Arabic six, Welsh five, Polish three).
SAMPLES: Final = (0, 1, 2, 3, 5, 6, 11, 100)
UNSURE: Final = ("M", "S-weak")


def clock(
    seen: ClockSeen | None, now: datetime, *, few: int = FEW, link: bool = True
) -> dict[str, Any] | None:
    """What the template furniture/evidence_clock.html takes; None when no clock runs."""
    if seen is None:
        return None
    shown = rows(seen.specimens)
    return {
        "first": [row | {"classes": "nd-clock--first" if n == 0 else ""} for n, row in enumerate(shown[:few])],
        "more": shown[few:], "others": rows(seen.others), "counting": counted(seen), "runs_from": seen.runs_from,
        "words": script_words(now), "edition": seen.edition, "newer": seen.newer,
        "review_on": seen.review_on, "overdue_on": seen.overdue_on,
        "unsigned": any(not window.signed for window in seen.specimens),
        "href": reverse("clock", args=[seen.reference]) if link else "",
    }  # fmt: skip


def counted(seen: ClockSeen) -> str:
    """What the clock was counted from; the moment stands beside it."""
    if seen.time_known:
        return _("Counted from the latest possible time:")
    return _("The time is not known, so this is counted from when they came:")


def rows(windows: Iterable[Window]) -> list[dict[str, Any]]:
    """Arguments of the clock component, in the order given."""
    return [_row(window) for window in windows]


def _row(window: Window) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": window.id, "label": window.label, "detail": window.advice, "tone": "open", "percent": 100,
        "state": window.state, "until": "", "left": "", "attributes": {},
        "note": _("To be confirmed by the force.") if window.source_label in UNSURE and not window.signed else "",
    }  # fmt: skip
    if window.state == "passed":
        return row | {"left": _("Ask the SARC"), "tone": "closed", "percent": 0}
    if window.state == "later":
        return row | {
            "tone": "later",
            "percent": 0,
            "until": _("from %(when)s") % {"when": day_and_time(window.opens_at)},
        }
    if window.ends_at is None or window.remaining_hours is None or not window.hours:
        return row | {"left": _("No fixed limit")}
    percent = max(1, round(100 * window.remaining_hours / window.hours))
    return row | {
        "left": hours_left(window.remaining_hours), "tone": _tone(window.remaining_hours), "percent": percent,
        "until": _("until %(when)s") % {"when": day_and_time(window.ends_at)},
        "attributes": {"data-ends-at": window.ends_at.isoformat(), "data-hours": f"{window.hours:g}"},
    }  # fmt: skip


def _tone(hours: float) -> str:
    return "closing" if hours < CLOSING_HOURS else "soon" if hours < SOON_HOURS else "open"


def day_and_time(at: datetime) -> str:
    """The local day and time, with the day of the week: “Friday 27 November, 14:00”."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'l j E')}, {local:%H:%M}"


def script_words(now: datetime) -> str:
    """The sentences of the script that counts down, in the language of the page, and the server's time."""
    return json.dumps(
        {
            "now": now.isoformat(),
            "ask": _("Ask the SARC"),
            "tones": {"open": _("Open"), "soon": _("Soon"), "closing": _("Closing"), "closed": _("Closed")},
            "days": _forms(lambda n: ngettext("%(n)s day left", "%(n)s days left", n)),
            "hours": _forms(lambda n: ngettext("%(n)s hour left", "%(n)s hours left", n)),
            "minutes": _forms(lambda n: ngettext("%(n)s minute left", "%(n)s minutes left", n)),
        },
        ensure_ascii=False,
    )


def _forms(of: Callable[[int], str]) -> dict[str, str]:
    return {str(n): of(n) % {"n": "{n}"} for n in SAMPLES}
