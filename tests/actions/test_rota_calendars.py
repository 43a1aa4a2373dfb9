"""A calendar read in is the rota; read again it changes only what has changed; a dry run changes nothing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.rota_calendars import read_in
from nightdesk.actions.rota_feeds import make_feed, withdraw_feed
from nightdesk.records.journal import JournalLine
from nightdesk.records.rota import CalendarFeed, Shift
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.rota import RotaRefused
from tests.people import as_reader

DAY = timedelta(days=1)


def ics(now: datetime, *shifts: tuple[str, str, int]) -> bytes:
    """Shifts (uid, who, in how many days) of eight hours."""
    events = (
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{who}\nDTSTART:{now + days * DAY:%Y%m%dT%H%M%SZ}\nDURATION:PT8H\nEND:VEVENT"
        for uid, who, days in shifts
    )
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR")).encode()


def read(cast: Any, now: datetime, raw: bytes, **more: Any) -> Any:
    given = {"actor": as_reader(cast.maud), "unit": cast.unit_a, "layer": "soit", "name": "Duty sheet"} | more
    return read_in(at=now, raw=raw, **given)


def on(cast: Any) -> list[str]:
    rows = Shift.objects.standing().filter(unit=cast.unit_a).exclude(stand_in=None).order_by("starts_at")
    return [row.staff.username for row in rows.select_related("staff")]


def test_a_calendar_is_read_in_and_again_changes_nothing(cast: Any, now: datetime) -> None:
    raw = ics(now, ("1", "Sana", 1), ("2", "rae@force.test", 2), ("3", "Nobody", 3))
    first = read(cast, now, raw)
    assert (len(first.added), first.same, [one.uid for one in first.rejected]) == (
        2,
        0,
        ["3/" + first.rejected[0].uid[2:]],
    )
    assert on(cast) == ["sana", "rae"]
    lines = JournalLine.objects.count()
    again = read(cast, now, raw)
    assert (len(again.added), len(again.withdrawn), again.same) == (0, 0, 2)
    assert JournalLine.objects.count() == lines


def test_what_is_not_in_the_calendar_any_more_goes_and_other_calendars_stay(cast: Any, now: datetime) -> None:
    read(cast, now, ics(now, ("1", "sana", 1), ("2", "sana", 2)))
    read(cast, now, ics(now, ("9", "rae", 5)), name="Another sheet")
    changed = read(cast, now, ics(now, ("2", "rae", 2)))
    assert (len(changed.added), len(changed.withdrawn)) == (1, 2)
    assert on(cast) == ["rae", "rae"]


def test_a_dry_run_tells_and_changes_nothing(cast: Any, now: datetime) -> None:
    lines = JournalLine.objects.count()
    told = read(cast, now, ics(now, ("1", "sana", 1)), dry_run=True)
    assert [(name, starts) for name, starts, _ in told.added] == [
        ("Sana", (now + DAY).replace(microsecond=0))
    ]
    assert (on(cast), JournalLine.objects.count()) == ([], lines)


def test_who_may_not_change_the_rota_reads_nothing_in(cast: Any, now: datetime) -> None:
    with pytest.raises(AccessRefused):
        read(cast, now, ics(now, ("1", "sana", 1)), actor=as_reader(cast.sana))
    with pytest.raises(RotaRefused, match="name"):
        read(cast, now, ics(now, ("1", "sana", 1)), name="  ")


def test_a_new_private_address_ends_the_old_one_and_only_a_digest_is_kept(cast: Any, now: datetime) -> None:
    sana = as_reader(cast.sana)
    first, second = make_feed(actor=sana, at=now), make_feed(actor=sana, at=now)
    assert CalendarFeed.objects.filter(withdrawn_at=None).count() == 1
    kept = CalendarFeed.objects.get(withdrawn_at=None)
    assert len(bytes(kept.digest)) == 32
    assert first != second
    assert second.encode() not in bytes(kept.digest)
    withdraw_feed(actor=sana, at=now)
    assert not CalendarFeed.objects.filter(withdrawn_at=None).exists()
