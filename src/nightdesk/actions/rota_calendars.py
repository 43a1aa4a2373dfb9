"""A calendar read into the rota: each entry is a stand-in that knows its calendar and uid, so reading again changes only
what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions.rota import work_out_shifts
from nightdesk.outside.calendars import CalendarUnreadable, read_calendar
from nightdesk.outside.current import force_zone
from nightdesk.records.rota import StandIn
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.calendar import OnByCalendar, Rejected, who_is_on
from nightdesk.rules.rota import WEEKS_AHEAD, RotaRefused
from nightdesk.rules.rota_rights import refuse_unless_may_change

__all__ = ["CalendarUnreadable", "ReadIn", "RotaRefused", "read_in"]


@dataclass(frozen=True)
class ReadIn:
    """What reading a calendar came to, or would: shifts that stay, come, go (who, starts, ends), and what was rejected."""

    same: int
    added: tuple[tuple[str, datetime, datetime], ...]
    withdrawn: tuple[tuple[str, datetime, datetime], ...]
    rejected: tuple[Rejected, ...]


@together
def read_in(
    *, actor: Reader, at: datetime, unit: Unit, layer: str, name: str, raw: bytes, dry_run: bool = False
) -> ReadIn:
    """Read a calendar file named `name` into a layer of `unit`; entries of the same name that are not in it any more go.

    `dry_run` changes nothing and tells what would. Raises CalendarUnreadable, AccessRefused, RotaRefused.
    """
    refuse_unless_may_change(actor, str(unit.pk))
    calendar = name.strip()[:60]
    if not calendar:
        raise RotaRefused("Give the calendar a name, so that reading it again replaces it.")
    entries, unreadable = read_calendar(
        raw, zone=force_zone(), starts_at=at, ends_at=at + timedelta(weeks=WEEKS_AHEAD)
    )
    on, unknown = who_is_on(entries, _accounts(), at)
    rows = StandIn.objects.filter(unit=unit, calendar=calendar, withdrawn_at=None, ends_at__gt=at)
    there = {_key(row): row for row in rows.select_related("staff")}
    wanted = {(one.uid, layer, UUID(one.staff), one.starts_at, one.ends_at): one for one in on}
    new = [one for key, one in wanted.items() if key not in there]
    gone = [row for key, row in there.items() if key not in wanted]
    found = _told(new, gone, len(wanted) - len(new), (*unreadable, *unknown))
    if not dry_run and (new or gone):
        _keep(actor, at, unit, layer, calendar, new, gone, len(found.rejected))
    return found


def _keep(
    actor: Reader, at: datetime, unit: Unit, layer: str, calendar: str, new: Sequence[OnByCalendar], gone: Sequence[StandIn],
    rejected: int,
) -> None:  # fmt: skip
    with entry(
        "calendar_read", actor=actor, at=at, unit=unit.code, layer=layer, added=len(new), withdrawn=len(gone),
        rejected=rejected,
    ):  # fmt: skip
        StandIn.objects.bulk_create(
            [
                StandIn(
                    unit=unit, layer=layer, staff_id=one.staff, starts_at=one.starts_at, ends_at=one.ends_at, noted_at=at,
                    noted_by_id=staff_id(actor), calendar=calendar, uid=one.uid,
                )
                for one in new
            ],
            batch_size=500,
        )  # fmt: skip
        for row in gone:
            row.withdrawn_at, row.withdrawn_by_id = at, staff_id(actor) or row.noted_by_id or row.staff_id
        StandIn.objects.bulk_update(gone, ["withdrawn_at", "withdrawn_by"], batch_size=200)
    work_out_shifts(actor=actor, at=at, unit=unit)


def _key(row: StandIn) -> tuple[str, str, UUID, datetime, datetime]:
    return row.uid, row.layer, row.staff_id, row.starts_at, row.ends_at


def _accounts() -> dict[str, str]:
    """User names and e-mail addresses of open accounts, in lower case, with the id they belong to."""
    found: dict[str, str] = {}
    for pk, username, email in Staff.objects.filter(is_active=True).values_list("pk", "username", "email"):
        found |= {name.casefold(): str(pk) for name in (username, email) if name}
    return found


def _told(
    new: Sequence[OnByCalendar], gone: Sequence[StandIn], same: int, rejected: tuple[Rejected, ...]
) -> ReadIn:
    names = dict(Staff.objects.filter(pk__in={one.staff for one in new}).values_list("pk", "name"))
    return ReadIn(
        same=same,
        added=tuple((names[UUID(one.staff)], one.starts_at, one.ends_at) for one in new),
        withdrawn=tuple((row.staff.name, row.starts_at, row.ends_at) for row in gone),
        rejected=rejected,
    )
