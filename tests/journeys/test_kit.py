"""The early evidence kit in a real browser: at the counter, by keyboard, without scripts, on a small phone, in Arabic."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}
PRINTED = "7EK9-4RCH-6J"


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def kit(form: Page) -> Page:
    """Priya's terminal with an open kit, straight from the disclosure."""
    form.locator("#id_what").fill("He raped me last night")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    form.get_by_role("button", name="Early evidence kit").click()
    form.get_by_label("Number on the bag").fill(PRINTED.lower())
    form.get_by_role("button", name="Open the kit").click()
    expect(form.get_by_role("heading", name="Care first")).to_be_visible()
    return form


def answer(page: Page, words: str, then: str) -> None:
    """Press the answer; the step `then` is open."""
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.get_by_role("heading", name=then, exact=True)).to_be_visible()


def test_a_kit_from_the_first_word_to_the_sealed_bag(kit: Page, accessible: Sound, picture: Picture) -> None:
    """In order, until they must go: the pot at once; then thirsty: two answers and water; then closed."""
    answer(kit, "Done", "Their choice")
    kit.get_by_role("button", name="They must use the toilet now").click()
    expect(kit.get_by_role("heading", name="First urine", exact=True)).to_be_visible()
    expect(kit.get_by_text("It waits for nobody.")).to_be_visible()
    accessible(kit)
    picture(kit, "kit-toilet")
    answer(kit, "Done", "Their choice")
    kit.get_by_role("button", name="They need to drink now").click()
    answer(kit, "They would rather not", "Mouth: rinse")
    answer(kit, "Done", "Water")
    expect(kit.get_by_role("heading", name="They may drink now")).to_be_visible()
    accessible(kit)
    picture(kit, "kit-drink")
    answer(kit, "Done", "Their choice")
    kit.get_by_role("button", name="close the kit").click()
    expect(kit.get_by_text("Closed at").first).to_be_visible()
    kit.get_by_text(f"How kit {PRINTED} went").click()
    expect(kit.get_by_text("Lips and mouth: swabs: They would rather not")).to_be_visible()
    accessible(kit)


@SEEN
def test_the_whole_kit_by_keyboard(kit: Page) -> None:
    """Tab and Enter alone; after each answer the focus starts at the open step, not at the top of the page."""
    for following in ("Their choice", "Lips and mouth: swabs", "Mouth: rinse", "Water", "First urine"):
        _tab_to(kit, "Done")
        kit.keyboard.press("Enter")
        expect(kit.get_by_role("heading", name=following, exact=True)).to_be_visible()
    assert kit.url.endswith("#now")


def _tab_to(page: Page, words: str, most: int = 30) -> None:
    for _ in range(most):
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{words}” is not reached with {most} tabs")


@SEEN
def test_after_an_answer_the_next_one_is_near(kit: Page) -> None:
    """Care, two needs and six languages lie between, always in sight: ten tabs to the first answer."""
    answer(kit, "Done", "Their choice")
    kit.wait_for_url("**#now")
    kit.wait_for_load_state("networkidle")  # before that the browser has not come to the place in the address
    expect(kit.get_by_role("button", name="They need to drink now")).to_be_in_viewport()
    _tab_to(kit, "Done", most=11)


@SEEN
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_small_phone_holds_the_kit(
    kit: Page, night: Night, window: Window, accessible: Sound, picture: Picture, javascript: bool
) -> None:
    """320 pixels, with and without scripts: nothing runs out of the side, every answer is a thumb wide, and it works."""
    reference = night.disclosures()[0].reference
    page = window(
        night.cast.sana,
        f"/staff/kits/{reference}/?need=drink",
        viewport=PHONE,
        java_script_enabled=javascript,
    )
    expect(page.get_by_role("heading", name="Lips and mouth: swabs", exact=True)).to_be_visible()
    if javascript:
        assert too_wide(page) <= 0
        accessible(page)
        picture(page, "kit-320")
    for name in ("Done", "They would rather not", "Not possible now"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["height"] >= 44
    answer(page, "Not possible now", "Mouth: rinse")
    answer(page, "Not possible now", "Water")
    expect(page.get_by_role("heading", name="They may drink now")).to_be_visible()


@SEEN
def test_words_are_read_aloud_in_arabic_and_the_page_itself_can_be_arabic(
    kit: Page, night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """One sentence in their language on an English page; and the whole page mirrored."""
    kit.get_by_role("link", name="العربية").first.click()
    words = kit.locator(".ev-aloud")
    expect(words).to_have_attribute("lang", "ar")
    assert words.evaluate("el => getComputedStyle(el).direction") == "rtl"
    expect(kit.get_by_text("This translation is not yet signed.")).to_be_visible()
    accessible(kit)
    picture(kit, "kit-arabic")
    page = window(night.cast.sana, "/staff/cases/", viewport=PHONE)
    page.context.add_cookies([{"name": "nightdesk_language", "value": "ar", "url": night.address}])
    page.goto(f"{night.address}/staff/kits/{night.disclosures()[0].reference}/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert too_wide(page) <= 0
    accessible(page)


def test_the_card_is_made_and_the_person_follows_it_on_their_own_phone(
    kit: Page, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Words shown once, a sheet to print; then on a phone: a wrong word, the right words, and where it is."""
    kit.get_by_role("button", name="They must use the toilet now").click()
    answer(kit, "Done", "Care first")
    kit.get_by_role("button", name="Make the card").click()
    expect(kit.get_by_role("heading", name="The card, shown once")).to_be_visible()
    words = kit.locator(".ev-card__words li").all_inner_texts()
    accessible(kit)
    picture(kit, "kit-card")
    with kit.expect_download() as sheet:
        kit.get_by_role("button", name="As a sheet to print").click()
    assert sheet.value.suggested_filename == "card.pdf"
    kit.get_by_role("link", name="Back to the kit").click()
    expect(kit.get_by_text("A card was made.")).to_be_visible()
    assert not all(word in kit.content() for word in words)  # one may stand in a sentence of the page
    _follow(window, words, accessible, picture)


def _follow(window: Window, words: list[str], accessible: Sound, picture: Picture) -> None:
    phone = window(None, "/kit/", viewport=PHONE, java_script_enabled=True)
    assert phone.title() == "Check a number"
    phone.get_by_label("The number on your card").fill(PRINTED)
    phone.get_by_label("The four words on your card").fill("acorn bridge camel daisy")
    phone.get_by_role("button", name="Show where it is").click()
    expect(phone.get_by_text("do not belong together")).to_be_visible()
    accessible(phone)
    phone.get_by_label("The four words on your card").fill(", ".join(words).upper())
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("It is with the police team.")).to_be_visible()
    accessible(phone)
    picture(phone, "kit-followed")
    assert phone.url.endswith("/kit/")
    assert too_wide(phone) <= 0
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0


@SEEN
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_persons_page_in_every_language_and_both_lights(
    night: Night, window: Window, accessible: Sound, picture: Picture, theme: str
) -> None:
    """Without scripts; the first thing the keyboard reaches is the way out."""
    plain = window(None, "/kit/", viewport=PHONE, color_scheme=theme, java_script_enabled=False)
    for code in ("en-gb", "cy", "es", "pt-br", "pl", "ar"):
        plain.goto(f"{night.address}/kit/?in={code}")
        expect(plain.get_by_role("textbox")).to_have_count(2)
    page = window(None, "/kit/?in=ar", viewport=PHONE, color_scheme=theme)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "https://www.bbc.co.uk/weather"
    assert too_wide(page) <= 0
    accessible(page)
    if theme == "light":
        picture(page, "kit-follow-arabic")


@SEEN
def test_the_printed_card_holds_the_card_alone(kit: Page, night: Night) -> None:
    """Nothing of the desk, no reference, nobody's name."""
    reference = night.disclosures()[0].reference
    kit.get_by_role("button", name="Make the card").click()
    kit.emulate_media(media="print")
    expect(kit.locator(".ev-card")).to_be_visible()
    expect(kit.get_by_role("button", name="As a sheet to print")).to_be_hidden()
    expect(kit.get_by_text(reference)).to_have_count(0)
    shown = kit.locator("body").inner_text()
    assert not re.search("police|officer|rape|Priya", shown, re.IGNORECASE)
