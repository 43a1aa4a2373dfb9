"""The Django app that makes the furniture's templates, static files and template tags findable."""

from django.apps import AppConfig


class FurnitureConfig(AppConfig):
    """Holds no models: only what pages look like."""

    name = "nightdesk.desks.furniture"
    label = "furniture"
