"""The rota by hand and eye, on: one day hour by hour, a swap that leaves too little rest, a calendar file given once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch, too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

DESKTOP = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
HOUR = timedelta(hours=1)
ONE_SHEET_PX = 1123  # A4 at 96 dots an inch


def put_on(night: Night, who: Any, begins: float, ends: float, layer: str = "soit", **more: Any) -> None:
    from nightdesk.actions.rota_changes import stand_in
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM

    now = database_now()
    stand_in(
        actor=SYSTEM, at=now, unit=night.cast.unit_a, layer=layer, staff=who, starts_at=now + begins * HOUR,
        ends_at=now + ends * HOUR, **more,
    )  # fmt: skip


@pytest.fixture
def covered(night: Night) -> Night:
    """Three layers with somebody for days, the first with turns and a hole."""
    for layer in ("second", "duty_di", "control_room"):
        put_on(night, night.cast.maud, 0, 80, layer)
    put_on(night, night.cast.rae, 11, 22)
    put_on(night, night.cast.sana, 26, 50)
    return night


@SEEN
def test_a_day_is_reached_from_the_calendar_by_keyboard_and_left_for_the_next(
    covered: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    page = window(covered.cast.maud, "/staff/rota/calendar/?unit=A", viewport=DESKTOP)
    page.locator("tbody th a").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(24)
    expect(page.locator(".nd-rota__gap").first).to_contain_text("Nobody")
    title = page.locator(".govuk-caption-l").inner_text()
    accessible(page)
    picture(page, "rota-day")
    page.get_by_role("link", name="The day after").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-caption-l")).not_to_have_text(title)
    page.get_by_role("link", name="The day before").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-caption-l")).to_have_text(title)


@SEEN
def test_a_day_on_a_phone_in_the_dark_and_on_paper(
    covered: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    phone = window(covered.cast.sana, "/staff/rota/day/?unit=A", viewport=SMALL_PHONE)
    assert too_wide(phone) <= 0
    expect(phone.locator("tr[aria-current=time]")).to_contain_text("Now")
    accessible(phone)
    picture(phone, "rota-day-320")
    phone.context.add_cookies([{"name": "nightdesk_theme", "value": "dark", "url": covered.address}])
    phone.reload()
    accessible(phone)
    paper = window(
        covered.cast.maud, "/staff/rota/day/?unit=A", viewport={"width": 794, "height": ONE_SHEET_PX}
    )
    paper.emulate_media(media="print")
    assert not paper.locator(".nd-rota__around").is_visible()
    table = paper.locator("table").bounding_box()
    assert table is not None
    assert table["height"] < ONE_SHEET_PX  # the hours of a day are on one sheet


def test_a_swap_asked_of_anybody_warns_of_short_rest_and_is_taken(
    night: Night, window: Window, accessible: Sound, watch: Watch
) -> None:
    watch.expect("409 (Conflict)")  # nothing is changed until it is answered
    put_on(night, night.cast.sana, 30, 38)
    put_on(night, night.cast.rae, 39, 47)
    sana = window(night.cast.sana, "/staff/rota/mine/", viewport=DESKTOP)
    sana.get_by_role("link", name="Ask for a swap").last.click()
    sana.get_by_label("Anybody of the unit who is free then").check()
    sana.get_by_role("button", name="Ask").click()
    night.work()
    assert night.letters[-1].subject == "A colleague asks who can take a shift"
    rae = window(night.cast.rae, "/staff/rota/mine/", viewport=SMALL_PHONE, java_script_enabled=False)
    rae.get_by_role("button", name="Take it").click()
    expect(rae.get_by_text("Too little rest, or two turns at once.")).to_be_visible()
    expect(rae.locator("main [role=alert]")).to_contain_text("only 1 h of rest")
    assert too_wide(rae) <= 0
    rae.get_by_role("button", name="Take it all the same").click()
    expect(rae.get_by_role("heading", name="My shifts")).to_be_visible()
    sana.reload()
    expect(sana.get_by_text("Rae takes this shift.")).to_be_visible()
    accessible(sana)


def test_a_calendar_file_is_given_once(
    night: Night, window: Window, accessible: Sound, watch: Watch, tmp_path: Path
) -> None:
    """Also without JavaScript; after that it is not there any more, and that is said."""
    watch.expect("404 (Not Found)")
    from nightdesk.queries.clock import database_now

    entry = f"UID:1\nSUMMARY:rae\nDTSTART:{database_now() + 24 * HOUR:%Y%m%dT%H%M%SZ}\nDURATION:PT8H"
    file = tmp_path / "duty.ics"
    file.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{entry}\nEND:VEVENT\nEND:VCALENDAR")
    for options in ({"java_script_enabled": False}, {}):
        page: Page = window(
            night.cast.maud, "/staff/rota/change/calendar/?unit=A", viewport=SMALL_PHONE, **options
        )
        page.get_by_label("What this calendar is called").fill("Duty sheet")
        page.get_by_label("The calendar file (.ics)").set_input_files(file)
        page.get_by_role("button", name="Show what would change").click()
        expect(page.get_by_role("heading", name="What would change")).to_be_visible()
        assert too_wide(page) <= 0
        where = page.url
        page.get_by_role("button", name="Read it in").click()
        expect(page.get_by_role("heading", name="What was read in")).to_be_visible()
        page.goto(where)
        expect(
            page.get_by_text("it was read in, another one followed, or an hour has passed")
        ).to_be_visible()
    accessible(page)
