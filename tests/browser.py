"""A real browser for the journeys: the system's Chromium, loopback only, no console message, accessible."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Route

from devtools.chromium import FLAGS, find_chromium

LOOPBACK = ("127.0.0.1", "localhost")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Watch:
    """What a browser said and asked for. `expect` a message that a journey causes on purpose (a cut network)."""

    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, fragment: str) -> None:
        """Console messages that contain `fragment` are part of this journey."""
        self.expected.append(fragment)

    def say(self, problem: str) -> None:
        """Note what must not happen."""
        self.problems.append(problem)

    def left(self) -> list[str]:
        """Problems that nobody expected."""
        return [problem for problem in self.problems if not any(part in problem for part in self.expected)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: no download, no talk with the outside."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": list(flags)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A British counter at 1280 × 900."""
    return browser_context_args | {
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Collects console errors and requests to other hosts; the test fails at its end when any is left."""
    watched = Watch()
    yield watched
    assert not watched.left(), "The page must be silent and ask nobody else:\n" + "\n".join(watched.left())


@pytest.fixture
def watched_context(watch: Watch) -> Callable[[BrowserContext], BrowserContext]:
    """Put a context under watch (for a second browser window; `context` and `page` are watched already)."""

    def under_watch(context: BrowserContext) -> BrowserContext:
        context.route("**/*", lambda route: _loopback_only(route, watch))
        context.on("console", lambda message: _note(message, watch))
        context.on("weberror", lambda fault: watch.say(f"script error: {fault.error}"))
        return context

    return under_watch


@pytest.fixture
def context(
    context: BrowserContext, watched_context: Callable[[BrowserContext], BrowserContext]
) -> BrowserContext:
    """A fresh browser profile under watch."""
    return watched_context(context)


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Fails, naming rule and element, when axe finds a breach of WCAG 2.2 A or AA on the page."""
    axe = Axe()

    def no_violations(page: Page) -> None:
        found = _looked_at(axe, page)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"

    return no_violations


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window, measured once its styles have come."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _looked_at(axe: Axe, page: Page) -> AxeResults:
    """What axe finds on the page; a click may still be on its way to the next page, so a page that goes
    away under axe's hands is let come, and the new one is looked at."""
    page.wait_for_load_state("load")
    try:
        return axe.run(page, options={"runOnly": STANDARDS})
    except Error:
        page.wait_for_load_state("load")
        return axe.run(page, options={"runOnly": STANDARDS})


def _loopback_only(route: Route, watch: Watch) -> None:
    host = urlsplit(route.request.url).hostname
    if host in LOOPBACK or route.request.url.startswith(("data:", "blob:")):
        route.continue_()
    else:
        watch.say(f"request to another host: {host}")
        route.abort()


def _note(message: ConsoleMessage, watch: Watch) -> None:
    if message.type in ("error", "warning") or "Content Security Policy" in message.text:
        watch.say(f"{message.type}: {message.text}")
