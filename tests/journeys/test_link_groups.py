"""Groups to look at in a real browser: one is made candidates, another set aside by keyboard; on a small screen too."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.group_rows import group_of, kept, reports_of
from tests.journeys.conftest import Night, Picture, Sound, Window
from tests.linkage_rows import report_row, told_to

WHY = "Flatmates: both use the account of the older one."


@pytest.fixture
def groups(night: Night) -> Any:
    """One of four reports of two units, and one of two."""
    from nightdesk.queries.clock import database_now

    at = database_now()
    pair = [report_row(told_to(night.cast.tom, at), at, who=who) for who in "12"]
    large = reports_of(night.cast, at, 4)
    kept(at, group_of(large, acts=3, mean=7.0), group_of(pair, mean=16.0))
    return large


def test_an_analyst_makes_candidates_of_one_group_and_sets_another_aside(
    night: Night, groups: Any, window: Window, accessible: Sound, picture: Picture
) -> None:
    """From the queue to the candidates of a group; nothing is decided by it."""
    wen = window(night.cast.wen, "/staff/")
    wen.get_by_role("link", name="Groups to look at (2)").click()
    expect(wen.get_by_role("heading", name="Groups to look at")).to_be_visible()
    accessible(wen)
    picture(wen, "series-groups")
    wen.get_by_role("link", name="4 reports, 3 acts").click()
    expect(wen.get_by_role("heading", name="What contradicts")).to_be_visible()
    expect(wen.get_by_text("One says that he is called Jim, the other Casimir.").first).to_be_visible()
    accessible(wen)
    picture(wen, "series-group")
    wen.get_by_role("button", name="Make its pairs candidates").click()
    expect(wen.get_by_text("Its pairs are candidates").first).to_be_visible()
    accessible(wen)
    wen.get_by_role("link", name="1 and 2").click()
    expect(wen.get_by_text("The whole database was compared").first).to_be_visible()
    _set_aside(night, wen, accessible)


def _set_aside(night: Night, page: Page, accessible: Sound) -> None:
    """By keyboard alone; without a reason the page says so and keeps its place."""
    page.goto(f"{night.address}/staff/series/groups/")
    page.get_by_role("link", name="2 reports, 2 acts").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Why it is set aside").focus()
    page.keyboard.type(WHY)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Set it aside")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(WHY)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="All groups").click()
    expect(page.get_by_text("There is no group to look at.")).to_be_visible()
    page.get_by_role("link", name="Set aside (1)").click()
    expect(page.get_by_role("link", name="2 reports, 2 acts")).to_be_visible()
    accessible(page)


def test_a_group_is_read_on_a_small_screen_and_without_a_reason_nothing_is_set_aside(
    night: Night, groups: Any, window: Window, accessible: Sound, watch: Any
) -> None:
    watch.expect("422")
    page = window(night.cast.wen, "/staff/series/groups/")
    page.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide(page)
    page.get_by_role("link", name="4 reports, 3 acts").click()
    assert not too_wide(page)
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_role("link", name="Say why")).to_be_visible()
    assert not too_wide(page)
    accessible(page)
