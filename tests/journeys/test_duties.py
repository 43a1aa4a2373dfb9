"""What is owed, in a real browser: answered by keyboard, on a phone, without a script; the crime recorded."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in

DESKTOP = {"width": 1280, "height": 1400}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def reference(form: Page, night: Night) -> str:
    """Priya takes a disclosure; Sana is called."""
    form.locator("#id_what").fill("He raped me. I was high on G.")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    night.work()
    return reference_in(form)


def test_from_the_queue_to_an_answered_offer(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """The SARC offered and declined: a no is an answer."""
    page = window(night.cast.sana, "/staff/cases/", viewport=DESKTOP)
    expect(page.get_by_text("Offer the SARC")).to_be_visible()
    accessible(page)
    picture(page, "queue")
    page.get_by_role("link", name=reference, exact=True).click()
    page.get_by_role("link", name="Offer the SARC").click()
    page.get_by_label("It is done").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("In a few words").fill("Not tonight. Ask again when Jo has slept.")
    accessible(page)
    picture(page, "duty")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("What was done")).to_be_visible()


def test_a_class_is_suggested_and_chosen(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """By recorded sex; then the person is owed to be told."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    page.get_by_role("link", name="Record the crime, or an N100").last.click()
    page.get_by_label("Recorded sex of the person").select_option("male")
    page.get_by_role("button", name="Show what fits").click()
    expect(page.get_by_text("19F Rape of a male aged 16 or over").first).to_be_visible()
    page.get_by_label("As a crime").check()
    page.get_by_label("Class", exact=True).select_option("class_19f")
    page.get_by_label("Crime number").fill("4200/26")
    accessible(page)
    picture(page, "recording")
    page.get_by_role("button", name="Keep it").click()
    expect(
        page.get_by_role("link", name="Tell the person about this: The crime was recorded")
    ).to_be_visible()
    expect(page.get_by_text("4200/26")).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("heading", name="What is owed, and by when").scroll_into_view_if_needed()
    picture(page, "case_duties")


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_a_duty_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; set aside with its reason; a missing reason is said at the top."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=PHONE, **more)
    page.get_by_role("link", name="Offer an ISVA").click()
    page.get_by_label("It does not apply").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose why this duty does not apply")
    assert too_wide(page) <= 0
    if "java_script_enabled" not in more:
        accessible(page)
    page.get_by_label("Why does it not apply?").select_option("has_it")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("What was done").first.click()
    expect(page.get_by_text("They have it already")).to_be_visible()
    assert too_wide(page) <= 0
    for address in ("recording", "key-event"):
        page.goto(f"{night.address}/staff/cases/{reference}/{address}/")
        assert too_wide(page) <= 0
