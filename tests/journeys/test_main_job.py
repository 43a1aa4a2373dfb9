"""The main job: a person says one sentence, a specialist is told and answers, and the clock runs."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Night, Sound


def test_a_person_says_one_sentence_and_a_specialist_comes(
    form: Page, night: Night, browser: Browser, watched_context: object, accessible: Sound
) -> None:
    """From the counter to the specialist's queue, with nothing but what happened."""
    form.keyboard.type("He raped me last night.")
    form.keyboard.press("Control+Enter")
    expect(form.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    accessible(form)
    night.work()
    expect(form.get_by_text("Sana", exact=True)).to_be_visible()  # without a reload
    _answer(night, browser, watched_context, accessible)
    expect(form.get_by_role("heading", name="A specialist has it")).to_be_visible()
    _queue(night, browser, watched_context, accessible)


def _answer(night: Night, browser: Browser, watched: object, accessible: Sound) -> None:
    """Sana, at home, taps the link in her message: no sign-in, one button."""
    phone = watched(browser.new_context(viewport={"width": 320, "height": 640}))  # type: ignore[operator]
    page = phone.new_page()
    page.goto(night.link())
    accessible(page)
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()
    accessible(page)
    phone.close()


def _queue(night: Night, browser: Browser, watched: object, accessible: Sound) -> None:
    """Sana signs in: the case is in her queue with its clock, and opens."""
    context: BrowserContext = watched(browser.new_context())  # type: ignore[operator]
    night.enter(context, night.cast.sana)
    page = context.new_page()
    page.goto(f"{night.address}/staff/cases/")
    reference = night.disclosures()[0].reference
    row = page.get_by_role("row", name=re.compile(reference))
    expect(row).to_contain_text("left")
    accessible(page)
    row.get_by_role("link", name=reference).click()
    expect(page.get_by_text("He raped me last night.")).to_be_visible()
    accessible(page)
    context.close()
