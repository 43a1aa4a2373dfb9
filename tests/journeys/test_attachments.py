"""Attachments in a real browser: attached, read and withdrawn; on a phone, without a script, in the dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nightdesk.jobs.demo_attachments import DATA
from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in
from tests.outside.clamd import EICAR, Daemon, daemon
from tests.outside.made_files import picture_with_place

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def reference(form: Page, night: Night) -> str:
    """Priya takes a disclosure; Sana is called."""
    form.locator("#id_what").fill("He raped me. I was high on G.")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    night.work()
    return reference_in(form)


@pytest.fixture
def scanner(settings: Any) -> Iterator[Daemon]:
    """A scanner that answers."""
    with daemon() as one:
        settings.NIGHTDESK_CLAMAV = one.address
        yield one


def attach(page: Page, file: Path | dict[str, Any], title: str) -> None:
    """The form, filled and sent."""
    page.get_by_label("The file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("What is it?").fill(title)
    page.get_by_role("button", name="Attach it").click()


def test_a_chat_is_attached_read_and_downloaded(
    night: Night, window: Window, reference: str, scanner: Daemon, accessible: Sound, picture: Picture
) -> None:
    """From the case: a file that is none is refused first; what comes back is the file itself."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    page.get_by_role("link", name="Attach a file").click()
    attach(
        page, {"name": "a.exe", "mimeType": "image/png", "buffer": b"MZ\x90\0" + bytes(90)}, "Chat with Danny"
    )
    expect(page.locator(".govuk-error-summary")).to_contain_text("This file is a program")
    accessible(page)
    page.get_by_label("Where does it come from?").fill("Exported on the person’s own phone")
    attach(page, DATA / "chat.txt", "Chat with Danny")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    accessible(page)
    picture(page, "attachment")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download", exact=True).click()
    assert coming.value.suggested_filename == f"{reference}-01.txt"
    assert coming.value.path().read_bytes() == (DATA / "chat.txt").read_bytes()
    page.get_by_role("link", name="Read the chat").click()
    expect(page.get_by_text("I said no. I remember that")).to_be_visible()
    expect(page.get_by_text("16 messages")).to_be_visible()
    accessible(page)
    picture(page, "attachment_chat")


def test_a_picture_says_where_it_was_taken_only_when_asked(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """The small picture opens by a press too; not scanned, the download warns; withdrawn, it is gone."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/attachments/add/", viewport=DESKTOP)
    attach(
        page, {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": picture_with_place()}, "Photo of the door"
    )
    expect(page.get_by_text("Open it only where it can do no harm")).to_be_visible()
    page.get_by_text("Show a small picture").click()
    drawn = page.get_by_role("img", name="Small picture of this file")
    expect(drawn).to_be_visible()
    expect(drawn).to_have_js_property("naturalWidth", 320)
    accessible(page)
    page.get_by_role("link", name="What the file says about itself").click()
    expect(page.get_by_text("-10.50000")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Back to the file").click()
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_label("The person asked for it").check()
    accessible(page)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Download")).to_have_count(0)


def test_the_supervisor_finds_what_is_in_quarantine(
    night: Night, window: Window, reference: str, scanner: Daemon, accessible: Sound
) -> None:
    """Sana is told that it is harmful; Maud sees it from her queue on."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/attachments/add/", viewport=DESKTOP)
    attach(page, {"name": "a.txt", "mimeType": "text/plain", "buffer": EICAR}, "Sent by him")
    expect(page.get_by_text("nobody can download it")).to_be_visible()
    accessible(page)
    maud = window(night.cast.maud, "/staff/cases/", viewport=DESKTOP)
    expect(maud.get_by_text("1 in quarantine")).to_be_visible()
    maud.get_by_role("link", name="Files in quarantine, and not scanned").click()
    expect(maud.get_by_text("Test.Mark_a_1_")).to_be_visible()
    accessible(maud)


@SEEN
@pytest.mark.parametrize("more", [{}, {"java_script_enabled": False}, {"color_scheme": "dark"}])
def test_every_page_of_it_fits_a_phone_and_needs_no_script(
    night: Night, window: Window, reference: str, accessible: Sound, more: dict[str, Any]
) -> None:
    """320 pixels wide; by keyboard from the title to the button."""
    page = window(night.cast.sana, f"/staff/cases/{reference}/attachments/add/", viewport=PHONE, **more)
    page.get_by_label("The file").set_input_files(DATA / "chat.txt")
    page.get_by_label("What is it?").fill("An_unbroken_title_" * 8)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Attach it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Read the chat")).to_be_visible()
    base = f"{night.address}/staff/cases/{reference}/attachments/"
    for rest in ("1/", "", "add/", "1/chat/", "1/about/", "1/withdraw/"):
        page.goto(base + rest)
        assert too_wide(page) <= 0, rest
        if "java_script_enabled" not in more:
            accessible(page)
