"""The way around: each role's desk, health, theme and language."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from nightdesk.actions.worker import beat
from nightdesk.queries.clock import database_now
from nightdesk.rules.terms import ROLES


@pytest.mark.parametrize(
    ("who", "desk"),
    [("priya", "counter"), ("sana", "queue"), ("maud", "queue"), ("odile", "journal"), ("wen", "candidates")],
)
def test_home_leads_each_role_to_its_desk(cast: Any, client: Client, who: str, desk: str) -> None:
    """No page between a person in need and the counter."""
    client.force_login(getattr(cast, who))
    assert client.get("/staff/")["Location"] == reverse(desk)


@pytest.mark.parametrize("who", ["idris", "nell", "lars", "ben"])
def test_a_role_without_a_desk_is_told_what_it_can_open_and_whom_to_ask(
    cast: Any, client: Client, who: str
) -> None:
    """By name: the administrator, or another."""
    client.force_login(getattr(cast, who))
    answer = client.get("/staff/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "You are signed in as:" in text
    assert ("Ask: Ben" in text) == (who != "ben")


def test_a_partner_has_no_place_on_the_staff_site(cast: Any, client: Client) -> None:
    """Refused with a sentence, and journalled."""
    client.force_login(cast.alex)
    answer = client.get("/staff/")
    assert answer.status_code == 403
    assert "If you need it, ask your supervisor." in answer.content.decode()


def test_who_is_asked_is_the_supervisor_of_ones_own_unit(cast: Any) -> None:
    """Before the administrator."""
    from nightdesk.queries.readers import who_to_ask
    from tests.people import as_reader

    assert who_to_ask(as_reader(cast.sana)) == ["Maud"]
    assert who_to_ask(as_reader(cast.kofi)) == ["Ben"]


def test_every_role_has_a_name_that_is_shown() -> None:
    """No code on a screen."""
    from nightdesk.desks.entrance.words import role_name

    assert len({role_name(role) for role in ROLES}) == len(ROLES)


def test_the_root_leads_to_the_staff_site(client: Client) -> None:
    """And from there to the sign-in page."""
    assert client.get("/")["Location"] == "/staff/"
    assert client.get("/staff/")["Location"].startswith("/staff/sign-in/")


def test_health_says_that_the_database_is_there_and_when_the_worker_was_seen(client: Client) -> None:
    """No sign-in, nothing personal."""
    assert client.get("/health/").json() == {"ok": True, "database": True, "worker_seconds": None}
    beat(at=database_now())
    assert client.get("/health/").json()["worker_seconds"] in (0, 1)


def no_database(*_: Any) -> None:
    """A database that is out."""
    from django.db import OperationalError

    raise OperationalError("could not connect to server at db.internal as nightdesk")


def test_health_is_503_when_the_database_is_out(client: Client) -> None:
    """And says no more than that."""
    with connection.execute_wrapper(no_database):
        answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": False, "worker_seconds": None}


@pytest.mark.parametrize("address", ["/staff/", "/staff/sign-in/", "/staff/counter/"])
def test_a_page_says_what_to_do_when_the_database_is_out(cast: Any, client: Client, address: str) -> None:
    """Write it on paper; nothing of the fault is shown."""
    client.raise_request_exception = False
    client.force_login(cast.priya)
    with connection.execute_wrapper(no_database):
        answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "What was saved is safe." in answer.content.decode()
    assert "db.internal" not in answer.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_the_theme_is_kept_and_shown(client: Client, theme: str) -> None:
    """Without a script; back to where one was."""
    answer = client.post("/staff/theme/", {"theme": theme, "next": "/staff/sign-in/"})
    assert answer["Location"] == "/staff/sign-in/"
    cookie = client.cookies["nightdesk_theme"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (theme, "Strict", True)
    assert f'data-theme="{theme}"' in client.get("/staff/sign-in/").content.decode()


@pytest.mark.parametrize(("address", "field", "cookie"), [
    ("/staff/theme/", "theme", "nightdesk_theme"), ("/staff/language/", "language", "nightdesk_language"),
])  # fmt: skip
@pytest.mark.parametrize("value", ["", "neon", "dark; Secure", "xx", "<b>"])
def test_an_unknown_theme_or_language_changes_nothing(
    client: Client, address: str, field: str, cookie: str, value: str
) -> None:
    """And is nowhere kept."""
    assert client.post(address, {field: value}).status_code == 302
    assert cookie not in client.cookies


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_each_language_is_offered_and_kept(client: Client, code: str) -> None:
    """Right to left where it is read so."""
    assert f'value="{code}" lang="{code}"' in client.get("/staff/sign-in/").content.decode()
    client.post("/staff/language/", {"language": code, "next": "/staff/sign-in/"})
    answer = client.get("/staff/sign-in/")
    assert answer["Content-Language"] == code
    text = answer.content.decode()
    assert f'lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in text
    # Each language by its own name on every page, so that one finds the way back out of an alphabet one can't read.
    assert all(f">{name}</button>" in text for _code, name in settings.LANGUAGES)


@pytest.mark.parametrize("address", ["/staff/theme/", "/staff/language/"])
@pytest.mark.parametrize("way", ["https://evil.test/", "//evil.test/x", "\\\\evil.test", ""])
def test_a_switch_leads_to_no_other_site(client: Client, address: str, way: str) -> None:
    """Home instead."""
    assert client.post(address, {"theme": "dark", "next": way})["Location"] == "/staff/"


@pytest.mark.parametrize(
    "address", ["/staff/theme/", "/staff/language/", "/staff/blank/", "/staff/sign-out/"]
)
def test_a_switch_without_its_token_is_refused(address: str) -> None:
    """No other site switches anything here."""
    assert Client(enforce_csrf_checks=True).post(address, {"theme": "dark"}).status_code == 403
