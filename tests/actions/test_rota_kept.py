"""A checked calendar file: sealed, its owner's alone, read in once, gone after use or an hour; also when two are at it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.rota_kept import (
    KEPT_FOR,
    CalendarUnreadable,
    keep_calendar,
    let_go_kept,
    let_go_old_calendars,
    look_at_kept,
    read_kept,
)
from nightdesk.jobs.worker import PERIODIC
from nightdesk.records.journal import JournalLine
from nightdesk.records.kept_calendars import KeptCalendar
from nightdesk.records.rota import StandIn
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.rota import RotaRefused
from tests.actions.test_rota_calendars import ics
from tests.actions.together import at_once
from tests.people import as_reader, make_cast

MINUTE = timedelta(minutes=1)


def keep(cast: Any, now: datetime, **more: Any) -> Any:
    given = {"actor": as_reader(cast.maud), "unit": cast.unit_a, "layer": "soit", "name": " Duty sheet "}
    return keep_calendar(at=now, **(given | {"raw": ics(now, ("1", "Sana", 1), ("2", "rae", 2))} | more))


def test_a_kept_file_is_sealed_shown_and_read_in_once(cast: Any, now: datetime) -> None:
    maud, kept = as_reader(cast.maud), keep(cast, now)
    row = KeptCalendar.objects.get()
    assert (row.name, str(row.raw)) == ("Duty sheet", "‹sealed›")
    file, found = look_at_kept(actor=maud, at=now + MINUTE, kept_id=kept)
    assert (file.pk, len(found.added)) == (kept, 2)
    assert not StandIn.objects.exists()
    assert len(read_kept(actor=maud, at=now + MINUTE, kept_id=kept).added) == 2
    assert not KeptCalendar.objects.exists()
    assert not Vault.objects.filter(pk=row.vault_id).exists()
    with pytest.raises(RotaRefused, match="read in"):
        read_kept(actor=maud, at=now + 2 * MINUTE, kept_id=kept)
    assert StandIn.objects.count() == 2
    kinds = list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("calendar")] == [
        "calendar_checked", "calendar_read", "calendar_released",
    ]  # fmt: skip


def test_what_can_not_be_read_or_is_not_theirs_to_change_is_not_kept(cast: Any, now: datetime) -> None:
    with pytest.raises(CalendarUnreadable):
        keep(cast, now, raw=b"nonsense")
    with pytest.raises(RotaRefused, match="name"):
        keep(cast, now, name="  ")
    for who, unit in (("sana", cast.unit_a), ("maud", cast.unit_b)):
        with pytest.raises(AccessRefused):
            keep(cast, now, actor=as_reader(getattr(cast, who)), unit=unit)
    assert not KeptCalendar.objects.exists()
    assert not JournalLine.objects.filter(kind="calendar_checked").exists()


def test_another_file_takes_the_place_of_the_one_before(cast: Any, now: datetime) -> None:
    first, second = keep(cast, now), keep(cast, now + MINUTE, layer="second")
    with pytest.raises(RotaRefused):
        look_at_kept(actor=as_reader(cast.maud), at=now + MINUTE, kept_id=first)
    assert KeptCalendar.objects.get().pk == second
    keep(cast, now, actor=as_reader(cast.ben))
    assert KeptCalendar.objects.count() == 2  # one a person


def test_an_hour_old_it_is_neither_used_nor_kept(cast: Any, now: datetime) -> None:
    maud, kept = as_reader(cast.maud), keep(cast, now)
    assert let_go_old_calendars(at=now + KEPT_FOR - MINUTE) == 0
    for act in (look_at_kept, read_kept, let_go_kept):
        with pytest.raises(RotaRefused, match="hour"):
            act(actor=maud, at=now + KEPT_FOR, kept_id=kept)
    job = next(job for job in PERIODIC if job.name == "kept_calendars")
    vaults = Vault.objects.count()
    assert job.do(now + KEPT_FOR) == 1
    assert (KeptCalendar.objects.count(), Vault.objects.count()) == (0, vaults - 1)
    lines = JournalLine.objects.count()
    assert job.do(now + KEPT_FOR) == 0
    assert JournalLine.objects.count() == lines


def test_who_lost_the_right_meanwhile_reads_nothing_in(cast: Any, now: datetime) -> None:
    kept = keep(cast, now)
    cast.maud.unit = cast.unit_b
    cast.maud.save()
    with pytest.raises(AccessRefused):
        read_kept(actor=as_reader(cast.maud), at=now, kept_id=kept)
    assert KeptCalendar.objects.exists()


def test_two_clicks_at_once_read_it_in_once(journey_db: None, now: datetime) -> None:
    cast = make_cast(now)
    kept, maud = keep(cast, now), as_reader(cast.maud)
    found = at_once(*[lambda: read_kept(actor=maud, at=now, kept_id=kept)] * 3)
    assert sum(isinstance(one, RotaRefused) for one in found) == 2
    assert JournalLine.objects.filter(kind="calendar_read").count() == 1
