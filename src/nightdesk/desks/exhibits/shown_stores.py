"""What the templates of a store get: its numbers, a drawing with its table, and faults with what lay inside."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nightdesk.desks.exhibits.chart import chart
from nightdesk.desks.exhibits.shown import pages, store_row
from nightdesk.desks.exhibits.words import FAULTS, degrees, kind_words
from nightdesk.queries.store_history import History
from nightdesk.queries.stores import FaultSeen, StoreRow, StoreSeen
from nightdesk.rules.readings import Weighed
from nightdesk.rules.store import BY_PEOPLE

REJECTS_SHOWN = 200
EARLIEST, LATEST = 1900, 9000  # years that can be shown in any zone


def store(seen: StoreSeen, now: datetime) -> dict[str, Any]:
    """The page of a store."""
    row = seen.row
    return store_row(row) | {
        "now": now, "readings": len(seen.readings),
        "range": _range(row),
        "chart": chart(seen.readings, row.lowest, row.highest, seen.since, now), "days": _days(seen),
        "fault_rows": [_fault(row.code, fault) for fault in seen.faults],
        "lasting": [
            (fault.kind, FAULTS[fault.kind]) for fault in seen.faults if fault.ends_at is None and fault.kind in BY_PEOPLE
        ],
    }  # fmt: skip


def _range(row: StoreRow) -> str:
    """How warm it may be, in words; "" when it is not measured."""
    if row.lowest is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": degrees(row.lowest), "high": degrees(row.highest)}


def _days(seen: StoreSeen) -> list[list[Any]]:
    """The same facts as the drawing: per day, how many readings, coldest and warmest, and how many out of range."""
    by_day: dict[date, list[int]] = {}
    for at, tenths in seen.readings:
        by_day.setdefault(timezone.localtime(at).date(), []).append(tenths)
    low, high = seen.row.lowest, seen.row.highest
    return [
        [
            date_format(day, "j M Y"), {"text": len(values), "numeric": True},
            {"text": degrees(min(values)), "numeric": True}, {"text": degrees(max(values)), "numeric": True},
            {"text": _outside(values, low, high), "numeric": True},
        ]
        for day, values in sorted(by_day.items(), reverse=True)
    ]  # fmt: skip


def _outside(values: Sequence[int], low: int | None, high: int | None) -> int:
    return sum(low is not None and high is not None and not low <= value <= high for value in values)


def _during(code: str, fault: FaultSeen) -> str:
    """The history of the store in the time of the fault: all that lay inside."""
    times = {"from": fault.starts_at.isoformat()} | (
        {"until": fault.ends_at.isoformat()} if fault.ends_at else {}
    )
    return f"{reverse('store_history', args=[code])}?{urlencode(times)}"


def _fault(code: str, fault: FaultSeen) -> dict[str, Any]:
    return {
        "kind": FAULTS[fault.kind], "from": fault.starts_at, "until": fault.ends_at,
        "by": fault.noted_by or _("the readings"), "count": fault.count, "unseen": fault.count - fault.seen,
        "more": fault.seen - len(fault.inside), "history": _during(code, fault),
        "inside": [(code, reverse("exhibit", args=[code])) for code in fault.inside],
    }  # fmt: skip


def weighed(found: Weighed, *, faults: int | None = None) -> dict[str, Any]:
    """What a file would change or has changed; the first lines that were not taken, and how many more."""
    stores = sorted({row.store for row in found.fresh})
    return {
        "fresh": len(found.fresh), "repeated": found.repeated, "rejected": len(found.rejects), "stores": ", ".join(stores),
        "rejects": found.rejects[:REJECTS_SHOWN], "more": max(0, len(found.rejects) - REJECTS_SHOWN), "faults": faults,
    }  # fmt: skip


def moment_in(text: str) -> datetime | None:
    """The moment that an address of this room names; None for anything else, and then the whole history is shown."""
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo and EARLIEST < read.year < LATEST else None
    except (ValueError, OverflowError):
        return None


def history(found: History, given: QueryDict) -> dict[str, Any]:
    """The page of what lay in a store."""
    return {
        "found": found, "stays": [(stay, kind_words(stay.kind), _href(stay.code)) for stay in found.stays],
        "pages": pages(found.page, found.pages, given),
    }  # fmt: skip


def _href(code: str) -> str:
    return reverse("exhibit", args=[code]) if code else ""
