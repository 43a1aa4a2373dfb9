"""Files that could not be scanned when they came are tried again, in a thread of their own: a scanner that says nothing for
twenty seconds must hold up no page."""

import threading
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings
from django.db import connections

from nightdesk.actions.attachments import scan_again
from nightdesk.queries.attachments import due_scans
from nightdesk.rules.access import SYSTEM

MOST: Final = 50  # in one go: the rest is due in the next
_one_at_a_time = threading.Lock()


def scan_waiting(at: datetime) -> int:
    """How many files were tried. After one to which nothing answered, the others wait for the next round."""
    tried = 0
    for key in due_scans(SYSTEM, at, MOST) if settings.NIGHTDESK_CLAMAV else ():
        outcome = scan_again(at=at, attachment=key)
        tried += 1
        if outcome == "no_answer":
            break
    return tried


def scan_beside(at: datetime) -> threading.Thread | None:
    """Scan what is due, beside the worker's own rounds; None when nothing is due, or it is being done already.

    A thread that dies with its worker leaves its files due.
    """
    if (
        not settings.NIGHTDESK_CLAMAV
        or not due_scans(SYSTEM, at, 1)
        or not _one_at_a_time.acquire(blocking=False)
    ):
        return None
    thread = threading.Thread(target=_scan, args=(at,), name="scan", daemon=True)
    thread.start()
    return thread


def _scan(at: datetime) -> None:
    try:
        scan_waiting(at)
    except Exception as fault:  # tried again in the next round
        structlog.get_logger().error("scan_failed", fault=type(fault).__name__)
    finally:
        connections.close_all()
        _one_at_a_time.release()
