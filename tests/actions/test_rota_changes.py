"""What is decided about the rota is in the shifts at once; what is refused says what to do; each act leaves its line."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import referrals
from nightdesk.actions.rota import work_out_shifts
from nightdesk.actions.rota_changes import (
    begin_pattern,
    end_pattern,
    note_absence,
    stand_in,
    withdraw_absence,
    withdraw_stand_in,
)
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.rota import Shift
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.rota import Pattern, RotaRefused
from tests.actions.paging import raise_one, step, token_of
from tests.people import as_reader

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def turns(cast: Any, now: datetime, **changes: Any) -> Any:
    """Nights of eight hours from the next day on, Sana and Rae by turns of a week."""
    plain = {
        "id": "", "layer": "soit", "starts_on": (now + DAY).date(), "begins": time(22), "minutes": 480,
        "weekdays": frozenset(range(7)), "turn_days": 7, "on_holidays": "as_usual",
        "members": (str(cast.sana.pk), str(cast.rae.pk)),
    }  # fmt: skip
    return begin_pattern(
        actor=as_reader(cast.maud),
        at=now,
        unit=cast.unit_a,
        name="Nights",
        pattern=Pattern(**(plain | changes)),
    )


def worked_out(cast: Any) -> list[Shift]:
    """Shifts of unit A that follow from the rota and stand."""
    rows = Shift.objects.standing().filter(unit=cast.unit_a).exclude(pattern=None, stand_in=None)
    return list(rows.select_related("staff").order_by("starts_at", "staff__username"))


def kinds() -> list[str]:
    return list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))


def test_a_pattern_puts_eight_weeks_of_shifts_in_and_again_changes_nothing(cast: Any, now: datetime) -> None:
    turns(cast, now)
    found = worked_out(cast)
    assert 54 <= len(found) <= 56
    assert {row.staff.username for row in found[:6]} == {"sana"}
    assert found[8].staff.username == "rae"
    lines = len(kinds())
    assert work_out_shifts(actor=SYSTEM, at=now, unit=cast.unit_a) == (0, 0)
    assert len(kinds()) == lines


def test_a_week_later_a_week_more_is_worked_out_and_nothing_twice(cast: Any, now: datetime) -> None:
    turns(cast, now)
    before = len(worked_out(cast))
    added, cancelled = work_out_shifts(actor=SYSTEM, at=now + 7 * DAY, unit=cast.unit_a)
    assert (added, cancelled) == (7, 0)
    keys = [(row.staff_id, row.starts_at, row.ends_at) for row in worked_out(cast)]
    assert len(keys) == len(set(keys)) == before + 7


def test_ending_turns_cancels_what_is_to_come_and_keeps_what_was(cast: Any, now: datetime) -> None:
    row = turns(cast, now)
    end_pattern(
        actor=as_reader(cast.maud), at=now + 3 * DAY, pattern_id=row.pk, last_day=(now + 4 * DAY).date()
    )
    left = worked_out(cast)
    assert max(one.starts_at for one in left) < now + 6 * DAY
    assert Shift.objects.filter(because="worked_out_anew").exists()
    with pytest.raises(RotaRefused, match="not after the one that is set"):
        end_pattern(actor=as_reader(cast.maud), at=now, pattern_id=row.pk, last_day=date(2099, 1, 1))


def test_who_is_away_is_off_at_once_and_comes_back(cast: Any, now: datetime) -> None:
    """Also in the middle of a shift: what was is kept, what is left is nobody's."""
    turns(cast, now)
    first = worked_out(cast)[0]
    middle = first.starts_at + 3 * HOUR
    away = note_absence(
        actor=as_reader(cast.sana),
        at=middle,
        staff=cast.sana,
        kind="sick",
        starts_at=middle,
        ends_at=middle + 2 * DAY,
    )
    on = [row for row in worked_out(cast) if row.starts_at < middle + 2 * DAY and row.ends_at > middle]
    assert not [row for row in on if row.staff_id == cast.sana.pk]
    assert Shift.objects.get(pk=first.pk).cancelled_at == middle
    withdraw_absence(actor=as_reader(cast.maud), at=middle + HOUR, absence_id=away.pk)
    withdraw_absence(actor=as_reader(cast.maud), at=middle + HOUR, absence_id=away.pk)
    assert [row for row in worked_out(cast) if row.starts_at <= middle + HOUR < row.ends_at]
    assert kinds().count("absence_withdrawn") == 1


def test_who_stands_in_is_on_instead_until_it_is_withdrawn(cast: Any, now: datetime) -> None:
    turns(cast, now)
    first = worked_out(cast)[0]
    made = stand_in(
        actor=as_reader(cast.maud), at=now, unit=cast.unit_a, layer="soit", staff=cast.rae, instead_of=cast.sana,
        starts_at=first.starts_at, ends_at=first.starts_at + 2 * HOUR,
    )  # fmt: skip
    assert [(row.staff.username, row.ends_at - row.starts_at) for row in worked_out(cast)[:2]] == [
        ("rae", 2 * HOUR),
        ("sana", 6 * HOUR),
    ]
    withdraw_stand_in(actor=as_reader(cast.maud), at=now, stand_in_id=made.pk)
    assert worked_out(cast)[0].ends_at == first.ends_at


@pytest.mark.parametrize("who", ["priya", "sana", "kofi", "wen", "alex"])
def test_only_a_supervisor_of_the_unit_or_the_admin_changes_a_rota(
    cast: Any, now: datetime, who: str
) -> None:
    actor = as_reader(getattr(cast, who))
    times = {"starts_at": now + HOUR, "ends_at": now + 2 * HOUR}
    with pytest.raises(AccessRefused, match="supervisor of this unit"):
        stand_in(actor=actor, at=now, unit=cast.unit_a, layer="soit", staff=cast.rae, **times)
    with pytest.raises(AccessRefused):
        note_absence(actor=actor, at=now, staff=cast.maud, kind="leave", **times)
    assert not worked_out(cast)


def test_a_supervisor_changes_no_other_units_rota_and_the_admin_any(cast: Any, now: datetime) -> None:
    times = {"starts_at": now + HOUR, "ends_at": now + 2 * HOUR}
    with pytest.raises(AccessRefused):
        stand_in(actor=as_reader(cast.maud), at=now, unit=cast.unit_b, layer="soit", staff=cast.rae, **times)
    assert stand_in(
        actor=as_reader(cast.ben), at=now, unit=cast.unit_b, layer="soit", staff=cast.rae, **times
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_at": timedelta(0)}, "ends before it begins"),
        ({"starts_at": -3 * HOUR, "ends_at": -HOUR}, "has passed"),
        ({"instead_of": "rae"}, "stands in for themselves"),
    ],
)
def test_a_stand_in_that_makes_no_sense_is_refused(
    cast: Any, now: datetime, changes: Any, sentence: str
) -> None:
    span = {"starts_at": HOUR, "ends_at": 2 * HOUR} | {k: v for k, v in changes.items() if k != "instead_of"}
    given = {name: now + ago for name, ago in span.items()}
    instead = cast.rae if "instead_of" in changes else None
    with pytest.raises(RotaRefused, match=sentence):
        stand_in(
            actor=SYSTEM, at=now, unit=cast.unit_a, layer="soit", staff=cast.rae, instead_of=instead, **given
        )


def test_what_is_not_there_any_more_is_refused_aloud(cast: Any, now: datetime) -> None:
    for act, name in ((withdraw_absence, "absence_id"), (withdraw_stand_in, "stand_in_id")):
        with pytest.raises(RotaRefused, match="Open the page again"):
            act(actor=as_reader(cast.maud), at=now, **{name: uuid4()})


def test_cases_of_somebody_who_falls_sick_are_told_to_the_supervisor(cast: Any, now: datetime) -> None:
    """How many, and where to give them to somebody; nobody is named."""
    raise_one(cast, now)
    step(now)
    referrals.acknowledge_page(at=now, token=token_of(cast.sana))
    times = {"starts_at": now, "ends_at": now + DAY}
    note_absence(actor=as_reader(cast.rae), at=now, staff=cast.rae, kind="sick", **times)
    assert not Message.objects.filter(about="reassigned").exists()  # nobody waits for Rae
    note_absence(actor=as_reader(cast.sana), at=now, staff=cast.sana, kind="sick", **times)
    told = Message.objects.get(about="reassigned")
    assert (told.staff, "1 open case" in told.body, "sana" in told.body.lower()) == (cast.maud, True, False)
