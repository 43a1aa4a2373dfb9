"""People, objects, places and events in a real browser: taken over, two people at once, on a phone, without a script."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nightdesk.queries.clock import database_now
from nightdesk.rules.basics import Basics, Suspect
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window
from tests.records.taking import take

DESKTOP = {"width": 1280, "height": 1400}
PHONE = {"width": 320, "height": 640}
TOLD = Basics(
    what="He raped me. I was high on G.", suspects=(Suspect(name_used="Nightowl", vehicle="AB12 CDE"),)
)
NICKNAME = "Nickname, or name on an app"


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")
    watch.expect("409")


@pytest.fixture
def reference(night: Night) -> str:
    """Priya took a disclosure with whoever did it; Sana is called."""
    told = take(night.cast, database_now(), TOLD)
    night.work()
    return str(told.reference)


def take_over(page: Page, reference: str) -> None:
    """From the case to its entries, with everything that was told."""
    page.get_by_role("link", name="People, objects, places and events of this case").click()
    page.get_by_role("button", name="Take these over").click()
    expect(page.get_by_role("link", name="Nightowl").first).to_be_visible()


def correct(page: Page, why: str, **answers: str) -> None:
    """Type these answers, by their labels, and keep them."""
    for label, value in answers.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Why is it corrected?").fill(why)
    page.get_by_role("button", name="Keep it").click()


def test_what_was_told_is_taken_over_and_linked(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """In one press; a bottle is added and linked to whoever used it."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    take_over(page, reference)
    page.get_by_role("link", name="Add an object").click()
    page.get_by_label("Kind of object", exact=True).select_option("bottle")
    page.get_by_label("What it is, in a few words", exact=True).fill("Small brown bottle")
    accessible(page)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Link it to another entry").click()
    page.get_by_label("How it belongs to another entry").select_option(label="Used by: Nightowl (Suspect)")
    accessible(page)
    page.get_by_role("button", name="Link them").click()
    expect(page.get_by_role("link", name="Nightowl", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to all entries").click()
    accessible(page)
    picture(page, "particulars")


def test_two_people_change_one_entry_at_once_and_both_are_shown(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """Two browsers: Rae keeps hers first; Sana sees both, chooses, and nothing of either is lost."""
    sana = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    take_over(sana, reference)
    sana.get_by_role("link", name="Nightowl", exact=True).first.click()
    expect(sana.get_by_role("heading", name="Nightowl")).to_be_visible()
    rae = window(night.cast.rae, sana.url, viewport=DESKTOP)
    expect(rae.get_by_role("heading", name="Nightowl")).to_be_visible()
    for page in (sana, rae):
        page.get_by_role("button", name="Correct it, or add to it").click()
    correct(rae, "It stands on his profile", **{NICKNAME: "Nightowl_99", "Phone": "07700 900123"})
    expect(rae.get_by_text("Nightowl_99").first).to_be_visible()
    correct(sana, "The victim spelled it", **{NICKNAME: "Night_owl", "What else they look like": "A beard"})
    expect(sana.get_by_role("heading", name="Somebody changed this meanwhile")).to_be_visible()
    for words in ("Nightowl_99", "Night_owl", "07700 900123", "A beard"):
        expect(sana.get_by_text(words, exact=True).first).to_be_visible()
    accessible(sana)
    picture(sana, "particular_both")
    sana.get_by_role("button", name="Keep what I chose").click()
    expect(sana.locator(".govuk-error-summary")).to_contain_text("Choose one of the two: Nickname")
    sana.get_by_role("group", name=NICKNAME).get_by_label("What is kept now").check()
    sana.get_by_role("button", name="Keep what I chose").click()
    expect(sana.get_by_text("Version 3")).to_be_visible()
    for words in ("Nightowl_99", "07700 900123", "A beard"):
        expect(sana.get_by_text(words).first).to_be_visible()
    accessible(sana)
    picture(sana, "particular")


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_entries_fit_a_phone_and_need_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; a refused entry says so at the top and keeps what was typed; withdrawn it is struck."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/particulars/", viewport=PHONE, **more)
    assert too_wide(page) <= 0
    page.get_by_role("link", name="Add a suspect").click()
    expect(page.get_by_role("heading", name="Add a suspect")).to_be_visible()
    page.wait_for_load_state()
    assert too_wide(page) <= 0
    page.get_by_label("A name to call them by", exact=True).fill("Jay")
    page.get_by_label("A name to call them by: how known").select_option("rather_not")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Keep one of the two.")
    expect(page.get_by_label("A name to call them by", exact=True)).to_have_value("Jay")
    if "java_script_enabled" not in more:
        accessible(page)
    page.get_by_label("A name to call them by: how known").select_option("opinion")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Jay")).to_be_visible()
    page.wait_for_load_state()
    assert too_wide(page) <= 0
    page.get_by_role("link", name="It holds no longer").click()
    page.get_by_label("Why does it hold no longer?").fill("Entered twice")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("This holds no longer.")).to_be_visible()
    assert too_wide(page) <= 0
    if "java_script_enabled" not in more:
        accessible(page)


@SEEN
def test_an_event_is_entered_by_keyboard_alone(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """Every control is reached in its order; the quick answer becomes a range."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/particulars/new/event/", viewport=DESKTOP)
    page.get_by_label("What happened", exact=True).focus()
    page.keyboard.type("He poured the drinks")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("When, counted from now")).to_be_focused()
    page.get_by_label("When, counted from now").select_option("last_night")
    page.get_by_role("button", name="Keep it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="He poured the drinks")).to_be_visible()
    accessible(page)
