"""The way in: password, second factor, and who is let through."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nightdesk.actions import staff
from nightdesk.queries.clock import database_now
from nightdesk.queries.readers import has_second_factor
from nightdesk.records.journal import JournalLine
from nightdesk.records.sign_in import DeskSession
from tests.actions.test_second_factor import code_at
from tests.people import PASSWORD, as_reader

SIGN_IN, CODE, SET_UP = "/staff/sign-in/", "/staff/second-factor/", "/staff/second-factor/set-up/"


@pytest.fixture
def demo() -> Iterator[None]:
    """Demo mode."""
    settings.DEMO = True
    yield
    settings.DEMO = False


def password(client: Client, username: str = "sana", typed: str = PASSWORD, **more: str) -> Any:
    """The first step."""
    return client.post(SIGN_IN, {"username": username, "password": typed, **more})


def secret_on(page: Any) -> str:
    """The key that the set-up page shows."""
    found = re.search(r'en-key__text"[^>]*>([A-Z2-7 ]+)<', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def set_up(client: Client, username: str = "sana") -> str:
    """First sign-in of an account, with its second factor; the secret."""
    password(client, username)
    secret = secret_on(client.get(SET_UP))
    assert client.post(SET_UP, {"code": code_at(database_now(), secret)}).status_code == 200
    return secret


def journal(kind: str) -> list[dict[str, Any]]:
    """Facts of the lines of this kind."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))


def is_in(client: Client) -> bool:
    """Whether the desk is open."""
    return client.get("/staff/pin/").status_code == 200


def test_the_first_sign_in_leads_to_the_set_up_before_anything_opens(cast: Any, client: Client) -> None:
    """The password alone opens nothing."""
    assert password(client)["Location"] == SET_UP
    assert not is_in(client)
    assert client.get("/staff/")["Location"].startswith(SIGN_IN)
    assert client.get(CODE)["Location"] == SET_UP


def test_after_the_set_up_the_recovery_codes_are_shown_once_and_the_desk_is_open(
    cast: Any, client: Client
) -> None:
    """Ten codes; the key is the same as long as the set-up lasts."""
    password(client)
    first = secret_on(client.get(SET_UP))
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert secret_on(client.get(SET_UP)) == first
    answer = client.post(SET_UP, {"code": code_at(database_now(), first)})
    assert len(re.findall(r"<li>\d{8}</li>", answer.content.decode())) == 10
    assert is_in(client)
    assert journal("signed_in") == [{"second_factor": "set_up"}]
    assert client.get(SET_UP)["Location"] == SIGN_IN


def test_the_secret_in_the_making_is_sealed_in_the_session(cast: Any, client: Client) -> None:
    """The session is a row in the database."""
    password(client)
    secret = secret_on(client.get(SET_UP))
    assert secret not in str(dict(client.session))


def test_from_then_on_the_code_is_asked_for(cast: Any, client: Client) -> None:
    """And a code that was used at the set-up does not count again."""
    secret = set_up(client)
    other = Client()
    assert password(other)["Location"] == CODE
    assert not is_in(other)
    assert other.post(CODE, {"code": "123123"}).status_code == 422
    at = database_now()
    answer = other.post(CODE, {"code": code_at(at, secret)})
    if answer.status_code == 422:  # the same half minute as the set-up: its code is spent, the next one opens
        later = at.timestamp() + 30
        answer = other.post(CODE, {"code": code_at(at.fromtimestamp(later, at.tzinfo), secret)})
    assert answer["Location"] == "/staff/pin/?next=%2Fstaff%2F"
    assert is_in(other)
    assert journal("signed_in")[-1] == {"second_factor": "totp"}


def test_a_code_may_be_typed_as_the_app_shows_it_or_in_arabic_digits(cast: Any, client: Client) -> None:
    """Spaces, dashes, other digits."""
    password(client)
    code = code_at(database_now(), secret_on(client.get(SET_UP)))
    arabic = "".join(chr(0x660 + int(digit)) for digit in code)
    assert client.post(SET_UP, {"code": f" {arabic[:3]} - {arabic[3:]} "}).status_code == 200


@pytest.mark.parametrize("address", [CODE, SET_UP])
def test_the_second_step_without_the_first_leads_back_to_it(cast: Any, client: Client, address: str) -> None:
    """With GET and POST."""
    assert client.get(address)["Location"] == SIGN_IN
    assert client.post(address, {"code": "123456"})["Location"] == SIGN_IN


def test_who_was_put_out_of_service_between_the_steps_does_not_get_in(cast: Any, client: Client) -> None:
    """The account is looked at again."""
    password(client)
    type(cast.sana).objects.filter(pk=cast.sana.pk).update(is_active=False)
    assert client.get(SET_UP)["Location"] == SIGN_IN


@pytest.mark.parametrize("username", ["sana", "nobody-of-this-name"])
def test_known_and_unknown_get_the_same_page(cast: Any, client: Client, username: str) -> None:
    """Word for word, but for what was typed and the token of the form."""
    answer = password(client, username, "wrong")
    assert answer.status_code == 422
    text = answer.content.decode().replace(username, "")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    reference = password(Client(), "another-unknown-name", "wrong").content.decode()
    reference = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"', "", reference.replace("another-unknown-name", "")
    )
    assert text == reference
    assert "Username or password is not right. Check both and try again." in text
    assert 'value="wrong"' not in text


def test_the_sixth_wrong_try_is_told_to_wait_and_how_long(cast: Any, client: Client) -> None:
    """429 with Retry-After, on the same page, in a sentence."""
    for _ in range(5):
        assert password(client, typed="wrong").status_code == 422
    answer = password(client, typed="wrong")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 5
    assert re.search(r"Wait \d seconds?, then try again\.", answer.content.decode())


def test_empty_boxes_are_named(cast: Any, client: Client) -> None:
    """Each with its sentence, and no line in the journal."""
    page = client.post(SIGN_IN, {}).content.decode()
    assert "Enter your username." in page
    assert "Enter your password." in page
    assert not journal("sign_in_failed")


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "a\x00b", "‮​", "👮" * 50], ids=["long", "null", "marks", "emoji"]
)
def test_strange_input_gets_a_sentence_never_a_fault(
    cast: Any, client: Client, field: str, typed: str
) -> None:
    """Too long, a null, direction marks, emoji."""
    answer = client.post(SIGN_IN, {"username": "sana", "password": "x", field: typed})
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()


@pytest.mark.parametrize(
    "way", ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)", "x" * 400]
)
def test_nobody_is_led_to_another_site(cast: Any, client: Client, demo: None, way: str) -> None:
    """Only an address of this site, from the root."""
    type(cast.sana).objects.filter(username="sana").update(is_demo=True)
    assert password(client, next=way)["Location"] == "/staff/"


def test_one_comes_back_to_the_page_one_wanted(cast: Any, client: Client, demo: None) -> None:
    """Local ones are followed."""
    type(cast.sana).objects.filter(username="sana").update(is_demo=True)
    assert password(client, next="/staff/rota/?week=2")["Location"] == "/staff/rota/?week=2"


def test_a_form_without_its_token_is_refused(cast: Any) -> None:
    """Cross-site requests."""
    strict = Client(enforce_csrf_checks=True)
    answer = password(strict)
    assert answer.status_code == 403
    assert "reload the page" in answer.content.decode()


def test_the_session_cookie_is_strict_and_changes_at_sign_in(cast: Any, client: Client, demo: None) -> None:
    """No session that somebody planted before is ever signed in."""
    type(cast.sana).objects.filter(username="sana").update(is_demo=True)
    session = client.session
    session["planted"] = 1
    session.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    password(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != before
    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)
    assert DeskSession.objects.get().session_key == cookie.value


def test_who_is_signed_in_is_not_asked_again(cast: Any, client: Client) -> None:
    """The sign-in page leads home."""
    client.force_login(cast.priya)
    assert client.get(SIGN_IN)["Location"] == "/staff/"


def test_after_signing_out_the_desk_is_closed_and_the_browser_forgets(cast: Any, client: Client) -> None:
    """The theme stays."""
    client.force_login(cast.priya)
    client.post("/staff/theme/", {"theme": "dark"})
    answer = client.post("/staff/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["Location"] == "/staff/sign-in/?why=out"
    assert not is_in(client)
    assert not DeskSession.objects.exists()
    assert client.cookies["nightdesk_theme"].value == "dark"
    assert journal("signed_out") == [{}]
    assert "You are signed out." in client.get(answer["Location"]).content.decode()


def test_signing_out_twice_or_by_a_link_does_nothing_bad(cast: Any, client: Client) -> None:
    """GET is refused with a sentence; nobody is signed out by a picture."""
    client.force_login(cast.priya)
    answer = client.get("/staff/sign-out/")
    assert answer.status_code == 405
    assert "can’t be opened like that" in answer.content.decode()
    assert is_in(client)
    client.post("/staff/sign-out/")
    assert client.post("/staff/sign-out/").status_code == 302


def test_outside_the_demo_nobody_is_offered_and_one_tap_opens_nothing(cast: Any, client: Client) -> None:
    """Even for an account that is marked as demo."""
    type(cast.sana).objects.filter(username="sana").update(is_demo=True)
    assert "Try it as" not in client.get(SIGN_IN).content.decode()
    assert client.post(SIGN_IN, {"demo": "sana"}).status_code == 422
    assert password(client)["Location"] == SET_UP


def test_the_demo_offers_its_people_by_name_role_and_place(cast: Any, client: Client, demo: None) -> None:
    """And says that the second factor is skipped."""
    type(cast.sana).objects.filter(username__in=["priya", "sana"]).update(is_demo=True)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(SIGN_IN).content.decode()))
    assert "Demo accounts skip the second factor." in text
    assert "Sign in as Priya counter, Harrow Lane" in text
    assert "Sign in as Tom" not in text


def test_one_tap_signs_a_demo_account_in_and_nobody_else(cast: Any, client: Client, demo: None) -> None:
    """Not Tom, who is no demo account."""
    type(cast.sana).objects.filter(username="priya").update(is_demo=True)
    assert client.post(SIGN_IN, {"demo": "tom"})["Location"] == SIGN_IN
    assert not is_in(client)
    assert client.post(SIGN_IN, {"demo": "priya"})["Location"] == "/staff/"
    assert is_in(client)
    assert journal("signed_in") == [{"second_factor": "skipped"}]


def test_a_real_account_needs_its_second_factor_in_the_demo_too(
    cast: Any, client: Client, demo: None
) -> None:
    """Both must be true: the mode and the account."""
    assert password(client)["Location"] == SET_UP


def test_who_has_no_pin_is_asked_for_one_and_may_say_not_now(cast: Any, client: Client) -> None:
    """Once they have one, the way is straight."""
    set_up(client)
    assert has_second_factor(as_reader(cast.sana))
    staff.set_pin(actor=as_reader(cast.sana), at=database_now(), pin="483920")
    assert 'href="/staff/rota/"' in client.get("/staff/pin/?next=/staff/rota/").content.decode()
