"""The linkage worker notes what it compares when it begins, and counts live work for the fairness page once a week.

Once a week, not each day: what two countings differ by would else be one candidate, and so one person's age.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nightdesk.actions.link_audits import keep_audit, note_switch
from nightdesk.outside.current import pack
from nightdesk.queries.link_audits import DAYS, live
from nightdesk.rules.access import SYSTEM

EVERY: Final = 604_800  # seconds


def note_switches(at: datetime) -> None:
    """Each switch of the pack as this worker uses it until it ends: a pack is read once for each process."""
    for switch in pack().link_switches:
        note_switch(at=at, switch=switch, edition=pack().about.edition)


def count_live_work(at: datetime, between: Callable[[], object] = lambda: None) -> None:
    """Count the candidates of the last year, and keep what may be shown. `between` is called every so often: new reports
    do not wait for it."""
    keep_audit(at=at, days=DAYS, rows=live(SYSTEM, at, between=between))
