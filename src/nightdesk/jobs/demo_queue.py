"""The demo's queue goes by the windows that still run, as the worker keeps it."""

from nightdesk.jobs.demo_life import Life
from nightdesk.jobs.queue import keep_queue


def plan_queue(life: Life) -> None:
    """Planned before the days are lived through: it happens at their end."""
    life.later(life.now, keep_queue)
