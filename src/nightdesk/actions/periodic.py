"""What is done every so often, once whoever comes first: a row says when it was last done."""

from datetime import datetime, timedelta

from django.db import transaction

from nightdesk.actions._outbox import unclaimed
from nightdesk.records.messages import JOB, Heartbeat


def claim_job(*, at: datetime, name: str, every: int, again: int) -> bool:
    """True when `name` was last done `every` seconds ago or never, and no other worker has it now.

    The row is put on as if it had been done so long ago that it is due again in `again` seconds: after the death of its
    worker it is done by another. No line: it is no act on a record; what it does has its own.
    """
    with transaction.atomic():
        Heartbeat.objects.get_or_create(name=_row(name), defaults={"at": at - timedelta(seconds=every)})
        due = Heartbeat.objects.filter(name=_row(name), at__lte=at - timedelta(seconds=every))
        if (row := unclaimed(due).first()) is None:
            return False
        row.at = at - timedelta(seconds=every) + timedelta(seconds=min(again, every))
        row.save(update_fields=["at"])
    return True


def note_job_done(*, at: datetime, name: str) -> None:
    """It was done: due again after its whole span."""
    Heartbeat.objects.filter(name=_row(name)).update(at=at)


def _row(name: str) -> str:
    return f"{JOB}{name}"
