"""Hands: the whole job by keyboard, against the clock; without scripts; focus that is seen; targets a thumb can hit."""

import itertools
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

KEY_MS = 400  # 30 words a minute at 5 characters a word
MOST_SECONDS = 60
SMALLEST_PX = 24  # WCAG 2.5.8
DESKTOP = {"width": 1366, "height": 768}

FOCUS = """() => {
  const el = document.activeElement;
  const ring = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const box = el.getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 12), y = box.top + Math.min(box.height / 2, 12);
  const top = document.elementFromPoint(x, y);
  const label = el.labels && el.labels[0];
  return {
    name: el.id || el.textContent.trim().slice(0, 40) || el.tagName,
    shown: ring(el) || Boolean(label && ring(label, "::before")),
    clear: Boolean(top) && (el.contains(top) || top.contains(el) || (label && label.contains(top))),
    y: box.top + scrollY,
    end: el === document.body,
  };
}"""

SMALL = """(least) => [...document.querySelectorAll(
  "button, select, textarea, summary, input:not([type=hidden]), a.govuk-button, .nd-nav__link")]
  .filter((el) => el.checkVisibility())
  .map((el) => [el.closest(".govuk-radios__item, .govuk-checkboxes__item") || el, el])
  .filter(([hit]) => { const r = hit.getBoundingClientRect(); return r.width < least || r.height < least; })
  .map(([, el]) => el.id || el.outerHTML.slice(0, 80))"""


def test_keys_alone_get_a_specialist_within_a_minute(
    counter: Page, night: Night, capfd: pytest.CaptureFixture[str]
) -> None:
    """From the list: Enter, one sentence at 30 words a minute, Ctrl+Enter. Prints what it took."""
    words = "I've been raped"
    expect(counter.locator("#start")).to_be_focused()
    started = time.monotonic()
    counter.keyboard.press("Enter")
    expect(counter.locator("#id_what")).to_be_focused()
    counter.keyboard.type(words, delay=KEY_MS)
    counter.keyboard.press("Control+Enter")
    expect(counter.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    seconds = time.monotonic() - started
    figure = f"first key to “a specialist is being told”: {len(words) + 2} keystrokes, {seconds:.1f} s"
    with capfd.disabled():
        sys.stdout.write(f"\n{figure}\n")
    assert seconds <= MOST_SECONDS


def test_ctrl_enter_sends_before_the_script_of_the_form_has_come(
    counter: Page, night: Night, watch: Watch
) -> None:
    """A slow network is no reason to stay unheard: the key works as soon as the form is drawn."""
    watch.expect("ERR_FAILED")
    counter.route("**/counter/counter*.js", lambda route: route.abort())
    counter.locator("#start").click()
    expect(counter.locator("#id_what")).to_be_focused()
    counter.keyboard.type("He raped me")
    counter.keyboard.press("Control+Enter")
    expect(counter.get_by_role("heading", name="A specialist is being told")).to_be_visible()


@SEEN
def test_everything_can_be_given_by_keyboard(form: Page, night: Night) -> None:
    """No mouse from the first word to the last box: what, when, where, who, and sent."""
    form.keyboard.type("He raped me")
    _tab_to(form, "id_when_choice")
    form.keyboard.press("ArrowDown")
    _tab_to(form, "id_where_words")
    form.keyboard.type("Flat above the chip shop")
    _tab_to(form, "id_call_me")
    form.keyboard.type("Jo")
    _tab_to(form, "id_suspect0-handle")
    form.keyboard.type("nightowl")
    form.keyboard.press("Control+Enter")
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    (disclosure,) = night.disclosures()
    basics = disclosure.versions.order_by("-number")[0].basics()
    given = (basics.where_words, basics.call_me, basics.suspects[0].handle)
    assert given == ("Flat above the chip shop", "Jo", "nightowl")
    assert basics.when_choice


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"Tab never came to {name}.")


@SEEN
def test_focus_is_always_seen_never_covered_and_goes_down_the_page(form: Page) -> None:
    """WCAG 2.4.3, 2.4.7 and 2.4.11 for every stop after the first box."""
    stops = []
    while not (stop := form.evaluate(FOCUS))["end"] and len(stops) < 150:
        stops.append(stop)
        form.keyboard.press("Tab")
    assert len(stops) > 40, stops
    assert not (unseen := [stop["name"] for stop in stops if not stop["shown"]]), unseen
    assert not (covered := [stop["name"] for stop in stops if not stop["clear"]]), covered
    asked = [stop for stop in stops if stop["name"].startswith("id_")]
    back = [b["name"] for a, b in itertools.pairwise(asked) if b["y"] < a["y"] - 120]
    assert not back, f"Focus jumps up the page at {back}"


@SEEN
def test_targets_are_large_enough_for_a_thumb(form: Page, window: Window, night: Night) -> None:
    """24 pixels each way at least, on a desk and on a phone."""
    assert form.evaluate(SMALL, SMALLEST_PX) == []
    phone = window(night.cast.priya, "/staff/counter/new/", viewport={"width": 320, "height": 640})
    assert phone.evaluate(SMALL, SMALLEST_PX) == []


def test_the_same_job_without_scripts(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Every step is a form and a link; the list of who was told is looked at again by hand."""
    page = window(night.cast.priya, "/staff/counter/", java_script_enabled=False, viewport=DESKTOP)
    page.get_by_role("button", name="Somebody wants to tell us something").click()
    page.locator("#id_what").fill("He raped me at a party")
    picture(page, "counter-without-javascript")
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    night.work()
    page.get_by_role("link", name="look again").click()
    expect(page.get_by_text("Sana", exact=True)).to_be_visible()
    specialist = window(None, night.link(), java_script_enabled=False)
    specialist.get_by_role("button", name="I have it").click()
    page.get_by_role("link", name="look again").click()
    expect(page.get_by_role("heading", name="A specialist has it")).to_be_visible()
    page.get_by_role("button", name="Go on with who, what, when, where").click()
    expect(page.locator("#id_what")).to_have_value("He raped me at a party")


def test_the_person_left_before_a_word_was_typed(form: Page, night: Night, accessible: Sound) -> None:
    """They turned round at the door: the record stays, and says so."""
    form.get_by_role("button", name="The person has left").click()
    expect(form.get_by_text("The person left at")).to_be_visible()
    (disclosure,) = night.disclosures()
    assert disclosure.left_at is not None
    accessible(form)


def test_a_specialist_is_asked_also_when_the_person_left(form: Page, night: Night) -> None:
    """They said it and ran: what they said goes on, the clock runs, and the page says that they left."""
    form.keyboard.type("He raped me")
    form.get_by_role("button", name="The person has left").click()
    expect(form.get_by_text("The person left at")).to_be_visible()
    expect(form.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    expect(form.get_by_role("heading", name="Evidence clock")).to_be_visible()


def test_a_pager_that_stopped_is_said_on_the_open_page(form: Page, night: Night) -> None:
    """Within half a minute of its last sign of life the page says whom to ring, without a reload."""
    from datetime import timedelta

    from nightdesk.actions.worker import beat
    from nightdesk.queries.clock import database_now

    form.keyboard.type("He raped me")
    form.keyboard.press("Control+Enter")
    expect(form.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    expect(form.get_by_text("Ring now")).to_have_count(0)
    beat(at=database_now() - timedelta(seconds=31))
    expect(form.get_by_text("The pager is not running. Ring now: Control room, 01632 960000")).to_be_visible()
