"""The entrance in a real browser: accessible in every theme and language, and the scripts that blank and lock."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from nightdesk.actions import staff
from nightdesk.queries.clock import database_now
from nightdesk.records.sign_in import DeskSession
from nightdesk.records.staff import Staff
from tests.people import as_reader, make_cast

PIN = "483920"


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each test names its own address. (pytest-playwright's own fixture warns under pytest 9.2.)"""


@pytest.fixture
def demo(journey_db: None, live_server: Any) -> Iterator[str]:
    """The address of a demo in which Priya, Wen and Idris can sign in with one tap; Priya has a PIN."""
    cast = make_cast(database_now())
    Staff.objects.filter(username__in=["priya", "wen", "idris"]).update(is_demo=True)
    staff.set_pin(actor=as_reader(cast.priya), at=database_now(), pin=PIN)
    settings.DEMO = True
    yield live_server.url
    settings.DEMO = False


def come_in(page: Page, demo: str, name: str = "Wen") -> None:
    """One tap."""
    page.goto(f"{demo}/staff/sign-in/")
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.wait_for_load_state("networkidle")


def escape_twice(page: Page) -> None:
    """Within the second, by the page's own clock, however slow the machine is between the two."""
    page.evaluate("Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 1 })")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def unused_for(seconds: int) -> None:
    """Set the desk's last use back."""
    DeskSession.objects.update(active_at=database_now() - timedelta(seconds=seconds))


@pytest.mark.once("what is seen; the pages themselves are opened on both databases in test_access.py")
def test_each_page_is_accessible_in_both_themes_in_arabic_and_on_a_narrow_screen(
    page: Page, demo: str, accessible: Callable[[Page], None]
) -> None:
    """No violation, and nothing to scroll sideways at 320 pixels."""
    page.goto(f"{demo}/staff/sign-in/")
    for name in ("Dark", "Light", re.compile("العربي")):
        page.get_by_role("button", name=name).click()
        accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    for address in ("sign-in/", "", "pin/", "blank/", "locked/"):
        if not address:
            page.locator("button[name=demo][value=wen]").click()
        if address == "blank/":
            page.locator("form[data-blank-screen] button").click()
        page.goto(f"{demo}/staff/{address}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_escape_twice_blanks_and_the_pin_brings_back_to_the_same_page(page: Page, demo: str) -> None:
    """From the keyboard alone; the back button shows nothing in between."""
    come_in(page, demo, "Priya")
    page.goto(f"{demo}/staff/pin/")
    escape_twice(page)
    page.wait_for_url("**/staff/blank/**")
    assert page.inner_text("body").strip() == "This desk is locked\n\nContinue"
    assert page.title() == "Nightdesk"
    page.go_back()
    page.wait_for_url("**/staff/locked/?next=%2Fstaff%2Fpin%2F")
    expect(page.get_by_label("PIN or password")).to_be_focused()
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/pin/")


def test_an_answer_that_is_late_does_not_stop_the_screen_from_being_blanked(
    page: Page, demo: str, watch: Any
) -> None:
    """The page had asked whether the desk is open; the answer comes when blanking has just locked it."""
    watch.expect("401")
    come_in(page, demo, "Priya")
    asked: list[Any] = []
    page.route("**/staff/still-here/", lambda route: asked.append(route))
    page.goto(f"{demo}/staff/pin/")

    def locked(route: Any) -> None:
        answer = route.fetch(max_redirects=0)
        with page.expect_response("**/staff/still-here/"):
            asked[0].fulfill(status=401)
        page.wait_for_timeout(300)  # it acts on it, if it does
        route.fulfill(response=answer)

    page.route("**/staff/blank/", locked)
    escape_twice(page)
    page.wait_for_url("**/staff/blank/?next=%2Fstaff%2Fpin%2F")
    assert page.get_by_role("link", name="Continue").is_visible()


def test_after_signing_out_the_back_button_shows_nothing(page: Page, demo: str) -> None:
    """Not even for a moment from the browser's memory."""
    come_in(page, demo, "Idris")
    expect(page.get_by_role("heading", name="Start")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/sign-in/**")
    page.go_back()
    page.wait_for_url("**/staff/sign-in/**")
    assert not page.get_by_text("You are signed in as").is_visible()


def test_a_page_that_nobody_uses_hides_itself_and_locks(page: Page, demo: str) -> None:
    """Without a click."""
    come_in(page, demo)
    unused_for(settings.NIGHTDESK_IDLE_SECONDS - 60)
    page.reload()
    unused_for(settings.NIGHTDESK_IDLE_SECONDS - 60)
    page.goto(f"{demo}/staff/pin/")
    page.wait_for_load_state("networkidle")
    unused_for(settings.NIGHTDESK_IDLE_SECONDS)
    # Two answers at once, as from a slow network: the page leaves once.
    page.evaluate("for (const _ of [1, 2]) document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url("**/staff/locked/?next=%2Fstaff%2Fpin%2F")
    assert DeskSession.objects.get().locked_how == "idle"


def test_typing_keeps_the_desk_open(page: Page, demo: str, watch: Any) -> None:
    """Words typed into a page that saves nothing by itself count as use too."""
    come_in(page, demo)
    page.goto(f"{demo}/staff/pin/")
    page.wait_for_load_state("networkidle")
    unused_for(120)
    before = DeskSession.objects.get().active_at
    page.evaluate("performance.now = ((now) => () => now.call(performance) + 20000)(performance.now)")
    with page.expect_response("**/staff/still-here/"):
        page.get_by_label("New PIN").type("1")
    assert DeskSession.objects.get().active_at > before


def test_when_the_network_is_gone_an_unused_page_hides_and_comes_back(
    page: Page, demo: str, watch: Any
) -> None:
    """Hidden after the time it was told; shown again when the desk turns out to be open."""
    watch.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, demo)
    page.goto(f"{demo}/staff/pin/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    idle_ms = settings.NIGHTDESK_IDLE_SECONDS * 1000 + 1000
    page.evaluate(f"performance.now = ((now) => () => now.call(performance) + {idle_ms})(performance.now)")
    expect(page.locator("html")).to_have_class(re.compile("nd-blanked"), timeout=30_000)
    page.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("html")).not_to_have_class(re.compile("nd-blanked"))


def test_it_all_works_without_a_script(
    browser: Any, demo: str, watched_context: Any, browser_context_args: Any
) -> None:
    """Blank, lock, unlock, theme, language, sign-out."""
    context = watched_context(browser.new_context(**browser_context_args, java_script_enabled=False))
    page = context.new_page()
    come_in(page, demo, "Priya")
    page.get_by_role("button", name="Blank the screen").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_label("PIN or password").fill(PIN)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    context.close()
