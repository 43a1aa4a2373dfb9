"""Whether a member of staff can be reached at all: somebody on the rota whom nothing reaches covers nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Way:
    """One way to reach somebody that was not withdrawn, and when it last worked and failed (UTC, None: never)."""

    channel: str
    worked_at: datetime | None = None
    failed_at: datetime | None = None

    def works(self) -> bool:
        """False after a fault that nothing has gone well since."""
        return self.failed_at is None or (self.worked_at is not None and self.worked_at > self.failed_at)


def can_be_reached(ways: Iterable[Way], email: str) -> bool:
    """Whether a message finds somebody away from their desk: the screen alone does not count.

    Somebody who has set up no way at all is told by the e-mail address of their account, if there is one.
    """
    own = list(ways)
    if not own:
        return bool(email)
    return any(way.works() for way in own if way.channel != "screen")
