"""Search and opening another's case, in a real browser: by keyboard, on a phone, without a script; seen, asked, answered."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in

DESKTOP = {"width": 1280, "height": 1000}
PHONE = {"width": 320, "height": 640}
SEARCH = "/staff/cases/search/"


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def reference(form: Page, night: Night) -> str:
    """Priya takes a disclosure with a name and a handle; Sana has its case."""
    from nightdesk.records.cases import Case

    form.locator("#id_what").fill("He raped me at the Arches.")
    form.locator("[name=call_me]").fill("Jo Quarry")
    form.locator("[name=suspect0-handle]").fill("@Night_Owl.99")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    night.work()
    Case.objects.update(owner=night.cast.sana)
    return reference_in(form)


def look_for(page: Page, words: str) -> None:
    """By keyboard alone."""
    page.get_by_label("What do you look for?").fill(words)
    page.keyboard.press("Enter")


def to_case(page: Page, end: str) -> Locator:
    """The link of the page itself, not of the strip with call-outs."""
    return page.locator(f'main a[href$="/cases/{end}/"]')


def test_a_case_is_found_from_the_queue_and_opened(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """By a handle written another way; the address says nothing of it."""
    page = window(night.cast.sana, "/staff/cases/", viewport=DESKTOP)
    page.get_by_role("link", name="Search all cases").click()
    accessible(page)
    look_for(page, "nightowl99")
    expect(page.get_by_text("Read as:")).to_contain_text("App handle")
    expect(page.get_by_text("App handle: spelt or called another way")).to_be_visible()
    assert page.url == night.address + SEARCH
    accessible(page)
    picture(page, "search")
    to_case(page, reference).click()
    expect(page.get_by_role("heading", name="First account, in their words")).to_be_visible()


def test_another_unit_gives_a_reason_its_owner_sees_it_asks_why_and_is_answered(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """The whole way, three people."""
    kofi = window(night.cast.kofi, SEARCH, viewport=DESKTOP)
    look_for(kofi, "quarry, jo")
    expect(kofi.get_by_text("Of others: ask, or open with a reason")).to_be_visible()
    accessible(kofi)
    to_case(kofi, reference).click()
    expect(kofi.get_by_text("The reason holds for 8 hours.")).to_be_visible()
    picture(kofi, "opening_reason")
    kofi.get_by_role("button", name="Open the case").click()
    expect(kofi.locator(".govuk-error-summary")).to_contain_text("Choose why you open this case.")
    kofi.get_by_label("I work on a report that may be linked to it").check()
    kofi.get_by_label("In a few words").fill("A handle like the one in ours.")
    accessible(kofi)
    kofi.get_by_role("button", name="Open the case").click()
    expect(kofi.get_by_role("heading", name="First account, in their words")).to_be_visible()
    sana = window(night.cast.sana, "/staff/cases/openings/", viewport=DESKTOP)
    _asks_why(sana, reference, accessible, picture)
    maud = window(night.cast.maud, "/staff/cases/openings/unit/", viewport=DESKTOP)
    _answers(maud, reference, accessible, picture)
    sana.goto(f"{night.address}/staff/cases/openings/")
    sana.get_by_role("button", name="I have seen these").click()
    expect(sana.get_by_text("0 openings that you have not seen.")).to_be_visible()


def _asks_why(sana: Page, reference: str, accessible: Sound, picture: Picture) -> None:
    expect(sana.get_by_text("1 opening that you have not seen.")).to_be_visible()
    accessible(sana)
    picture(sana, "openings")
    to_case(sana, f"{reference}/openings").click()
    expect(sana.get_by_text("A handle like the one in ours.")).to_be_visible()
    sana.get_by_text("Ask the supervisor why").click()
    sana.get_by_label("What do you want to know?").fill("Which report is that?")
    sana.get_by_role("button", name="Ask why").click()
    expect(sana.get_by_text("Asked why").first).to_be_visible()
    accessible(sana)


def _answers(maud: Page, reference: str, accessible: Sound, picture: Picture) -> None:
    accessible(maud)
    picture(maud, "openings_watch")
    to_case(maud, f"{reference}/openings").first.click()
    maud.get_by_label("It was in order").check()
    maud.get_by_label("In a few words").fill("K7M2; we agreed on it yesterday.")
    accessible(maud)
    maud.get_by_role("button", name="Answer").click()
    expect(maud.get_by_text("Answered").first).to_be_visible()


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_it_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; too little is said at the top."""
    page = window(night.cast.sana, SEARCH, viewport=PHONE, **more)
    page.get_by_label("Read it as").select_option("phone")
    look_for(page, "12345")
    expect(page.locator(".govuk-error-summary")).to_contain_text("at least the last 6 digits")
    assert too_wide(page) <= 0
    page.get_by_label("Read it as").select_option("")
    look_for(page, "Jo Quarry")
    expect(to_case(page, reference)).to_be_visible()
    assert too_wide(page) <= 0
    if "java_script_enabled" not in more:
        accessible(page)
    for path in ("openings/", f"{reference}/"):
        page.goto(f"{night.address}/staff/cases/{path}")
        assert too_wide(page) <= 0
    page = window(night.cast.maud, "/staff/cases/openings/unit/", viewport=PHONE, **more)
    assert too_wide(page) <= 0
