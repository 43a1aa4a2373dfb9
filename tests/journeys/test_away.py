"""Thirty cases of two colleagues who fell ill, on a phone: by person, a line each, one after the other by keyboard."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.actions.test_hand_over import has_one
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window
from tests.people import as_reader

pytestmark = SEEN
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1200, "height": 900}
ALL = 30


def both_fell_ill(night: Night) -> None:
    """Eighteen cases are Sana's, twelve Rae's; nobody looked at any of them yet."""
    from nightdesk.actions.rota_changes import note_absence
    from nightdesk.queries.clock import database_now
    from nightdesk.records.cases import Case

    now = database_now()
    references = [has_one(night.cast, now) for _ in range(ALL)]
    Case.objects.filter(disclosure__reference__in=references[18:]).update(owner=night.cast.rae)
    for staff in (night.cast.sana, night.cast.rae):
        times = {"starts_at": now - timedelta(hours=30), "ends_at": now + timedelta(days=3)}
        note_absence(actor=as_reader(staff), at=now, staff=staff, kind="sick", **times)


def at_once_in_sight(page: Page) -> int:
    """How many cases can be decided without scrolling further, from the first on."""
    page.locator(".nd-away__case").first.evaluate("(one) => one.scrollIntoView()")
    return int(
        page.evaluate(
            "[...document.querySelectorAll('.nd-away__act')]"
            ".filter((one) => one.getBoundingClientRect().bottom <= innerHeight).length"
        )
    )


def test_thirty_cases_of_two_colleagues_are_decided_on_a_phone_one_after_the_other(
    night: Night, window: Window, accessible: Sound
) -> None:
    both_fell_ill(night)
    page = window(night.cast.maud, "/staff/cases/away/", viewport=PHONE)
    expect(page.locator(".nd-away__case")).to_have_count(ALL)
    assert not too_wide(page)
    accessible(page)
    assert at_once_in_sight(page) >= 4
    page.get_by_role("navigation", name="Whose cases").get_by_role("link").last.press("Enter")
    expect(page.get_by_role("heading", level=2).last).to_be_focused()
    for left in (29, 28):
        select = "document.activeElement.tagName === 'SELECT'"
        while not page.evaluate(select):  # from where the last one was marked, past no other case
            page.keyboard.press("Tab")
        chosen = str(page.evaluate("document.activeElement.closest('li').id"))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{left} wait for you to look at them.")).to_be_visible()
        on = page.locator(".nd-away__case:target")
        expect(on).to_be_focused()
        expect(on).to_contain_text("Not looked at")
        assert on.get_attribute("id") != chosen
        expect(page.locator(f"[id='{chosen}']")).to_contain_text("It stays with them")
    assert page.locator("section", has=on).get_by_role("heading", level=2).inner_text() == _last(page)
    accessible(page)


def _last(page: Page) -> str:
    """Whose cases stand last: it goes on with the same person."""
    return page.get_by_role("heading", level=2).last.inner_text()


def test_thirty_cases_are_read_on_a_wide_screen_and_in_the_dark(
    night: Night, window: Window, accessible: Sound, picture: Picture, watch: Any
) -> None:
    both_fell_ill(night)
    page = window(night.cast.maud, "/staff/cases/away/", viewport=DESKTOP)
    accessible(page)
    picture(page, "away-thirty")
    assert page.get_by_role("link", name="Give the cases of").count() == 2, "once for each person"
    dark = window(night.cast.maud, "/staff/cases/away/", viewport=PHONE, color_scheme="dark")
    dark.get_by_role("heading", level=2).first.evaluate("(one) => one.scrollIntoView()")
    picture(dark, "away-320")
    watch.expect("422")
    dark.get_by_role("button", name="Mark as seen").nth(3).click()
    expect(dark.get_by_text("Choose what is done with this case.").first).to_be_visible()
    assert not too_wide(dark)
    accessible(dark)
