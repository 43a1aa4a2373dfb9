"""What the queue goes by, kept on the case: the nearest window or duty, what was missed, whether it stands there at all.

Called inside the entry of whatever changed it, with the case locked. A condition that keeps a case in the queue, or takes it
out, is in rules/queue.py and is asked here, at one place.
"""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Least

from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.rules import duty
from nightdesk.rules import queue as rule

_DUTIES = PreparedColumns(
    lambda: Duty.objects.filter(case_id=given("case"), state__in=duty.STILL_OWED).values_list(
        "state", "due_at"
    )
)


def follow(case: Case) -> None:
    """Duties were begun, moved or missed, or the case was closed or opened again."""
    owed = _DUTIES.rows(case=case.pk)
    case.next_duty_at = min((due_at for state, due_at in owed if state in duty.RUNNING), default=None)
    case.missed = sum(state == duty.MISSED for state, _ in owed)
    case.nearest_at = rule.nearest(case.first_window_ends_at, case.next_duty_at)
    case.in_queue = rule.stays(owed=bool(owed), state=case.state)
    case.save(update_fields=["next_duty_at", "missed", "nearest_at", "in_queue"])


def follow_window(first_ends_at: datetime | None, **which: object) -> None:
    """The first window that runs is another now, in the case that `which` says."""
    duty_at = Coalesce(F("next_duty_at"), Value(rule.NEVER))
    Case.objects.filter(**which).update(
        first_window_ends_at=first_ends_at, nearest_at=Least(duty_at, Value(rule.nearest(first_ends_at)))
    )
