"""Cover checked: gaps of the next two weeks are kept as rows, told to supervisors before they come, closed when covered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions._entry import entry, together
from nightdesk.actions.messages import tell
from nightdesk.actions.rota import work_out_shifts
from nightdesk.outside.current import force_zone, pack
from nightdesk.records.contacts import reachable_ids
from nightdesk.records.cover import CoverGap
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.records.rota_spans import spans_of_unit
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.cover import DAYS_AHEAD, Gap, cover_gaps, worth_telling
from nightdesk.rules.messages import gap_notice
from nightdesk.rules.terms import SUPERVISOR

_LOCKED = PreparedRows(lambda: Unit.objects.select_for_update(no_key=True).filter(pk=given("unit")))
_OPEN = PreparedRows(lambda: CoverGap.objects.filter(unit_id=given("unit"), closed_at=None))


@together
def check_cover(*, actor: Reader, at: datetime, unit: Unit, address: str) -> int:
    """Work out the shifts of `unit`, find its gaps, tell its supervisors of those worth telling now; how many are open.

    `address` is the site's, as written in messages. The unit's row is locked, so that two workers do not tell twice.
    """
    _LOCKED.rows(unit=unit.pk)
    work_out_shifts(actor=actor, at=at, unit=unit)
    gaps = _gaps(unit, at, at + timedelta(days=DAYS_AHEAD))
    rows = _follow(actor, at, unit, gaps)
    for row in rows:
        if worth_telling(row.starts_at, row.told_at, at):
            _tell(actor, at, unit, row, address)
    return len(rows)


def _gaps(unit: Unit, starts_at: datetime, ends_at: datetime) -> list[Gap]:
    """The gaps of every layer that the pack's escalation asks, by the shifts that stand."""
    spans = spans_of_unit(unit.pk, starts_at, ends_at)
    reachable = reachable_ids({span.staff for span in spans})
    return cover_gaps(spans, pack().layers(), starts_at, ends_at, reachable=reachable)


def _follow(actor: Reader, at: datetime, unit: Unit, gaps: Iterable[Gap]) -> list[CoverGap]:
    """Rows of gaps that are open now: known ones go on, new ones are added, those that are covered are closed.

    A gap is the same one when layer and end agree: its beginning moves with the clock once it has begun.
    """
    known = {(row.layer, row.ends_at): row for row in _OPEN.rows(unit=unit.pk)}
    latest = at + timedelta(days=DAYS_AHEAD)
    still: list[CoverGap] = []
    moved: list[Any] = []
    for gap in gaps:
        row = known.pop((gap.layer, gap.ends_at), None) or _running_on(known, gap, latest)
        if row is None:
            row = CoverGap(
                unit=unit, layer=gap.layer, starts_at=gap.starts_at, ends_at=gap.ends_at, found_at=at
            )
            begins = gap.starts_at.isoformat()
            with entry("gap_found", actor=actor, at=at, unit=unit.code, layer=gap.layer, starts_at=begins):
                row.save(force_insert=True)
        elif row.ends_at != gap.ends_at:
            row.ends_at = gap.ends_at
            moved.append(row.pk)
        still.append(row)
    if moved:  # every hour: those that go on past the last day looked at
        CoverGap.objects.filter(pk__in=moved).update(ends_at=latest)
    for row in known.values():
        with entry("gap_closed", actor=actor, at=at, unit=unit.code, layer=row.layer):
            row.closed_at = at
            row.save(update_fields=["closed_at"])
    return still


def _running_on(known: dict[tuple[str, datetime], CoverGap], gap: Gap, latest: datetime) -> CoverGap | None:
    """The row of a gap that reaches past what was looked at before: only its end has moved with the clock."""
    for key, row in known.items():
        if row.layer == gap.layer and row.starts_at <= gap.starts_at <= row.ends_at and gap.ends_at == latest:
            return known.pop(key)
    return None


def _tell(actor: Reader, at: datetime, unit: Unit, row: CoverGap, address: str) -> None:
    local = max(row.starts_at, at).astimezone(force_zone())
    layer = row.layer.replace("_", " ")
    link = f"{address}/staff/rota/calendar/"
    notice = gap_notice(unit=unit.name, layer=layer, starts=f"{local:%A %d %B, %H:%M}", link=link)
    every = Staff.objects.filter(role=SUPERVISOR, is_active=True).order_by("username")
    supervisors = list(every.filter(unit=unit)) or list(every)  # a unit without one: up, never to nobody
    with entry("gap_told", actor=actor, at=at, unit=unit.code, layer=row.layer, told=len(supervisors)):
        for staff in supervisors:
            tell(at=at, staff=staff, about="gap", notice=notice)
        row.told_at = at
        row.save(update_fields=["told_at"])
