"""The furniture stands on its own: British time, three languages, and the addresses that the layout links to."""

import pytest
from django.http import HttpResponse
from django.urls import path


class Addresses:
    """The addresses that the layout links to when they exist."""

    urlpatterns = [
        path(f"{name}/", lambda request: HttpResponse(), name=name)
        for name in ("set_theme", "set_language", "blank_screen", "sign_out")
    ]


@pytest.fixture(autouse=True)
def staff_site(settings):
    """Every test here sees the same site, whatever the product's settings are."""
    settings.ROOT_URLCONF = Addresses
    settings.TIME_ZONE = "Europe/London"
    settings.LANGUAGES = [("en", "English"), ("cy", "Welsh"), ("ar", "Arabic")]


@pytest.fixture(scope="session")
def base_url():
    """None: each journey names its own address. (pytest-playwright's own fixture warns under pytest 9.2.)"""
