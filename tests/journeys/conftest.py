"""A counter at night in a real browser: the force, its server, its worker, and who sits where."""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.people import Cast, make_cast

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
DRAWN = (
    os.environ.get("SCREENSHOTS_OF_NIGHTDESK") == "1"
)  # a run of the tests leaves the tree clean otherwise
MOST_BYTES = 200_000
SEEN = pytest.mark.once(
    "what eyes and hands find on a page; tests/desks opens every page as every role on both databases"
)
PATIENCE_MS = 30_000  # the machine is shared: a slow answer is no fault


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each journey names its own address. (pytest-playwright's own fixture warns under pytest 9.2.)"""


@dataclass
class Night:
    """The force on this night: its people, the address of its server, and what its worker sent."""

    cast: Cast
    address: str
    letters: list[Any] = field(default_factory=list)

    def work(self) -> None:
        """One round of the worker: every step that is due, every message, and the sign of life."""
        from nightdesk.actions.worker import beat, send_due_messages, take_due_step
        from nightdesk.queries.clock import database_now

        while take_due_step(at=database_now(), address=self.address):
            pass
        send_due_messages(clock=database_now, send=self.letters.append)
        beat(at=database_now())

    def link(self) -> str:
        """The link in the newest message."""
        return next(word for word in self.letters[-1].body.split() if word.startswith(self.address))

    def enter(self, context: BrowserContext, staff: Any) -> None:
        """`staff` is signed in at this browser."""
        client = Client()
        client.force_login(staff)
        name = "nightdesk_session"
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def disclosures(self) -> list[Any]:
        """Every disclosure in the database, oldest first."""
        from nightdesk.records.disclosures import Disclosure

        return list(Disclosure.objects.order_by("opened_at"))

    def waits_for_a_disclosure(self, page: Page) -> None:
        """Give what a closing page sent its moment to arrive."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while not self.disclosures() and time.monotonic() < until:
            page.wait_for_timeout(50)

    def keeps(self, page: Page, *words: str) -> None:
        """What is kept of the disclosures comes to be `words`: what a page sent last may still be on its way.

        The wait is the browser's (of any `page` that is open): asleep, this thread would let nothing watched through.
        """
        until = time.monotonic() + PATIENCE_MS / 1000
        while (kept := [self.words(found) for found in self.disclosures()]) != list(words):
            assert time.monotonic() < until, kept
            page.wait_for_timeout(50)

    def words(self, disclosure: Any) -> str:
        """What was kept of *what*, newest version."""
        return str(disclosure.versions.order_by("-number").first().opened("what"))


@pytest.fixture
def night(journey_db: None, live_server: Any) -> Night:
    """A night with everybody on duty and a worker that has just been round."""
    from nightdesk.queries.clock import database_now

    found = Night(make_cast(database_now()), live_server.url)
    found.work()
    return found


@pytest.fixture
def counter(night: Night, context: BrowserContext) -> Iterator[Page]:
    """Priya's terminal at Harrow Lane, at the list of the counter."""
    night.enter(context, night.cast.priya)
    page = context.new_page()
    page.goto(f"{night.address}/staff/counter/")
    yield page
    page.close(run_before_unload=False)


@pytest.fixture
def form(counter: Page) -> Page:
    """Priya's terminal with an empty form."""
    counter.locator("#start").click()
    expect(counter.locator("#id_what")).to_be_focused()
    return counter


@pytest.fixture
def window(
    night: Night, browser: Browser, watched_context: Callable[[BrowserContext], BrowserContext]
) -> Iterator[Callable[..., Page]]:
    """Another browser under watch: `window(staff, path, **context)` opens a page there, signed in as `staff` unless None."""
    opened: list[BrowserContext] = []

    def open_window(staff: Any, path: str, **options: Any) -> Page:
        context = watched_context(browser.new_context(locale="en-GB", timezone_id="Europe/London", **options))
        opened.append(context)
        if staff is not None:
            night.enter(context, staff)
        page = context.new_page()
        page.goto(path if path.startswith("http") else night.address + path)
        return page

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Takes a picture for the documents, when they are being made: SCREENSHOTS_OF_NIGHTDESK=1."""

    def take(page: Page, name: str) -> None:
        drawn = page.screenshot(animations="disabled", caret="hide")
        assert len(drawn) < MOST_BYTES, f"{name}: {len(drawn)} bytes, most is {MOST_BYTES}"
        if DRAWN:
            PICTURES.mkdir(parents=True, exist_ok=True)
            (PICTURES / f"{name}.png").write_bytes(drawn)

    return take


def reference_in(page: Page) -> str:
    """The reference in the address of a page."""
    found = re.search(r"/(?:counter|cases)/([A-Z0-9-]+)/", page.url)
    assert found, page.url
    return found[1]


Sound = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Window = Callable[..., Page]
