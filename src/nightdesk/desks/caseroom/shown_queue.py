"""The queue in words: its lines, its filters with their counts, its pages."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom import shown_duties
from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.paged import paged
from nightdesk.queries.queue import Queue, Queued
from nightdesk.rules import queue as rule

FILTER_WORDS: Final = {
    rule.UNIT: gettext_lazy("All of my unit"),
    rule.MINE: gettext_lazy("Mine"),
    rule.NOBODY: gettext_lazy("Nobody’s"),
    rule.SUPERVISOR: gettext_lazy("Waiting for a supervisor"),
    rule.MISSED: gettext_lazy("A duty was missed"),
    rule.WINDOW: gettext_lazy("A window ends within 24 hours"),
    rule.OVERDUE: gettext_lazy("On the way, and overdue"),
    rule.CHEMSEX: gettext_lazy("Flagged: chemsex"),
    rule.DRUG_FACILITATED: gettext_lazy("Flagged: drug-facilitated"),
    rule.OFFERED: gettext_lazy("Offered to me"),
    rule.AWAY: gettext_lazy("Owner is away"),
    rule.HANDED: gettext_lazy("Handed over, still open"),
    rule.CLOSED: gettext_lazy("Over: nothing is owed"),
}
NONE_WORDS: Final = {
    rule.MINE: gettext_lazy("You have no open case."),
    rule.NOBODY: gettext_lazy("Every case of your unit is somebody’s."),
    rule.CLOSED: gettext_lazy("No case of your unit is over yet."),
}


def queue(found: Queue, now: datetime) -> dict[str, Any]:
    """Everything on the page but the flags of its lines."""
    return {
        "rows": [queued(row, now) for row in found.rows], "filters": [_filter(found, name) for name in rule.FILTERS],
        "chosen": found.chosen, "heading": FILTER_WORDS[found.chosen], "whole": found.chosen == rule.UNIT,
        "none": NONE_WORDS.get(found.chosen, _("No case stands here.")),
        "page": found.page, "page_count": found.pages, "too_many": found.counts[found.chosen] is None, "most": rule.MOST,
        "pages": paged(found.page, found.pages, lambda number: _href(found.chosen, number)),
    }  # fmt: skip


def _filter(found: Queue, name: str) -> dict[str, Any]:
    count = found.counts[name]
    words = _("more than %(n)s") % {"n": rule.MOST} if count is None else str(count)
    return {"text": FILTER_WORDS[name], "count": words, "href": _href(name), "chosen": name == found.chosen}


def _href(name: str, page: int = 1) -> str:
    """Codes only: a filter and a page."""
    asked = ({"show": name} if name != rule.UNIT else {}) | ({"page": page} if page > 1 else {})
    return reverse("queue") + (f"?{urlencode(asked)}" if asked else "")


def queued(row: Queued, now: datetime) -> dict[str, Any]:
    """A line of the queue."""
    left = (row.first_window_ends_at - now).total_seconds() / 3600 if row.first_window_ends_at else None
    return {
        "reference": row.reference, "href": reverse("case", args=[row.reference]), "station": row.station,
        "opened_at": row.opened_at, "urgent": row.urgency == "now", "state": told.STATES[row.state],
        "waiting": row.state in ("raised", "paged"), "owner": row.owner, "mine": row.mine, "away": row.away,
        "left": told.hours_left(left) if left is not None and left > 0 else _("Ask the SARC"),
        "closing": left is not None and 0 < left < told.CLOSING_HOURS, "missed": row.missed,
        "duty": shown_duties.next_duty(row.duty, row.next_duty_at, now),
    }  # fmt: skip
