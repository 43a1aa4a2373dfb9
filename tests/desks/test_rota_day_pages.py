"""One day of a unit in the browser: each hour by the clock on the wall, gaps, who is away (why: for the supervisor)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.rota_changes import note_absence, stand_in
from nightdesk.outside.current import force_zone
from nightdesk.queries.clock import database_now
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.rota_day import midnight
from tests.people import Cast, signed_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def tomorrow() -> date:
    """By the force's clock; pages go by the database's."""
    return database_now().astimezone(force_zone()).date() + DAY


def seen(client: Client, day: date, unit: str = "A") -> str:
    answer = client.get(reverse("rota_day"), {"unit": unit, "day": day.isoformat()})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def rows(page: str) -> list[str]:
    """The rows of the table of hours."""
    return page.split("<tbody")[1].split("</tbody>")[0].split("<tr")[1:]


def put_on(cast: Cast, day: date, who: Any, begins: float, ends: float, **more: Any) -> None:
    at = midnight(day, force_zone())
    stand_in(
        actor=SYSTEM, at=database_now(), unit=cast.unit_a, staff=who, starts_at=at + begins * HOUR,
        ends_at=at + ends * HOUR, **({"layer": "soit"} | more),
    )  # fmt: skip


def test_each_hour_says_who_is_on_and_where_nobody_is(client: Client, cast: Cast, tomorrow: date) -> None:
    put_on(cast, tomorrow, cast.rae, 7, 15.5)
    hours = rows(seen(signed_in(client, cast.priya), tomorrow))
    assert len(hours) in (23, 24, 25)
    assert '07:00–<span class="nd-day__end">08:00</span>' in hours[7]
    phone = [row.split('nd-day__run">')[1].split("<")[0] for row in hours]  # where a phone says that it ends
    assert phone[:8] == ["07:00", *[""] * 6, "15:00"]
    assert sum("nd-day__same" in row for row in hours) == phone.count("") == len(hours) - 4
    assert "Rae" in hours[7]
    assert "15:00–15:30" in hours[15]  # a part of the hour
    assert "15:30–16:00" in hours[15]
    assert "Rae" not in hours[16]
    assert hours[16].count("Nobody") == 4


@pytest.mark.parametrize(("month", "count", "words"), [(10, 25, "go back"), (3, 23, "go forward")])
def test_a_day_on_which_the_clocks_change_has_its_own_hours(
    client: Client, cast: Cast, tomorrow: date, month: int, count: int, words: str
) -> None:
    """The last Sunday of the month, the one nearest to today."""
    days = [date(tomorrow.year + n, month, 31) for n in (-1, 0, 1)]
    sundays = [day - timedelta(days=(day.weekday() + 1) % 7) for day in days]
    page = seen(signed_in(client, cast.priya), min(sundays, key=lambda day: abs(day - tomorrow)))
    assert len(rows(page)) == count
    assert f"The clocks {words} on this day: it has {count} hours." in page
    assert ("second time" in page) == (count == 25)
    assert ('01:00–<span class="nd-day__end">02:00' in page) == (count == 25)


def test_why_somebody_is_away_is_for_those_who_change_the_rota(cast: Cast, tomorrow: date) -> None:
    at = midnight(tomorrow, force_zone())
    note_absence(
        actor=SYSTEM,
        at=database_now(),
        staff=cast.rae,
        kind="sick",
        starts_at=at + HOUR,
        ends_at=at + 9 * HOUR,
    )
    for who, told in ((cast.maud, True), (cast.priya, False), (cast.kofi, False)):
        page = seen(signed_in(Client(), who), tomorrow)
        assert "Rae" in page
        assert ("Sick" in page) == told


def test_who_stands_in_and_who_can_not_be_reached_is_named(
    client: Client, cast: Cast, tomorrow: date
) -> None:
    cast.rae.email = ""
    cast.rae.save()
    put_on(cast, tomorrow, cast.rae, 7, 15, instead_of=cast.sana)
    page = seen(signed_in(client, cast.maud), tomorrow)
    assert "instead of Sana" in " ".join(page.split())
    assert "On the rota without a working way to be reached: Rae" in " ".join(page.split())
    assert "Not reachable" in rows(page)[8]
    assert "Not reachable" not in rows(page)[16]


def test_one_goes_from_day_to_day_and_there_from_the_calendar(
    client: Client, cast: Cast, tomorrow: date
) -> None:
    maud = signed_in(client, cast.maud)
    link = f"{reverse('rota_day')}?unit=A&amp;day={tomorrow}"
    assert link in maud.get(reverse("rota_calendar"), {"unit": "A"}).content.decode()
    page = seen(maud, tomorrow)
    for day in (tomorrow - DAY, tomorrow + DAY):
        assert f"?unit=A&amp;day={day}" in page
    assert f"?unit=B&amp;day={tomorrow}" in page
    assert 'aria-current="time"' not in page
    assert 'aria-current="time"' in seen(maud, tomorrow - DAY)


@pytest.mark.parametrize("asked", ["2020-01-01", "yesterday", "2026-02-31", "\x00"])
def test_a_day_that_makes_no_sense_is_today(client: Client, cast: Cast, asked: str) -> None:
    now: datetime = database_now()
    page = signed_in(client, cast.priya).get(reverse("rota_day"), {"day": asked}).content.decode()
    assert f"{now.astimezone(force_zone()).date() + DAY}" in page
