"""The series desk in a real browser: two analysts decide by keyboard, each blind; their series; who may read."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nightdesk.outside.outline import outline
from nightdesk.site.settings import DEMO_OUTLINE
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

FIRST = "The same account, and it is a rare one."
SECOND = "The account; the ages are guesses."


@pytest.fixture
def county(settings: Any, tmp_path: Path) -> None:
    """A force whose outline goes past the places of the reports: that of the demo, laid round them."""
    settings.NIGHTDESK_OUTLINE = DEMO_OUTLINE
    rings = [[(lon - 2.365, lat - 4.0) for lon, lat in ring] for ring in outline() or ()]
    file = tmp_path / "county.geojson"
    shapes = [[[*ring, ring[0]]] for ring in rings]
    file.write_text(json.dumps({"type": "MultiPolygon", "coordinates": shapes}), encoding="utf-8")
    settings.NIGHTDESK_OUTLINE = str(file)


@pytest.fixture
def pair(night: Night) -> Any:
    """A candidate of two reports of two units, with a list of twelve."""
    from nightdesk.queries.clock import database_now

    at = database_now()
    rows = [report_row(told_to(night.cast.priya, at), at, DEN, who=str(place)) for place in range(11)]
    found = pair_of(night.cast, at)
    listed(found.new, at, [found.earlier, *rows])
    return found


def choose(page: Page, answer: str, grounds: str) -> None:
    """Answer by keyboard alone: from the heading of the answers to the button."""
    page.get_by_role("radio", name=answer, exact=True).focus()
    page.keyboard.press("Space")
    box = page.get_by_role("textbox", name="Your grounds")
    for _press in range(30):
        if box.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(grounds)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Give my answer")).to_be_focused()
    page.keyboard.press("Enter")


@pytest.mark.usefixtures("county")
def test_two_analysts_decide_each_blind_to_the_other(
    night: Night, pair: Any, window: Window, accessible: Sound, picture: Picture
) -> None:
    """From the queue to the series, keyboard only for what they answer; no word of the first before the second is in."""
    from nightdesk.queries.clock import database_now

    ines = analyst("ines", database_now())
    wen = window(night.cast.wen, "/staff/")
    expect(wen.get_by_role("heading", name="Reports that may be about the same man")).to_be_visible()
    accessible(wen)
    picture(wen, "series-queue")
    wen.get_by_role("link", name=f"{pair.new.disclosure.reference} beside").click()
    expect(wen.get_by_text("Both name the account").first).to_be_visible()
    wen.get_by_role("button", name="Take it").click()
    expect(wen.get_by_text("Wen looks after it.")).to_be_visible()
    accessible(wen)
    picture(wen, "series-candidate")
    choose(wen, "The same man", FIRST)
    expect(wen.get_by_text("You have answered. It waits for another analyst")).to_be_visible()
    other = window(ines, "/staff/series/candidates/")
    assert FIRST not in wen.content() + other.content()
    other.get_by_role("link", name="For my answer (1)").click()
    other.get_by_role("link", name=f"{pair.new.disclosure.reference} beside").click()
    expect(other.get_by_text("You answer blind")).to_be_visible()
    assert FIRST not in other.content()
    choose(other, "The same man", SECOND)
    for words in (FIRST, SECOND):
        expect(other.get_by_text(words)).to_be_visible()
    accessible(other)
    _series(night, other, accessible, picture)


def _series(night: Night, page: Page, accessible: Sound, picture: Picture) -> None:
    """The board of the two, its history, and a report taken out again."""
    page.get_by_role("link", name="What happened with this candidate").click()
    expect(page.get_by_text("Decided: the same man")).to_be_visible()
    accessible(page)
    page.goto(f"{night.address}/staff/series/")
    accessible(page)
    page.locator(".se-card a").first.click()
    expect(page.get_by_role("heading", name="What they share")).to_be_visible()
    expect(page.get_by_role("img", name="The whole force, small")).to_be_visible()
    expect(page.get_by_text("Inside the force: 1, 2.")).to_be_visible()
    picture(page, "series-board")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("heading", name="Where", exact=True).evaluate("heading => heading.scrollIntoView()")
    accessible(page)
    picture(page, "series-map")
    page.get_by_text("Take it out of the series").first.click()
    page.get_by_label("Why").first.fill("Two men: one has a scar.")
    page.get_by_role("button", name="Take").first.click()
    expect(page.get_by_text("This series has ended:")).to_be_visible()
    page.get_by_role("link", name="History of the series").click()
    expect(page.get_by_text("Two men: one has a scar.").first).to_be_visible()
    accessible(page)


def test_whoever_was_slower_keeps_every_word(
    night: Night, pair: Any, window: Window, accessible: Sound, watch: Any
) -> None:
    """Told that they are the third now; what they wrote is in the box, and can be sent."""
    from nightdesk.queries.clock import database_now

    watch.expect("409")
    at = database_now()
    ines, omar = analyst("ines", at), analyst("omar", at)
    answered(night.cast.wen, at, pair, "linked")
    page = window(omar, f"/staff/series/candidates/{pair.pk}/")
    answered(ines, at, pair, "not_linked")
    choose(page, "The same man", SECOND)
    expect(page.get_by_text("you are the third now")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your grounds")).to_have_value(SECOND)
    accessible(page)
    page.get_by_role("link", name="To what you wrote").click()
    page.get_by_role("button", name="Give my answer").click()
    expect(page.locator(".se-tags").get_by_text("Linked", exact=True)).to_be_visible()


def test_a_supervisor_names_a_reader_and_the_list_has_its_reasons(
    night: Night, pair: Any, window: Window, accessible: Sound, picture: Picture
) -> None:
    """The officer reads the list of a report, and finds nothing to answer."""
    maud = window(night.cast.maud, "/staff/cases/")
    maud.get_by_role("link", name="Series readers").click()
    maud.get_by_label("Officer").select_option(label="Sana, Unit A")
    maud.get_by_role("button", name="Name this officer").click()
    expect(maud.get_by_role("button", name="End it for Sana")).to_be_visible()
    accessible(maud)
    sana = window(night.cast.sana, f"/staff/series/reports/{pair.new_id}/")
    expect(sana.locator(".se-ranked > li")).to_have_count(12)
    accessible(sana)
    picture(sana, "series-list")
    sana.locator(".se-ranked a").first.click()
    expect(sana.get_by_role("heading", name="For and against")).to_be_visible()
    expect(sana.get_by_role("button", name="Give my answer")).to_have_count(0)


@SEEN
@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_screens_and_both_lights_hold_the_desk(
    night: Night, pair: Any, window: Window, accessible: Sound, picture: Picture, theme: str
) -> None:
    """320 pixels: the queue, a candidate of one incident, a list, a board; nothing runs out of the side."""
    from nightdesk.queries.clock import database_now

    at, ines = database_now(), analyst("ines", database_now())
    third = candidate_row(report_row(told_to(night.cast.tom, at), at, OTHER), pair.new, at, incident="likely")
    for one in (night.cast.wen, ines):
        answered(one, at, pair, "linked")
    page = window(
        ines, "/staff/series/candidates/", viewport={"width": 320, "height": 720}, color_scheme=theme
    )
    number = pair.new.memberships.get().series.reference
    for name, path in (("queue", "candidates/"), ("candidate", f"candidates/{third.pk}/"), ("board", f"{number}/"),
                       ("list", f"reports/{pair.new_id}/"), ("history", f"{number}/history/")):  # fmt: skip
        page.goto(f"{night.address}/staff/series/{path}")
        assert too_wide(page) <= 0, name
        accessible(page)
        picture(page, f"series-{name}-320-{theme}")
