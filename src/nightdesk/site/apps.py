"""Start-up: logging without personal data, and refusing a bad start."""

from django.apps import AppConfig
from django.core.checks import Error, register

from nightdesk.site.logging import set_up_logging


class SiteConfig(AppConfig):
    """Wires the site."""

    name = "nightdesk.site"
    label = "site"

    def ready(self) -> None:
        """Set up logging and the start checks."""
        set_up_logging()
        register(refuse_bad_start)


def refuse_bad_start(**_: object) -> list[Error]:
    """What must be right before anything is served."""
    from django.conf import settings

    problems = []
    if not settings.DEMO and settings.SECRET_KEY.startswith("demo-only-"):
        problems.append(
            Error(
                "The demo's secret key is in use outside the demo. Set NIGHTDESK_SECRET_KEY.",
                id="nightdesk.E001",
            )
        )
    if (
        settings.DEMO
        and settings.DATABASE_ADDRESS.startswith("postgres")
        and "demo" not in settings.DATABASE_ADDRESS
    ):
        problems.append(
            Error(
                "Demo mode would write invented people into this database. Use one with “demo” in its name.",
                id="nightdesk.E002",
            )
        )
    if not 1 <= settings.NIGHTDESK_ATTACHMENT_MB <= 1000:
        problems.append(
            Error("NIGHTDESK_ATTACHMENT_MB must be between 1 and 1000 (megabytes).", id="nightdesk.E004")
        )
    return problems + _bad_scanner(settings.NIGHTDESK_CLAMAV) + _bad_outline()


def _bad_outline() -> list[Error]:
    """An outline that is asked for and can't be drawn: a board would quietly be without it."""
    from nightdesk.outside.outline import OutlineRefused, outline

    try:
        outline()
    except OutlineRefused as fault:
        return [Error(f"NIGHTDESK_OUTLINE: {fault}", id="nightdesk.E005")]
    return []


def _bad_scanner(address: str) -> list[Error]:
    """A scanner that is asked for and can't be meant: files would quietly go unscanned."""
    from nightdesk.outside.clamav import read_address

    try:
        if address:
            read_address(address)
    except ValueError as fault:
        return [Error(str(fault), id="nightdesk.E003")]
    return []
