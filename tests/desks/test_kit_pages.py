"""The kit's pages as the counter and the specialist use them: one step open, needs first, nobody else's eyes."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from nightdesk.records.exhibits import Exhibit
from nightdesk.records.journal import JournalLine
from nightdesk.records.kits import Kit, KitStep
from tests.desks.counter_pages import Counter
from tests.people import signed_in

PRINTED = "7EK9-4RCH-6J"


@pytest.fixture
def desk(client: Client, cast: Any) -> Counter:
    """Priya's terminal."""
    return Counter(signed_in(client, cast.priya))


@pytest.fixture
def told(desk: Counter) -> str:
    """The reference of a disclosure that was sent on."""
    return desk.send(what="He raped me last night")


@pytest.fixture
def kit(desk: Counter, told: str) -> str:
    """The address of its page, a kit open with the number of the bag."""
    desk.post(f"/staff/kits/{told}/open/", number=PRINTED)
    return f"/staff/kits/{told}/"


def answer(desk: Counter, kit: str, step: str, outcome: str = "done", **more: Any) -> Any:
    """What the page sends when a button of `step` is pressed."""
    seen = KitStep.objects.count()
    return desk.post(f"{kit}step/", number=PRINTED, step=step, outcome=outcome, **{"seen": seen, **more})


def step_shown(page: str) -> str:
    """The step that is open."""
    found = re.search(r'name="step" value="(\w+)"', page)
    return found[1] if found else ""


def test_the_kit_is_reached_from_the_disclosure_and_from_the_case(
    desk: Counter, told: str, cast: Any
) -> None:
    """Where people look."""
    assert f"/staff/kits/{told}/" in desk.page(f"/staff/counter/{told}/")
    sana = Counter(signed_in(Client(), cast.sana))
    assert f"/staff/kits/{told}/" in sana.page(f"/staff/cases/{told}/")
    assert f"/staff/cases/{told}/" in sana.page(f"/staff/kits/{told}/")


def test_opening_the_page_opens_no_kit_and_journals_the_reading(desk: Counter, told: str) -> None:
    """The bag's number is asked for; care comes first on the page already."""
    page = desk.page(f"/staff/kits/{told}/")
    assert "Number on the bag" in page
    assert "They feel unwell" in page
    assert not Kit.objects.exists()
    newest = JournalLine.objects.order_by("-seq")[0]
    assert (newest.kind, newest.subject, newest.facts["what"]) == ("record_read", told, "kit")


@pytest.mark.parametrize("typed", ["7EK9-4RCH-6K", "x" * 5000, "7EK9\x1b", "هنا"])
def test_a_wrong_number_gets_a_sentence_at_its_box(desk: Counter, told: str, typed: str) -> None:
    """And stays there to be mended."""
    answered = desk.post(f"/staff/kits/{told}/open/", number=typed)
    assert answered.status_code == 422
    assert "such as 7EK9-4RCH-6J" in answered.content.decode()


def test_the_steps_follow_each_other(desk: Counter, kit: str) -> None:
    """Care, their choice, the mouth, water, urine; a no goes on without a word."""
    order = []
    while step := step_shown(desk.page(kit)):
        order.append(step)
        assert answer(desk, kit, step, "declined")["Location"] == f"{kit}#now"
    assert order == [
        "care",
        "choice",
        "mouth_swabs",
        "mouth_rinse",
        "drink",
        "first_urine",
        "tissue",
        "clothes",
    ]
    assert "Every step was answered" in desk.page(kit)


def test_who_must_go_is_offered_the_pot_at_once_and_then_the_order_goes_on(desk: Counter, kit: str) -> None:
    """Not possible: they go, and nobody asks twice; the need comes up again: the pot is offered again."""
    page = desk.page(f"{kit}?need=toilet")
    assert step_shown(page) == "first_urine"
    assert "It waits for nobody" in page
    sent_on = answer(desk, kit, "first_urine", "not_possible", need="toilet")["Location"]
    assert sent_on == f"{kit}?may=toilet#now"
    page = desk.page(sent_on)
    assert "They may use the toilet now" in page
    assert step_shown(page) == "care"
    assert step_shown(desk.page(f"{kit}?need=toilet")) == "first_urine"
    assert answer(desk, kit, "first_urine", need="toilet")["Location"] == f"{kit}#now"
    assert "They may use the toilet now" in desk.page(f"{kit}?need=toilet")
    assert Exhibit.objects.get().kind == "first_urine"


def test_a_thirsty_person_drinks_after_two_answers(desk: Counter, kit: str) -> None:
    """Swabs, rinse, water; in the language that was chosen."""
    way = f"{kit}?need=drink&say=ar"
    for step in ("mouth_swabs", "mouth_rinse"):
        page = desk.page(way)
        assert step_shown(page) == step
        assert 'lang="ar"' in page
        way = answer(desk, kit, step, "not_possible", need="drink", say="ar")["Location"]
    page = desk.page(way)
    assert step_shown(page) == "drink"
    assert "They may drink now" in page
    assert "يمكنك الشرب الآن" in page
    assert "This translation is not yet signed." in page


def test_care_that_is_needed_is_said_loudly_until_it_is_answered(desk: Counter, kit: str) -> None:
    """The number to ring, the signs open on the page."""
    answer(desk, kit, "care", "not_possible")
    assert "They need medical help: ring 999 now" in desk.page(kit)
    answer(desk, kit, "care")
    assert "They need medical help" not in desk.page(kit)


def test_a_time_is_the_last_moment_at_which_it_was_that_time(desk: Counter, kit: str) -> None:
    """Typed after midnight: yesterday's. What makes no sense is said, and the step stays open."""
    answer(desk, kit, "first_urine", time="00:00")
    row = KitStep.objects.get()
    assert row.done_at <= row.noted_at
    assert (row.noted_at - row.done_at).total_seconds() < 24 * 3600
    refused = answer(desk, kit, "mouth_swabs", time="half past")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Enter the time like 23:40" in page
    assert step_shown(page) == "mouth_swabs"
    assert KitStep.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "nonsense"},
        {"outcome": "maybe"},
        {"seen": "99"},
        {"seen": "x"},
        {"step": "care", "seen": "٣"},
    ],
)
def test_an_old_or_a_changed_page_is_refused_with_a_sentence(
    desk: Counter, kit: str, sent: dict[str, str]
) -> None:
    """Nothing is kept; the page as it stands now is shown."""
    whole = {"number": PRINTED, "step": "care", "outcome": "done", "seen": "0"}
    refused = desk.post(f"{kit}step/", **(whole | sent))
    assert refused.status_code == 409
    assert "try again" in (page := refused.content.decode()) or "Look again" in page
    assert not KitStep.objects.exists()


def test_a_changed_answer_is_a_further_row_and_both_are_shown(desk: Counter, kit: str) -> None:
    """Chosen from the list of steps, although it is not its turn."""
    answer(desk, kit, "first_urine", "declined")
    page = desk.page(f"{kit}?step=first_urine")
    assert step_shown(page) == "first_urine"
    answer(desk, kit, "first_urine")
    page = desk.page(kit)
    assert "First urine: They would rather not" in page
    assert "First urine: Done" in page


def test_a_closed_kit_is_shown_as_it_went_and_another_can_be_opened(desk: Counter, kit: str) -> None:
    """Left open: said, and no reason to keep it open."""
    assert "5 steps were not answered yet" in desk.page(kit)
    desk.post(f"{kit}close/", number=PRINTED)
    page = desk.page(kit)
    assert "Closed at" in page
    assert step_shown(page) == ""
    desk.post(f"{kit}open/")
    assert Kit.objects.count() == 2
    assert "How kit 7EK9-4RCH-6J went" in desk.page(kit)


@pytest.mark.parametrize("who", ["tom", "kofi", "idris", "odile", "alex"])
def test_nobody_else_sees_or_changes_a_kit(desk: Counter, kit: str, cast: Any, who: str) -> None:
    """Another station, another unit, other roles: no page, no row, and the refusal is journalled."""
    other = Counter(signed_in(Client(), getattr(cast, who)))
    sent = {
        "number": PRINTED,
        "step": "care",
        "outcome": "done",
        "seen": "0",
        "key": str(uuid4()),
        "before": "",
        "words": "a",
    }
    assert other.get(kit).status_code in (403, 404)
    for act in ("open/", "step/", "close/", "card/", "card.pdf"):
        refused = other.post(f"{kit}{act}", **sent)
        assert refused.status_code in (403, 404)
        assert PRINTED not in refused.content.decode()
    assert not KitStep.objects.exists()
    assert not Kit.objects.exclude(closed_at=None, words_digest=None).exists()
    assert JournalLine.objects.filter(kind="access_refused").count() == 6


def test_the_specialist_goes_on_with_the_kit_that_the_counter_began(
    desk: Counter, kit: str, cast: Any
) -> None:
    """Each step with who."""
    answer(desk, kit, "care")
    answer(Counter(signed_in(Client(), cast.sana)), kit, "choice")
    assert list(KitStep.objects.order_by("id").values_list("noted_by__username", flat=True)) == [
        "priya",
        "sana",
    ]


def card_form(page: str) -> dict[str, str]:
    """What the card's form holds."""
    form = page[page.index('id="card-title"') :]
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in ("number", "before", "key")
    }  # type: ignore[index]


def words_on(card: str) -> list[str]:
    """The words of the card."""
    return re.findall(r"<li>([a-z]+)</li>", card[card.index("ev-card__words") :])


def test_the_card_shows_its_words_once_and_prints_them_in_the_persons_language(
    desk: Counter, kit: str
) -> None:
    """Sent again by the same form: the same; as a PDF: with number, words, address and the English beside it."""
    form = card_form(desk.page(kit)) | {"say": "pl"}
    first, again = (desk.post(f"{kit}card/", **form).content.decode() for _ in range(2))
    words = words_on(first)
    assert len(words) == 4
    assert words_on(again) == words
    assert not any(word in desk.page(kit) for word in words if len(word) > 6)
    sheet = desk.post(f"{kit}card.pdf", number=PRINTED, words=" ".join(words), say="pl")
    assert (sheet["Content-Type"], "card.pdf" in sheet["Content-Disposition"]) == ("application/pdf", True)
    text = PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text()
    for part in (PRINTED, *words, "/kit/", "Keep this card", "kartę"):
        assert part in text, part
    assert not re.search("police|officer|rape|urine", text.casefold())


@pytest.mark.parametrize("language", ["en-gb", "cy", "es", "pt-br", "pl", "ar", "zz", ""])
def test_the_sheet_is_one_page_in_every_language(desk: Counter, kit: str, language: str) -> None:
    """An unknown one is the page's own. The title says nothing; the words stay as they are."""
    words = words_on(desk.post(f"{kit}card/", **card_form(desk.page(kit))).content.decode())
    sheet = desk.post(f"{kit}card.pdf", number=PRINTED, words=" ".join(words), say=language)
    read = PdfReader(io.BytesIO(sheet.content))
    assert len(read.pages) == 1
    assert all(word in read.pages[0].extract_text() for word in words)
    assert read.trailer["/Root"]["/Lang"] == {"pt-br": "pt-BR", "zz": "en", "": "en"}.get(
        language, language[:2]
    )


def test_a_sheet_is_not_printed_with_words_that_do_not_work(desk: Counter, kit: str) -> None:
    """A new card was made since, or somebody typed others: said aloud."""
    old = words_on(desk.post(f"{kit}card/", **card_form(desk.page(kit))).content.decode())
    stale = card_form(desk.page(kit))
    desk.post(f"{kit}card/", **card_form(desk.page(kit)))
    assert desk.post(f"{kit}card.pdf", number=PRINTED, words=" ".join(old)).status_code == 409
    refused = desk.post(f"{kit}card/", **stale)
    assert refused.status_code == 409
    assert "Another card was made" in refused.content.decode()
    assert desk.post(f"{kit}card/", **(stale | {"key": "no key"})).status_code == 409
