"""Somebody is called on the screen, says how they want to be told, hands a case over; and how it was paged can be read."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def told(night: Night) -> str:
    """A disclosure was taken and its first step is due; its reference."""
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.basics import Basics
    from tests.records.taking import take

    return str(take(night.cast, database_now(), Basics(what="He raped me last night.")).reference)


def confirmed(night: Night, staff: Any, channel: str, address: str = "") -> None:
    """A way that works."""
    from nightdesk.actions.ways import add_way
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM

    add_way(actor=SYSTEM, at=database_now(), staff=staff, channel=channel, address=address, confirmed=True)


def test_a_call_out_appears_on_any_page_and_rings_and_is_answered_with_one_tap(
    night: Night, window: Window, told: str, accessible: Sound, picture: Picture, watch: Watch
) -> None:
    """Without a reload; sound only after a tap; the strip says the same in words."""
    watch.expect("AudioContext was not allowed")  # on a page that no tap led to: it waits for one
    page = window(night.cast.sana, "/staff/told/", viewport=DESK)
    expect(page.get_by_text("Sound is off")).to_be_visible()
    page.get_by_role("button", name="Switch sound on").click()
    expect(page.get_by_text("Sound is on in this window")).to_be_visible()
    night.work()
    strip = page.get_by_role("alert").filter(has_text="You are called")
    expect(strip).to_contain_text("Harrow Lane")
    expect(page.locator("form[data-call-outs][data-rung]")).to_be_attached()
    assert "raped" not in page.content()
    accessible(page)
    picture(page, "call_out")
    page.get_by_role("button", name=re.compile("I have it")).click()
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()
    page.goto(f"{night.address}/staff/cases/")
    expect(page.get_by_text("You are called")).to_have_count(0)
    expect(
        page.get_by_text("Tap anywhere on this page")
    ).to_be_visible()  # a browser asks for a tap on each page
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_text("Tap anywhere on this page")).to_be_hidden()


@SEEN
def test_the_strip_does_not_take_the_focus_from_whoever_is_on_it(
    night: Night, window: Window, told: str
) -> None:
    """It is read again every few seconds, and nothing moves unless there is news."""
    night.work()
    page = window(night.cast.sana, "/staff/cases/", viewport=DESK)
    button = page.get_by_role("button", name=re.compile("I have it"))
    button.focus()
    page.wait_for_event("response", lambda answer: "call-outs/live" in answer.url)
    page.wait_for_event("response", lambda answer: "call-outs/live" in answer.url)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_somebody_says_how_they_want_to_be_told(
    night: Night, window: Window, accessible: Sound, picture: Picture, size: dict[str, int]
) -> None:
    """By keyboard alone: added, confirmed with the code of the message, put first."""
    page = window(night.cast.sana, "/staff/told/", viewport=size)
    expect(page.get_by_text("Only one way to reach you works")).to_be_visible()
    page.get_by_label("E-mail", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Number or address").focus()
    page.keyboard.type("sana.night@force.test")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not confirmed yet")).to_be_visible()
    night.work()
    found = re.search(r"\d{6}", night.letters[-1].body)
    assert found
    page.get_by_label("Code from the test message").focus()
    page.keyboard.type(found[0])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Works", exact=True)).to_be_visible()
    page.get_by_label("On the screen").check()
    page.get_by_role("button", name="Add it and send").click()
    expect(page.get_by_text("Only one way")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    accessible(page)
    if size == DESK:
        picture(page, "ways")


def test_how_it_was_paged_is_read_on_one_screen(
    night: Night, window: Window, told: str, accessible: Sound, picture: Picture
) -> None:
    """Who, when, how, and what came of it; from the counter's page; also on a phone and in the dark."""
    confirmed(night, night.cast.sana, "sms", "07700 900123")
    confirmed(night, night.cast.sana, "email", "sana@force.test")
    night.work()
    page = window(night.cast.priya, f"/staff/counter/{told}/", viewport=DESK)
    page.get_by_role("link", name="Who was told, when and how").click()
    row = page.get_by_role("row", name=re.compile("Sana"))
    expect(row).to_contain_text("Text message: left")
    expect(row).to_contain_text("E-mail: not tried yet")
    accessible(page)
    picture(page, "page_history")
    small = window(
        night.cast.priya,
        f"/staff/paging/{told}/",
        viewport=PHONE,
        color_scheme="dark",
        reduced_motion="reduce",
    )
    expect(small.get_by_text("Text message: left")).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(small)


def test_a_case_goes_to_a_colleague_when_she_takes_it(
    night: Night, window: Window, told: str, accessible: Sound, picture: Picture
) -> None:
    """Sana asks, Rae is called on her screen and takes it over; until then it is Sana's."""
    from nightdesk.records.cases import Case

    night.work()
    sana = window(night.cast.sana, "/staff/cases/", viewport=DESK)
    sana.get_by_role("button", name=re.compile("I have it")).click()
    sana.goto(f"{night.address}/staff/cases/{told}/")
    sana.get_by_role("link", name="Ask a colleague to take it over").click()
    sana.get_by_label("Rae").check()
    accessible(sana)
    sana.get_by_role("button", name="Ask them").click()
    expect(sana.get_by_text("Rae is asked to take this over")).to_be_visible()
    accessible(sana)
    assert Case.objects.get().owner == night.cast.sana
    rae = window(night.cast.rae, "/staff/cases/", viewport=PHONE)
    expect(rae.get_by_text("a colleague asks you to take it over")).to_be_visible()
    accessible(rae)
    rae.get_by_role("button", name=re.compile("I have it")).click()
    expect(rae.get_by_role("heading", name="You have it")).to_be_visible()
    assert Case.objects.get().owner == night.cast.rae


def test_cases_of_somebody_who_fell_ill_are_given_away_in_one_go(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Maud gives all of Sana's to Rae, by keyboard; at 320 pixels too."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.queries.clock import database_now
    from nightdesk.records.cases import Case
    from nightdesk.records.referrals import Page as Told
    from nightdesk.rules.basics import Basics
    from tests.records.taking import take

    for _ in range(4):
        take(night.cast, database_now(), Basics(what="He raped me last night."))
    night.work()
    for told in Told.objects.filter(staff=night.cast.sana):
        acknowledge_page(at=database_now(), token=told.token)
    page = window(night.cast.maud, "/staff/cases/", viewport=PHONE)
    page.get_by_role("link", name="When somebody is away").click()
    page.get_by_role("link", name="Sana").click()
    expect(page.get_by_label("All of them to")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)
    page.get_by_label("All of them to").select_option(label="Rae")
    picture(page, "reassign")
    page.get_by_role("button", name="Reassign them").press("Enter")
    expect(page.get_by_text("4 cases were reassigned.")).to_be_visible()
    accessible(page)
    assert not Case.objects.filter(owner__isnull=False).exists()


@SEEN
def test_a_call_out_can_be_answered_without_scripts(night: Night, window: Window, told: str) -> None:
    """The strip is there when the page is opened."""
    night.work()
    page: Page = window(night.cast.sana, "/staff/cases/", viewport=DESK, java_script_enabled=False)
    page.get_by_role("button", name=re.compile("I have it")).click()
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()
