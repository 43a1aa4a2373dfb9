"""The rota of the fictional force: covered in the past and ahead, with one of everything that a rota has to show."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from nightdesk.actions.cover import check_cover
from nightdesk.jobs.cover import check_all_cover
from nightdesk.outside.current import pack
from nightdesk.queries.force import gaps_of
from nightdesk.records.contacts import reachable_ids
from nightdesk.records.cover import CoverGap
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.records.rota import Absence, RotaPattern, Shift, StandIn, Swap
from nightdesk.records.staff import Unit
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.cover import NOBODY, holes_in, merged
from nightdesk.rules.referral import NAMED
from nightdesk.rules.terms import LAYERS
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def times(unit: Unit, layer: str) -> list[tuple[Any, Any]]:
    """When somebody is on in a layer, absences taken out, joined."""
    spans = Shift.objects.standing().filter(unit=unit, layer=layer).spans()
    return merged((span.starts_at, span.ends_at) for span in spans)


@pytest.mark.parametrize("layer", LAYERS)
def test_somebody_was_on_at_every_moment_of_the_sixty_days(force: None, layer: str) -> None:
    for unit in Unit.objects.all():
        assert holes_in(times(unit, layer), NOW - 61 * DAY, NOW + DAY) == []


@pytest.mark.parametrize("layer", LAYERS)
def test_shifts_are_worked_out_eight_weeks_ahead_with_one_gap(force: None, layer: str) -> None:
    for unit in Unit.objects.all():
        holes = holes_in(times(unit, layer), NOW, NOW + 8 * WEEK)
        lengths = [ends - begins for begins, ends in holes]
        assert lengths == ([timedelta(hours=8)] if (unit.code, layer) == ("MOOR", "soit") else [])


def test_no_shift_is_there_twice_and_nobody_is_on_in_two_layers_of_a_unit_at_once(force: None) -> None:
    seen = list(Shift.objects.standing().values_list("staff", "unit", "starts_at"))
    assert len(seen) == len(set(seen))


def test_turns_change_by_the_week_and_shifts_follow_from_patterns(force: None) -> None:
    assert RotaPattern.objects.count() == 3 * 11
    assert set(RotaPattern.objects.values_list("turn_days", flat=True)) == {7}
    assert not Shift.objects.filter(pattern=None, stand_in=None).exists()
    days: dict[date, Any] = {}
    for shift in Shift.objects.filter(unit__code="COAST", layer="soit", pattern__begins__hour=7):
        days[shift.starts_at.date()] = shift.staff_id
    changes = Counter(day.weekday() for day in days if days.get(day - DAY, days[day]) != days[day])
    assert set(changes) == {0}  # Mondays


def test_everybody_who_was_paged_was_on_then(force: None) -> None:
    for page in Page.objects.select_related("referral"):
        then = Shift.objects.filter(staff=page.staff, unit=page.referral.unit)
        if page.layer != NAMED:  # a colleague asked by name is on in some layer
            then = then.filter(layer=page.layer)
        assert then.filter(starts_at__lte=page.told_at, ends_at__gt=page.told_at).exists()


def test_somebody_is_on_leave_next_week_and_a_colleague_has_each_of_the_turns(force: None) -> None:
    leave = Absence.objects.get(kind="leave")
    assert leave.ends_at - leave.starts_at == WEEK
    assert NOW < leave.starts_at < NOW + WEEK
    instead = StandIn.objects.filter(instead_of=leave.staff)
    assert instead.count() == 7
    assert Shift.objects.standing().filter(stand_in__in=instead).count() == 7
    gone = Shift.objects.standing().filter(staff=leave.staff, starts_at__lt=leave.ends_at)
    assert not gone.filter(ends_at__gt=leave.starts_at).exists()


def test_a_swap_waits_for_an_answer(force: None) -> None:
    swap = Swap.objects.get()
    assert (swap.state, swap.asked_at < NOW, swap.starts_at > NOW + DAY) == ("asked", True, True)
    own = Shift.objects.standing().filter(staff=swap.asked_by, starts_at=swap.starts_at, layer=swap.layer)
    assert own.filter(ends_at=swap.ends_at).exists()
    assert Message.objects.filter(about="swap", staff=swap.asked_of, sent_at__isnull=False).count() == 1


def test_one_officer_who_can_not_be_told_is_on_once_and_is_no_gap(force: None) -> None:
    coming = Shift.objects.standing().filter(starts_at__gt=NOW, starts_at__lt=NOW + 2 * WEEK)
    ids = {str(staff) for staff in coming.values_list("staff", flat=True)}
    unreached = ids - reachable_ids(ids)
    assert len(unreached) == 1
    shift = coming.get(staff__in=unreached)
    assert (shift.staff.username, shift.layer) == ("celia", "soit")
    gaps = gaps_of(SYSTEM, shift.unit, pack().layers(), starts_at=NOW, ends_at=NOW + 2 * WEEK)
    assert gaps == []


def tellings() -> int:
    """How often somebody was told of a gap: each time by each of their ways."""
    return Message.objects.filter(about="gap").values("telling").distinct().count()


def test_the_hourly_check_tells_of_the_one_gap_once(force: None) -> None:
    before = tellings()
    assert check_all_cover(NOW) == 1
    gap = CoverGap.objects.get()
    assert (gap.unit.code, gap.layer) == ("MOOR", "soit")
    [found] = gaps_of(SYSTEM, gap.unit, pack().layers(), starts_at=NOW, ends_at=NOW + 2 * WEEK)
    assert (found.why, found.starts_at) == (NOBODY, gap.starts_at)
    assert tellings() == before + 1
    later = NOW + timedelta(hours=1)
    for unit in Unit.objects.all():
        check_cover(actor=SYSTEM, at=later, unit=unit, address="http://127.0.0.1")
    assert tellings() == before + 1
