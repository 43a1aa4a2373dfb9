"""The records app."""

import importlib
import pkgutil

from django.apps import AppConfig

from nightdesk import records


class RecordsConfig(AppConfig):
    """All models live here: one app, one migration history."""

    name = "nightdesk.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Load every record file; each holds the classes of one subject."""
        for found in pkgutil.iter_modules(records.__path__):
            if not found.ispkg:
                importlib.import_module(f"nightdesk.records.{found.name}")
        super().import_models()
