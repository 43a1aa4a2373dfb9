"""Whom something is told to in an officer's place: somebody who is there, and not everybody the same, least at night."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import notices as acts
from nightdesk.actions.notices import raise_notices
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.staff import add_staff
from nightdesk.jobs.notices import tell_overdue
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.notices import NoticeRow
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.notice import OFFICER, SENIOR
from nightdesk.rules.pack_notices import DUTY_SOON, TASK
from tests.actions.test_away import away
from tests.actions.test_hand_over import has_one
from tests.actions.test_notices import a_task, told

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def night(now: datetime) -> datetime:
    """Ten past two in the morning, a day after the case: nobody is on a shift."""
    return now + DAY


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The worker's rounds look for these kinds alone."""
    return lambda *kinds: monkeypatch.setattr("nightdesk.jobs.notices.KINDS", kinds)


def supervisors(cast: Any, at: datetime, *names: str, unit: Any = None) -> list[Staff]:
    """More of them, of unit B unless said."""
    common: dict[str, Any] = {"actor": SYSTEM, "at": at, "role": "supervisor", "unit": unit or cast.unit_b}
    return [
        add_staff(**common, username=name, name=name.title(), email=f"{name}@force.test") for name in names
    ]


def a_duty(reference: str, due_at: datetime) -> None:
    """The only one that still runs, due then."""
    duties = Duty.objects.filter(case__disclosure__reference=reference)
    Duty.objects.exclude(pk=duties[0].pk).update(state="met")
    duties.update(due_at=due_at)


def names() -> list[str]:
    """Who was told, in order."""
    return [name for name, _ in told()]


def test_a_supervisor_who_goes_away_before_she_was_told_is_not_told_and_another_is(
    cast: Any, night: datetime, only: Any
) -> None:
    """Noted at night for Maud, who reports sick before the day opens: told then to who stands in. Nothing is lost."""
    only(TASK)
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night)
    away(cast.sana, night)
    supervisors(cast, night, "vic")
    tell_overdue(night + HOUR)
    assert [(row.staff, row.told_at) for row in NoticeRow.objects.all()] == [(cast.maud, None)]
    away(cast.maud, night + 2 * HOUR)
    for hours in (3, 6, 7, 30):
        tell_overdue(night + hours * HOUR)
    assert names() == ["vic"]


def test_what_was_noted_for_a_stand_in_is_told_to_the_supervisor_who_is_back(
    cast: Any, night: datetime, only: Any
) -> None:
    only(TASK)
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night)
    away(cast.sana, night)
    away(cast.maud, night, days=0.1)
    supervisors(cast, night, "vic")
    for hours in (1, 4, 6, 30):
        tell_overdue(night + hours * HOUR)
    assert names() == ["maud"]


def test_those_of_whom_every_supervisor_was_told_block_no_others(
    cast: Any, night: datetime, only: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Maud's own tasks are told to her as the officer; after a day nobody is left, and newer ones must still be found."""
    only(TASK)
    monkeypatch.setattr(acts, "MOST", 2)
    reference = has_one(cast, night - DAY)
    for _ in range(3):
        a_task(cast.maud, night - HOUR, reference, night)
    a_task(cast.sana, night - HOUR, reference, night + HOUR)
    for hours in range(6, 40):
        tell_overdue(night + hours * HOUR)
    assert list(NoticeRow.objects.values_list("level", flat=True)).count(SENIOR) == 4
    assert NoticeRow.objects.filter(staff=cast.maud).count() == 4
    assert NoticeRow.objects.exclude(told_at=None).count() == 5
    assert raise_notices(at=night + 40 * HOUR, kind=TASK, level=SENIOR) == 0
    with CaptureQueriesContext(connection) as asked:
        raise_notices(at=night + 40 * HOUR, kind=TASK, level=SENIOR)
    assert len(asked) <= 3, "they are not looked for again"


def test_at_night_one_is_woken_of_all_who_stand_in_and_the_duty_inspector_before_her(
    cast: Any, night: datetime, only: Any
) -> None:
    """Sana and Maud are away, and a duty is due at half past six: three supervisors of other units sleep."""
    only(DUTY_SOON)
    reference = has_one(cast, night - DAY)
    a_duty(reference, night + timedelta(hours=4, minutes=20))
    away(cast.sana, night)
    away(cast.maud, night)
    supervisors(cast, night, "vic", "zoe", "ann")
    tell_overdue(night)
    tell_overdue(night + HOUR)
    assert len(names()) == 1
    assert NoticeRow.objects.count() == 1


def test_the_duty_inspector_is_told_and_a_supervisor_who_sleeps_is_not_woken(
    cast: Any, night: datetime, only: Any
) -> None:
    """Maud is of the unit and there, but in bed; Zoe watches over the unit tonight."""
    only(DUTY_SOON)
    reference = has_one(cast, night - DAY)
    a_duty(reference, night + timedelta(hours=4, minutes=20))
    away(cast.sana, night)
    (zoe,) = supervisors(cast, night, "zoe")
    on = [(zoe, "duty_di", night - HOUR, night + 5 * HOUR)]
    add_shifts(actor=SYSTEM, at=night - HOUR, unit=cast.unit_a, shifts=on)
    tell_overdue(night)
    tell_overdue(night + 2 * HOUR)
    assert names() == ["zoe"]


@pytest.mark.parametrize(("due", "woken"), [(4.3, ["sana"]), (5.9, ["sana"])])
def test_an_officer_is_woken_when_the_morning_would_leave_too_little(
    cast: Any, night: datetime, only: Any, due: float, woken: list[str]
) -> None:
    only(DUTY_SOON)
    a_duty(has_one(cast, night - DAY), night + due * HOUR)
    tell_overdue(night)
    assert names() == woken


def test_an_officer_sleeps_when_the_duty_can_wait_for_the_morning(
    cast: Any, night: datetime, only: Any
) -> None:
    """Found at ten to four, due at ten to ten: told at seven."""
    only(DUTY_SOON)
    at = night + timedelta(hours=1, minutes=40)
    a_duty(has_one(cast, night - DAY), at + 6 * HOUR)
    for hours in (0, 1, 3):
        assert tell_overdue(at + hours * HOUR) == 0
    assert NoticeRow.objects.count() == 1
    assert tell_overdue(at + 3.2 * HOUR) == 1
    assert names() == ["sana"]


def test_by_day_all_of_the_unit_are_told_and_of_those_who_stand_in_one(
    cast: Any, night: datetime, only: Any
) -> None:
    only(TASK)
    references = [has_one(cast, night - DAY) for _ in range(2)]
    for reference in references:
        a_task(cast.sana, night - HOUR, reference, night)
    away(cast.sana, night)
    supervisors(cast, night, "ann", "bea", unit=cast.unit_a)
    Case.objects.filter(disclosure__reference=references[1]).update(unit=cast.unit_b)
    tell_overdue(night + 6 * HOUR)
    assert names() == ["ann", "bea", "maud"]
    of_b = NoticeRow.objects.filter(reference=references[1])
    assert of_b.count() == 1, "nobody of unit B is there: one of the others has all of it"
    assert NoticeRow.objects.filter(level=OFFICER).count() == 0
