"""What is behind telling what is overdue: what the sources are asked, whom each thing is told to, when somebody is on."""

from datetime import datetime, timedelta
from uuid import UUID

from nightdesk.outside.current import force_zone, pack
from nightdesk.records.away import away_at
from nightdesk.records.notice_facts import Asked, Owed, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules import notice as rule
from nightdesk.rules.pack_notices import DAY, DUTY_SOON, TURNED_AWAY
from nightdesk.rules.terms import COMMANDER
from nightdesk.rules.turned_away import WHOSE_TURN


def asked(at: datetime, by: datetime) -> Asked:
    """What the sources are asked about what was due by `by`."""
    reached = tuple(outcome.id for outcome in pack().contact_outcomes if outcome.reached)
    return Asked(by, at, reached, {step.id: step.hours for step in pack().follow_ups})


def still_owed(kind: str, rows: list[NoticeRow], at: datetime) -> dict[tuple[UUID, datetime], Owed]:
    """What of these rows is still so, by key and time. What is told before its time is looked for as far ahead."""
    by = at
    if kind == DUTY_SOON:
        by = rule.due_since(pack().notice_kinds[kind], rule.OFFICER, at) or at
    found = owed(kind, asked(at, by), only={row.about for row in rows})
    return {(one.about, one.due_at): one for one in found}


def seniors_of(one: Owed, level: str, there: list[Staff]) -> list[str]:
    """The ids of whoever is told in the officer's place, or after them: never somebody who may not look at it.

    `there`: the supervisors of its unit, or whoever stands in for them.
    """
    if one.kind == TURNED_AWAY:
        commanders = Staff.objects.filter(role=COMMANDER, is_active=True).order_by("username")
        theirs = one.not_for or one.unit is None or WHOSE_TURN[one.officer] == COMMANDER
        if theirs or level == rule.SENIOR:
            return [str(staff.pk) for staff in commanders]
        return [str(staff.pk) for staff in there if staff.unit_id == one.unit] or [
            str(staff.pk) for staff in commanders
        ]
    found = [str(staff.pk) for staff in there]
    return [key for key in found if key != str(one.not_for)] or found


def officers_there(at: datetime, ids: set[str]) -> set[str]:
    """Who of these is there: their account is open and they are not away."""
    rows = Staff.objects.filter(pk__in=ids, is_active=True).exclude(pk__in=away_at(at).values("staff"))
    return {str(key) for key in rows.values_list("pk", flat=True)}


def may_tell(staff: Staff, at: datetime, *, wakes: bool) -> bool:
    """Whether they may be told at this hour, by their shifts and the force's own clock."""
    coming = Shift.objects.standing().filter(
        staff=staff, starts_at__gt=at, starts_at__lt=at + timedelta(days=1)
    )
    return rule.may_tell(
        at, day=pack().notice_days[DAY], zone=force_zone(), wakes=wakes,
        on=Shift.objects.on_at(at).filter(staff=staff).exists(),
        shift_at=coming.order_by("starts_at").values_list("starts_at", flat=True).first(),
    )  # fmt: skip
