"""Every minute: the queue goes by the windows that still run."""

from datetime import datetime
from typing import Final

from nightdesk.actions.queue import move_windows_on

MOST: Final = 500  # in one round, so that pages never wait for long: the rest is due in the next


def keep_queue(at: datetime) -> int:
    """How many cases went on to their next window."""
    return move_windows_on(at=at, most=MOST)
