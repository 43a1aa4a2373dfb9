"""A calendar file in the browser: given once, shown, then read in once, by whoever gave it, within the hour."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.kept_calendars import KeptCalendar
from nightdesk.records.rota import StandIn
from tests.people import Cast, signed_in

DAY = timedelta(days=1)


@pytest.fixture
def real_now() -> datetime:
    """Pages go by the database's clock."""
    return database_now()


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def given(client: Client, now: datetime, who: str = "rae", unit: str = "A") -> Any:
    """A file with one night of `who` tomorrow, sent to the first page."""
    body = f"UID:1\nSUMMARY:Night {who}\nDTSTART:{now + DAY:%Y%m%dT%H%M%SZ}\nDURATION:PT8H"
    raw = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR".encode()
    sent = {"layer": "soit", "name": "Duty sheet", "do": "show", "file": SimpleUploadedFile("duty.ics", raw)}
    return client.post(reverse("rota_import") + f"?unit={unit}", sent)


def test_a_calendar_is_given_once_shown_and_read_in_once(
    client: Client, cast: Cast, real_now: datetime
) -> None:
    maud = signed_in(client, cast.maud)
    where = given(maud, real_now)["Location"]
    for _look in range(2):  # looking changes nothing, also when the page is loaded again
        page = text(maud.get(where))
        assert "1 added" in page
        assert "Nothing is changed yet" in page
    assert not StandIn.objects.exists()
    assert "What was read in" in text(maud.post(where, {"do": "keep"}))
    assert StandIn.objects.get().staff == cast.rae
    assert not KeptCalendar.objects.exists()
    again = text(maud.post(where, {"do": "keep"}), 409)
    assert "it was read in, another one followed, or an hour has passed" in again
    assert 'type="file"' in again
    assert StandIn.objects.count() == 1


def test_nothing_of_the_file_is_in_the_page_to_be_altered(
    client: Client, cast: Cast, real_now: datetime
) -> None:
    maud = signed_in(client, cast.maud)
    where = given(maud, real_now)["Location"]
    form = re.search(
        r'<form method="post" class="govuk-button-group">.*?</form>', text(maud.get(where)), re.DOTALL
    )
    assert form is not None
    assert re.findall(r'name="(\w+)"', form[0]) == ["csrfmiddlewaretoken", "do", "do"]
    maud.post(where, {"do": "keep", "layer": "duty_di", "name": "Other", "who": "sana"})
    row = StandIn.objects.get()
    assert (row.layer, row.calendar, row.staff) == ("soit", "Duty sheet", cast.rae)


def test_the_rota_is_left_as_it_is(client: Client, cast: Cast, real_now: datetime) -> None:
    maud = signed_in(client, cast.maud)
    where = given(maud, real_now)["Location"]
    assert maud.post(where, {"do": "leave"}).status_code == 302
    assert not KeptCalendar.objects.exists()
    assert not StandIn.objects.exists()
    assert "choose the file again" in text(maud.get(where), 404)


def test_somebody_elses_file_is_not_there(client: Client, cast: Cast, real_now: datetime) -> None:
    where = given(signed_in(client, cast.maud), real_now)["Location"]
    ben = signed_in(Client(), cast.ben)
    assert "not kept any more" in text(ben.get(where), 404)
    assert "not kept any more" in text(ben.post(where, {"do": "keep"}), 409)
    assert KeptCalendar.objects.exists()


def test_after_an_hour_it_is_asked_for_again(client: Client, cast: Cast, real_now: datetime) -> None:
    maud = signed_in(client, cast.maud)
    where = given(maud, real_now)["Location"]
    KeptCalendar.objects.update(kept_at=real_now - timedelta(minutes=61))
    assert "an hour has passed" in text(maud.post(where, {"do": "keep"}), 409)
    assert not StandIn.objects.exists()


def test_what_is_no_calendar_is_said_to_be_so_and_not_kept(client: Client, cast: Cast) -> None:
    junk = SimpleUploadedFile("duty.ics", b"\x00\xff nonsense")
    sent = {"layer": "soit", "name": "Duty sheet", "file": junk}
    page = text(signed_in(client, cast.maud).post(reverse("rota_import") + "?unit=A", sent), 422)
    assert "no calendar file" in page
    assert not KeptCalendar.objects.exists()
