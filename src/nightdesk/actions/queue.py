"""The queue kept up with the clock: when a window has passed, the next that runs takes its place."""

from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from nightdesk.actions._queue import follow_window
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockEdition, ClockStart
from nightdesk.rules.kept_clock import next_end


def move_windows_on(*, at: datetime, most: int = 500) -> int:
    """Cases in the queue whose first window has passed go by the next one that runs, or by none. How many were.

    Nothing is decided and nothing is lost, so there is no line: the clock that was started has one, and its windows stay.
    A clock that was computed anew meanwhile is left alone.
    """
    passed = Case.objects.filter(in_queue=True, first_window_ends_at__lte=at).order_by("first_window_ends_at")
    kept = Prefetch("kept", ClockEdition.objects.defer("health"))
    clocks = Prefetch("disclosure__clocks", ClockStart.objects.prefetch_related(kept))
    rows = list(passed.select_related("disclosure").prefetch_related(clocks)[:most])
    with transaction.atomic():
        for case in rows:
            newest = max(case.disclosure.clocks.all(), key=lambda clock: clock.started_at, default=None)
            # a window that ends this very moment runs still: the next round moves it on
            following = next_end(newest.windows, at) if newest else None
            if following != case.first_window_ends_at:
                follow_window(following, pk=case.pk, first_window_ends_at=case.first_window_ends_at)
    return len(rows)
