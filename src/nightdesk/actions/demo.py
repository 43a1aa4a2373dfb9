"""The fictional force is finished: nobody can sign in before, and a half-made one is known by the missing line."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from nightdesk.actions._entry import entry
from nightdesk.actions.staff import StaffRefused
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader


def finish_demo(*, actor: Reader, at: datetime, seed: int, disclosures: int, passphrase: str) -> None:
    """Give every demo account the one passphrase and note what was made. Raises StaffRefused outside demo mode."""
    if not settings.DEMO:
        raise StaffRefused("A shared passphrase is for the demo only. Give each account its own.")
    with entry("demo_made", actor=actor, at=at, seed=seed, disclosures=disclosures):
        # One hash for all: thirty slow hashes would be most of the wait for a demo, and protect nothing.
        Staff.objects.filter(is_demo=True).update(password=make_password(passphrase))
