"""A calendar file kept between its dry run and being read in, so that what is read in is what was shown.

It stays on the server, sealed, for its owner alone, and goes when it is used, let go, replaced by another, or an hour old.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._outbox import unclaimed
from nightdesk.actions._rows import staff_id
from nightdesk.actions.rota_calendars import CalendarUnreadable, ReadIn, read_in
from nightdesk.records.kept_calendars import KeptCalendar
from nightdesk.records.sealed import Vault
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.rota import RotaRefused

__all__ = ["CalendarUnreadable", "RotaRefused"]

KEPT_FOR: Final = timedelta(hours=1)


@together
def keep_calendar(*, actor: Reader, at: datetime, unit: Unit, layer: str, name: str, raw: bytes) -> UUID:
    """Keep a calendar file that can be read, for an hour; an earlier one of the actor is let go. Changes no rota.

    Raises CalendarUnreadable, AccessRefused, RotaRefused, and then keeps nothing.
    """
    read_in(actor=actor, at=at, unit=unit, layer=layer, name=name, raw=raw, dry_run=True)
    Staff.objects.select_for_update(no_key=True).get(pk=actor.id)  # two files at once: the later one stays
    _let_go(actor, at, KeptCalendar.objects.filter(kept_by_id=staff_id(actor)), how="replaced")
    with entry("calendar_checked", actor=actor, at=at, unit=unit.code, layer=layer):
        vault = Vault.new(at=at)
        vault.save()
        row = KeptCalendar.objects.create(
            vault=vault, unit=unit, layer=layer, name=name.strip()[:60], kept_at=at, kept_by_id=actor.id,
            raw=b64encode(raw).decode(),
        )  # fmt: skip
    return row.pk


@together
def look_at_kept(*, actor: Reader, at: datetime, kept_id: UUID) -> tuple[KeptCalendar, ReadIn]:
    """The actor's kept file and what reading it in would change now. Raises RotaRefused when it is not there any more."""
    row = _own(actor, at, kept_id)
    return row, _read(actor, at, row, dry_run=True)


@together
def read_kept(*, actor: Reader, at: datetime, kept_id: UUID) -> ReadIn:
    """Read the actor's kept file in, and let it go: a second time raises RotaRefused. Two at once: one of them does it."""
    row = _own(actor, at, kept_id, lock=True)
    found = _read(actor, at, row, dry_run=False)
    _let_go(actor, at, [row], how="read_in")
    return found


@together
def let_go_kept(*, actor: Reader, at: datetime, kept_id: UUID) -> None:
    """The actor does not want it read in. Raises RotaRefused when it is not there any more."""
    _let_go(actor, at, [_own(actor, at, kept_id, lock=True)], how="not_wanted")


@together
def let_go_old_calendars(*, at: datetime) -> int:
    """Whatever has been kept for an hour goes; how many did. The worker does it every few minutes."""
    rows = KeptCalendar.objects.filter(kept_at__lte=at - KEPT_FOR)
    return _let_go(SYSTEM, at, unclaimed(rows), how="an_hour_old")


def _own(actor: Reader, at: datetime, kept_id: UUID, *, lock: bool = False) -> KeptCalendar:
    """The file, if it is the actor's and not an hour old. Somebody else's is told like one that is not there."""
    rows = KeptCalendar.objects.select_related("vault", "unit")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(pk=kept_id, kept_by_id=staff_id(actor), kept_at__gt=at - KEPT_FOR).first()
    if row is None:
        raise RotaRefused(
            "This file is not kept any more: it was read in, another one followed, or an hour has passed. "
            "See how the rota stands, or choose the file again."
        )
    return row


def _read(actor: Reader, at: datetime, row: KeptCalendar, *, dry_run: bool) -> ReadIn:
    raw = b64decode(row.opened("raw"))
    return read_in(
        actor=actor, at=at, unit=row.unit, layer=row.layer, name=row.name, raw=raw, dry_run=dry_run
    )


def _let_go(actor: Reader, at: datetime, rows: Iterable[KeptCalendar], *, how: str) -> int:
    """Delete rows with their keys, so that what was sealed can't be read from a copy either."""
    gone = list(rows)
    if gone:
        with entry("calendar_released", actor=actor, at=at, count=len(gone), how=how):
            KeptCalendar.objects.filter(pk__in=[row.pk for row in gone]).delete()
            Vault.objects.filter(pk__in=[row.vault_id for row in gone]).delete()
    return len(gone)
