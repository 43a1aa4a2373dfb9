"""The page around every page."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.furniture import gallery


def page(language="en", **context):
    """The gallery, drawn."""
    with translation.override(language):
        request = RequestFactory().get("/counter/")
        return render_to_string("furniture/gallery.html", gallery.context(**context), request)


def test_the_page_says_its_language_and_direction():
    assert '<html lang="en" dir="ltr"' in page()
    assert '<html lang="ar" dir="rtl"' in page("ar")


def test_the_right_to_left_overlay_is_loaded_only_where_it_is_read():
    assert "rtl.css" not in page()
    assert "rtl.css" in page("ar")


@pytest.mark.parametrize("theme", ["system", "light", "dark"])
def test_the_chosen_screen_is_marked_and_pressed(theme):
    drawn = page(theme=theme)
    assert f'data-theme="{theme}"' in drawn
    assert f'value="{theme}" aria-pressed="true"' in drawn
    assert drawn.count('name="theme"') == 3


def test_without_a_choice_the_screen_follows_the_device():
    assert 'data-theme="system"' in page()


def test_the_language_of_each_choice_is_marked_for_screen_readers():
    drawn = page()
    assert 'value="ar" lang="ar" dir="rtl"' in drawn
    assert 'value="en" lang="en" dir="ltr" aria-pressed="true"' in drawn


def test_the_title_says_the_page_and_no_name():
    title = re.search(r"<title>(.*)</title>", page(), re.S).group(1)
    assert title == "Gallery – Nightdesk"


def test_the_title_says_first_that_something_is_wrong():
    assert "<title>Error: Gallery" in page(form=gallery.GalleryForm({}))


def test_blanking_and_leaving_are_posted_with_a_token():
    drawn = page()
    for action in ("/blank_screen/", "/sign_out/", "/set_theme/", "/set_language/"):
        form = re.search(rf'<form[^>]*action="{action}"[^>]*>(.*?)</form>', drawn, re.S)
        assert "csrfmiddlewaretoken" in form.group(1)
    assert drawn.count('method="post"') == 5


def test_addresses_that_do_not_exist_leave_their_forms_out(settings):
    settings.ROOT_URLCONF = SimpleNamespaceUrls
    drawn = page()
    assert "data-blank-screen" not in drawn
    assert 'name="theme"' not in drawn


class SimpleNamespaceUrls:
    """A site with no address at all."""

    urlpatterns = ()


def test_the_desk_that_is_open_is_said():
    assert '<a class="nd-nav__link" href="/" aria-current="page">Counter</a>' in page()
    assert page().count("aria-current") == 1


def test_a_stranger_sees_neither_name_nor_session_buttons():
    drawn = page(reader=None)
    assert "Sam Holt" not in re.sub(r"<main.*</main>", "", drawn, flags=re.S)
    assert "sign_out" not in drawn


def test_the_demo_says_that_it_is_one():
    assert "Demo: everything here is invented" in page()
    assert "Demo: everything" not in page(demo=False)


def test_the_header_of_another_site_can_take_the_place_of_ours():
    from django.template import engines

    own = '{% extends "furniture/base.html" %}{% block header %}<p>Leave this page</p>{% endblock %}'
    drawn = engines["django"].from_string(own).render({"reader": SimpleNamespace(name="Sam")})
    assert "Leave this page" in drawn
    assert "nd-header" not in drawn


def test_the_first_thing_a_keyboard_meets_is_the_way_past_the_header():
    drawn = page()
    assert drawn.index("<a ") == drawn.index('<a href="#main-content" class="govuk-skip-link"')
    assert '<main class="govuk-main-wrapper" id="main-content">' in drawn


def test_no_id_stands_twice():
    ids = re.findall(r'\sid="([^"]+)"', page(form=gallery.GalleryForm({})))
    assert sorted({i for i in ids if ids.count(i) > 1}) == []
