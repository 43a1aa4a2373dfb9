"""The ways in which a member of staff is told: added, confirmed, put in order, withdrawn."""

from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import staff_id
from nightdesk.records.contacts import ContactWay
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.ways import SCREEN


def add_way(
    *, actor: Reader, at: datetime, staff: Staff, channel: str, address: str = "", confirmed: bool = False
) -> ContactWay:
    """One more way of `staff`, after those they have. Told by it only once it is confirmed; a screen needs no confirming."""
    with entry("way_added", actor=actor, at=at, username=staff.username, channel=channel):
        last = ContactWay.objects.filter(staff=staff).order_by("-place").first()
        known = confirmed or channel == SCREEN
        return ContactWay.objects.create(
            staff=staff, channel=channel, address=address, place=last.place + 1 if last else 1, added_at=at,
            added_by_id=staff_id(actor), verified_at=at if known else None,
        )  # fmt: skip
