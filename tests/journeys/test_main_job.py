"""The main job: a person says one sentence, a specialist is told and answers, and the clock runs."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def priya(night: Night, page: Page, settings: Any) -> Page:
    """The demo, signed in with one tap, at an empty form."""
    from nightdesk.records.staff import Staff

    settings.DEMO = True
    Staff.objects.filter(pk=night.cast.priya.pk).update(is_demo=True)
    page.goto(night.address)
    page.get_by_role("button", name="Sign in as Priya").click()
    page.get_by_role("button", name="Somebody wants to tell us something").click()
    return page


def test_a_person_says_one_sentence_and_a_specialist_comes(
    priya: Page, night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """From signing in to the specialist's queue, with nothing but what happened."""
    form = priya
    expect(form.locator("#id_what")).to_be_focused()
    form.keyboard.type("He raped me last night.")
    form.keyboard.press("Control+Enter")
    expect(form.get_by_role("heading", name="A specialist is being told")).to_be_visible()
    night.work()
    expect(form.get_by_text("Sana", exact=True)).to_be_visible()  # without a reload
    accessible(form)
    picture(form, "status")
    _sana_answers_at_home(night, window, accessible, picture)
    expect(form.get_by_role("heading", name="A specialist has it")).to_be_visible()
    expect(form.locator(".nd-paging__list")).to_contain_text("Answered")
    accessible(form)
    _sana_finds_the_case(night, window, accessible, picture)


def _sana_answers_at_home(night: Night, window: Window, accessible: Sound, picture: Picture) -> None:
    """She taps the link in her message: no sign-in, one button, nothing about the person."""
    page = window(None, night.link(), viewport=PHONE)
    expect(page.get_by_text("Harrow Lane")).to_be_visible()
    assert "raped" not in page.content()
    accessible(page)
    picture(page, "acknowledge")
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_role("heading", name="You have it")).to_be_visible()
    accessible(page)


def _sana_finds_the_case(night: Night, window: Window, accessible: Sound, picture: Picture) -> None:
    """Her queue has the case with its clock; opened, it says what was said."""
    page = window(night.cast.sana, "/staff/cases/", viewport={"width": 1280, "height": 800})
    reference = night.disclosures()[0].reference
    row = page.get_by_role("row", name=re.compile(reference))
    expect(row).to_contain_text("left")  # hours or days, never “too late”
    accessible(page)
    picture(page, "queue")
    row.get_by_role("link", name=reference).click()
    page.get_by_role("button", name="on my way").click()
    expect(page.get_by_role("heading", name="A specialist is on the way")).to_be_visible()
    accessible(page)
    picture(page, "case")
