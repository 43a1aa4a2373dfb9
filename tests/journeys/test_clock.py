"""The clock in a real browser: counted down by script, read again without, by keyboard, at 320 px, and on a card."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in

DESKTOP = {"width": 1366, "height": 1000}
PHONE = {"width": 320, "height": 640}
Told = Callable[[], str]


@pytest.fixture
def told(form: Page) -> Told:
    """Priya takes a disclosure; its reference."""

    def tell() -> str:
        form.locator("#id_what").fill("He raped me. I was high on G.")
        form.locator("[data-send]").click()
        expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
        return reference_in(form)

    return tell


def test_from_the_counter_to_the_whole_clock_and_what_became_known(
    form: Page, told: Told, accessible: Sound, picture: Picture
) -> None:
    """The first urine first; a box ticked; the clock computed anew, the earlier version beside it."""
    reference = told()
    form.get_by_role("link", name="The whole clock").click()
    first = form.locator(".nd-clock--first")
    expect(first).to_contain_text("First urine")
    expect(first).to_contain_text("hours left")
    accessible(form)
    picture(form, "clock")
    form.get_by_role("link", name="Something became better known").click()
    form.get_by_label("Mouth", exact=True).check()
    form.get_by_label("GHB / GBL").check()
    accessible(form)
    form.get_by_role("button", name="Keep, and compute anew").click()
    expect(form.get_by_role("heading", level=1, name="Evidence clock")).to_be_visible()
    expect(form.locator(".nd-clock", has_text="GHB / GBL: blood")).to_be_visible()
    expect(form.get_by_text("Clocks that nothing points to so far")).to_be_visible()
    expect(form.get_by_role("cell", name="What was done became better known")).to_be_visible()
    assert reference in form.url
    accessible(form)


@SEEN
def test_the_script_counts_down_without_asking_the_server(form: Page, told: Told, night: Night) -> None:
    """Ten hours and more later, on the same page: words, bar and state follow; what has passed says whom to ask."""
    path = f"{night.address}/staff/clock/{told()}/"
    form.clock.install()
    form.goto(path)
    first = form.locator(".nd-clock--first")
    expect(first).to_contain_text("11 hours left")
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    form.clock.fast_forward(timedelta(hours=9, minutes=30).seconds * 1000)
    expect(first).to_contain_text("2 hours left")
    expect(first.locator(".nd-clock__word")).to_have_text("Closing")
    form.clock.fast_forward(timedelta(hours=4).seconds * 1000)
    expect(first.locator(".nd-clock__left")).to_have_text("Ask the SARC")
    expect(first.locator(".nd-clock__word")).to_have_text("Closed")
    assert not [url for url in asked if "/staff/clock/" in url]


@SEEN
def test_a_machine_whose_clock_is_wrong_shows_the_servers_time(form: Page, told: Told, night: Night) -> None:
    """Two days fast, the first urine has its hours all the same."""
    path = f"{night.address}/staff/clock/{told()}/"
    form.clock.set_system_time(form.evaluate("Date.now()") + timedelta(days=2).total_seconds() * 1000)
    form.goto(path)
    expect(form.locator(".nd-clock--first")).to_contain_text("11 hours left")


@SEEN
def test_in_arabic_the_script_has_every_plural(form: Page, told: Told, night: Night) -> None:
    """The sentences of the page's own language, six forms of it, and never a bare placeholder."""
    path = f"{night.address}/staff/clock/{told()}/"
    form.context.add_cookies([{"name": "nightdesk_language", "value": "ar", "url": night.address}])
    form.goto(path)
    words = json.loads(form.locator("[data-clock-words]").first.get_attribute("data-clock-words") or "")
    assert len(set(words["hours"].values())) >= 5
    expect(form.locator(".nd-clock--first .nd-clock__left")).not_to_contain_text("{n}")


@SEEN
def test_without_scripts_the_page_is_read_again_when_that_is_chosen(
    told: Told, night: Night, window: Window
) -> None:
    """A link, a header, and a link that stops it."""
    page = window(night.cast.priya, f"/staff/clock/{told()}/", java_script_enabled=False)
    page.get_by_role("link", name="Read it again every minute").click()
    expect(page.get_by_text("This page is read again every minute.")).to_be_visible()
    answer = page.reload()
    assert answer is not None
    assert answer.headers["refresh"] == "60"
    page.get_by_role("link", name="Stop that").click()
    answer = page.reload()
    assert answer is not None
    assert "refresh" not in answer.headers


@SEEN
def test_by_keyboard_alone_something_is_noted(form: Page, told: Told, night: Night) -> None:
    """Tab and space, from the boxes to the button."""
    form.goto(f"{night.address}/staff/clock/{told()}/known/")
    form.locator("#id_sites").focus()
    form.keyboard.press("Space")
    while form.evaluate("document.activeElement.type") != "submit" or not form.evaluate(
        "Boolean(document.activeElement.closest('main'))"
    ):
        form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(form.get_by_role("cell", name="What was done became better known")).to_be_visible()


@SEEN
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_small_phone_nothing_runs_out_of_the_page(
    told: Told, night: Night, window: Window, accessible: Sound, picture: Picture, theme: str
) -> None:
    """The clock, what became known, the card: 320 px, both themes."""
    reference = told()
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=PHONE)
    page.context.add_cookies([{"name": "nightdesk_theme", "value": theme, "url": night.address}])
    for path in ("", "known/", "card/?language=pl", "card/?language=ar"):
        page.goto(f"{night.address}/staff/clock/{reference}/{path}")
        assert too_wide(page) <= 0, path
        accessible(page)
        if not path:
            picture(page, f"clock-320-{theme}")


def test_the_card_is_in_the_persons_language_and_prints_alone(
    form: Page, told: Told, night: Night, accessible: Sound, picture: Picture
) -> None:
    """Chosen on the page; on paper there is the card and nothing else; the PDF opens."""
    form.goto(f"{night.address}/staff/clock/{told()}/card/")
    form.get_by_label("Language of the card").select_option("ar")
    form.get_by_role("button", name="Show it in this language").click()
    card = form.locator(".nd-card")
    expect(card).to_have_attribute("dir", "rtl")
    expect(card.get_by_role("heading", name="مواعيد للتذكر")).to_be_visible()
    accessible(form)
    picture(form, "clock-card")
    address = form.get_by_role("link", name="Print the card (PDF)").get_attribute("href")
    form.emulate_media(media="print")
    expect(card).to_be_visible()
    for hidden in (".nd-header", ".nd-footer", "h1", "select"):
        expect(form.locator(hidden).first).to_be_hidden()
    answer = form.request.get(f"{night.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
