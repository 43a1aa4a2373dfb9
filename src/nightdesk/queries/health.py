"""Whether the system lives: nothing personal, for whoever watches it."""

from datetime import datetime

from nightdesk.records.messages import Heartbeat


def worker_seconds(reader: None, now: datetime) -> int | None:
    """Whole seconds since the worker was last seen; None when it never was. Anybody may ask, so the reader is None."""
    beat = Heartbeat.objects.filter(name="worker").first()
    return max(0, int((now - beat.at).total_seconds())) if beat else None
