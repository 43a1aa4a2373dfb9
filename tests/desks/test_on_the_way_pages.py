"""On the way and not there, as each sees it: the counter, whoever set off, the inspector, and by the link alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.queries.clock import database_now
from nightdesk.records.referrals import Referral, ReferralMove
from tests.desks import test_paging_pages
from tests.desks.test_access import Told
from tests.desks.test_paging_pages import text_of
from tests.people import as_reader, signed_in

told = test_paging_pages.told

RING = "Nobody has said that they are there. If nobody has come, ring now: Control room, 01632 960000"


@pytest.fixture
def gone(told: Told, cast: Any) -> Told:
    """Sana set off, fifty minutes ago."""
    now: datetime = database_now()
    acknowledge_page(at=now, token=told.token)
    move_referral(actor=as_reader(cast.sana), at=now, reference=told.reference, move="set_off")
    ReferralMove.objects.filter(move="set_off").update(at=now - timedelta(minutes=50))
    return told


def page(staff: Any, address: str) -> str:
    """The words of a page as somebody sees it."""
    return text_of(signed_in(Client(), staff).get(address))


@pytest.mark.parametrize("live", ["", "live/"])
def test_the_counter_is_told_since_when_and_whom_to_ring(gone: Told, cast: Any, live: str) -> None:
    """Also in the part that is read again."""
    seen = page(cast.priya, f"/staff/counter/{gone.reference}/{live}")
    assert "On the way since" in seen
    assert "(50 minutes)" in seen
    assert RING in seen


def test_before_the_time_of_the_policy_it_says_only_since_when(gone: Told, cast: Any) -> None:
    """Nobody is alarmed by a drive."""
    ReferralMove.objects.filter(move="set_off").update(at=database_now() - timedelta(minutes=44))
    seen = page(cast.priya, f"/staff/counter/{gone.reference}/")
    assert "(44 minutes)" in seen
    assert "ring now" not in seen


def test_the_case_tells_the_inspector_to_ring_and_the_officer_to_answer(gone: Told, cast: Any) -> None:
    """Each what they can do."""
    case = f"/staff/cases/{gone.reference}/"
    assert RING in page(cast.maud, case)
    own = page(cast.sana, case)
    assert "Somebody waits for you at the counter" in own
    assert RING not in own


def test_by_the_link_alone_she_says_that_she_is_there(gone: Told, client: Client) -> None:
    """No sign-in, one tap; again, nothing changes; an unknown link is none."""
    address = f"/staff/page/{gone.token}/"
    assert "You are on your way" in text_of(client.get(address))
    for _ in range(2):
        assert client.post(f"{address}arrived/").status_code == 302
    assert Referral.objects.get().state == "with_the_person"
    assert ReferralMove.objects.filter(move="arrive").count() == 1
    assert "You are on your way" not in text_of(client.get(address))
    assert client.post("/staff/page/unknown/arrived/").status_code == 404


def test_a_link_whose_case_somebody_else_has_is_refused_aloud(gone: Told, client: Client, cast: Any) -> None:
    """She said on the case that she can't."""
    move_referral(
        actor=as_reader(cast.sana),
        at=database_now(),
        reference=gone.reference,
        move="decline",
        reason="unwell",
    )
    answer = client.post(f"/staff/page/{gone.token}/arrived/")
    assert (answer.status_code, "not yours any more" in text_of(answer)) == (422, True)
