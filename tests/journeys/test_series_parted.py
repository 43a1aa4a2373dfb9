"""Analysts who do not agree, a report that was destroyed, and a death that leads to what is like it, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window
from tests.linkage_rows import (
    DEN,
    OTHER,
    analyst,
    answered,
    candidate_row,
    listed,
    pair_of,
    report_row,
    told_to,
)


def choose(page: Page, answer: str, grounds: str) -> None:
    """Answer on the page of a candidate."""
    page.get_by_role("radio", name=answer, exact=True).check()
    page.get_by_role("textbox", name="Your grounds").fill(grounds)
    page.get_by_role("button", name="Give my answer").click()


def test_a_third_analyst_decides_and_the_link_leads_to_its_series(
    night: Night, window: Window, accessible: Sound
) -> None:
    """Wen and Ines do not agree; Omar sees both answers, decides, and goes on to the board."""
    from nightdesk.queries.clock import database_now

    at = database_now()
    pair, ines, omar = pair_of(night.cast, at), analyst("ines", at), analyst("omar", at)
    path = f"/staff/series/candidates/{pair.pk}/"
    choose(window(night.cast.wen, path), "The same man", "The account is a rare one.")
    other = window(ines, path)
    choose(other, "Not the same man", "Twenty years apart.")
    expect(other.get_by_text("You were one of the two. A third analyst decides.")).to_be_visible()
    accessible(other)
    third = window(omar, path)
    expect(third.get_by_text("You are the third")).to_be_visible()
    expect(third.get_by_text("Twenty years apart.")).to_be_visible()
    accessible(third)
    choose(third, "The same man", "Ages are guesses.")
    expect(third.get_by_text("What would settle it")).to_have_count(0)
    accessible(third)
    number = pair.new.memberships.get().series.reference
    third.get_by_role("link", name=number).click()
    expect(third.get_by_role("heading", name="Board of a series")).to_be_visible()
    expect(third.get_by_role("link", name="Series desk")).to_have_attribute("aria-current", "page")
    accessible(third)


@SEEN
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_series_with_a_destroyed_report_reads_on_a_small_screen(
    night: Night, window: Window, accessible: Sound, picture: Picture, theme: str
) -> None:
    """Board, history, candidate and list at 320 pixels: what is gone is said, the rest is there."""
    from nightdesk.actions.link_reports import destroy_link_reports
    from nightdesk.queries.clock import database_now

    at = database_now()
    pair, ines = pair_of(night.cast, at), analyst("ines", at)
    more = candidate_row(report_row(told_to(night.cast.tom, at), at, OTHER), pair.earlier, at)
    for each in (pair, more):
        for one in (night.cast.wen, ines):
            answered(one, at, each, "linked")
    listed(pair.earlier, at, [pair.new, more.new])
    destroy_link_reports(at=at, reference=pair.new.disclosure.reference)
    number = pair.earlier.memberships.get().series.reference
    page = window(ines, "/staff/series/", viewport={"width": 320, "height": 720}, color_scheme=theme)
    for name, path in (("board", f"{number}/"), ("history", f"{number}/history/"),
                       ("candidate", f"candidates/{pair.pk}/"), ("list", f"reports/{pair.earlier_id}/")):  # fmt: skip
        page.goto(f"{night.address}/staff/series/{path}")
        assert too_wide(page) <= 0, name
        if name != "history":
            expect(page.get_by_text("It was destroyed on").first).to_be_visible()
        accessible(page)
        if (name, theme) == ("board", "light"):
            page.get_by_text("It was destroyed on").first.scroll_into_view_if_needed()
            picture(page, "series-destroyed")


def test_an_analyst_goes_from_a_death_to_the_reports_most_like_it(
    night: Night, window: Window, accessible: Sound
) -> None:
    """By the list, and by the page of the death."""
    from nightdesk.queries.clock import database_now
    from tests.jobs.test_linkage import died

    at = database_now()
    death = died(night.cast.priya)
    listed(report_row(death, at), at, [report_row(told_to(night.cast.tom, at), at, DEN)])
    page = window(night.cast.wen, "/staff/deaths/")
    expect(page.get_by_role("link", name="Reports most like this one")).to_have_count(1)
    accessible(page)
    page.get_by_role("link", name=death.reference, exact=True).click()
    accessible(page)
    page.get_by_role("link", name="Reports most like this one").click()
    expect(page.locator(".se-ranked > li")).to_have_count(1)
    expect(page.get_by_text(f"{death.reference} · Unexplained death")).to_be_visible()
    accessible(page)
