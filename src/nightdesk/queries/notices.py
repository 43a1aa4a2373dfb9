"""What is on somebody's desk because it is overdue: what they were told, or will be, and what is still so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.outside.current import pack
from nightdesk.records.notice_facts import Asked, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.rules.access import Reader
from nightdesk.rules.notice import OFFICER, due_since
from nightdesk.rules.pack_notices import DUTY_SOON, KINDS, TURNED_AWAY

MOST: Final = 500


@dataclass(frozen=True)
class OnDesk:
    """One thing that is overdue: its kind, its reference, when it was due; nothing of what anybody said."""

    kind: str
    reference: str
    due_at: datetime
    told_at: datetime | None


def waiting_staff(reader: Reader) -> list[UUID]:
    """Who has something that they were not told yet."""
    rows = NoticeRow.objects.filter(told_at=None, dropped_at=None)
    return sorted(set(rows.values_list("staff_id", flat=True)))


def on_desk(reader: Reader, at: datetime) -> list[OnDesk]:
    """What is still so of the newest things that were noted for the reader, the longest overdue first."""
    rows = list(NoticeRow.objects.filter(staff_id=reader.id, dropped_at=None).order_by("-made_at")[:MOST])
    reached = tuple(outcome.id for outcome in pack().contact_outcomes if outcome.reached)
    hours = {step.id: step.hours for step in pack().follow_ups}
    found: list[OnDesk] = []
    for kind in {row.kind for row in rows} & set(KINDS):
        mine = [row for row in rows if row.kind == kind]
        by = (due_since(pack().notice_kinds[kind], OFFICER, at) or at) if kind == DUTY_SOON else at
        still = {
            (one.about, one.due_at): one
            for one in owed(kind, Asked(by, at, reached, hours), only={row.about for row in mine})
        }
        for row in mine:
            one = still.get((row.about, row.due_at))
            theirs = one and (row.level != OFFICER or kind == TURNED_AWAY or str(one.officer) == reader.id)
            if theirs:
                found.append(OnDesk(kind, row.reference, row.due_at, row.told_at))
    return sorted(found, key=lambda one: (one.due_at, one.reference, one.kind))
