"""What lay in a store, as a page: from the store and from a fault, and whatever an address asks."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.stores import StoreRefused, end_fault, note_fault
from nightdesk.queries import stores
from nightdesk.queries.clock import database_now
from tests.actions.exhibits import MINUTE, enter, fridge, move
from tests.actions.paging import raise_one
from tests.people import as_reader, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """By the database's own clock; a while ago."""
    return database_now() - 3 * HOUR


def test_a_fault_names_the_first_and_leads_to_all(
    client: Client, cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of three are named; the link shows those of that time and nothing that came later."""
    monkeypatch.setattr(stores, "MOST_CODES", 2)
    store, told = fridge(cast, now, places=9), raise_one(cast, now)
    made = [enter(cast, now, told=told) for _ in range(4)]
    for one in made[:3]:
        move(one, cast.priya, "stored", now, store.code)
    reader = as_reader(cast.priya)
    note_fault(actor=reader, at=now + MINUTE, code=store.code, kind="power_cut")
    end_fault(actor=reader, at=now + HOUR, code=store.code, kind="power_cut")
    move(made[3], cast.priya, "stored", now + 2 * HOUR, store.code)
    page = signed_in(client, cast.priya).get(reverse("store", args=[store.code])).content.decode()
    assert "3 exhibits lay inside" in page
    href = page.split("and 1 more")[0].rsplit('href="', 1)[1].split('"')[0]
    during = client.get(href.replace("&amp;", "&")).content.decode()
    assert [one.code in during for one in made] == [True, True, True, False]
    whole = client.get(reverse("store_history", args=[store.code])).content.decode()
    assert all(one.code in whole for one in made)


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "0001-01-01T00:00:00+23:59", "until": "9999-12-31T23:59:59-23:59"}, {"from": "2026-01-01"},
        {"from": "\U0001f9ea", "page": "x"}, {"from": "2026-01-01T00:00+00:00", "until": "2020-01-01T00:00+00:00"},
        {"page": "9" * 400}, {"page": "\u0663"},
    ],
)  # fmt: skip
def test_no_address_breaks_it(client: Client, cast: Any, now: datetime, asked: dict[str, str]) -> None:
    """What can't be read shows the whole history; an unknown store is told."""
    store = fridge(cast, now)
    signed_in(client, cast.priya)
    assert client.get(reverse("store_history", args=[store.code]), asked).status_code == 200
    assert client.get(reverse("store_history", args=["HL-F9"]), asked).status_code == 404


def test_a_fault_of_another_century_is_a_slip(cast: Any, now: datetime) -> None:
    """It would say that everything that ever lay there was spoilt."""
    fridge(cast, now)
    with pytest.raises(StoreRefused, match="Look at the year"):
        note_fault(
            actor=as_reader(cast.priya), at=now, code="HL-F1", kind="broken", starts_at=now.replace(year=1900)
        )
