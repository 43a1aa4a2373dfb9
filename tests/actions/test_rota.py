"""The rota: who is on, in which layer, from when until when."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nightdesk.actions.rota import add_shifts
from nightdesk.records.journal import JournalLine
from nightdesk.records.rota import Shift
from nightdesk.rules.access import SYSTEM

HOUR = timedelta(hours=1)


def test_shifts_are_put_in_with_one_line(cast: Any, now: datetime) -> None:
    """A year of them at once if need be."""
    before = Shift.objects.count()
    shifts = [(cast.sana, "soit", now + n * 12 * HOUR, now + (n + 1) * 12 * HOUR) for n in range(730)]
    assert add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=shifts) == 730
    assert Shift.objects.count() == before + 730
    assert JournalLine.objects.order_by("-seq")[0].facts == {"unit": "A", "count": 730}


@pytest.mark.parametrize(("layer", "hours"), [("soit", 0), ("soit", -1), ("invented", 8)])
def test_a_shift_that_makes_no_sense_keeps_none_of_them(
    cast: Any, now: datetime, layer: str, hours: int
) -> None:
    """Ends before it begins, or a layer that nobody asks."""
    before, lines = Shift.objects.count(), JournalLine.objects.count()
    shifts = [(cast.sana, "soit", now, now + HOUR), (cast.sana, layer, now, now + hours * HOUR)]
    with pytest.raises(IntegrityError), transaction.atomic():
        add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=shifts)
    assert (Shift.objects.count(), JournalLine.objects.count()) == (before, lines)


def test_a_night_on_which_the_clocks_change_is_as_long_as_it_is(cast: Any) -> None:
    """Ten at night to six in the morning, London, end of October: nine hours."""
    from zoneinfo import ZoneInfo

    london = ZoneInfo("Europe/London")
    start, end = datetime(2026, 10, 24, 22, tzinfo=london), datetime(2026, 10, 25, 6, tzinfo=london)
    add_shifts(actor=SYSTEM, at=start, unit=cast.unit_b, shifts=[(cast.kofi, "soit", start, end)])
    shift = Shift.objects.order_by("starts_at")[0]
    assert shift.ends_at - shift.starts_at == 9 * HOUR
