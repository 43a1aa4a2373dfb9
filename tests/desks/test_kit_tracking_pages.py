"""The person's own page: no sign-in, no cookie, no script, one answer for all that does not fit, and only safe words."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nightdesk.actions import kits
from nightdesk.outside.codes import new_kit_number
from nightdesk.queries.clock import database_now
from nightdesk.records.exhibits import Custody, Exhibit, Store
from nightdesk.records.journal import JournalLine
from nightdesk.records.sign_in import SignInAttempt
from tests.people import as_reader, signed_in
from tests.records.taking import take

PRINTED, PAGE = "7EK9-4RCH-6J", "/kit/"
LANGUAGES = ("en-gb", "cy", "es", "pt-br", "pl", "ar")


@pytest.fixture
def words(cast: Any) -> str:
    """The words of the card of a kit with a urine pot and a rinse in it."""
    now, priya = database_now(), as_reader(cast.priya)
    common: dict[str, Any] = {"actor": priya, "reference": take(cast, now).reference, "number": PRINTED}
    kits.open_kit(at=now, **common)
    for seen, step in enumerate(("first_urine", "mouth_rinse")):
        kits.note_step(at=now + timedelta(seconds=seen), step=step, outcome="done", seen=seen, **common)
    return " ".join(kits.make_card(at=now, key=UUID(int=7), before="", **common))


def asked(number: str = PRINTED, words: str = "acorn bridge camel daisy", **more: str) -> Any:
    """The answer to number and words, sent by a browser that keeps nothing."""
    return Client(enforce_csrf_checks=True).post(PAGE, {"number": number, "words": words, **more})


def moved(exhibit: Any, cast: Any, outside: str = "", store: Any = None) -> None:
    """A further link of the chain, written as the register will."""
    newest = exhibit.custody.latest("number")
    now, number = max(database_now(), newest.at), newest.number + 1
    exhibit.custody.filter(pk=newest.pk).update(until=now)
    Custody.objects.create(
        exhibit=exhibit, number=number, what="sent" if outside else "stored", at=now, outside=outside, store=store,
        noted_at=now, noted_by=cast.priya,
    )  # fmt: skip


def test_number_and_words_show_where_it_is_and_what_comes_next(words: str) -> None:
    """With whoever took it: the police team."""
    page = asked(words=words).content.decode()
    assert "It is with the police team." in page
    assert "Next it goes into a locked store." in page
    assert "You never see results here." in page


def test_it_follows_the_custody_of_every_part(words: str, cast: Any) -> None:
    """One at the laboratory, one in the fridge; then destroyed and back."""
    first, second = Exhibit.objects.order_by("court_ref")
    fridge = Store.objects.create(
        station=cast.harrow_lane, code="HL1", name="Fridge", kind="fridge", capacity=9
    )
    moved(first, cast, "laboratory")
    moved(second, cast, store=fridge)
    page = asked(words=words).content.decode()
    for part in ("It is in more than one place.", "It is at the laboratory.", "It is in a locked store."):
        assert part in page
    moved(first, cast, "destroyed")
    moved(second, cast, "person")
    page = asked(words=words).content.decode()
    assert "It was destroyed." in page
    assert "You should have been told before that." in page
    assert "It is back with you." in page


def test_no_page_names_anybody_any_place_or_anything_that_happened(words: str, cast: Any) -> None:
    """Neither in the words, nor in title, address, or source; and the words typed are not sent back."""
    exhibit = Exhibit.objects.first()
    assert exhibit is not None
    blank = Client().get(PAGE).content.decode()
    typed = [word for word in words.split() if word not in blank.casefold()]  # any word may be the page's own
    assert typed
    for page in (Client().get(PAGE), asked(), asked(words=words)):
        shown = page.content.decode()
        assert "<title>Check a number</title>" in shown
        for part in (
            "Harrow", "Priya", "Unit", "urine", "mouth", "rinse", "fridge", "rape", "sexual", "drug", "offence",
            exhibit.code, exhibit.court_ref, exhibit.disclosure.reference, words, *typed, "acorn",
        ):  # fmt: skip
            assert part.casefold() not in shown.casefold(), part


@pytest.mark.parametrize(
    "number",
    [PRINTED, new_kit_number(), "", "x" * 9000, "\x00\x1b", "سبعة"],
    ids=["printed", "unknown", "empty", "endless", "control", "arabic"],  # one is made anew in each process
)
def test_everything_that_does_not_fit_gets_the_same_page(words: str, number: str) -> None:
    """But for the number that was typed, which stays in its box."""
    answers = [asked(number=number), asked(number="ZZZZ")]
    bodies = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert {answer.status_code for answer in answers} == {422}
    assert bodies[0] == bodies[1]
    assert "This number and these words do not belong together." in bodies[0]


def test_no_cookie_is_set_and_nothing_is_kept(words: str) -> None:
    """No session, no form token, no-store, no referrer, no script, and no other host is asked."""
    for answer in (Client().get(PAGE), asked(), asked(words=words)):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        page = answer.content.decode()
        assert "<script" not in page
        assert "csrf" not in page
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == [
            'href="https://www.bbc.co.uk/weather"'
        ]
        assert 'rel="noreferrer' in page
        assert 'content="no-referrer"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_site_has_the_whole_page(words: str, language: str) -> None:
    """Direction, language, and no English left but for the words on the card; a translation says that it is unsigned."""
    page = asked(words=words, **{"in": language})
    shown = page.content.decode()
    assert page["Content-Language"] == language
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in shown
    assert ("It is with the police team." in shown) == (language == "en-gb")
    assert ("This translation has not been checked yet." in shown) == (language != "en-gb")


def test_before_a_language_is_chosen_the_device_decides(words: str) -> None:
    """On one's own phone that is no guess about a shared terminal; an unknown choice changes nothing."""
    polish = Client().get(PAGE, headers={"accept-language": "pl,en;q=0.5"}).content.decode()
    assert "Sprawdź numer" in polish
    assert (
        "Sprawdź numer" in Client().get(f"{PAGE}?in=zz", headers={"accept-language": "pl"}).content.decode()
    )


def test_the_next_page_of_the_staff_site_is_in_its_own_language_again(client: Client, cast: Any) -> None:
    """The choice made here stays here."""
    client.get(f"{PAGE}?in=ar")
    assert 'lang="en-gb"' in client.get("/staff/sign-in/").content.decode()


def test_wrong_tries_are_slowed_and_the_right_words_still_open_it(words: str) -> None:
    """Five cost nothing; the sixth says to wait, how long is in the header, and nothing is locked."""
    for _ in range(5):
        assert asked().status_code == 422
    slowed = asked(words=words)
    assert slowed.status_code == 429
    assert 1 <= int(slowed["Retry-After"]) <= 60
    assert "Please wait a minute" in slowed.content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").post(PAGE, {"number": PRINTED, "words": words})
    assert elsewhere.status_code == 200


def test_opening_the_page_writes_nothing_and_following_names_no_kit(words: str) -> None:
    """The journal counts that somebody asked, and whether it fitted."""
    before = JournalLine.objects.count()
    Client().get(PAGE)
    Client().head(PAGE)
    assert JournalLine.objects.count() == before
    assert not SignInAttempt.objects.exists()
    asked(words=words)
    line = JournalLine.objects.order_by("-seq")[0]
    assert (line.kind, line.subject, line.facts) == ("kit_followed", "", {"fits": True, "attempt": 1})


def test_a_terminal_that_is_locked_shows_the_page_all_the_same(client: Client, cast: Any, words: str) -> None:
    """It shows nothing of the desk, and what is typed in it is never held as somebody's words."""
    from nightdesk.actions._desk_time import open_desk
    from nightdesk.actions.sign_in import lock_desk
    from nightdesk.records.sign_in import HeldWords

    signed_in(client, cast.priya)
    key, now = str(client.session.session_key), database_now()
    open_desk(at=now, session_key=key, staff=cast.priya, browser="")
    lock_desk(actor=as_reader(cast.priya), at=now, session_key=key, how="blank")
    answer = client.post(PAGE, {"number": PRINTED, "words": words})
    assert answer.status_code == 200
    assert "It is with the police team." in answer.content.decode()
    assert not HeldWords.objects.exists()


def test_outside_the_demo_no_number_and_no_words_are_offered(words: str, settings: Any) -> None:
    """Nor in the demo, when the card is not the demo's."""
    for demo in (False, True):
        settings.DEMO = demo
        assert "Demo:" not in Client().get(PAGE).content.decode()
