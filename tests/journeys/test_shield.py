"""The shield in a real browser: sealed at the counter, opened by the SOIT, printed for a doctor, decided by two."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.actions.shield import case_of_sana, entered, senior
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

WORDS = "He gave me G. I took it, and then I was gone."
FIRST = "It was handed round, more than once."
TOLD = "I was told I could be arrested for what was in my blood."
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def case(night: Night) -> str:
    """The reference of Sana's case, taken and answered just now."""
    from nightdesk.queries.clock import database_now

    return case_of_sana(night.cast, database_now())


def test_the_counter_seals_it_and_can_not_read_it_again(
    night: Night, case: str, window: Window, accessible: Sound, picture: Picture, watch: Any
) -> None:
    """From the page of the disclosure: the words to say, a few answers, sealed; the way back shows a number and no more."""
    watch.expect("403")
    page = window(night.cast.priya, f"/staff/counter/{case}/")
    page.get_by_role("link", name="If they speak of drugs").click()
    expect(page.get_by_text("You don’t have to say anything about drugs")).to_be_visible()
    expect(page.get_by_text("Not yet approved by the force. Edition 2026-11.")).to_be_visible()
    accessible(page)
    picture(page, "shield-enter")
    page.get_by_label("In their own words").fill("He put it in my drink")
    page.get_by_role("checkbox", name="GHB").check()
    page.get_by_role("radio", name="They are not sure").check()
    page.get_by_role("button", name="Seal it").click()
    expect(page.get_by_text("1 version is sealed.")).to_be_visible()
    assert "in my drink" not in page.content()
    expect(page.get_by_role("checkbox", name="GHB")).not_to_be_checked()
    accessible(page)
    page.goto(f"{night.address}/staff/shield/{case}/")
    expect(page.get_by_text("This page is for: auditor, soit, supervisor")).to_be_visible()


def test_the_soit_opens_it_with_a_reason_and_hands_it_to_a_doctor(
    night: Night, case: str, window: Window, accessible: Sound, picture: Picture, watch: Any
) -> None:
    """Refused without words; opened with them; listed; and the sheet, printed, holds nothing of the desk."""
    from nightdesk.queries.clock import database_now

    watch.expect("422")
    entered(night.cast.priya, database_now(), case, other="", when_words="After the film", words=WORDS)
    page = window(night.cast.sana, f"/staff/cases/{case}/")
    page.get_by_role("link", name="Who sealed and opened it, and why").click()
    page.get_by_text("Open it for the case").click()
    page.get_by_role("radio", name="To decide which samples").check()
    page.get_by_role("button", name="Open it: my name").click()
    expect(page.get_by_text("Enter an answer: In a few words").first).to_be_visible()
    accessible(page)
    page.get_by_label("In a few words").first.fill("Before the examination")
    page.get_by_role("button", name="Open it: my name").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Close it").click()
    expect(page.get_by_text("by Sana")).to_be_visible()
    accessible(page)
    picture(page, "shield")
    _printed(page, case, accessible, picture)


def _printed(page: Page, case: str, accessible: Sound, picture: Picture) -> None:
    page.get_by_text("Hand over to a doctor").click()
    page.get_by_role("radio", name="They are ill").check()
    page.get_by_label("In a few words").last.fill("Collapsed")
    page.get_by_role("button", name="Open the sheet for a doctor").click()
    sheet = page.locator(".sh-sheet")
    expect(sheet.get_by_text("After the film")).to_be_visible()
    accessible(page)
    picture(page, "shield-medical")
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(page.get_by_role("link", name="Close it")).to_be_hidden()
    shown = page.locator("body").inner_text()
    for word in (case, "Sana", "Priya", WORDS, "themselves"):
        assert word not in shown, word
    page.emulate_media(media="screen")


def test_two_seniors_go_against_the_default_apart_from_each_other(
    night: Night, case: str, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Asked by the SOIT; the first view is hidden from the second; with both against, it is decided and readable."""
    from nightdesk.queries.clock import database_now

    dina = senior("dina", database_now(), night.cast.unit_b)
    page = window(night.cast.sana, f"/staff/shield/{case}/")
    page.get_by_role("link", name="Ask for a decision").click()
    expect(page.get_by_text("cannot start an enquiry against them by itself")).to_be_visible()
    page.get_by_role("radio", name="Small-scale social supply").check()
    page.get_by_role("radio", name="Two senior officers look at it").check()
    page.get_by_label("Grounds").fill("They said that they passed it round.")
    accessible(page)
    picture(page, "shield-ask")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("button", name="Take my question back")).to_be_visible()
    _view(window(night.cast.maud, "/staff/shield/decisions/"), FIRST, accessible)
    second = window(dina, page.url)
    expect(second.get_by_text("Hidden until both are in.")).to_be_visible()
    assert FIRST not in second.content()
    second.get_by_role("button", name="Read the grounds").click()
    expect(second.get_by_text("They said that they passed it round.")).to_be_visible()
    picture(second, "shield-decision")
    second.get_by_label("Your reasons").fill("They came to us for help.")
    second.get_by_role("button", name="Against the default").click()
    expect(second.get_by_text("In the public interest to look into").first).to_be_visible()
    second.get_by_role("button", name="Read the grounds").click()
    expect(second.get_by_text(FIRST)).to_be_visible()
    accessible(second)


def _view(page: Page, reasons: str, accessible: Sound) -> None:
    """Found in the list, first of all; a view without reasons is not taken."""
    expect(page.get_by_text("Waits for you", exact=True)).to_be_visible()
    accessible(page)
    page.locator(".sh-row a").first.click()
    page.get_by_role("button", name="Read the grounds").click()
    accessible(page)
    page.get_by_label("Your reasons").fill(reasons)
    page.get_by_role("button", name="Against the default").click()
    page.get_by_role("button", name="Read the grounds").click()
    expect(page.get_by_text(reasons)).to_be_visible()
    accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_somebody_turned_away_says_so_and_it_is_closed(
    night: Night, window: Window, accessible: Sound, picture: Picture, javascript: bool, watch: Any
) -> None:
    """From the front door on a small phone, without a name; then the supervisor and the commander, to the end."""
    watch.expect("422")
    phone = window(None, "/staff/sign-in/", viewport=PHONE, java_script_enabled=javascript)
    phone.get_by_role("link", name="I was turned away").click()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Choose what happened.")).to_be_visible()
    phone.get_by_label("I was threatened with arrest").check()
    phone.get_by_label("In your own words").fill(TOLD)
    phone.get_by_label("Where was it?").select_option(label=night.cast.harrow_lane.name)
    if javascript:
        accessible(phone)
        assert too_wide(phone) <= 0
        picture(phone, "turned-away-320")
    phone.get_by_role("button", name="Send").click()
    number = phone.locator(".sh-number").inner_text()
    assert phone.url.endswith("/turned-away/")
    assert phone.title() == "Write to us"
    if javascript:
        accessible(phone)
        assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
    _closed(night, window, number, accessible, picture)


def _closed(night: Night, window: Window, number: str, accessible: Sound, picture: Picture) -> None:
    maud = window(night.cast.maud, "/staff/shield/")
    accessible(maud)
    maud.get_by_role("link", name="Turned away, or threatened").click()
    accessible(maud)
    maud.get_by_role("link", name=number).click()
    expect(maud.get_by_text(TOLD)).to_be_visible()
    maud.get_by_role("button", name="I have looked at it").click()
    maud.get_by_label("What was said or learned").fill("The words on the shield were not known there.")
    maud.get_by_role("button", name="This is what we learned").click()
    expect(maud.get_by_text("It waits for:")).to_be_visible()
    accessible(maud)
    picture(maud, "turned-away")
    idris = window(night.cast.idris, maud.url)
    idris.get_by_label("What was said or learned").fill("They are read at each hand-over now.")
    idris.get_by_role("button", name="Close it").click()
    expect(idris.get_by_text("They are read at each hand-over now.")).to_be_visible()
    accessible(idris)


@SEEN
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_screens_both_lights_and_arabic_hold_the_shield(
    night: Night, case: str, window: Window, accessible: Sound, picture: Picture, theme: str
) -> None:
    """320 pixels: the form, the card, the page of the person; nothing runs out of the side."""
    page = window(night.cast.sana, f"/staff/shield/{case}/enter/", viewport=PHONE, color_scheme=theme)
    for path in (
        f"/staff/shield/{case}/enter/",
        f"/staff/shield/{case}/",
        "/staff/shield/card/?in=ar",
        "/turned-away/?in=ar",
    ):
        page.goto(night.address + path)
        assert too_wide(page) <= 0, path
        accessible(page)
    page.goto(f"{night.address}/staff/shield/card/?in=ar")
    assert page.locator(".sh-card").evaluate("el => getComputedStyle(el).direction") == "rtl"
    picture(page, f"shield-card-{theme}")


@SEEN
def test_the_form_is_filled_in_by_keyboard(night: Night, case: str, window: Window) -> None:
    """Words, tab to the button, Enter: sealed."""
    page = window(night.cast.priya, f"/staff/shield/{case}/enter/")
    page.get_by_label("In their own words").focus()
    page.keyboard.type("G")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Seal it":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 version is sealed.")).to_be_visible()
