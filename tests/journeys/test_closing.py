"""How a case ends, in a real browser: a withdrawal that a supervisor sends back once and then closes; opened again."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.actions.closings import ask, closable, look
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

DESKTOP = {"width": 1280, "height": 1400}
PHONE = {"width": 320, "height": 640}
SAID = "I do not want to go on with this. I want it to be over."


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")
    watch.expect("409")


@pytest.fixture
def reference(night: Night) -> str:
    """A case of Sana's that could be closed."""
    from nightdesk.queries.clock import database_now

    return closable(night.cast, database_now())


def fill(page: Page, words: str) -> None:
    """A withdrawal with nothing missing but who else was there."""
    from django.utils import timezone

    from nightdesk.queries.clock import database_now

    local = timezone.localtime(database_now())
    page.get_by_label("What they said, word for word").fill(words)
    page.get_by_label("The person themself", exact=True).check()
    for part, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
        page.get_by_role("group", name="When was it said?").get_by_label(part).fill(str(value))
    page.get_by_role("group", name="When was it said?").get_by_label("Time").fill(f"{local:%H:%M}")
    page.get_by_label("By phone").check()
    page.get_by_label("Yes, nobody had asked").check()
    page.get_by_label("Yes, before they said this").check()
    page.get_by_label("They know that they can come back at any time").check()
    page.get_by_label("They know what can be kept").check()
    page.get_by_label("Nobody is identified, and the person").check()
    page.get_by_label("No, nobody is identified").check()


def sent(page: Page) -> None:
    """The form goes off."""
    page.get_by_role("button", name="Ask to close the case").click()


def test_a_withdrawal_is_sent_back_once_and_then_closed(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """Sana asks, Maud reads the words and sends it back, Sana asks again, Maud closes it; then the person comes back."""
    sana = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    sana.get_by_role("link", name="Investigation, outcome, closing").click()
    accessible(sana)
    sana.get_by_role("link", name="The person does not want the police to go on").click()
    expect(sana.get_by_text("You can change your mind and come back at any time.")).to_be_visible()
    fill(sana, SAID)
    sana.get_by_label("Somebody else was there").check()
    sent(sana)
    expect(sana.locator(".govuk-error-summary")).to_contain_text("who else was there")
    expect(sana.get_by_label("What they said, word for word")).to_have_value(SAID)
    accessible(sana)
    sana.get_by_label("Who?", exact=True).fill("a flatmate")
    sana.get_by_label("I have looked at everything").check()
    sana.evaluate("scrollTo(0, 0)")
    picture(sana, "closing-ask")
    sent(sana)
    expect(sana.get_by_text("Waiting for a supervisor").first).to_be_visible()
    maud = sent_back(night, window, reference, accessible, picture)
    again_and_back(night, sana, maud, reference, accessible)


def sent_back(night: Night, window: Window, reference: str, accessible: Sound, picture: Picture) -> Page:
    """What Maud finds in her list, reads, and sends back with words."""
    maud = window(night.cast.maud, "/staff/cases/", viewport=DESKTOP)
    maud.get_by_role("link", name="Cases that wait for a supervisor").click()
    expect(maud.get_by_text("1 case waits in your unit.")).to_be_visible()
    accessible(maud)
    picture(maud, "closings")
    maud.get_by_role("link", name=reference).click()
    expect(maud.get_by_text("Was the person asked again, alone?")).to_be_visible()
    accessible(maud)
    picture(maud, "closing-look")
    maud.get_by_role("button", name="Send it back").click()
    expect(maud.locator(".govuk-error-summary")).to_contain_text("what is missing")
    maud.get_by_label("In your words").fill("Ask again when they are alone.")
    maud.get_by_role("button", name="Send it back").click()
    expect(maud.get_by_text("Nothing waits for you.")).to_be_visible()
    return maud


def again_and_back(night: Night, sana: Page, maud: Page, reference: str, accessible: Sound) -> None:
    """The second time, and what follows."""
    sana.goto(f"{night.address}/staff/cases/{reference}/closing/ask/withdrawal/")
    fill(sana, "I am alone, and I am sure.")
    sana.get_by_label("Nobody: they were alone").check()
    sana.get_by_label("I have looked at everything").check()
    sent(sana)
    maud.goto(f"{night.address}/staff/cases/{reference}/closing/")
    expect(maud.get_by_text("I am alone, and I am sure.")).to_be_visible()
    maud.get_by_role("button", name="Close the case").click()
    sana.goto(f"{night.address}/staff/cases/{reference}/")
    expect(sana.get_by_text("Closed by a supervisor").first).to_be_visible()
    sana.get_by_role("link", name="How it ended, and open it again").click()
    sana.get_by_role("button", name="The person came back").click()
    expect(sana.get_by_text("Open again", exact=True)).to_be_visible()
    expect(sana.get_by_text("Opened again")).to_be_visible()
    expect(sana.get_by_text(SAID)).to_be_visible()
    accessible(sana)


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_every_page_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; open it again by keyboard."""
    from nightdesk.queries.clock import database_now

    page = window(night.cast.sana, f"/staff/cases/{reference}/closing/", viewport=PHONE, **more)
    for rest in (
        "closing/",
        "closing/ask/withdrawal/",
        "closing/ask/outcome/",
        "closing/ask/lost_contact/",
        "related/",
    ):
        page.goto(f"{night.address}/staff/cases/{reference}/{rest}")
        assert too_wide(page) <= 0, rest
        if "java_script_enabled" not in more:
            accessible(page)
    ask(night.cast.sana, database_now(), reference)
    look(night.cast.maud, database_now(), reference)
    for rest in ("closing/outcome/", "closing/"):
        page.goto(f"{night.address}/staff/cases/{reference}/{rest}")
        assert too_wide(page) <= 0, rest
    page.get_by_role("button", name="The person came back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Open again", exact=True)).to_be_visible()


@SEEN
def test_a_further_offence_by_keyboard(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """Chosen, then withdrawn with the reason; it stays."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/related/", viewport=DESKTOP)
    page.get_by_label("Offence", exact=True).select_option("related_robbery")
    page.get_by_label("What it rests on").fill("The wallet, taken by force")
    page.get_by_label("What it rests on").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="34B Robbery of personal property")).to_be_visible()
    accessible(page)
    picture(page, "related-offences")
    page.get_by_text("Withdraw it").first.click()
    page.get_by_label("Why it is withdrawn").fill("It was found at home")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("It was found at home")).to_be_visible()
    accessible(page)
