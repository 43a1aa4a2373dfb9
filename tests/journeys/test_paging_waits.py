"""Somebody set off and never arrives; somebody is called while their desk is locked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import Night, Picture, Sound, Window
from tests.journeys.test_paging import DESK, PHONE, confirmed, told
from tests.people import PASSWORD

__all__ = ["told"]


def set_off(night: Night, reference: str, minutes: int) -> str:
    """Sana is on the way since so many minutes, Maud is the duty inspector; the link in Sana's page."""
    from nightdesk.actions.referrals import acknowledge_page, move_referral
    from nightdesk.actions.rota import add_shifts
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page as Told
    from nightdesk.records.referrals import Referral, ReferralMove
    from nightdesk.rules.access import SYSTEM
    from tests.people import as_reader

    night.work()
    now, cast = database_now(), night.cast
    hours = (now - timedelta(hours=1), now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.maud, "duty_di", *hours)])
    token = Told.objects.get(staff=cast.sana).token
    acknowledge_page(at=now, token=token)
    move_referral(actor=as_reader(cast.sana), at=now, reference=reference, move="set_off")
    ReferralMove.objects.filter(move="set_off").update(at=now - timedelta(minutes=minutes))
    Referral.objects.update(next_step_at=now - timedelta(minutes=minutes - 45))
    return f"{night.address}/staff/page/{token}/"


@pytest.fixture
def gone(night: Night, told: str) -> str:
    """Sana set off 52 minutes ago, and nobody has come; the link in her page."""
    return set_off(night, told, 52)


def test_a_person_waits_and_the_counter_says_whom_to_ring(
    night: Night, window: Window, told: str, gone: str, accessible: Sound, picture: Picture
) -> None:
    """Since when, in plain words; Sana is asked and answers with one tap; the counter's page follows by itself."""
    night.work()
    assert {letter.staff.username for letter in night.letters[-2:]} == {"sana", "maud"}
    counter = window(night.cast.priya, f"/staff/counter/{told}/", viewport=DESK)
    expect(counter.get_by_text(re.compile(r"On the way since .*\(5[23] minutes\)"))).to_be_visible()
    warning = counter.get_by_text(
        "Nobody has said that they are there. If nobody has come, ring now: Control room"
    )
    expect(warning).to_be_visible()
    accessible(counter)
    picture(counter, "on_the_way")
    phone = window(None, gone, viewport=PHONE)
    button = phone.get_by_role("button", name="I’m with the person")
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="You have it")).to_be_visible()
    expect(warning).to_have_count(0)
    expect(counter.get_by_role("heading", name="A specialist is with the person")).to_be_visible()


def test_the_inspector_sees_on_the_case_that_nobody_came_and_the_history_says_who_was_told(
    night: Night, window: Window, told: str, gone: str, accessible: Sound
) -> None:
    """From the link in her message; dark, on a phone."""
    night.work()
    letter = next(
        letter for letter in night.letters if letter.about == "reminder" and letter.staff == night.cast.maud
    )
    link = next(word for word in letter.body.split() if "/staff/cases/" in word)
    maud = window(night.cast.maud, link, viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    expect(maud.get_by_text("Nobody has said that they are there")).to_be_visible()
    accessible(maud)
    maud.goto(f"{night.address}/staff/paging/{told}/")
    row = maud.get_by_role("row", name=re.compile("Not there yet"))
    expect(row).to_contain_text("Sana, E-mail: left")
    expect(row).to_contain_text("Maud, E-mail: left")
    assert maud.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(maud)


def blanked(page: Page) -> None:
    """Sound is on, and Escape twice blanks the screen."""
    page.get_by_role("button", name="Switch sound on").click()
    expect(page.get_by_text("Sound is on in this window")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Continue")).to_be_visible()
    expect(page.get_by_text("Somebody is called")).to_have_count(0)


def unlocked(page: Page) -> None:
    """Whoever locked the desk types their password, by keyboard; the page that follows says what it showed."""
    page.locator("#id_typed").focus()
    page.keyboard.type(PASSWORD)
    with page.expect_response(lambda answer: "call-outs/shown" in answer.url) as shown:
        page.keyboard.press("Enter")
    assert shown.value.status == 204
    expect(page.get_by_role("heading", name="Call-outs to you")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_blanked_desk_rings_and_is_opened_to_answer(
    night: Night, window: Window, told: str, accessible: Sound, picture: Picture, size: Any, watch: Watch
) -> None:
    """It says where and how urgent; the answer is behind the password; and the window's receipt is in the history."""
    watch.expect("AudioContext was not allowed")  # on a page that no tap led to: it waits for one
    confirmed(night, night.cast.sana, "screen")
    page = window(night.cast.sana, "/staff/told/", viewport=size)
    blanked(page)
    expect(
        page.get_by_text("Tap anywhere on this page")
    ).to_be_hidden()  # it was led here by a key: it may ring
    night.work()
    expect(page.get_by_role("alert")).to_contain_text("Somebody is called")
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator("[data-call-outs][data-rung]")).to_be_attached()
    assert "/staff/page/" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    accessible(page)
    if size == DESK:
        picture(page, "locked_call_out")
    page.get_by_role("link", name="Unlock the desk to answer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This desk is locked")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="Somebody is called")).to_be_visible()
    accessible(page)
    unlocked(page)
    page.get_by_role("button", name=re.compile("I have it")).click()
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()
    page.goto(f"{night.address}/staff/paging/{told}/")
    expect(page.get_by_text("On the screen: shown on a screen")).to_be_visible()
