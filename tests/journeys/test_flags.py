"""Flags in a real browser: a specialist raises, tells and lifts; a supervisor looks back and decides by one key."""

import os
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.actions.flags import CHEMSEX, told
from tests.actions.together import address_of_this_database
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def reference(night: Night) -> str:
    """Priya took an account in which triage found chemsex."""
    from nightdesk.queries.clock import database_now

    return str(told(night.cast, database_now()).reference)


def section(page: Page, name: str) -> Any:
    """The part of the page about one flag."""
    return page.locator("section.nd-flag").filter(has=page.get_by_role("heading", name=name))


def test_a_specialist_raises_a_proposed_flag_tells_the_person_and_lifts_it(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """One click on the case with the criteria beside it; then who was told; then lifted, with a reason."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/")
    flags = page.get_by_role("region", name="Flags", exact=True)
    expect(flags.get_by_text("slamming", exact=True)).to_be_visible()
    flags.get_by_text("When to raise it, and when not").first.click()
    expect(flags.get_by_text("Raise it when one of these holds").first).to_be_visible()
    accessible(page)
    flags.scroll_into_view_if_needed()
    picture(page, "flags-case")
    page.get_by_role("button", name="Raise Chemsex context").click()
    expect(page.get_by_text("To be looked at again on").first).to_be_visible()
    page.goto(f"{night.address}/staff/cases/")
    expect(page.get_by_text("Chemsex context")).to_be_visible()
    page.goto(f"{night.address}/staff/flags/{reference}/")
    one = section(page, "Chemsex context")
    one.get_by_text("Who was told, or why not").click()
    one.get_by_label("Told, or why not").select_option(label="In person")
    one.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("The person: told, In person")).to_be_visible()
    one.get_by_text("Look at it again: keep it or lift it").click()
    accessible(page)
    picture(page, "flags")
    one.get_by_label("Why", exact=True).fill("Only poppers, as they said later")
    one.get_by_role("button", name="Lift it").click()
    expect(section(page, "Chemsex context").get_by_text("Only poppers, as they said later")).to_be_visible()
    expect(page.get_by_role("heading", name="Chemsex context Lifted")).to_be_visible()
    accessible(page)


@SEEN
def test_a_flag_that_no_rule_saw_is_raised_by_keyboard(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """Tab and Enter alone, with the criteria before the eyes; a wrong date keeps what was typed."""
    page = window(night.cast.sana, f"/staff/flags/{reference}/raise/domestic_abuse/")
    expect(page.get_by_text("They met for the first time")).to_be_visible()
    accessible(page)
    page.get_by_label("What it rests on").focus()
    page.keyboard.type("They live together")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("2099")
    page.keyboard.press("Enter")
    expect(page.get_by_text("not later than")).to_be_visible()
    expect(page.get_by_label("What it rests on")).to_have_value("They live together")
    for part in ("Day", "Month", "Year"):
        page.get_by_label(part).fill("")
    page.get_by_label("Year").press("Enter")
    expect(page.get_by_role("heading", name="Domestic abuse Raised")).to_be_visible()


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("409")
    watch.expect("422")


def look_back(night: Night, *more: str) -> str:
    """The command, in a process of its own on the same database, as an administrator gives it."""
    done = subprocess.run(
        [sys.executable, "-m", "nightdesk.site", "flags", "look-back", "--since", "2026-01-01", *more],
        env=os.environ | {"NIGHTDESK_DATABASE": address_of_this_database()},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def told_before_there_were_flags(night: Night, number: int) -> None:
    """Accounts whose proposals never were."""
    from nightdesk.queries.clock import database_now
    from nightdesk.records.flags import CaseFlag

    for _ in range(number):
        told(night.cast, database_now(), CHEMSEX)
    CaseFlag.objects.all().delete()


def press(page: Page, key: str) -> None:
    """One key, once the page has its script."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_a_look_back_by_command_is_decided_by_one_key_each(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """Read and sealed are said; a raises, d declines, n passes on; keys can be turned off, and buttons are there for all."""
    told_before_there_were_flags(night, 3)
    said = look_back(night, "--flag", "chemsex_context")
    assert "Read 3 of 3 disclosures. 0 were sealed" in said
    assert "Proposed: chemsex_context 3." in said
    page = window(night.cast.maud, "/staff/flags/proposals/")
    expect(page.get_by_text("3 proposals wait in your unit.")).to_be_visible()
    expect(page.get_by_text("A look-back proposed it")).to_be_visible()
    accessible(page)
    picture(page, "flags-proposals")
    first = page.locator(".govuk-caption-m").inner_text()
    press(page, "n")
    expect(page.locator(".govuk-caption-m")).not_to_have_text(first)
    press(page, "a")
    expect(page.get_by_text("2 proposals wait in your unit.")).to_be_visible()
    press(page, "d")
    expect(page.get_by_text("1 proposal waits in your unit.")).to_be_visible()
    page.get_by_role("link", name="Turn the keys off").click()
    expect(page.get_by_text("Keys are off.")).to_be_visible()
    press(page, "d")
    accessible(page)
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    accessible(page)


def test_what_was_decided_is_not_brought_again_by_the_next_look_back(night: Night, window: Window) -> None:
    """Declined by a key, then looked back once more: nothing waits."""
    told_before_there_were_flags(night, 1)
    look_back(night, "--flag", "chemsex_context")
    page = window(night.cast.maud, "/staff/flags/proposals/")
    press(page, "d")
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    assert "0 proposed or raised already, 1 decided on the same words" in look_back(
        night, "--flag", "chemsex_context"
    )
    page.reload()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()


def test_a_supervisor_starts_a_look_back_and_watches_it(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """By the page; a worker does it, and the page says so without being loaded again."""
    from nightdesk.jobs.look_back import go_on_looking_back
    from nightdesk.queries.clock import database_now

    told_before_there_were_flags(night, 2)
    page = window(night.cast.maud, "/staff/flags/look-back/")
    for part, value in (("Day", "1"), ("Month", "1"), ("Year", "2026")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Start looking back").click()
    expect(page.get_by_text("0 of 2")).to_be_visible()
    accessible(page)
    go_on_looking_back(database_now())
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
    accessible(page)
    picture(page, "flags-look-back")


@SEEN
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_small_phone_holds_every_page_of_flags(
    night: Night, window: Window, reference: str, accessible: Sound, javascript: bool
) -> None:
    """320 wide, nothing to scroll sideways; and without scripts a proposal is decided all the same."""
    page = window(
        night.cast.maud,
        "/staff/flags/proposals/",
        viewport=PHONE,
        java_script_enabled=javascript,
        color_scheme="dark",
    )
    for path in (
        "proposals/",
        "",
        "?whose=unit&when=all",
        "look-back/",
        f"{reference}/",
        f"{reference}/raise/knife/",
    ):
        page.goto(f"{night.address}/staff/flags/{path}")
        assert too_wide(page) <= 0, path
        if javascript:
            accessible(page)
    page.goto(f"{night.address}/staff/flags/proposals/")
    page.get_by_role("button", name="Raise").click()
    page.goto(f"{night.address}/staff/flags/?whose=unit&when=all")
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    assert too_wide(page) <= 0
