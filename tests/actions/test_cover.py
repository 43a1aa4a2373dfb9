"""Gaps: found before they come, told once and once more, closed when covered; also when two look at once."""

from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions.cover import check_cover
from nightdesk.actions.rota_changes import note_absence, stand_in
from nightdesk.records.cover import CoverGap
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.rota import Shift
from nightdesk.records.rota_spans import spans_of_unit
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.actions.together import at_once, without_faults
from tests.people import make_cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "http://127.0.0.1"
LAYERS = ("soit", "second", "duty_di", "control_room")


def cover(
    cast: Any, now: datetime, who: Any, begins: timedelta, ends: timedelta, layers: Any = LAYERS
) -> None:
    for layer in layers:
        stand_in(
            actor=SYSTEM,
            at=now,
            unit=cast.unit_a,
            layer=layer,
            staff=who,
            starts_at=now + begins,
            ends_at=now + ends,
        )


def check(cast: Any, at: datetime) -> int:
    return check_cover(actor=SYSTEM, at=at, unit=cast.unit_a, address=SITE)


def test_a_rota_without_anybody_is_told_as_a_gap_in_every_layer(cast: Any, now: datetime) -> None:
    assert check_cover(actor=SYSTEM, at=now + 10 * DAY, unit=cast.unit_b, address=SITE) == 4


def test_what_is_asked_every_hour_is_who_is_on_whole_and_without_the_times_away(
    cast: Any, now: datetime
) -> None:
    cover(cast, now, cast.rae, -2 * HOUR, 5 * DAY, ("soit",))
    check(cast, now)
    for begins, ends in ((-HOUR, HOUR), (4 * DAY, 4 * DAY + HOUR), (40 * DAY, 41 * DAY)):
        note_absence(
            actor=SYSTEM, at=now, staff=cast.rae, kind="sick", starts_at=now + begins, ends_at=now + ends
        )
    Staff.objects.filter(pk=cast.sana.pk).update(is_active=False)
    asked = spans_of_unit(cast.unit_a.pk, now + HOUR, now + 3 * DAY)
    rows = Shift.objects.standing().filter(
        unit=cast.unit_a, starts_at__lt=now + 3 * DAY, ends_at__gt=now + HOUR
    )
    assert asked == rows.spans()
    assert str(cast.sana.pk) not in {span.staff for span in asked}
    raes = {(span.starts_at - now, span.ends_at - now) for span in asked if span.staff == str(cast.rae.pk)}
    assert (HOUR, 4 * DAY) in raes, (
        "whole, where it goes on after what was asked, and without what lies in between"
    )
    assert spans_of_unit(cast.unit_b.pk, now + 300 * DAY, now + 301 * DAY) == []


def test_a_unit_without_a_supervisor_is_told_to_those_of_the_force(cast: Any, now: datetime) -> None:
    check_cover(actor=SYSTEM, at=now + 10 * DAY, unit=cast.unit_b, address=SITE)
    assert {message.staff for message in Message.objects.filter(about="gap")} == {cast.maud}


def test_a_gap_is_told_to_the_supervisor_once_and_again_a_day_before(cast: Any, now: datetime) -> None:
    cover(cast, now, cast.rae, timedelta(0), 5 * DAY)
    cover(cast, now, cast.rae, 6 * DAY, 30 * DAY)
    assert check(cast, now) == 4
    assert check(cast, now + HOUR) == 4
    told = list(Message.objects.filter(about="gap"))
    assert {message.staff for message in told} == {cast.maud}
    assert len(told) == 4
    check(cast, now + 4 * DAY + HOUR)
    assert Message.objects.filter(about="gap").count() == 8
    check(cast, now + 4 * DAY + 2 * HOUR)
    assert Message.objects.filter(about="gap").count() == 8


def test_a_gap_that_is_covered_is_closed_and_the_line_says_so(cast: Any, now: datetime) -> None:
    cover(cast, now, cast.rae, timedelta(0), 5 * DAY)
    cover(cast, now, cast.rae, 6 * DAY, 30 * DAY)
    check(cast, now)
    cover(cast, now, cast.sana, 5 * DAY, 6 * DAY)
    assert check(cast, now + HOUR) == 0
    assert not CoverGap.objects.filter(closed_at=None).exists()
    assert JournalLine.objects.filter(kind="gap_closed").count() == 4


def test_a_gap_at_the_edge_of_what_is_looked_at_stays_one_gap(cast: Any, now: datetime) -> None:
    """Two weeks ahead move with the clock; the same gap must not be told anew every hour."""
    cover(cast, now, cast.rae, timedelta(0), 10 * DAY)
    for hours in range(4):
        check(cast, now + hours * HOUR)
    assert CoverGap.objects.count() == 4
    assert Message.objects.filter(about="gap").count() == 4


def test_somebody_without_a_way_that_works_covers_nothing(cast: Any, now: datetime) -> None:
    cover(cast, now, cast.rae, timedelta(0), 30 * DAY)
    assert check(cast, now) == 0
    Staff.objects.filter(pk=cast.rae.pk).update(email="")
    assert check(cast, now + HOUR) == 4


def test_somebody_sick_tonight_leaves_a_gap_tonight(cast: Any, now: datetime) -> None:
    cover(cast, now, cast.rae, timedelta(0), 30 * DAY)
    assert check(cast, now) == 0
    note_absence(
        actor=SYSTEM, at=now, staff=cast.rae, kind="sick", starts_at=now + HOUR, ends_at=now + 9 * HOUR
    )
    assert check(cast, now) == 3  # Sana, put in by hand, is the first specialist


def test_no_message_about_a_gap_names_anybody(cast: Any, now: datetime) -> None:
    check(cast, now)
    for message in Message.objects.filter(about="gap"):
        assert not {"sana", "rae", "kofi", "maud"} & set((message.subject + message.body).lower().split())


def test_two_workers_at_once_tell_once(journey_db: None, now: datetime) -> None:
    cast = make_cast(now)
    without_faults(at_once(*[lambda: check(cast, now)] * 4))
    assert Message.objects.filter(about="gap").count() == CoverGap.objects.count() > 0
