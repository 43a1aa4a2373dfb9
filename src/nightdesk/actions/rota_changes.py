"""What people decide about the rota: patterns begun and ended, somebody away, somebody stands in. Shifts follow at once.

A supervisor or the administrator changes a rota (a supervisor their own unit's); anybody may say that they are away.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from nightdesk.actions._away import whom_to_tell
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions._strain import pass_over_strain, strains_of
from nightdesk.actions.messages import tell
from nightdesk.actions.rota import work_out_shifts
from nightdesk.outside.current import force_zone
from nightdesk.records.cases import Case
from nightdesk.records.rota import Absence, PatternMember, RotaPattern, Shift, StandIn
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import AccessRefused, Reader
from nightdesk.rules.case import CLOSED
from nightdesk.rules.messages import away_notice
from nightdesk.rules.referral import OWNED
from nightdesk.rules.rota import Pattern, RotaRefused, Span, refuse_if_senseless
from nightdesk.rules.rota_rights import refuse_unless_may_change

__all__ = ["AccessRefused", "RotaRefused"]


@together
def begin_pattern(*, actor: Reader, at: datetime, unit: Unit, name: str, pattern: Pattern) -> RotaPattern:
    """Turns begin to repeat in `unit`. Raises RotaRefused for a pattern that puts nobody on, AccessRefused."""
    refuse_unless_may_change(actor, str(unit.pk))
    refuse_if_senseless(pattern)
    row = RotaPattern(
        unit=unit, layer=pattern.layer, name=name.strip()[:60], starts_on=pattern.starts_on, ends_on=pattern.ends_on,
        begins=pattern.begins, minutes=pattern.minutes, weekdays=sorted(pattern.weekdays), turn_days=pattern.turn_days,
        on_holidays=pattern.on_holidays, made_at=at, made_by_id=staff_id(actor),
    )  # fmt: skip
    with entry(
        "pattern_begun", actor=actor, at=at, unit=unit.code, layer=row.layer, members=len(pattern.members)
    ):
        row.save(force_insert=True)
        PatternMember.objects.bulk_create(
            PatternMember(pattern=row, place=place, staff_id=member) for place, member in enumerate(pattern.members)
        )  # fmt: skip
    work_out_shifts(actor=actor, at=at, unit=unit)
    return row


@together
def end_pattern(*, actor: Reader, at: datetime, pattern_id: UUID, last_day: date) -> None:
    """The turns end after `last_day` (inclusive). A turn that is under way is finished. Raises RotaRefused."""
    row = _locked(RotaPattern, pattern_id, "unit")
    refuse_unless_may_change(actor, str(row.unit_id))
    today = at.astimezone(force_zone()).date()
    if last_day < min(today, row.starts_on) - timedelta(days=1) or (row.ends_on and last_day > row.ends_on):
        raise RotaRefused("Choose a last day from yesterday on, not after the one that is set.")
    with entry(
        "pattern_ended",
        actor=actor,
        at=at,
        unit=row.unit.code,
        layer=row.layer,
        last_day=last_day.isoformat(),
    ):
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
    work_out_shifts(actor=actor, at=at, unit=row.unit)


@together
def note_absence(
    *, actor: Reader, at: datetime, staff: Staff, kind: str, starts_at: datetime, ends_at: datetime
) -> Absence:
    """Somebody is away. Their shifts in this time are nobody's, at once. Raises RotaRefused, AccessRefused."""
    if str(staff.pk) != actor.id:
        refuse_unless_may_change(actor, str(staff.unit_id or ""))
    if ends_at <= starts_at:
        raise RotaRefused("They are back before they go. Change one of the two times.")
    if ends_at <= at:
        raise RotaRefused("That time has passed. Put in one that is still to come, or under way.")
    row = Absence(
        staff=staff, kind=kind, starts_at=starts_at, ends_at=ends_at, noted_at=at, noted_by_id=staff_id(actor)
    )
    with entry("absence_noted", actor=actor, at=at, username=staff.username, absence=kind):
        row.save(force_insert=True)
        _tell_of_open_cases(staff, at)
    for unit in _units_of(staff, at):
        work_out_shifts(actor=actor, at=at, unit=unit)
    return row


def _tell_of_open_cases(staff: Staff, at: datetime) -> None:
    """Whoever is away may have cases: the supervisors of the unit hear how many, and where to give them to somebody. Away
    themselves, they do not: then the next does.

    Source: IOPC learning, October 2024 (cases left with officers who were not there).
    """
    held = (
        Case.objects.filter(owner=staff, disclosure__referral__state__in=OWNED).exclude(state=CLOSED).count()
    )
    if not held:
        return
    notice = away_notice(count=held, link=f"{settings.NIGHTDESK_ADDRESS}/staff/reassign/{staff.pk}/")
    for supervisor in whom_to_tell(staff.unit_id, at):
        tell(at=at, staff=supervisor, about="reassigned", notice=notice)


@together
def withdraw_absence(*, actor: Reader, at: datetime, absence_id: UUID) -> None:
    """They are there after all: their shifts come back, those that are still to come. Twice changes nothing."""
    row = _locked(Absence, absence_id, "staff")
    if str(row.staff_id) != actor.id:
        refuse_unless_may_change(actor, str(row.staff.unit_id or ""))
    if row.withdrawn_at is not None:
        return
    with entry("absence_withdrawn", actor=actor, at=at, username=row.staff.username, absence=row.kind):
        row.withdrawn_at, row.withdrawn_by_id = at, staff_id(actor) or row.staff_id
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    for unit in _units_of(row.staff, at):
        work_out_shifts(actor=actor, at=at, unit=unit)


@together
def stand_in(
    *, actor: Reader, at: datetime, unit: Unit, layer: str, staff: Staff, starts_at: datetime, ends_at: datetime,
    instead_of: Staff | None = None, answered: str | None = None, **row: Any,
) -> StandIn:  # fmt: skip
    """Somebody is on in this time: instead of somebody, or besides whoever is. Raises RotaRefused, AccessRefused.

    Too little rest raises StrainUnanswered until `answered` is its token; None asks nobody (the command line tells it
    afterwards). `row` are further columns (swap, calendar, uid) for the actions that put stand-ins in for a reason of
    their own.
    """
    if not row:
        refuse_unless_may_change(actor, str(unit.pk))
    if ends_at <= starts_at:
        raise RotaRefused("The time ends before it begins. Change one of the two.")
    if ends_at <= at:
        raise RotaRefused("That time has passed. Put in one that is still to come, or under way.")
    if not staff.is_active:
        raise RotaRefused("This account is closed. Choose somebody else.")
    if instead_of is not None and instead_of.pk == staff.pk:
        raise RotaRefused("Nobody stands in for themselves. Choose two people.")
    if answered is not None:
        found = strains_of(Span(str(staff.pk), layer, starts_at, ends_at))
        pass_over_strain(actor=actor, at=at, unit=unit, found=found, answered=answered)
    made = StandIn(
        id=uuid4(), unit=unit, layer=layer, staff=staff, instead_of=instead_of, starts_at=starts_at, ends_at=ends_at,
        noted_at=at, noted_by_id=staff_id(actor), **row,
    )  # fmt: skip
    with entry("stand_in_noted", actor=actor, at=at, unit=unit.code, layer=layer, username=staff.username):
        made.save(force_insert=True)
    work_out_shifts(actor=actor, at=at, unit=unit)
    return made


@together
def withdraw_stand_in(*, actor: Reader, at: datetime, stand_in_id: UUID) -> None:
    """They do not stand in after all; what it had changed is as before. Twice changes nothing. Raises RotaRefused."""
    row = _locked(StandIn, stand_in_id, "unit", "staff")
    refuse_unless_may_change(actor, str(row.unit_id))
    if row.withdrawn_at is not None:
        return
    with entry(
        "stand_in_withdrawn",
        actor=actor,
        at=at,
        unit=row.unit.code,
        layer=row.layer,
        username=row.staff.username,
    ):
        row.withdrawn_at, row.withdrawn_by_id = at, staff_id(actor) or row.noted_by_id or row.staff_id
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    work_out_shifts(actor=actor, at=at, unit=row.unit)


def _locked(kind: type[Any], row_id: UUID, *related: str) -> Any:
    """The row for writing, locked until the transaction ends. Raises RotaRefused when it is not there."""
    rows = kind.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise RotaRefused("This is not in the rota any more. Open the page again.")
    return row


def _units_of(staff: Staff, at: datetime) -> list[Unit]:
    """Every unit in whose rota this person stands: their own, and those where they have turns or shifts to come."""
    ids = set(Shift.objects.filter(staff=staff, ends_at__gt=at).values_list("unit_id", flat=True))
    ids |= set(PatternMember.objects.filter(staff=staff).values_list("pattern__unit_id", flat=True))
    ids |= set(StandIn.objects.filter(staff=staff, ends_at__gt=at).values_list("unit_id", flat=True))
    return list(Unit.objects.filter(pk__in=ids).order_by("code"))
