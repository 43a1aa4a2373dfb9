"""Correcting an exhibit in a real browser: by keys alone, two sendings from the exhibit to the exhibit, old beside new."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from nightdesk.queries.clock import database_now
from nightdesk.records.exhibits import Exhibit
from tests.actions.exhibits import enter, fridge, move
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def pot(night: Night) -> Exhibit:
    """Priya's urine pot, in a fridge."""
    at = database_now() - timedelta(hours=2)
    fridge(night.cast, at)
    made = enter(night.cast, at, seal="B0012")
    move(made, night.cast.priya, "stored", at, "HL-F1")
    return made


def tab_to(page: Page, name: str) -> None:
    """By the Tab key alone."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.textContent.trim() + document.activeElement.name"
        ).startswith(name):
            return
    raise AssertionError(f"Tab never came to {name}.")


def test_a_mistyped_seal_is_put_right_by_keys_alone(
    night: Night, pot: Exhibit, window: Window, accessible: Sound, picture: Picture
) -> None:
    """The earlier number stays beside it, on the statement too; the chain has no further step."""
    page = window(night.cast.priya, f"/staff/exhibits/{pot.code}/")
    tab_to(page, "Correct what was entered")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Correct what was entered")).to_be_visible()
    tab_to(page, "seal")
    page.keyboard.press("Control+a")
    page.keyboard.type("B0021")
    tab_to(page, "reason")
    page.keyboard.press("Space")
    tab_to(page, "Correct it")
    page.keyboard.press("Enter")
    corrected = page.get_by_role("region", name="Corrected")
    expect(corrected).to_contain_text("Seal: B0012 → B0021. It was mistyped. Priya")
    accessible(page)
    corrected.scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    picture(page, "exhibit-corrected")
    page.get_by_role("link", name="Continuity statement to print").click()
    expect(page.get_by_text("B0012 → B0021")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(3)  # heading, taken, stored
    accessible(page)


def test_on_a_phone_without_scripts_words_of_any_script_are_kept(
    night: Night, pot: Exhibit, window: Window
) -> None:
    """Hebrew, an emoji and one long word; nothing runs out of the side; earlier words are there when asked for."""
    words = "\u05de\u05d1\u05d7\u05e0\u05d4 \U0001f9ea " + "W" * 120
    page = window(
        night.cast.sana, f"/staff/exhibits/{pot.code}/correct/", viewport=PHONE, java_script_enabled=False
    )
    page.get_by_label("Description").fill(words)
    page.get_by_label("It is better known now").check()
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("link", name="Show what is written about it").click()
    expect(page.get_by_text("Written before it was corrected:")).to_be_visible()
    expect(page.get_by_text("MARKPOT small pot, blue lid")).to_be_visible()
    assert words in page.locator("blockquote").first.inner_text()


@SEEN
def test_every_width_and_light_holds_the_form(
    night: Night, pot: Exhibit, window: Window, accessible: Sound
) -> None:
    """320 pixels and dark."""
    page = window(
        night.cast.sana, f"/staff/exhibits/{pot.code}/correct/", viewport=PHONE, color_scheme="dark"
    )
    assert too_wide(page) == 0
    accessible(page)
