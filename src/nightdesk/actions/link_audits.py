"""Live work of linkage is counted, and what linkage compares is noted when its worker begins. Counts and codes only."""

from collections.abc import Sequence
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.records.link_audits import LinkAudit, LinkSwitchState
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.fairness import Live
from nightdesk.rules.link_audit import audit, to_plain
from nightdesk.rules.pack_deaths import LinkSwitch


def keep_audit(*, at: datetime, days: int, rows: Sequence[Live]) -> LinkAudit:
    """Keep the counts of the candidates of so many days: small numbers are hidden before anything is stored."""
    with entry("live_work_counted", actor=SYSTEM, at=at, candidates=len(rows), days=days):
        return LinkAudit.objects.create(at=at, days=days, figures=to_plain(audit(rows)))


def note_switch(*, at: datetime, switch: LinkSwitch, edition: str) -> bool:
    """Note how the linkage worker begins with a switch of the pack; False, and no line, when it is as it was."""
    state = {"on": switch.on, "edition": edition, "owner": switch.owner, "review_on": switch.review_on}
    last = LinkSwitchState.objects.filter(switch=switch.id).order_by("-at", "-id").first()
    if last is not None and all(getattr(last, name) == value for name, value in state.items()):
        return False
    said = "on" if switch.on else "off"
    with entry("link_switch_noted", actor=SYSTEM, at=at, switch=switch.id, state=said, edition=edition):
        LinkSwitchState.objects.create(at=at, switch=switch.id, **state)
    return True
