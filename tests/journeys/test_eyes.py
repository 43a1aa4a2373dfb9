"""Eyes: every page in light and dark, right to left, on a small screen, magnified, in forced colours; in error."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in

DESKTOP = {"width": 1366, "height": 768}
SMALL_PHONE = {"width": 320, "height": 640}
COUNTER_PAGES = ("counter/", "counter/new/", "rota/", "say/", "no/such/page/")
# WCAG 1.4.12: a reader may space the text like this, and nothing may be lost. (A sheet made by script passes our policy.)
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }");
  document.adoptedStyleSheets = [sheet];
}"""


def told(page: Page, words: str) -> str:
    """Take a disclosure at this terminal; its reference."""
    page.locator("#id_what").fill(words)
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name="What happens now")).to_be_visible()
    return reference_in(page)


pytestmark = SEEN


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_can_be_used_by_everyone(
    form: Page, night: Night, window: Window, accessible: Sound, theme: str
) -> None:
    """axe on every page of the counter, the case room and oversight, with something on it."""
    reference = told(form, "He raped me. I was high on G and he would not wake up.")
    night.work()
    form.goto(f"{night.address}/staff/counter/new/")
    form.locator("#id_what").fill("begun")
    expect(form.locator("[data-saved-line]")).to_contain_text("Saved")
    people = night.cast
    pages = {
        people.priya: [*COUNTER_PAGES, f"counter/{reference}/", f"counter/{reference}/basics/"],
        people.sana: ["cases/", f"cases/{reference}/"], people.kofi: ["cases/", f"cases/{reference}/"],
        people.odile: ["journal/", "journal/?about=nobody"],
    }  # fmt: skip
    for person, paths in pages.items():
        page = window(person, "/staff/counter/", viewport=DESKTOP)
        _choose(page, night, theme)
        for path in paths:
            page.goto(f"{night.address}/staff/{path}")
            accessible(page)


def _choose(page: Page, night: Night, theme: str) -> None:
    page.context.add_cookies([{"name": "nightdesk_theme", "value": theme, "url": night.address}])


@pytest.fixture(autouse=True)
def _pages_that_refuse(watch: object) -> None:
    watch.expect("404")
    watch.expect("403")
    watch.expect("422")


def test_the_first_screen_holds_what_matters_first(form: Page, night: Night, picture: Picture) -> None:
    """On the usual terminal (1366 × 768): the medical card, the question, and the button, without scrolling."""
    form.set_viewport_size(DESKTOP)
    form.locator("#id_what").fill("I went to meet him and there was something in my drink")
    expect(form.locator("[data-saved-line]")).to_contain_text("Saved")
    for part in (".nd-medical", "#id_what", "[data-send]"):
        box = form.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= DESKTOP["height"], f"{part} ends at {box['y'] + box['height']:.0f}"
    picture(form, "counter")


def test_nothing_moves_and_nothing_blinks(form: Page) -> None:
    """Not for those who ask for less motion, and not for anyone else."""
    for motion in ("reduce", "no-preference"):
        form.emulate_media(reduced_motion=motion)
        form.locator("#id_what").fill(f"typed with {motion}")
        assert form.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize(("width", "height"), [(640, 512), (320, 256)], ids=["200 %", "400 %"])
def test_magnified_pages_need_no_sideways_scrolling(
    form: Page, night: Night, window: Window, width: int, height: int
) -> None:
    """A window of 1280 × 1024 at 200 and 400 %, also with the text spaced out."""
    reference = told(form, "He raped me")
    night.work()
    size = {"width": width, "height": height}
    for person, paths in (
        (night.cast.priya, ("counter/", "counter/new/", f"counter/{reference}/", "say/", "rota/")),
        (night.cast.sana, ("cases/", f"cases/{reference}/")),
    ):
        page = window(person, "/staff/counter/", viewport=size)
        for path in paths:
            page.goto(f"{night.address}/staff/{path}")
            assert too_wide(page) <= 0, path
            page.evaluate(SPACED)
            assert too_wide(page) <= 0, f"{path}, spaced"


def test_a_small_phone_shows_the_counter(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """320 pixels: one column, in the order of the work."""
    page = window(night.cast.priya, "/staff/counter/new/", viewport=SMALL_PHONE)
    page.locator("#id_what").fill("He raped me")
    accessible(page)
    page.evaluate("window.scrollTo(0, 0)")
    picture(page, "counter-320")
    assert too_wide(page) <= 0


def test_the_counter_reads_from_right_to_left(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Arabic: mirrored, lines to say in Arabic, and a Latin name inside stays readable."""
    page = window(night.cast.priya, "/staff/counter/", viewport=DESKTOP)
    page.context.add_cookies([{"name": "nightdesk_language", "value": "ar", "url": night.address}])
    page.goto(f"{night.address}/staff/counter/new/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("#id_what").fill("اغتصبني في شقته")
    ask, say = (
        page.locator(".nd-counter__ask").bounding_box(),
        page.locator(".nd-counter__lines").bounding_box(),
    )
    assert ask is not None
    assert say is not None
    assert ask["x"] > say["x"], "what is asked stands on the right"
    expect(page.locator(".nd-say [lang=ar]").first).to_be_visible()
    accessible(page)
    picture(page, "counter-arabic")
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"/counter/[A-Z0-9-]+/$"))
    accessible(page)


def test_forced_colours_keep_every_control(night: Night, window: Window) -> None:
    """The system's own colours (their contrast is the reader's choice): the card keeps its edge, the controls are there."""
    page = window(night.cast.priya, "/staff/counter/new/", forced_colors="active", viewport=DESKTOP)
    edge = "getComputedStyle(document.querySelector('.nd-medical')).borderInlineStartStyle"
    assert page.evaluate(edge) == "solid"
    for name in ("#id_what", "[data-send]", "#id_red_flags"):
        expect(page.locator(name).first).to_be_visible()


def test_an_answer_that_makes_no_sense_is_said_and_nothing_is_lost(
    form: Page, night: Night, accessible: Sound, picture: Picture
) -> None:
    """31 February: a sentence at the top and at the box, the focus on it, and a specialist is being told all the same."""
    form.set_viewport_size(DESKTOP)
    form.locator("#id_what").fill("He raped me")
    for part, typed in (("day", "31"), ("month", "2"), ("year", "2026")):
        form.locator(f"#id_when_from-{part}").fill(typed)
    form.locator("[data-send]").click()
    summary = form.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("that month does not have this day")
    expect(form.get_by_text("a specialist is being told")).to_be_visible()
    assert form.title().startswith("Error:")
    accessible(form)
    picture(form, "counter-in-error")
    summary.get_by_role("link").click()
    expect(form.locator("#id_when_from-day")).to_be_focused()
    expect(form.locator("#id_what")).to_have_value("He raped me")


def test_nothing_personal_shows_from_two_metres(form: Page, night: Night) -> None:
    """After sending: no word of theirs until it is asked for; none in the title or the address, ever."""
    form.locator("#id_call_me").fill("Jo from the bakery")
    told(form, "He raped me behind the bakery")
    for page_text in (form.title(), form.url):
        assert not re.search("bakery|raped|Jo", page_text)
    expect(form.get_by_text("behind the bakery")).to_be_hidden()
    form.get_by_text("Show their words").click()
    expect(form.get_by_text("behind the bakery").first).to_be_visible()


def test_the_printed_status_page_holds_no_words_and_no_forms(form: Page, night: Night) -> None:
    """Paper lies about: who was told, whom to ring and the clock; nothing of what was said."""
    told(form, "He raped me behind the bakery")
    form.emulate_media(media="print")
    expect(form.get_by_text("behind the bakery").first).to_be_hidden()
    expect(form.get_by_role("button", name="Keep this")).to_be_hidden()
    expect(form.get_by_role("heading", name="Evidence clock")).to_be_visible()
