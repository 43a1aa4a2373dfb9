"""What is behind telling what is overdue: what the sources are asked, whom each thing is told to, when somebody is on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from nightdesk.actions._away import whom_to_tell
from nightdesk.outside.current import force_zone, pack
from nightdesk.records.away import away_at
from nightdesk.records.notice_facts import Owed, asked, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules import notice as rule
from nightdesk.rules.on_the_way import WATCHING
from nightdesk.rules.pack_notices import DAY, TURNED_AWAY
from nightdesk.rules.terms import COMMANDER, SUPERVISOR
from nightdesk.rules.turned_away import WHOSE_TURN


def still_owed(kind: str, rows: list[NoticeRow], at: datetime) -> dict[tuple[UUID, datetime], Owed]:
    """What of these rows is still so, by key and time."""
    found = owed(kind, asked(pack(), kind, at), only={row.about for row in rows})
    return {(one.about, one.due_at): one for one in found}


@dataclass
class Seniors:
    """Who is told in the officer's place, or after them, at a moment. A unit, and who is on, is asked once."""

    at: datetime
    _there: dict[UUID | None, list[Staff]] = field(default_factory=dict)
    _on: dict[str, set[UUID]] = field(
        default_factory=dict
    )  # supervisors on a shift → where they watch, if they do
    _asked: bool = False

    def of(self, one: Owed, level: str) -> list[str]:
        """The ids, never of somebody who may not look at it themselves.

        All supervisors of its unit. What may wake somebody, and what nobody of the unit is there for, is told to those
        who are on, or to one: not everybody is woken, and not everybody is told the same.
        """
        there = self._of_unit(one.unit)
        if one.kind == TURNED_AWAY:
            return _of_turned_away(one, level, there)
        ids = [str(staff.pk) for staff in there]
        ids = [key for key in ids if key != str(one.not_for)] or ids
        may_wake = pack().notice_kinds[one.kind].wakes
        if not may_wake and any(staff.unit_id == one.unit for staff in there):
            return ids
        on = self._on_duty()
        watching = [key for key, units in on.items() if one.unit in units] if may_wake else []
        return list(rule.one_of([*ids, *watching], on, one.unit.int if one.unit else 0))

    def _of_unit(self, unit: UUID | None) -> list[Staff]:
        if unit not in self._there:
            self._there[unit] = whom_to_tell(unit, self.at)
        return self._there[unit]

    def _on_duty(self) -> dict[str, set[UUID]]:
        if not self._asked:
            self._asked = True
            on = Shift.objects.on_at(self.at).filter(staff__role=SUPERVISOR, staff__is_active=True)
            for staff, unit, layer in on.values_list("staff_id", "unit_id", "layer"):
                self._on.setdefault(str(staff), set()).update({unit} if layer == WATCHING[0] else ())
        return self._on


def _of_turned_away(one: Owed, level: str, there: list[Staff]) -> list[str]:
    """Its station's supervisors, unless it is about them; or the commanders."""
    commanders = Staff.objects.filter(role=COMMANDER, is_active=True).order_by("username")
    theirs = one.not_for or one.unit is None or WHOSE_TURN[one.officer] == COMMANDER
    found = [] if theirs or level == rule.SENIOR else [staff for staff in there if staff.unit_id == one.unit]
    return [str(staff.pk) for staff in found or commanders]


def officers_there(at: datetime, ids: Iterable[str]) -> set[str]:
    """Who of these is there: their account is open and they are not away."""
    rows = Staff.objects.filter(pk__in=set(ids), is_active=True).exclude(pk__in=away_at(at).values("staff"))
    return {str(key) for key in rows.values_list("pk", flat=True)}


def told_from(staff: Staff, at: datetime) -> datetime:
    """From when they may be told of what need not wake them, by their shifts and the force's own clock."""
    coming = Shift.objects.standing().filter(
        staff=staff, starts_at__gt=at, starts_at__lt=at + timedelta(days=1)
    )
    return rule.told_from(
        at, day=pack().notice_days[DAY], zone=force_zone(),
        on=Shift.objects.on_at(at).filter(staff=staff).exists(),
        shift_at=coming.order_by("starts_at").values_list("starts_at", flat=True).first(),
    )  # fmt: skip
