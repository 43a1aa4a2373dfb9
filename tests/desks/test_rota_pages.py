"""The rota in the browser: gaps in words, one's own shifts and swaps, changes by those who may."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.rota_changes import stand_in
from nightdesk.queries.clock import database_now
from nightdesk.records.rota import Absence, RotaPattern, Shift, StandIn, Swap
from nightdesk.rules.access import SYSTEM
from tests.people import Cast, signed_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def real_now() -> datetime:
    """Pages go by the database's clock."""
    return database_now()


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def put_on(cast: Cast, now: datetime, who: Any, hours: float, layer: str = "soit") -> Shift:
    made = stand_in(
        actor=SYSTEM, at=now, unit=cast.unit_a, layer=layer, staff=who, starts_at=now + hours * HOUR,
        ends_at=now + (hours + 8) * HOUR,
    )  # fmt: skip
    return Shift.objects.standing().get(stand_in=made)


def moment(name: str, at: datetime) -> dict[str, str]:
    """What the boxes of a time would send, on a day in London in winter or summer."""
    from django.utils import timezone

    local = timezone.localtime(at)
    return {
        f"{name}-day": str(local.day), f"{name}-month": str(local.month), f"{name}-year": str(local.year),
        f"{name}-time": f"{local:%H:%M}",
    }  # fmt: skip


def test_the_calendar_says_who_is_on_and_where_nobody_is(
    client: Client, cast: Cast, real_now: datetime
) -> None:
    put_on(cast, real_now, cast.rae, 24)
    page = text(signed_in(client, cast.priya).get(reverse("rota_calendar"), {"unit": "A"}))
    assert "Rae" in page
    assert "gaps in these two weeks" in page
    assert "Nobody is on" in page
    assert "Change this rota" not in page


def test_somebody_on_without_a_way_that_works_is_named(
    client: Client, cast: Cast, real_now: datetime
) -> None:
    cast.rae.email = ""
    cast.rae.save()
    put_on(cast, real_now, cast.rae, 24)
    page = text(signed_in(client, cast.maud).get(reverse("rota_calendar")))
    assert "On the rota without a working way to be reached:" in page
    assert "can’t be reached" in page
    assert "Change this rota" in page


@pytest.mark.parametrize("asked", ["2020-01-01", "yesterday", "9999-12-31", "2026-02-31", ""])
def test_a_day_that_makes_no_sense_is_today(
    client: Client, cast: Cast, real_now: datetime, asked: str
) -> None:
    page = text(signed_in(client, cast.priya).get(reverse("rota_calendar"), {"from": asked}))
    assert "Today" in page


def test_an_unknown_unit_is_said_to_be_so(client: Client, cast: Cast) -> None:
    page = text(signed_in(client, cast.maud).get(reverse("rota_calendar"), {"unit": "Z\x00"}), 404)
    assert "no unit of that name" in page


def test_a_shift_is_given_away_by_a_swap(cast: Cast, real_now: datetime) -> None:
    shift = put_on(cast, real_now, cast.sana, 30)
    sana, rae = signed_in(Client(), cast.sana), signed_in(Client(), cast.rae)
    assert "Ask for a swap" in text(sana.get(reverse("my_shifts")))
    assert sana.post(reverse("ask_swap", args=[shift.pk]), {"asked_of": str(cast.rae.pk)}).status_code == 302
    assert "Sana asks you to take a shift" in text(rae.get(reverse("my_shifts")))
    swap = Swap.objects.get()
    assert rae.post(reverse("answer_swap", args=[swap.pk]), {"do": "accept"}).status_code == 302
    at = shift.starts_at + HOUR
    assert {row.staff for row in Shift.objects.on_at(at).filter(unit=cast.unit_a, layer="soit")} == {cast.rae}
    again = text(rae.post(reverse("answer_swap", args=[swap.pk]), {"do": "accept"}), 409)
    assert "answered this already" in again


def test_a_shift_is_asked_in_return_of_its_owner_alone(cast: Cast, real_now: datetime) -> None:
    mine, theirs = put_on(cast, real_now, cast.sana, 30), put_on(cast, real_now, cast.rae, 60)
    sana, path = signed_in(Client(), cast.sana), reverse("ask_swap", args=[mine.pk])
    assert "Rae: " in text(sana.get(path))
    assert sana.post(path, {"asked_of": "", "back": str(theirs.pk)}).status_code == 302
    swap = Swap.objects.get()
    assert (swap.asked_of, swap.back_starts_at) == (cast.rae, theirs.starts_at)
    for wrong in ({"back": "x"}, {"asked_of": str(cast.maud.pk), "back": str(theirs.pk)}):
        assert "Choose" in text(sana.post(path, {"asked_of": "", **wrong}), 422)
    assert Swap.objects.count() == 1


def test_somebody_elses_shift_is_nobodys_to_give_away(client: Client, cast: Cast, real_now: datetime) -> None:
    shift = put_on(cast, real_now, cast.sana, 30)
    answer = signed_in(client, cast.rae).post(reverse("ask_swap", args=[shift.pk]), {"asked_of": ""})
    assert "not yours" in text(answer, 404)


def test_an_officer_says_that_they_are_away_and_are_there_after_all(cast: Cast, real_now: datetime) -> None:
    sana = signed_in(Client(), cast.sana)
    sent = {"who": str(cast.rae.pk), "kind": "leave"}  # nobody says of a colleague here that they are away
    sent |= moment("starts_at", real_now + DAY) | moment("ends_at", real_now + 2 * DAY)
    assert sana.post(reverse("my_absence"), sent).status_code == 302
    row = Absence.objects.get(staff=cast.sana)
    assert "I am there after all" in text(sana.get(reverse("my_shifts")))
    back = {"what": "absence", "row": str(row.pk), "back": "mine"}
    assert sana.post(reverse("rota_withdraw"), back).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "holiday"}, "holiday"),
        ({"starts_at-month": "13"}, "Enter the month"),
        ({"ends_at-year": "1999"}, "after the one under"),
        ({"who": "somebody"}, "Choose somebody from the list"),
    ],
)
def test_an_absence_that_can_not_be_read_stays_typed(
    client: Client, cast: Cast, real_now: datetime, changes: dict[str, str], sentence: str
) -> None:
    sent = {"who": str(cast.sana.pk), "kind": "leave"}
    sent |= moment("starts_at", real_now + DAY) | moment("ends_at", real_now + 2 * DAY) | changes
    where = reverse("rota_absence") + "?unit=A"
    assert sentence in text(signed_in(client, cast.maud).post(where, sent), 422)
    if "who" not in changes:
        assert sentence in text(signed_in(client, cast.sana).post(reverse("my_absence"), sent), 422)
    assert not Absence.objects.exists()


def test_turns_are_shown_for_two_weeks_and_then_kept(client: Client, cast: Cast, real_now: datetime) -> None:
    local = (real_now + DAY).date()
    sent = {
        "name": "Nights", "layer": "soit", "starts_on-day": str(local.day), "starts_on-month": str(local.month),
        "starts_on-year": str(local.year), "begins": "22:00", "ends": "6am", "weekdays": [str(n) for n in range(7)],
        "turn_days": "7", "on_holidays": "as_usual", "members": [str(cast.sana.pk), str(cast.rae.pk)],
    }  # fmt: skip
    maud, where = signed_in(client, cast.maud), reverse("rota_pattern") + "?unit=A"
    page = text(maud.post(where, sent | {"do": "show"}))
    assert "The first two weeks would be" in page
    assert not RotaPattern.objects.exists()
    assert maud.post(where, sent | {"do": "keep"}).status_code == 302
    row = RotaPattern.objects.get()
    assert (row.minutes, row.weekdays, Shift.objects.filter(pattern=row).count() > 50) == (
        480,
        list(range(7)),
        True,
    )
    ended = {
        "last_day-day": str(local.day),
        "last_day-month": str(local.month),
        "last_day-year": str(local.year),
    }
    assert maud.post(reverse("rota_pattern_end", args=[row.pk]) + "?unit=A", ended).status_code == 302
    assert Shift.objects.standing().filter(pattern=row).count() == 1


def test_who_is_put_on_is_on_and_taken_out_again(client: Client, cast: Cast, real_now: datetime) -> None:
    sent = {"who": str(cast.rae.pk), "layer": "duty_di", "instead_of": ""}
    sent |= moment("starts_at", real_now + DAY) | moment("ends_at", real_now + 2 * DAY)
    maud = signed_in(client, cast.maud)
    assert maud.post(reverse("rota_stand_in") + "?unit=A", sent).status_code == 302
    row = StandIn.objects.get()
    assert "Rae (Duty inspector)" in text(maud.get(reverse("rota_change") + "?unit=A"))
    assert (
        maud.post(reverse("rota_withdraw") + "?unit=A", {"what": "stand_in", "row": str(row.pk)}).status_code
        == 302
    )
    assert not Shift.objects.standing().filter(stand_in=row).exists()


@pytest.mark.parametrize("sent", [{}, {"what": "shift"}, {"what": "stand_in", "row": "x"}])
def test_taking_out_what_is_not_there_is_refused(client: Client, cast: Cast, sent: dict[str, str]) -> None:
    answer = signed_in(client, cast.maud).post(reverse("rota_withdraw") + "?unit=A", sent)
    assert "not in the rota any more" in text(answer, 404)


def test_a_supervisor_changes_no_other_units_rota(client: Client, cast: Cast) -> None:
    for name in ("rota_change", "rota_pattern", "rota_absence", "rota_stand_in", "rota_import"):
        assert "supervisor of this unit" in text(
            signed_in(client, cast.maud).get(reverse(name) + "?unit=B"), 403
        )


def test_a_private_address_shows_ones_own_shifts_and_nothing_else(cast: Cast, real_now: datetime) -> None:
    put_on(cast, real_now, cast.sana, 24)
    put_on(cast, real_now, cast.rae, 48)
    sana, anybody = signed_in(Client(), cast.sana), Client()
    page = text(sana.post(reverse("my_feed"), {"do": "make"}))
    path = "/staff/feeds/" + page.split("/staff/feeds/")[1].split("<")[0].strip()
    feed = anybody.get(path)
    assert feed["Content-Type"].startswith("text/calendar")
    assert feed["Cache-Control"].count("no-store")
    assert "Rae" not in feed.content.decode()
    assert (
        feed.content.decode().count("BEGIN:VEVENT")
        == Shift.objects.standing().filter(staff=cast.sana).count()
    )
    sana.post(reverse("my_feed"), {"do": "withdraw"})
    assert anybody.get(path).status_code == 404


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("26T07:00", "26T15:00", "07:00–15:00"),
        ("26T16:00", "27T00:00", "16:00–24:00"),
        ("26T22:00", "27T06:00", "22:00 → 06:00"),
        ("25T22:00", "26T06:00", "until 06:00"),
        ("25T22:00", "27T06:00", "all day"),
        ("25T22:00", "27T00:00", "until 24:00"),
        ("26T22:00", "29T06:00", "from 22:00"),
    ],
)
def test_a_shift_is_said_as_far_as_it_lies_on_a_day(starts: str, ends: str, words: str) -> None:
    from nightdesk.desks.rota.shown import between

    first, last = (datetime.fromisoformat(f"2026-11-{text}+00:00") for text in (starts, ends))
    assert between(first, last, datetime(2026, 11, 26, tzinfo=UTC).date()) == words


def token_in(page: str) -> str:
    return page.split('name="answered" value="')[1].split('"')[0]


def test_putting_somebody_on_too_soon_is_asked_about_first(
    client: Client, cast: Cast, real_now: datetime
) -> None:
    """And asked again when what was shown is not what it would be any more."""
    put_on(cast, real_now, cast.rae, 30)
    sent = {"who": str(cast.rae.pk), "layer": "second", "instead_of": ""}
    sent |= moment("starts_at", real_now + 41 * HOUR) | moment("ends_at", real_now + 47 * HOUR)
    maud, where = signed_in(client, cast.maud), reverse("rota_stand_in") + "?unit=A"
    page = text(maud.post(where, sent), 409)
    assert "Too little rest, or two turns at once." in page
    assert "only 2 h" in page or "only 3 h" in page  # the boxes take whole minutes
    assert "Put them on all the same" in page
    assert StandIn.objects.count() == 1
    later = sent | moment("ends_at", real_now + 49 * HOUR) | moment("starts_at", real_now + 36 * HOUR)
    page = text(maud.post(where, later | {"answered": token_in(page)}), 409)
    assert "on twice at once" in page
    assert maud.post(where, later | {"answered": token_in(page)}).status_code == 302
    assert StandIn.objects.count() == 2


def test_a_swap_that_leaves_too_little_rest_is_asked_about_first(cast: Cast, real_now: datetime) -> None:
    """Then the one who asked learns who took it."""
    shift = put_on(cast, real_now, cast.sana, 30)
    put_on(cast, real_now, cast.rae, 38)
    sana, rae = signed_in(Client(), cast.sana), signed_in(Client(), cast.rae)
    assert sana.post(reverse("ask_swap", args=[shift.pk]), {"asked_of": ""}).status_code == 302
    assert "Sana asks who of the unit can take a shift" in text(rae.get(reverse("my_shifts")))
    path = reverse("answer_swap", args=[Swap.objects.get().pk])
    page = text(rae.post(path, {"do": "accept"}), 409)
    assert "no rest at all between this turn and the one from" in page
    assert "Take it all the same" in page
    assert Swap.objects.get().state == "asked"
    assert rae.post(path, {"do": "accept", "answered": token_in(page)}).status_code == 302
    assert "Rae takes this shift." in text(sana.get(reverse("my_shifts")))


def test_what_nobody_can_take_is_said_on_the_page(client: Client, cast: Cast, real_now: datetime) -> None:
    shift = put_on(cast, real_now, cast.sana, 30)
    put_on(cast, real_now, cast.rae, 31)
    answer = signed_in(client, cast.sana).post(reverse("ask_swap", args=[shift.pk]), {"asked_of": ""})
    assert "Nobody of this unit in your role is free" in text(answer, 422)
