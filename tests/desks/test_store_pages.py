"""Stores by hand: the list, one store with its drawing, faults, and a file of temperatures checked before it is read in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.exhibits import Store, StoreFault, Temperature
from tests.actions.exhibits import enter, fridge, move
from tests.people import signed_in

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    """By the database's own clock; a while ago, so that what a page notes comes after."""
    return database_now() - timedelta(hours=3)


def csv_file(now: datetime, *degrees: float, code: str = "HL-F1") -> bytes:
    """A reading every ten minutes."""
    return "\n".join(
        f"{code};{now + n * 10 * MINUTE:%Y-%m-%dT%H:%M}Z;{d}" for n, d in enumerate(degrees)
    ).encode()


def send(client: Client, raw: bytes, **more: str) -> Any:
    """The file as a browser sends it."""
    return client.post(reverse("store_readings"), {"file": SimpleUploadedFile("log.csv", raw)} | more)


def test_a_file_is_checked_first_and_then_read_in_without_choosing_it_again(
    client: Client, cast: Any, now: datetime
) -> None:
    """Nothing changes by checking; lines that were not taken are told with their number."""
    fridge(cast, now)
    raw = csv_file(now, 5, 9, 9.5, 9) + b"\nHL-F7;x;y"
    checked = send(signed_in(client, cast.priya), raw)
    assert checked.status_code == 200
    assert "4 readings would be kept. Nothing has changed yet." in checked.content.decode()
    assert "1 line was not taken" in checked.content.decode()
    assert not Temperature.objects.exists()
    done = client.post(reverse("store_readings"), {"checked": checked.context["along"], "keep": "1"})
    assert "4 readings were kept." in done.content.decode()
    assert "1 fault was found" in done.content.decode()
    assert Temperature.objects.count() == 4
    again = client.post(reverse("store_readings"), {"checked": checked.context["along"], "keep": "1"})
    assert "4 were kept already" in again.content.decode()


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00", b""])
def test_what_is_no_file_of_temperatures_is_told(client: Client, cast: Any, raw: bytes) -> None:
    """A spreadsheet, an empty file; nothing chosen; a hidden field somebody changed."""
    assert send(signed_in(client, cast.priya), raw).status_code == 422
    for given in ({}, {"checked": "%%%", "keep": "1"}):
        assert client.post(reverse("store_readings"), given).status_code == 422


def test_a_large_file_is_chosen_again(client: Client, cast: Any, now: datetime) -> None:
    """Too large to send along: the page offers both buttons beside the file."""
    fridge(cast, now)
    lines = "\n".join(f"HL-F1;2026-01-01T00:00:{n % 60:02d}Z;5" for n in range(25_000)).encode()
    checked = send(signed_in(client, cast.priya), lines)
    assert checked.context["along"] == ""
    assert "Read a file in" in checked.content.decode()
    assert "60 readings were kept." in send(client, lines, keep="1").content.decode()


def test_the_store_shows_its_week_its_faults_and_what_lay_inside(
    client: Client, cast: Any, now: datetime
) -> None:
    """Drawn without script, with the same facts in a table."""
    fridge(cast, now - 60 * MINUTE)
    made = enter(cast, now - 60 * MINUTE)
    move(made, cast.priya, "stored", now - 60 * MINUTE, "HL-F1")
    send(signed_in(client, cast.priya), csv_file(now, 5, 9, 9.5, 4), keep="1")
    seen = client.get(reverse("store", args=["HL-F1"]))
    content = seen.content.decode()
    assert len(seen.context["chart"]["lines"]) == 1
    assert "<polyline" in content
    assert "Too warm" in content
    assert made.code in content
    assert "1 exhibit lay inside" in content
    assert client.get(reverse("store", args=["HL-F9"])).status_code == 404
    strange = signed_in(client, cast.kofi).get(reverse("store", args=["HL-F1"])).content.decode()
    assert made.code not in strange
    assert "(1 of cases that are not yours)" in strange
    listed = signed_in(client, cast.priya).get(reverse("exhibit", args=[made.code])).content.decode()
    assert "It lay there meanwhile" in listed


def test_a_fault_is_noted_and_ended_by_whoever_looks_after_the_store(
    client: Client, cast: Any, now: datetime
) -> None:
    """Shown as lasting in the list meanwhile."""
    fridge(cast, now)
    fault = reverse("store_fault", args=["HL-F1"])
    signed_in(client, cast.priya)
    assert client.post(fault, {}).status_code == 422
    assert client.post(fault, {"kind": "power_cut"}).status_code == 302
    assert client.post(fault, {"kind": "power_cut"}).status_code == 409
    assert b"Power cut" in client.get(reverse("stores")).content
    assert client.post(fault, {"ended": "power_cut"}).status_code == 302
    assert StoreFault.objects.get().ends_at is not None
    assert signed_in(client, cast.tom).post(fault, {"kind": "broken"}).status_code == 404


def test_a_supervisor_adds_closes_and_opens_a_store(client: Client, cast: Any, now: datetime) -> None:
    """In a station of the unit; nobody else has the buttons."""
    new = {"station": "HL", "code": "hl-f5", "name": "Fridge 5", "kind": "fridge", "capacity": "12"}
    signed_in(client, cast.maud)
    assert client.get(reverse("store_new")).status_code == 200
    assert client.post(reverse("store_new"), new | {"station": "MR"}).status_code == 422
    assert client.post(reverse("store_new"), new)["Location"] == reverse("store", args=["HL-F5"])
    assert b"HL-F5 already" in client.post(reverse("store_new"), new).content
    change = reverse("store_change", args=["HL-F5"])
    assert client.post(change, {"change": "close"}).status_code == 302
    assert client.post(change, {"change": "close"}).status_code == 409
    assert client.post(change, {"change": "open"}).status_code == 302
    assert Store.objects.get().closed_at is None
    assert (
        b"Close the store" not in signed_in(client, cast.priya).get(reverse("store", args=["HL-F5"])).content
    )
    assert client.post(change, {"change": "close"}).status_code == 403
