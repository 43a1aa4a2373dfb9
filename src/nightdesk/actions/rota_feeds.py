"""An officer's private calendar address. The secret is shown once; only its digest is kept."""

import hashlib
import secrets
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.records.rota import CalendarFeed
from nightdesk.rules.access import Reader


def make_feed(*, actor: Reader, at: datetime) -> str:
    """A new private address for the actor's own shifts; an earlier one stops working. Returns the secret (43 letters)."""
    secret = secrets.token_urlsafe(32)
    with entry("feed_made", actor=actor, at=at):
        CalendarFeed.objects.filter(staff_id=actor.id, withdrawn_at=None).update(withdrawn_at=at)
        digest = hashlib.sha256(secret.encode()).digest()
        CalendarFeed.objects.create(staff_id=actor.id, digest=digest, made_at=at)
    return secret


def withdraw_feed(*, actor: Reader, at: datetime) -> None:
    """The actor's private address stops working. Twice changes nothing."""
    with entry("feed_withdrawn", actor=actor, at=at):
        CalendarFeed.objects.filter(staff_id=actor.id, withdrawn_at=None).update(withdrawn_at=at)
