"""The rota by hand and eye: a gap is seen, turns are put in by keyboard, a swap is asked and taken, on a phone too."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

DESKTOP = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}


@pytest.fixture
def rota(night: Night) -> Night:
    """Unit A with nights by turns, somebody who can't be reached, and somebody away."""
    from datetime import time

    from nightdesk.actions.rota_changes import begin_pattern, note_absence, stand_in
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.rota import Pattern

    now, cast, day = database_now(), night.cast, timedelta(days=1)
    nights = Pattern(
        id="", layer="soit", starts_on=now.date(), begins=time(19), minutes=720, weekdays=frozenset(range(7)),
        turn_days=4, on_holidays="as_usual", members=(str(cast.sana.pk), str(cast.rae.pk)),
    )  # fmt: skip
    begin_pattern(actor=SYSTEM, at=now, unit=cast.unit_a, name="Nights", pattern=nights)
    cast.lars.email = ""
    cast.lars.save()
    others = [(layer, cast.maud, 0, 12) for layer in ("second", "duty_di", "control_room")]
    for layer, staff, begins, ends in (*others, ("soit", cast.lars, 2, 2.4)):
        stand_in(
            actor=SYSTEM, at=now, unit=cast.unit_a, layer=layer, staff=staff, starts_at=now + begins * day,
            ends_at=now + ends * day,
        )  # fmt: skip
    note_absence(
        actor=SYSTEM, at=now, staff=cast.rae, kind="leave", starts_at=now + 5 * day, ends_at=now + 6 * day
    )
    return night


@SEEN
def test_gaps_are_seen_at_a_glance_and_on_a_phone(
    rota: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    page = window(rota.cast.maud, "/staff/rota/calendar/", viewport=DESKTOP)
    expect(page.get_by_role("heading", name="Rota: Unit A")).to_be_visible()
    expect(page.locator(".nd-rota__gap").first).to_contain_text("Nobody")
    expect(page.get_by_text("On the rota without a working way to be reached:")).to_be_visible()
    accessible(page)
    picture(page, "rota")
    phone = window(rota.cast.sana, "/staff/rota/calendar/", viewport=SMALL_PHONE)
    assert too_wide(phone) <= 0
    accessible(phone)
    picture(phone, "rota-320")
    for path in ("rota/mine/", "rota/mine/away/", "rota/"):
        phone.goto(f"{rota.address}/staff/{path}")
        assert too_wide(phone) <= 0, path
        accessible(phone)


@SEEN
def test_a_supervisor_puts_turns_in_by_keyboard_alone(
    rota: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    page = window(rota.cast.maud, "/staff/rota/change/?unit=A", viewport=DESKTOP)
    accessible(page)
    picture(page, "rota-change")
    page.get_by_role("link", name="New turns").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What these turns are called").focus()
    _type_turns(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The first two weeks would be")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Keep these turns").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Early", exact=True)).to_be_visible()


def _type_turns(page: Page) -> None:
    """Tab from box to box; Space ticks."""
    keys = page.keyboard
    for typed in ("Early", "", "1", "12", "2026", "", "", "", "07:00", "15:00"):
        if typed:
            keys.type(typed)
        keys.press("Tab")
    for _day in range(5):
        keys.press("Space")
        keys.press("Tab")
    page.get_by_label("Days until the next person follows").focus()
    keys.type("7")
    page.get_by_label("Sana", exact=True).focus()
    keys.press("Space")


def test_a_swap_is_asked_and_taken(rota: Night, window: Window, accessible: Sound, picture: Picture) -> None:
    sana = window(rota.cast.sana, "/staff/rota/mine/", viewport=DESKTOP)
    sana.get_by_role("link", name="Ask for a swap").last.click()
    accessible(sana)
    sana.get_by_label("Rae").check()
    sana.get_by_role("button", name="Ask").click()
    expect(sana.get_by_role("heading", name="Swaps you asked for")).to_be_visible()
    accessible(sana)
    rae = window(rota.cast.rae, "/staff/rota/mine/", viewport=DESKTOP)
    accessible(rae)
    picture(rae, "rota-mine")
    rae.get_by_role("button", name="Take it").click()
    expect(rae.get_by_role("button", name="Take it")).to_have_count(0)


@SEEN
def test_every_page_of_the_rota_in_the_dark(rota: Night, window: Window, accessible: Sound) -> None:
    page: Any = window(rota.cast.maud, "/staff/rota/", viewport=DESKTOP, java_script_enabled=False)
    page.context.add_cookies([{"name": "nightdesk_theme", "value": "dark", "url": rota.address}])
    dark = window(rota.cast.maud, "/staff/rota/", viewport=DESKTOP)
    dark.context.add_cookies([{"name": "nightdesk_theme", "value": "dark", "url": rota.address}])
    for path in ("calendar/", "mine/", "change/?unit=A", "change/turns/?unit=A", "change/away/?unit=A",
                 "change/on/?unit=A", "change/calendar/?unit=A"):  # fmt: skip
        assert page.goto(f"{rota.address}/staff/rota/{path}").status == 200
        dark.goto(f"{rota.address}/staff/rota/{path}")
        accessible(dark)
