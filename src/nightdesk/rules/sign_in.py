"""Sign-in: how long a wrong try makes one wait, and when a desk locks or a session ends. Facts in, answer out.

Slowing, never a lockout: a desk that is shut at 2am harms the person in front of it (safety.md promise 7).
"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

FREE_TRIES: Final = 5  # wrong tries that cost nothing, within the window
WINDOW_MINUTES: Final = 15
FIRST_WAIT_SECONDS: Final = 5
LONGEST_WAIT_SECONDS: Final = 60
RE_ENTRIES: Final = 5  # wrong PINs at a locked desk until a full sign-in is asked for

OPEN: Final = "open"
IDLE: Final = "idle"
LOCKED: Final = "locked"
ENDED: Final = "ended"


def wait_seconds(wrong_tries: int, since_last_seconds: float) -> int:
    """Whole seconds still to wait after so many wrong tries in the window, the last one that long ago; 0 to go on."""
    if wrong_tries < FREE_TRIES:
        return 0
    doubled = min(wrong_tries - FREE_TRIES, 10)
    pause: int = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << doubled)  # doubles with each wrong try
    return max(0, min(pause, math.ceil(pause - since_last_seconds)))


@dataclass(frozen=True)
class DeskTimes:
    """When a session was opened, last used, and locked (None: not locked); aware UTC."""

    opened_at: datetime
    active_at: datetime
    locked_at: datetime | None = None


def desk_state(desk: DeskTimes, now: datetime, *, idle_seconds: int, session_hours: int) -> str:
    """ENDED past the absolute limit, LOCKED when it was locked, IDLE when it must be locked now, else OPEN."""
    if (now - desk.opened_at).total_seconds() >= session_hours * 3600:
        return ENDED
    if desk.locked_at is not None:
        return LOCKED
    return IDLE if (now - desk.active_at).total_seconds() >= idle_seconds else OPEN


def worth_noting(desk: DeskTimes, now: datetime, *, idle_seconds: int) -> bool:
    """Whether this use is long enough after the noted one to be written down: a twentieth of the idle time.

    Not every request costs a write; a desk locks at most that much early, never late.
    """
    return (now - desk.active_at).total_seconds() >= idle_seconds / 20


def left_seconds(desk: DeskTimes, now: datetime, *, idle_seconds: int) -> int:
    """Whole seconds until the desk locks by itself, at least 0."""
    return max(0, math.ceil(idle_seconds - (now - desk.active_at).total_seconds()))
