"""The shared terminal: blank, lock, quick re-entry, take-over, and nothing lost."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from nightdesk.actions import staff
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.sign_in import DeskSession, HeldWords
from tests.people import PASSWORD, as_reader

LOCKED, BLANK, PIN_PAGE, HERE = "/staff/locked/", "/staff/blank/", "/staff/pin/", "/staff/still-here/"
PIN = "483920"


@pytest.fixture
def desk(cast: Any, client: Client) -> Client:
    """Priya's desk, with a PIN."""
    staff.set_pin(actor=as_reader(cast.priya), at=database_now(), pin=PIN)
    client.force_login(cast.priya)
    return client


@pytest.fixture
def demo() -> Iterator[None]:
    """Demo mode."""
    settings.DEMO = True
    yield
    settings.DEMO = False


def unused_for(seconds: float, opened: float = 0) -> None:
    """Set the times of the desk back."""
    now = database_now()
    row = DeskSession.objects.get()
    row.active_at = now - timedelta(seconds=seconds)
    row.opened_at = now - timedelta(seconds=max(opened, seconds))
    row.save()


def unlock(client: Client, typed: str = PIN, **more: str) -> Any:
    """Type a PIN or password."""
    return client.post(LOCKED, {"typed": typed, **more})


def facts(kind: str) -> list[dict[str, Any]]:
    """Facts of the lines of this kind."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))


def test_blanking_locks_at_once_and_shows_nothing_but_the_way_on(desk: Client) -> None:
    """No name, no header, no script but those of the strip: only “Continue”."""
    answer = desk.post(BLANK, {"next": "/staff/pin/?next=/staff/"}, follow=True)
    text = answer.content.decode()
    assert "Priya" not in text
    assert re.findall(r'<script[^>]*src="[^"]*/(\w+)[^"/]*"', text) == ["live", "sound"]
    assert "<title>Nightdesk</title>" in text
    assert text.count("<a ") == 1
    assert LOCKED in text
    assert facts("desk_locked") == [{"how": "blank"}]
    assert desk.get(PIN_PAGE)["Location"] == f"{LOCKED}?next=%2Fstaff%2Fpin%2F"


def test_every_page_behind_a_lock_leads_to_the_lock(desk: Client) -> None:
    """All that are not open to anyone; the header names nobody."""
    desk.post(BLANK)
    for address in ("/staff/", PIN_PAGE, "/staff/counter/", "/staff/held/", "/staff/rota/"):
        assert urlsplit(desk.get(address)["Location"]).path == LOCKED, address
    assert "Priya" not in desk.get("/no-such-page/").content.decode()


def test_the_pin_opens_the_desk_and_leads_back(desk: Client) -> None:
    """To the same page."""
    desk.post(BLANK)
    assert unlock(desk, next=PIN_PAGE)["Location"] == PIN_PAGE
    assert desk.get(PIN_PAGE).status_code == 200
    assert facts("desk_unlocked") == [{"how": "pin"}]


@pytest.mark.parametrize("typed", [PASSWORD, "٤٨٣٩٢٠", "483 920"])
def test_the_password_or_the_pin_in_other_digits_opens_too(desk: Client, typed: str) -> None:
    """However it is typed."""
    desk.post(BLANK)
    assert unlock(desk, typed)["Location"] == "/staff/"


@pytest.mark.parametrize("way", ["https://evil.test/", "//evil.test", "staff/pin/"])
def test_the_way_back_is_never_another_site(desk: Client, way: str) -> None:
    """Open redirects are refused at every step."""
    assert "evil" not in desk.post(BLANK, {"next": way})["Location"]
    assert "evil" not in desk.get(f"{BLANK}?next={way}").content.decode()
    assert unlock(desk, next=way)["Location"] == "/staff/"


def test_a_wrong_pin_is_told_how_many_tries_are_left(desk: Client) -> None:
    """And the desk stays locked."""
    desk.post(BLANK)
    assert "You have 4 more tries" in unlock(desk, "000111").content.decode()
    assert desk.get(PIN_PAGE).status_code == 302


def test_the_fifth_wrong_pin_asks_for_a_full_sign_in(desk: Client) -> None:
    """The session is over; even the right PIN opens nothing."""
    desk.post(BLANK)
    for _ in range(4):
        assert unlock(desk, "000111").status_code == 422
    answer = unlock(desk, "000111", next=PIN_PAGE)
    assert answer["Location"] == "/staff/sign-in/?why=tries&next=%2Fstaff%2Fpin%2F"
    assert "fifth wrong PIN" in desk.get(answer["Location"]).content.decode()
    assert unlock(desk)["Location"] == "/staff/sign-in/"
    assert facts("session_ended") == [{"how": "tries"}]


def test_somebody_else_takes_the_desk_over_as_themselves(cast: Any, desk: Client, demo: None) -> None:
    """The first session ends; nothing of it is reachable."""
    type(cast.tom).objects.filter(username="tom").update(is_demo=True)
    desk.post(BLANK)
    first = desk.cookies[settings.SESSION_COOKIE_NAME].value
    assert "Priya is signed in at this desk" in desk.get("/staff/sign-in/").content.decode()
    desk.post("/staff/sign-in/", {"username": "tom", "password": PASSWORD})
    assert desk.get(PIN_PAGE).status_code == 200
    assert DeskSession.objects.get().staff == cast.tom
    assert facts("session_ended") == [{"how": "taken_over"}]
    desk.cookies[settings.SESSION_COOKIE_NAME] = first
    assert desk.get(PIN_PAGE)["Location"] == "/staff/sign-in/?next=%2Fstaff%2Fpin%2F"


def test_a_wrong_password_takes_nothing_over(cast: Any, desk: Client) -> None:
    """Priya's session is still there, locked."""
    desk.post(BLANK)
    desk.post("/staff/sign-in/", {"username": "tom", "password": "wrong"})
    assert unlock(desk).status_code == 302
    assert desk.get(PIN_PAGE).status_code == 200


def test_a_desk_that_nobody_uses_locks(desk: Client) -> None:
    """After the set time, at the next request."""
    unused_for(settings.NIGHTDESK_IDLE_SECONDS - 5)
    assert desk.get(PIN_PAGE).status_code == 200
    unused_for(settings.NIGHTDESK_IDLE_SECONDS)
    assert (
        desk.get(f"{PIN_PAGE}?next=/staff/")["Location"]
        == f"{LOCKED}?next=%2Fstaff%2Fpin%2F%3Fnext%3D%2Fstaff%2F"
    )
    assert facts("desk_locked") == [{"how": "idle"}]
    desk.get(PIN_PAGE)
    assert len(facts("desk_locked")) == 1


def test_use_keeps_the_desk_open_and_a_page_that_asks_by_itself_does_not(desk: Client) -> None:
    """Polling is no use."""
    unused_for(100)
    before = DeskSession.objects.get().active_at
    left = desk.get(HERE, headers={"X-Live": "1"}).json()["left"]
    assert settings.NIGHTDESK_IDLE_SECONDS - 102 <= left <= settings.NIGHTDESK_IDLE_SECONDS - 100
    assert DeskSession.objects.get().active_at == before
    assert desk.get(HERE).json() == {"left": settings.NIGHTDESK_IDLE_SECONDS}
    assert DeskSession.objects.get().active_at > before


def test_a_script_learns_that_the_desk_is_locked(desk: Client) -> None:
    """423 with a sentence, no page of somebody else's inside it."""
    desk.post(BLANK)
    for headers in ({"X-Live": "1"}, {"Accept": "application/json"}):
        assert desk.get(HERE, headers=headers).json() == {"left": 0}
        answer = desk.get("/staff/counter/", headers=headers)
        assert answer.status_code == 423
        assert answer.json()["fault"].startswith("This desk is locked.")


def test_a_session_ends_after_its_longest_time_however_busy(desk: Client) -> None:
    """No PIN brings it back."""
    unused_for(1, opened=settings.NIGHTDESK_SESSION_HOURS * 3600)
    answer = desk.get(PIN_PAGE)
    assert answer["Location"] == "/staff/sign-in/?why=time&next=%2Fstaff%2Fpin%2F"
    assert "longest time" in desk.get(answer["Location"]).content.decode()
    assert facts("session_ended") == [{"how": "time"}]


def test_a_cookie_in_another_browser_opens_nothing(cast: Any, demo: None) -> None:
    """And ends the session it was stolen from."""
    type(cast.tom).objects.filter(username="tom").update(is_demo=True)
    own, thief = Client(headers={"User-Agent": "Firefox"}), Client(headers={"User-Agent": "curl"})
    own.post("/staff/sign-in/", {"demo": "tom"})
    assert own.get(PIN_PAGE).status_code == 200
    thief.cookies[settings.SESSION_COOKIE_NAME] = own.cookies[settings.SESSION_COOKIE_NAME].value
    assert "why=other_browser" in thief.get(PIN_PAGE)["Location"]
    assert own.get(PIN_PAGE)["Location"] == "/staff/sign-in/?next=%2Fstaff%2Fpin%2F"


def test_a_session_whose_desk_is_gone_is_over(desk: Client) -> None:
    """Closed elsewhere: fail closed."""
    DeskSession.objects.all().delete()
    assert "why=closed" in desk.get(PIN_PAGE)["Location"]


def test_what_a_form_sent_to_a_locked_desk_is_given_back(desk: Client) -> None:
    """Without a script, after a long talk: sealed, unlocked, sent on to where it was going."""
    unused_for(settings.NIGHTDESK_IDLE_SECONDS)
    sent = {"what": "He would not let me leave. <b>", "do": "send", "key": ""}
    assert desk.post("/staff/counter/new/", sent)["Location"] == LOCKED
    assert HeldWords.objects.get().path == "/staff/counter/new/"
    assert unlock(desk)["Location"] == "/staff/held/"
    page = desk.get("/staff/held/").content.decode()
    assert 'name="what" value="He would not let me leave. &lt;b&gt;"' in page
    answer = desk.post("/staff/held/", {**sent, "held_words": "send"})
    assert (answer.status_code, answer["Location"]) == (307, "/staff/counter/new/")
    assert not HeldWords.objects.exists()
    assert facts("words_released") == [{"how": "sent"}]


def test_held_words_may_be_let_go(desk: Client) -> None:
    """Back to the page, without them."""
    desk.post(BLANK)
    desk.post("/staff/counter/new/", {"what": "x"})
    unlock(desk)
    assert desk.post("/staff/held/", {"held_words": "let_go"})["Location"] == "/staff/counter/new/"
    assert desk.get("/staff/held/")["Location"] == "/staff/"


def test_words_are_not_held_for_who_may_not_send_them(cast: Any, client: Client) -> None:
    """The auditor has no counter; nor is a new PIN ever held."""
    client.force_login(cast.odile)
    client.post(BLANK)
    client.post("/staff/counter/new/", {"what": "x"})
    client.post(PIN_PAGE, {"pin": PIN, "again": PIN})
    assert not HeldWords.objects.exists()


def test_the_last_words_of_a_page_that_is_blanked_are_still_saved(desk: Client) -> None:
    """The save and the lock leave the browser at the same moment; ten seconds later a save is refused."""
    desk.post(BLANK)
    assert desk.post("/staff/counter/save/", {"what": "x"}).status_code != 423
    row = DeskSession.objects.get()
    row.locked_at -= timedelta(seconds=11)
    row.save()
    assert desk.post("/staff/counter/save/", {"what": "x"}).status_code == 423
    assert not HeldWords.objects.exists()


def test_the_locked_page_without_a_lock_leads_on(cast: Any, client: Client) -> None:
    """To sign in, or back."""
    assert client.get(LOCKED)["Location"] == "/staff/sign-in/"
    client.force_login(cast.priya)
    assert client.get(f"{LOCKED}?next={PIN_PAGE}")["Location"] == PIN_PAGE


def test_blanking_without_being_signed_in_shows_the_empty_page(client: Client) -> None:
    """The key works everywhere."""
    assert client.post(BLANK, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("pin", "again", "sentence"),
    [
        ("483920", "483921", "The two PINs are not the same"),
        ("123456", "123456", "easy to guess"),
        ("12", "12", "Choose a PIN of six digits"),
        ("", "", "Enter a PIN of six digits"),
        ("4" * 41, "4" * 41, "at most 40"),
    ],
)
def test_a_pin_that_will_not_do_is_told_why(desk: Client, pin: str, again: str, sentence: str) -> None:
    """On the same page, never shown back."""
    answer = desk.post(PIN_PAGE, {"pin": pin, "again": again})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{pin}"' not in answer.content.decode() or not pin


def test_pages_of_a_desk_are_never_kept_by_the_browser(desk: Client) -> None:
    """So that the back button shows nothing after a lock."""
    for address in (PIN_PAGE, LOCKED, BLANK, "/staff/sign-in/"):
        assert "no-store" in desk.get(address)["Cache-Control"]
