"""Quick answers to *when*, as times: hours counted back, or days and clock times where the person is.

What people say is wider than what they mean: an end that could mean two moments gives the later one, because the
evidence clock counts from the latest possible time and must not run short (product design, evidence clock, Nov 2026).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from nightdesk.rules.evidence_clock import in_utc
from nightdesk.rules.pack_answers import NOW, LocalMark, QuickTime, local_mark


def quick_range(
    choice: QuickTime, told_at: datetime, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """(earliest_at, latest_at) of a quick answer given at `told_at`, in UTC; None for an end that is not known.

    Never later than `told_at`. A range of weekdays that has not begun yet is that of the week before: on a Wednesday "this
    weekend" is the one just gone. Raises NaiveTime for a time without a zone, ValueError for a mark that can't be read.
    """
    told = in_utc(told_at, "told_at")
    if not choice.earliest_local:
        return _back(choice.earliest_hours_ago, told), _back(choice.latest_hours_ago, told)
    first, last = local_mark(choice.earliest_local), local_mark(choice.latest_local or NOW)
    today = told.astimezone(zone).date()
    if first and first.weekday is not None and _moments(first, today, zone)[0] > told:
        today -= timedelta(days=7)
    earliest = _moments(first, today, zone)[0] if first else told
    latest = _moments(last, today, zone)[1] if last else told
    return min(earliest, told), min(latest, told)


def _back(hours: float | None, told: datetime) -> datetime | None:
    return None if hours is None else told - timedelta(hours=hours)


def _moments(mark: LocalMark, today: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The earliest and the latest moment the mark can be: two where the clocks go back, or jump over it."""
    start = today if mark.weekday is None else today + timedelta(days=mark.weekday - today.weekday())
    local = datetime.combine(start + timedelta(days=mark.days), mark.clock, tzinfo=zone)
    both = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(both), max(both)
