"""A death is entered at a counter in short; an analyst asks what was told before. Also small and by keys."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nightdesk.rules.fairness import Live
from tests.browser import too_wide
from tests.jobs.test_linkage_explore import index_of, reported
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}
CARD = "Look at this death again"


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one marker."""
    group = page.get_by_role("group", name=question)
    group.get_by_role("radio", name=answer, exact=True).check()


def test_a_death_is_entered_at_the_counter_and_the_card_says_what_to_do(
    night: Night, window: Window, accessible: Sound, picture: Picture, watch: Any
) -> None:
    """A drug, a place, an app and two markers; then what was wrong is corrected, and the difference shows."""
    watch.expect("422")
    page = window(night.cast.priya, "/staff/counter/")
    page.get_by_role("link", name="Enter an unexplained death").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("One thing is enough")).to_be_visible()
    accessible(page)
    page.get_by_label("Where they were found").fill("Behind the wall of Cook Street")
    page.get_by_label("App or site they met").select_option("grindr")
    page.get_by_label("Drug that is suspected").select_option("ghb")
    choose(page, "A bottle or vial", "Yes")
    choose(page, "A note was found", "No")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name=CARD)).to_be_visible()
    expect(page.get_by_text("unexplained, not as unsuspicious").first).to_be_visible()
    accessible(page)
    picture(page, "death-card")
    page.get_by_role("button", name="Add to it, or correct it").click()
    choose(page, "A bottle or vial", "No")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name=CARD)).to_have_count(0)
    expect(page.get_by_text("Version 2")).to_be_visible()
    accessible(page)


def ask_with_a_height_that_is_none(page: Page, accessible: Sound) -> None:
    """Groups opened by keys; the sentence leads to the box, and nothing that was filled is lost or shut away."""
    for group in ("How he looked", "What he did"):
        page.locator("summary", has_text=group).focus()
        page.keyboard.press("Enter")
    page.get_by_label("His height").fill("very tall")
    page.get_by_role("checkbox", name="Moved the person while").check()
    page.get_by_label("Why do you ask?").fill("The deaths of this autumn")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("checkbox", name="Moved the person while")).to_be_checked()
    page.get_by_role("link", name="Write his height from 100").click()
    expect(page.get_by_label("His height")).to_be_focused()
    accessible(page)


def test_an_analyst_asks_and_sees_the_answer_come(
    night: Night, window: Window, accessible: Sound, picture: Picture, watch: Any
) -> None:
    """A height that can't be read, with nothing lost; then the answer by itself, with reasons for and against."""
    from nightdesk.jobs.linkage_explore import answer_explorations
    from nightdesk.linkage.weights import shipped
    from nightdesk.queries.clock import database_now

    report = reported(night.cast, met_handle="fox_den", met_phone="8868", drug="ghb", where="the park")
    watch.expect("422")
    page = window(night.cast.wen, "/staff/deaths/")
    page.get_by_role("link", name="What if we knew…").first.click()
    accessible(page)
    page.get_by_label("What he is called on an app").fill("Fox.Den")
    page.get_by_label("Phone number, or its last").fill("8868")
    ask_with_a_height_that_is_none(page, accessible)
    page.get_by_label("His height").fill("5 ft 8 to 6 ft")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Being compared.")).to_be_visible()
    accessible(page)
    answer_explorations(index_of(report), shipped(), clock=database_now)
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_text("Phone number: the same last four digits")).to_be_visible()
    expect(page.get_by_role("link", name=report.death.reference, exact=True)).to_be_visible()
    accessible(page)
    picture(page, "explore")


@SEEN
@pytest.mark.parametrize(
    "path", ["/staff/deaths/new/", "/staff/explore/", "/staff/linkage/fairness/", "/staff/deaths/"]
)
def test_the_pages_fit_a_phone_light_and_dark(
    night: Night, window: Window, accessible: Sound, path: str
) -> None:
    who = night.cast.priya if path.endswith("new/") else night.cast.wen
    page = window(who, path)
    page.set_viewport_size(PHONE)
    for folded in page.locator("details > summary").all():
        folded.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert too_wide(page) <= 0
        accessible(page)


@SEEN
def test_a_death_is_entered_with_the_keyboard_alone(night: Night, window: Window, accessible: Sound) -> None:
    """From the first radio to the button, and the card of the page after it on a phone."""
    page = window(night.cast.priya, "/staff/deaths/new/")
    page.get_by_label("Where they were found").focus()
    page.keyboard.type("Cook Street")
    for question in ("GHB or GBL is suspected", "A bottle or vial"):
        group = page.get_by_role("group", name=question)
        group.get_by_role("radio", name="Not asked").focus()
        page.keyboard.press("ArrowDown")
        expect(group.get_by_role("radio", name="Yes")).to_be_checked()
    page.get_by_role("button", name="Keep it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=CARD)).to_be_visible()
    page.set_viewport_size(PHONE)
    assert too_wide(page) <= 0
    accessible(page)


@SEEN
def test_the_audit_is_read_on_a_phone_and_by_keys(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """The tables are wider than a phone: each moves by itself, with the keyboard too; the page does not."""
    from nightdesk.actions.link_audits import keep_audit
    from nightdesk.jobs.linkage_audit import note_switches
    from nightdesk.queries.clock import database_now

    at = database_now()
    note_switches(at)
    rows = [
        Live("counter", "Unit A", number % 2 == 0, 30.0, age)
        for number in range(40)
        for age in ("adult", "18_to_24")
    ]
    keep_audit(at=at, days=365, rows=rows)
    page = window(night.cast.wen, "/staff/linkage/fairness/")
    expect(page.get_by_text("Who answers for it")).to_be_visible()
    picture(page, "fairness")
    page.set_viewport_size(PHONE)
    assert too_wide(page) <= 0
    accessible(page)
    table = page.get_by_role("region", name="By the age of the person it happened to")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_be_focused()
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    expect(table.get_by_role("row", name="18 to 24")).to_contain_text("40")
