"""Safe contact in a real browser: a plan agreed, a call that is warned of, what came of it, and the task it becomes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
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


def never_now() -> str:
    """Hours of a day that is neither today nor yesterday."""
    return f"{timezone.localtime() + timedelta(days=3):%a} 10:00-11:00"


def agree(page: Page, hours: str) -> None:
    """Sana writes the plan down with the person."""
    page.get_by_label("What to call them", exact=True).fill("Jo")
    page.get_by_label("Pronouns", exact=True).fill("they/them")
    page.get_by_label("Phone call", exact=True).check()
    page.get_by_label("Phone that is safe", exact=True).fill("020 7946 0111")
    page.get_by_label("When is it safe?", exact=True).select_option("these")
    page.get_by_label("Safe times", exact=True).fill(hours)
    page.get_by_label("May somebody else answer?", exact=True).select_option("yes")
    page.get_by_label("What to say if somebody else answers", exact=True).fill(
        "Ask for Jo, say it is the library."
    )
    page.get_by_label("May a message be left?", exact=True).select_option("no")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Versions, and what differs")).to_be_visible()


def go_on(page: Page) -> None:
    """The call is warned of; without a reason it does not begin."""
    page.get_by_role("button", name="Go on all the same").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Write why you go on")
    page.get_by_label("Why do you go on although it is not safe?").fill("They asked me to ring at once.")
    page.get_by_role("button", name="Go on all the same").click()


def tomorrow_in(page: Page, field: str) -> None:
    """The boxes of a date."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    for part, value in (("day", tomorrow.day), ("month", tomorrow.month), ("year", tomorrow.year)):
        page.locator(f"#id_{field}-{part}").fill(str(value))


def test_a_call_outside_the_hours_is_warned_of(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """From the head of the case to the page before the call."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/contact-plan/change/", viewport=DESKTOP)
    agree(page, never_now())
    accessible(page)
    page.get_by_role("link", name="Back to the case").click()
    expect(page.get_by_text("Not safe now").first).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": 1280, "height": 500})
    picture(page, "contact-case")
    page.set_viewport_size(DESKTOP)
    page.get_by_role("link", name="Before you call or write").click()
    accessible(page)
    page.get_by_role("link", name="Phone call", exact=True).click()
    expect(page.locator(".nd-contact__warning")).to_contain_text("outside the hours")
    expect(page.get_by_text("Ask for Jo, say it is the library.")).to_be_visible()
    accessible(page)
    picture(page, "contact-before")


def test_what_came_of_a_call_is_noted_and_its_promise_becomes_a_task(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """Gone on with a reason; then my tasks name its kind."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/contact-plan/change/", viewport=DESKTOP)
    agree(page, never_now())
    page.goto(f"{night.address}/staff/cases/{reference}/contacts/before/?way=phone_call")
    go_on(page)
    page.get_by_label("Reached: spoke with them").check()
    page.get_by_label("What was agreed").fill("I ring on Monday.")
    tomorrow_in(page, "next_by")
    accessible(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("1 from this contact")).to_be_visible()
    accessible(page)
    page.goto(f"{night.address}/staff/cases/tasks/")
    expect(page.get_by_role("link", name="Get in touch with the person")).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": 1280, "height": 600})
    picture(page, "contact-tasks")


@SEEN
def test_a_task_is_done_by_keyboard(night: Night, window: Window, reference: str, accessible: Sound) -> None:
    """Made, opened and done without a mouse; the second page is told who did it."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/tasks/", viewport=DESKTOP)
    page.get_by_label("What is to be done").focus()
    page.keyboard.type("Ask for the video")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask for evidence")
    tomorrow_in(page, "due_at")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Ask for the video")
    expect(link).to_be_visible()
    other = window(night.cast.rae, str(link.get_attribute("href")), viewport=DESKTOP)
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_label("It is done", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done and dropped")).to_be_visible()
    accessible(page)
    other.get_by_label("It is done", exact=True).check()
    other.get_by_role("button", name="Keep it").click()
    expect(other.locator(".govuk-error-summary")).to_contain_text("Sana has done this task")
    accessible(other)


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_every_page_of_contact_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; the call begins and is noted without a script."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/contact-plan/change/", viewport=PHONE, **more)
    agree(page, never_now())
    for rest in (
        "", "contact-plan/", "contact-plan/change/", "wishes/change/", "contacts/", "contacts/before/", "contacts/earlier/",
        "contacts/before/?way=phone_call", "tasks/",
    ):  # fmt: skip
        page.goto(f"{night.address}/staff/cases/{reference}/{rest}")
        assert too_wide(page) <= 0, rest
        if "java_script_enabled" not in more:
            accessible(page)
    page.goto(f"{night.address}/staff/cases/{reference}/contacts/before/?way=phone_call")
    page.get_by_label("Why do you go on although it is not safe?").fill("They asked me to")
    page.get_by_role("button", name="Go on all the same").click()
    page.get_by_label("No answer", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Correct it: a further note")).to_be_visible()
    assert too_wide(page) <= 0
