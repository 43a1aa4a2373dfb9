"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All models live here: one app, one migration history."""

    name = "nightdesk.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Load every record file; each holds the classes of one subject."""
        from nightdesk.records import cases, disclosures, journal, messages, referrals, sealed, sign_in, staff  # noqa: F401

        super().import_models()
