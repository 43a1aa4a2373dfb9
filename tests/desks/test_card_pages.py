"""The card: in the person's language, the same whatever was done, and silent about who, what and where."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from nightdesk.desks.evidence import card as views
from nightdesk.desks.evidence import card_shown
from nightdesk.outside.current import pack
from nightdesk.outside.pdf import LettersMissing
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.pack_found import Entries
from tests.desks.counter_pages import Counter, journal_kinds
from tests.outside.test_packs import GIVES_AWAY
from tests.people import Cast, signed_in

WHAT = "He raped me at Otter Lane"
LANGUAGES = ("en", "cy", "es", "pt_BR", "pl", "ar")


@pytest.fixture
def priya(cast: Cast) -> Counter:
    """At Harrow Lane."""
    return Counter(signed_in(Client(), cast.priya))


@pytest.fixture
def reference(priya: Counter) -> str:
    """A disclosure by somebody who asked for an interpreter for Polish."""
    return priya.send(what=WHAT, call_me="Jo", interpreter="pl", contact_phone="01632 960123")


def path(reference: str, more: str = "") -> str:
    return f"/staff/clock/{reference}/card/{more}"


def card_of(page: str) -> str:
    """The text of the card itself, without what stands around it for staff."""
    found = re.search(r'<article class="nd-card".*?</article>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", " ", found[0])


def text_of_pdf(priya: Counter, reference: str, language: str) -> tuple[str, PdfReader]:
    answer = priya.get(path(reference, f"pdf/?language={language}"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    made = PdfReader(io.BytesIO(answer.content))
    return "\n".join(page.extract_text() for page in made.pages), made


def test_it_is_in_the_language_the_person_asked_for(priya: Counter, reference: str) -> None:
    """Polish, days and months too, until another is chosen."""
    page = priya.page(path(reference))
    assert 'lang="pl"' in page
    assert "Terminy do zapamiętania" in card_of(page)
    assert re.search(r"Do: \w+ \d+ \w+, \d\d:\d\d", card_of(page))
    assert "Times to remember" in card_of(priya.page(path(reference, "?language=en")))


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("", "en"), ("en", "en"), ("pt", "pt_BR"), ("pt-br", "pt_BR"), ("pt_BR", "pt_BR"), ("ar", "ar"), ("yue", "en"),
        ("bsl", "en"), ("x" * 900, "en"), ("../etc", "en"), ("\x00", "en"),
    ],
)  # fmt: skip
def test_a_language_that_the_pack_has_not_is_english(
    priya: Counter, reference: str, wanted: str, held: str
) -> None:
    """Whatever is typed into the address."""
    assert card_shown.language_for(wanted) == held
    assert priya.client.get(path(reference), {"language": wanted}).status_code == 200


def test_whoever_finds_it_learns_nothing(priya: Counter, reference: str) -> None:
    """No name, no reference, no place, no act, no police: on the page's card and in the PDF, title and all."""
    card = card_of(priya.page(path(reference, "?language=en")))
    text, made = text_of_pdf(priya, reference, "en")
    for shown in (card, text, str(made.metadata)):
        assert not GIVES_AWAY.search(shown)
        for secret in (reference, "Jo ", "Otter", "Harrow", "Priya", "960123", "Nightdesk"):
            assert secret not in shown
    assert made.metadata is not None
    assert made.metadata.title == "Times to remember"


def test_it_is_the_same_whatever_became_known(priya: Counter, reference: str) -> None:
    """A site or a drug on the card would say what was done."""
    before = card_of(priya.page(path(reference, "?language=en")))
    priya.post(f"/staff/clock/{reference}/known/", sites=["oral"], drugs=["ghb"])
    assert card_of(priya.page(path(reference, "?language=en"))) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_one_accessible_page_in_each_language(
    priya: Counter, reference: str, language: str
) -> None:
    """Tagged, in its language, with the numbers to ring readable."""
    text, made = text_of_pdf(priya, reference, language)
    assert len(made.pages) == 1
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"].split("-")[0] == language.split("_")[0]
    assert "020 3299 6900" in text
    assert pack().about.emergency_number in text


def test_the_times_on_paper_are_those_of_the_clock_and_never_more(priya: Counter, reference: str) -> None:
    """Local day and time; what has passed says whom to ask."""
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.clocks import clock

    now = database_now()
    seen = clock(SYSTEM, reference, now)
    assert seen is not None
    rows = card_shown.facts(seen, "en")["keep"]
    ends = next(w.ends_at for w in seen.specimens if w.id == "examination")
    assert ends == seen.runs_from + timedelta(hours=240)
    assert [row["when"] for row in rows if "check-up" in row["what"]] == [
        f"Until: {ends.astimezone(card_shown.timezone.get_current_timezone()):%A %-d %B, %H:%M}"
    ]
    later = clock(SYSTEM, reference, now + timedelta(days=12))
    assert later is not None
    assert {row["when"] for row in card_shown.facts(later, "en")["keep"]} == {"Ask the clinic", "At any time"}


def test_what_no_source_bears_out_is_left_off_until_it_is_signed(
    priya: Counter, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blood, hair, hepatitis B and two numbers; the page names them for staff."""
    page = priya.page(path(reference, "?language=en"))
    assert "A blood sample" not in card_of(page)
    assert "0808 500 2222" not in card_of(page)
    assert "Left off until the force has signed it: Blood for drugs, Hair for drugs" in page
    assert "Not yet confirmed. Ask the clinic." in card_of(page)
    signed = [replace(w, signed=True) for w in pack().specimens]
    monkeypatch.setattr(card_shown, "pack", lambda: replace(pack(), specimens=Entries(signed)))
    assert "A blood sample" in card_of(priya.page(path(reference, "?language=en")))


def test_letters_that_the_pdf_cannot_show_lead_back_to_the_page(
    priya: Counter, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sentence, and the card to print from there."""

    def refuse(template: str, facts: Any) -> bytes:
        raise LettersMissing("no such letters")

    monkeypatch.setattr(views, "pdf", refuse)
    answer = priya.get(path(reference, "pdf/?language=en"))
    assert answer.status_code == 409
    assert "Print this page instead." in answer.content.decode()
    assert "Times to remember" in card_of(answer.content.decode())


def test_each_card_is_one_line_in_the_journal(priya: Counter, reference: str) -> None:
    """It opens the basics for the language: the page and the PDF alike."""
    before = len(journal_kinds())
    priya.page(path(reference))
    priya.get(path(reference, "pdf/"))
    assert journal_kinds()[before:] == ["record_read"] * 2
