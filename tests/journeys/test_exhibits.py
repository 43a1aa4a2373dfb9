"""Exhibits in a real browser: a hand scanner is a keyboard; a phone in a cold store is 320 pixels wide; a camera helps."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nightdesk.actions.custody import offer_exhibit
from nightdesk.actions.temperatures import read_temperatures_in
from nightdesk.queries.clock import database_now
from nightdesk.records.exhibits import Exhibit
from nightdesk.rules.access import SYSTEM
from tests.actions.exhibits import enter, fridge, journey_of, move
from tests.browser import Watch, too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window
from tests.people import as_reader

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
SMALL = """(least) => [...document.querySelectorAll(
  "button, select, textarea, summary, input:not([type=hidden]), a.govuk-button, .nd-around a, .nd-states a")]
  .filter((el) => el.checkVisibility())
  .map((el) => [el.closest(".govuk-radios__item, .govuk-checkboxes__item") || el, el])
  .filter(([hit]) => { const r = hit.getBoundingClientRect(); return r.width < least || r.height < least; })
  .map(([, el]) => el.id || el.outerHTML.slice(0, 80))"""
# A browser with a camera and a detector, as phones have: what it sees is the code of `code`.
CAMERA = """(() => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: "%s" }]; }
  };
  const canvas = document.createElement("canvas");
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 50);
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => canvas.captureStream(5) } });
})()"""


@pytest.fixture
def shelf(night: Night) -> dict[str, Exhibit]:
    """Priya has one pot, another lies in a fridge that was warm, a third is being handed to Sana."""
    at = database_now() - timedelta(hours=5)
    fridge(night.cast, at)
    fridge(night.cast, at, code="HL-F2")
    made = {name: enter(night.cast, at) for name in ("pot", "cold", "given")}
    move(made["cold"], night.cast.priya, "stored", at, "HL-F2")
    offer_exhibit(
        actor=as_reader(night.cast.priya), at=at, code=made["given"].code, number=1, username="sana"
    )
    lines = [
        f"HL-F2;{at + timedelta(minutes=10 * n):%Y-%m-%dT%H:%M}Z;{9.5 if 8 < n < 14 else 4.5 + n % 3 / 10}"
        for n in range(29)
    ]
    read_temperatures_in(actor=SYSTEM, at=database_now(), raw="\n".join(lines).encode(), zone=UTC)
    return made


def addresses(shelf: dict[str, Exhibit]) -> list[str]:
    """Every page of the room that a specialist opens."""
    code, reference = shelf["pot"].code, shelf["pot"].disclosure.reference
    room = (
        "",
        "?print=1",
        "scan/",
        "scan/?code=x",
        "put/",
        "put/?store=HL-F1",
        "labels/",
        f"new/{reference}/",
        "stores/",
    )
    pages = (
        f"{code}/",
        f"{code}/act/",
        f"{code}/continuity/",
        f"{code}/correct/",
        f"{code}/destruction/",
        "stores/HL-F2/",
        "stores/HL-F2/history/",
        "stores/readings/",
    )
    return [
        f"/staff/exhibits/{page}"
        for page in (*room, *pages, f"{shelf['given'].code}/", f"{shelf['cold'].code}/")
    ]


def test_a_scanner_alone_finds_moves_and_stores(
    night: Night, shelf: dict[str, Exhibit], window: Window, accessible: Sound, picture: Picture, watch: Watch
) -> None:
    """No mouse: scan, Enter on the first button; then one scan after another into a fridge."""
    watch.expect("409")  # a code that is none is refused aloud
    page = window(night.cast.priya, "/staff/exhibits/scan/", viewport=DESKTOP)
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(shelf["pot"].code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Now: Priya")).to_be_visible()
    picture(page, "exhibit")
    _tab_to(page, "quick-store")
    page.keyboard.type("Fridge HL-F1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Now: Fridge HL-F1")).to_be_visible()
    assert journey_of(shelf["pot"])[-1] == (2, "stored", "HL-F1")
    more = [enter(night.cast, database_now()) for _ in range(2)]
    page.goto(f"{night.address}/staff/exhibits/put/?store=HL-F1")
    for made in more:
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(made.code)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{made.code} is in.")).to_be_visible()
    page.keyboard.type("not a code")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That is not the code of an exhibit.")).to_be_visible()
    assert [journey_of(made)[-1][2] for made in more] == ["HL-F1", "HL-F1"]
    accessible(page)


def _tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"Tab never came to {name}.")


@SEEN
def test_the_camera_types_what_it_sees_and_is_offered_only_where_there_is_one(
    night: Night, shelf: dict[str, Exhibit], window: Window, accessible: Sound
) -> None:
    """Here it sees the label of the pot; without a detector the button never appears."""
    bare = window(night.cast.sana, "/staff/exhibits/scan/")
    expect(bare.get_by_role("button", name="Find it")).to_be_visible()
    expect(bare.get_by_role("button", name="Scan with the camera")).to_be_hidden()
    page = window(night.cast.sana, "/staff/exhibits/")
    page.add_init_script(CAMERA % shelf["given"].code)
    page.goto(f"{night.address}/staff/exhibits/scan/")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_text("Priya is handing it to you.")).to_be_visible()
    page.get_by_role("button", name="I have it now").click()
    expect(page.get_by_role("heading", name="Now: Sana")).to_be_visible()
    accessible(page)


@SEEN
def test_a_camera_that_is_refused_leaves_the_field(
    night: Night, shelf: dict[str, Exhibit], window: Window, accessible: Sound
) -> None:
    """Said in words, and the field has the focus."""
    page = window(night.cast.sana, "/staff/exhibits/")
    page.add_init_script(
        CAMERA % "x" + ";navigator.mediaDevices.getUserMedia = async () => { throw new Error('refused'); };"
    )
    page.goto(f"{night.address}/staff/exhibits/scan/")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_text("The camera is not available here.")).to_be_visible()
    expect(page.locator("#code")).to_be_focused()
    accessible(page)


@SEEN
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_room_can_be_used_by_everyone(
    night: Night,
    shelf: dict[str, Exhibit],
    window: Window,
    accessible: Sound,
    picture: Picture,
    scheme: Any,
    watch: Watch,
) -> None:
    """axe on every page, with something on it."""
    watch.expect("404")  # a code that is none is refused aloud
    page = window(night.cast.sana, "/staff/exhibits/", viewport=DESKTOP, color_scheme=scheme)
    for path in addresses(shelf):
        page.goto(night.address + path)
        accessible(page)
        if scheme == "light" and path.endswith(("exhibits/", "HL-F2/")):
            picture(page, "exhibits" if path.endswith("exhibits/") else "store")
    senior = window(night.cast.maud, "/staff/exhibits/", color_scheme=scheme)
    hold = f"hold/{shelf['pot'].disclosure.reference}/"
    for path in ("destructions/", "stores/new/", "stores/HL-F2/", hold, f"{shelf['pot'].code}/"):
        senior.goto(f"{night.address}/staff/exhibits/{path}")
        accessible(senior)


@SEEN
def test_every_page_of_the_room_fits_a_small_phone(
    night: Night, shelf: dict[str, Exhibit], window: Window, accessible: Sound, picture: Picture, watch: Watch
) -> None:
    """320 pixels: nothing runs out of the side, every target is large enough."""
    watch.expect("404")  # a code that is none is refused aloud
    page = window(night.cast.sana, "/staff/exhibits/", viewport=PHONE)
    for path in addresses(shelf):
        page.goto(night.address + path)
        assert too_wide(page) == 0, path
        assert page.evaluate(SMALL, 24) == [], path
    page.goto(f"{night.address}/staff/exhibits/{shelf['given'].code}/")
    picture(page, "exhibit-320")
    accessible(page)


@SEEN
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_auditor_looks_from_the_journal_into_one_chain(
    night: Night, shelf: dict[str, Exhibit], window: Window, accessible: Sound, size: Any
) -> None:
    """By links alone, on a phone too; axe on each page."""
    page = window(night.cast.odile, "/staff/journal/", viewport=size)
    page.get_by_role("link", name="How exhibits are kept").click()
    accessible(page)
    assert too_wide(page) == 0
    page.get_by_role("link", name=shelf["cold"].code).click()
    expect(page.get_by_text("there is no gap")).to_be_visible()
    assert too_wide(page) == 0
    accessible(page)


@SEEN
def test_the_room_works_without_scripts(night: Night, shelf: dict[str, Exhibit], window: Window) -> None:
    """Scan, accept, note something that happened earlier, print the statement."""
    page = window(night.cast.sana, "/staff/exhibits/scan/", java_script_enabled=False)
    page.locator("#code").fill(shelf["given"].code)
    page.locator("#code").press("Enter")
    page.get_by_role("button", name="I have it now").click()
    page.get_by_role("link", name="It happened earlier").click()
    page.get_by_label("Put it in a store").check()
    page.get_by_label("Store", exact=True).select_option("HL-F1")
    page.get_by_label("Number on the new seal").fill("B77")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("heading", name="Now: Fridge HL-F1")).to_be_visible()
    page.get_by_role("link", name="Continuity statement to print").click()
    expect(page.get_by_text("there is no gap")).to_be_visible()
    expect(page.get_by_text("Seal B77.")).to_be_visible()
