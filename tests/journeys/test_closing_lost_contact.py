"""Contact that is lost, in a real browser: too few tries, then enough by the contact log, and a supervisor’s look."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.actions.closings import DAY, closable, try_them
from tests.actions.contacts import begun
from tests.browser import too_wide
from tests.journeys.conftest import Night, Sound, Window
from tests.people import make_cast

DESKTOP = {"width": 1280, "height": 1400}
PHONE = {"width": 320, "height": 640}
WHERE = "The ISVA wrote to them. It is in her notes."


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def night(journey_db: None, live_server: Any) -> Night:
    """Everybody on duty forty days ago, so that there was time to try; the worker has just been round."""
    from nightdesk.queries.clock import database_now

    found = Night(make_cast(database_now() - 40 * DAY), live_server.url)
    found.work()
    return found


@pytest.fixture
def reference(night: Night) -> str:
    """A case of Sana's, told forty days ago; three tries in the log, and one of which nobody said what came of it."""
    from nightdesk.queries.clock import database_now

    now = database_now()
    found = closable(night.cast, now - 40 * DAY)
    try_them(night.cast.sana, found, now - 25 * DAY, times=3)
    warned = ("way_not_agreed", "outside_hours", "nothing_agreed")
    begun(night.cast.sana, now - 2 * DAY, found, told=warned, reason="They had asked for it.")
    return found


def sent(page: Page) -> None:
    """The form goes off."""
    page.get_by_role("button", name="Ask to close the case").click()


def fill(page: Page) -> None:
    """What the log can't say."""
    page.get_by_label("Everything reasonable was done").check()
    page.get_by_label("No, nobody is identified").check()
    page.get_by_label("Grounds", exact=True).fill("All that is safe for them was tried.")
    page.get_by_label("I have looked at everything").check()


def beside(page: Page) -> None:
    """A letter of somebody else's, five days ago; of the last day at first only a word that is no day."""
    page.get_by_label("Tries that are not in the contact log").fill(WHERE)
    page.get_by_label("How many of them?").fill("1")
    page.get_by_label("Letter", exact=True).check()
    day = timezone.localtime() - timedelta(days=5)
    for part in ("day", "month", "year"):
        page.locator(f"#id_more_first_on-{part}").fill(str(getattr(day, part)))
        page.locator(f"#id_more_last_on-{part}").fill("soon" if part == "day" else str(getattr(day, part)))


def note_what_came_of_it(page: Page, address: str) -> None:
    """The try that nobody noted, by way of the log."""
    page.get_by_role("link", name="Contact log").click()
    page.locator("section", has_text="What came of it is not noted yet").get_by_role("link").click()
    page.get_by_label("No answer", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    page.goto(address)


def test_contact_is_lost_by_the_log_and_never_by_memory(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """Three are too few; noted, there are four; a letter beside the log has to say where it can be looked up."""
    address = f"{night.address}/staff/cases/{reference}/closing/ask/lost_contact/"
    sana = window(night.cast.sana, f"/staff/cases/{reference}/closing/", viewport=DESKTOP)
    sana.get_by_role("link", name="We can’t reach the person").click()
    expect(sana.get_by_text("3, of 5 needed")).to_be_visible()
    expect(sana.get_by_text("1 contact that began does not count yet")).to_be_visible()
    accessible(sana)
    fill(sana)
    sent(sana)
    expect(sana.locator(".govuk-error-summary")).to_contain_text("Try at least 5 times")
    accessible(sana)
    note_what_came_of_it(sana, address)
    expect(sana.get_by_text("4, of 5 needed")).to_be_visible()
    fill(sana)
    beside(sana)
    sent(sana)
    expect(sana.locator(".govuk-error-summary")).to_contain_text("Enter the day as a number")
    expect(sana.get_by_label("Tries that are not in the contact log")).to_have_value(WHERE)
    accessible(sana)
    sana.locator("#id_more_last_on-day").fill(sana.locator("#id_more_first_on-day").input_value())
    sent(sana)
    expect(sana.get_by_text("Waiting for a supervisor").first).to_be_visible()
    looked_at(night, window, reference, accessible)


def looked_at(night: Night, window: Window, reference: str, accessible: Sound) -> None:
    """What Maud is told of the tries, and where to look them up."""
    maud = window(night.cast.maud, f"/staff/cases/{reference}/closing/", viewport=DESKTOP)
    expect(maud.get_by_text("1 of them is not in the contact log")).to_be_visible()
    expect(maud.get_by_text(WHERE)).to_be_visible()
    expect(maud.get_by_text("Look them up where the form says they are")).to_be_visible()
    accessible(maud)
    maud.get_by_role("button", name="Close the case").click()
    maud.goto(f"{night.address}/staff/cases/{reference}/")
    expect(maud.get_by_text("Closed by a supervisor").first).to_be_visible()


@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_the_form_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """With the log on it, then with what is wrong, 320 pixels wide."""
    address = f"/staff/cases/{reference}/closing/ask/lost_contact/"
    page = window(night.cast.sana, address, viewport=PHONE, **more)
    assert too_wide(page) <= 0
    beside(page)
    sent(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert too_wide(page) <= 0
    if "java_script_enabled" not in more:
        accessible(page)
