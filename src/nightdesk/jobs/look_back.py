"""Looking back in the background: a few batches at a time, so that no page waits for it."""

import time
from datetime import datetime
from typing import Final

from nightdesk.actions.look_backs import read_batch
from nightdesk.queries.clock import database_now
from nightdesk.queries.look_backs import unfinished
from nightdesk.rules.access import SYSTEM

AT_MOST_SECONDS: Final = 2.0  # then the worker looks after its pages again
EVERY_SECONDS: Final = 5


def go_on_looking_back(at: datetime, at_most: float = AT_MOST_SECONDS) -> int:
    """Go on with whatever run is not done, for a moment; how many batches were read. The rows know where it stands."""
    until, batches = time.monotonic() + at_most, 0
    while (run := unfinished(SYSTEM)) and (not batches or time.monotonic() < until):
        read_batch(actor=SYSTEM, at=database_now() if batches else at, run=run)
        batches += 1
    return batches
