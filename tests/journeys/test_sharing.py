"""Sharing in a browser: asked, offered, looked at, made, sent, taken back; on a phone, without a script, in the dark."""

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
    """Priya takes a disclosure with a name and a phone; Sana is called."""
    form.locator("#id_what").fill("He raped me. I was high on G.")
    form.locator("#id_call_me").fill("Jo")
    form.locator("#id_contact_phone").fill("07700 900123")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    night.work()
    return reference_in(form)


def answered(page: Page) -> None:
    """Yes to two groups, no to one, until next month; the rest is not asked."""
    for group, said in (
        ("What to call you", "Yes"),
        ("How to reach you safely", "Yes"),
        ("Your safety and health", "No"),
    ):
        page.get_by_role("group", name=group).get_by_label(said, exact=True).check()
    page.get_by_label("Support and a way to reach them").check()
    when = page.get_by_role("group", name="Until when does it hold?")
    for part, typed in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        when.get_by_label(part).fill(typed)
    page.get_by_label("In person").check()
    page.get_by_label("In which words?").fill("They can have my number. Nothing else.")
    page.get_by_role("button", name="Keep what they said").click()


def made_and_taken_back(page: Page, accessible: Sound, picture: Picture) -> None:
    """From the page of a recipient: looked at, made, taken, sent; then the person takes it back."""
    page.get_by_role("button", name="See what a pack would hold").click()
    expect(page.get_by_text("07700 900123")).to_be_visible()
    accessible(page)
    picture(page, "sharing-preview")
    page.get_by_role("button", name="Make the pack of exactly this").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the file (PDF)").click()
    assert taken.value.suggested_filename.startswith("pack-")
    page.get_by_label("It was sent").check()
    page.get_by_label("By which way?").select_option("secure_mail")
    page.get_by_label("To which address").fill("casework desk")
    page.get_by_role("button", name="Keep this step").click()
    expect(page.get_by_text("Secure e-mail. casework desk")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Back to this recipient").click()
    page.get_by_role("button", name="They take answer 1 back").click()
    expect(page.get_by_text("Tell them to stop using it")).to_be_visible()
    accessible(page)


def test_from_the_duty_to_a_pack_that_was_taken_back(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """The whole way, as a specialist goes it."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    page.get_by_role("link", name="Offer a partner organisation that fits").click()
    page.get_by_role("link", name="Write down whom you offered").click()
    page.get_by_label("Who").select_option("partner/galop")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Yes", exact=True).check()
    accessible(page)
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text("Answered the duty:")).to_be_visible()
    page.get_by_role("link", name="Ask the person, and write down the answer").click()
    accessible(page)
    answered(page)
    expect(page.get_by_text("Yes to 2 of")).to_be_visible()
    accessible(page)
    picture(page, "sharing-with")
    made_and_taken_back(page, accessible, picture)
    page.goto(f"{night.address}/staff/cases/{reference}/sharing/")
    accessible(page)


@SEEN
def test_the_keyboard_alone_asks_and_takes_back(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """A select, a button, radios: as the keyboard goes them."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/sharing/", viewport=DESKTOP)
    page.get_by_label("Who").focus()
    page.keyboard.type("SARC: The")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="SARC: The Havens")).to_be_visible()
    page.get_by_role("link", name="Ask the person").press("Enter")
    first = page.get_by_role("group", name="What to call you").get_by_label("Not asked")
    expect(first).to_be_checked()
    first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("group", name="What to call you").get_by_label("No", exact=True)).to_be_checked()
    page.get_by_label("In person").press("Space")
    page.get_by_role("button", name="Keep what they said").press("Enter")
    expect(page.get_by_text("Answer 1")).to_be_visible()
    accessible(page)


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_it_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; what is missing is said at the top, and nothing typed is lost."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/sharing/", viewport=PHONE, **more)
    page.get_by_label("Who").select_option("partner/galop")
    page.get_by_role("button", name="Go on").click()
    assert too_wide(page) <= 0
    page.get_by_role("link", name="Ask the person").click()
    page.get_by_label("In which words?").fill("Nothing yet.")
    page.get_by_label("In person").check()
    page.get_by_role("button", name="Keep what they said").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("yes or no for at least one group")
    expect(page.get_by_label("In which words?")).to_have_value("Nothing yet.")
    assert too_wide(page) <= 0
    answered(page)
    page.get_by_role("button", name="See what a pack would hold").click()
    assert too_wide(page) <= 0
    if "java_script_enabled" not in more:
        accessible(page)
    page.get_by_role("button", name="Make the pack of exactly this").click()
    expect(page.get_by_role("heading", name="Who took the file")).to_be_visible()
    assert too_wide(page) <= 0
