"""The furniture in a real browser, under the strict policy: seen, read aloud, hidden in a moment, kept fresh."""

import threading
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation

from nightdesk.desks.furniture.templatetags.furniture import paging_list
from tests.furniture import gallery

pytestmark = pytest.mark.journey
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANSWERED = [
    {**person, "state": "answered"} if person["state"] == "told" else person for person in gallery.PEOPLE
]


class Quiet(WSGIRequestHandler):
    """A server that prints nothing."""

    def log_message(self, *args):
        """Nothing."""


def show(request):
    """The gallery, as the address asks for it."""
    form = gallery.GalleryForm({"when": "exact"}) if "errors" in request.GET else None
    theme = request.GET.get("theme", "light")
    with translation.override(request.GET.get("lang", "en")):
        answer = render(request, "furniture/gallery.html", gallery.context(form, theme=theme))
    answer["Content-Security-Policy"] = POLICY
    return answer


class Site:
    """The gallery and the addresses that its layout links to."""

    calls = SimpleNamespace(blanked=0, live=True)
    urlpatterns = (
        path("", show),
        path("live/", lambda request: Site.answer()),
        path("blank_screen/", lambda request: Site.blank(), name="blank_screen"),
        *[
            path(f"{n}/", lambda request: HttpResponse(), name=n)
            for n in ("set_theme", "set_language", "sign_out")
        ],
    )

    @classmethod
    def answer(cls):
        """The list alone, or a fault."""
        list_alone = paging_list(ANSWERED, live_url="/live/")
        return HttpResponse(list_alone) if cls.calls.live else HttpResponse(status=503)

    @classmethod
    def blank(cls):
        """The page that hides everything."""
        cls.calls.blanked += 1
        return HttpResponse("<!doctype html><html lang=en><title>Nightdesk</title><p>Locked", "text/html")


@pytest.fixture
def address(settings):
    """A server of the gallery on loopback, without a database."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE = Site, []
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    Site.calls = SimpleNamespace(blanked=0, live=True)
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("query", ["", "?errors", "?theme=dark&errors", "?theme=dark&lang=ar", "?lang=cy"])
def test_every_piece_is_accessible_by_day_and_by_night(address, page, accessible, query):
    page.goto(f"{address}/{query}")
    accessible(page)


@pytest.mark.parametrize("query", ["?errors", "?lang=ar&errors"])
def test_nothing_runs_off_a_screen_of_320_pixels(address, page, query):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/{query}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_target_can_be_hit(address, page):
    page.goto(address)
    small = page.evaluate(
        """[...document.querySelectorAll("header a, header button, footer button, main button, .govuk-button")]
           .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
           .filter(([t, r]) => r.width && (r.width < 24 || r.height < 24)).map(([t]) => t)"""
    )
    assert small == []


def test_the_night_follows_the_device_unless_a_person_chose(address, page):
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/?theme=system")
    dark = page.evaluate(ground)
    page.goto(f"{address}/?theme=light")
    assert page.evaluate(ground) == "rgb(246, 247, 249)"
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/?theme=dark")
    assert page.evaluate(ground) == dark == "rgb(18, 23, 29)"


def test_forced_colours_still_tell_what_is_current_and_what_is_chosen(address, page):
    page.emulate_media(forced_colors="active")
    page.goto(address)
    edge = "getComputedStyle(document.querySelector('%s')).borderBlockEndColor"
    for current, other in [
        (".nd-nav__link[aria-current]", ".nd-nav__link:not([aria-current])"),
        ('.nd-switch__choice[aria-pressed="true"]', '.nd-switch__choice[aria-pressed="false"]'),
    ]:
        assert page.evaluate(edge % current) != page.evaluate(edge % other)


def test_print_is_light_even_at_night(address, page):
    page.goto(f"{address}/?theme=dark")
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--nd-ink')") == "#17202b"
    )
    assert not page.get_by_role("button", name="Save").is_visible()


def test_escape_twice_hides_the_page_and_lets_it_save_first(address, page):
    page.goto(address)
    page.evaluate(
        "document.addEventListener('nightdesk:blank', () => sessionStorage.setItem('saved', 'yes'))"
    )
    page.keyboard.press("Escape")
    assert page.get_by_role("heading", name="Gallery").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/blank_screen/")
    assert (Site.calls.blanked, page.title()) == (1, "Nightdesk")
    assert page.evaluate("sessionStorage.getItem('saved')") == "yes"


def test_escape_once_and_later_again_hides_nothing(address, page):
    page.goto(address)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert Site.calls.blanked == 0


def test_an_answer_appears_by_itself_and_only_what_changed_is_replaced(address, page):
    page.goto(address)
    page.evaluate("window.first = document.querySelector('.nd-paging__person')")
    page.get_by_text("Answered").wait_for(timeout=30_000)
    assert page.evaluate("window.first === document.querySelector('.nd-paging__person')")
    assert page.locator(".nd-paging__person").count() == 3


def test_a_list_that_cannot_be_refreshed_says_so(address, page, watch):
    watch.expect("503")
    Site.calls.live = False
    page.goto(address)
    page.get_by_text("This list is not up to date").wait_for(timeout=30_000)


def test_without_scripts_nothing_is_out_of_reach(address, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_label("Time").first.is_visible()
    assert page.get_by_role("button", name="Blank the screen").is_visible()
    assert page.get_by_role("button", name="Dark").is_visible()
    context.close()


def test_the_keyboard_always_shows_where_it_is(address, page):
    page.goto(address)
    for _step in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')(getComputedStyle(document.activeElement))"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
