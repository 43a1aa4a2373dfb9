"""The furniture is tested with the product's settings; on its own it needs only these few."""

import os
import types

import django
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        SECRET_KEY="tests",
        USE_TZ=True,
        TIME_ZONE="Europe/London",
        INSTALLED_APPS=["django.contrib.staticfiles", "nightdesk.desks.furniture"],
        STATIC_URL="/static/",
        FORM_RENDERER="nightdesk.desks.furniture.renderer.GovukRenderer",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        LANGUAGES=[("en", "English"), ("cy", "Welsh"), ("ar", "Arabic")],
        ROOT_URLCONF=types.SimpleNamespace(urlpatterns=[]),
    )
    django.setup()


class Addresses:
    """The addresses that the layout links to when they exist."""

    urlpatterns = [
        path(f"{name}/", lambda request: HttpResponse(), name=name)
        for name in ("set_theme", "set_language", "blank_screen", "sign_out")
    ]


@pytest.fixture(autouse=True)
def staff_site(settings):
    """Every test here sees the layout's addresses, British time and three languages."""
    settings.ROOT_URLCONF = Addresses
    settings.TIME_ZONE = "Europe/London"
    settings.LANGUAGES = [("en", "English"), ("cy", "Welsh"), ("ar", "Arabic")]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
