"""That a desk is open and used. Not journalled: it is no act on a record, and every request would write a line."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings

from nightdesk.records.sign_in import DeskSession
from nightdesk.records.staff import Staff


def browser_mark(name: str) -> str:
    """A short hash of how the browser names itself; empty for none."""
    return hashlib.sha256(name.encode()).hexdigest()[:32] if name else ""


def open_desk(*, at: datetime, session_key: str, staff: Staff, browser: str) -> None:
    """A session begins at `at` (aware UTC), bound to the browser that signed in. Rows of browsers that were closed go."""
    long_over = at - timedelta(hours=settings.NIGHTDESK_SESSION_HOURS + 24)
    for key in DeskSession.objects.filter(opened_at__lt=long_over).values_list("session_key", flat=True):
        close_desk(key)
    mark = browser_mark(browser)
    DeskSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "staff": staff,
            "bound": mark,
            "opened_at": at,
            "active_at": at,
            "locked_at": None,
            "locked_how": "",
        },
    )


def note_use(*, at: datetime, session_key: str) -> None:
    """The desk is in use. A locked desk stays locked, whatever arrives at the same moment."""
    DeskSession.objects.filter(session_key=session_key, locked_at=None).update(active_at=at)


def close_desk(session_key: str) -> None:
    """The session is over: its row goes, and with it words that were held, and their key."""
    desk = DeskSession.objects.filter(session_key=session_key).select_related("held__vault").first()
    if desk is None:
        return
    vault = desk.held.vault if hasattr(desk, "held") else None
    desk.delete()
    if vault is not None:
        vault.delete()
