"""From a signed-in account to the reader that queries and rules know."""

from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader


def reader_of(staff: Staff) -> Reader:
    """The reader of an account: ids as text, "" where there is none."""
    return Reader(
        id=str(staff.pk), role=staff.role, unit=str(staff.unit_id or ""), station=str(staff.station_id or ""),
        name=staff.name, username=staff.username,
    )  # fmt: skip
