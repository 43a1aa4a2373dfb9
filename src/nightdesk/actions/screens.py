"""What a screen showed: the receipt of a call-out that left by no neighbour. Only the page's script knows, so it says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.records.messages import Message
from nightdesk.rules.access import Reader
from nightdesk.rules.ways import SCREEN

MOST: Final = 50  # as many as a page shows
SHOWN: Final = "shown"


def note_shown(*, actor: Reader, at: datetime, tokens: Sequence[str]) -> int:
    """A page of the actor showed the call-outs with these keys; returns how many had not been shown before.

    Keys of somebody else, and of call-outs without a message to the screen, are left alone.
    """
    waiting = Message.objects.filter(
        channel=SCREEN, delivered_at=None, page__staff=staff_id(actor), page__token__in=tokens[:MOST]
    )
    return _note(actor, at, [message.pk for message in waiting]) if waiting.exists() else 0


@together
def _note(actor: Reader, at: datetime, keys: list[UUID]) -> int:
    """Each once: the rows are locked, and whoever comes second finds them shown."""
    rows = Message.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, delivered_at=None)
    found = list(rows.select_related("page__referral__disclosure").order_by("made_at", "pk"))
    for message in found:
        assert message.page is not None  # noqa: S101 - it was found by its page
        subject = message.page.referral.disclosure.reference
        with entry("call_out_displayed", actor=actor, at=at, subject=subject, step=message.page.step):
            Message.objects.filter(pk=message.pk).update(delivered_at=at, receipt=SHOWN)
    return len(found)
