"""Whether a service can be reached at a moment, so that a closed line is never offered at 2am."""

from __future__ import annotations

from datetime import datetime, time

from nightdesk.rules.pack_entries import Opening, Service, Weekday

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_open(service: Service, local: datetime) -> bool | None:
    """Whether `service` is open at `local`, the wall-clock time where it is; None: hours not known.

    `local` is read as a wall clock: the caller turns UTC into the pack's time zone, so that clock changes are
    right.
    """
    if service.always_open:
        return True
    if not service.openings:
        return None
    today = WEEKDAYS[local.weekday()]
    yesterday = WEEKDAYS[local.weekday() - 1]
    now = local.time().replace(tzinfo=None)
    return any(_covers(opening, today, yesterday, now) for opening in service.openings)


def _covers(opening: Opening, today: Weekday, yesterday: Weekday, now: time) -> bool:
    if opening.opens < opening.closes:
        return today in opening.days and opening.opens <= now < opening.closes
    began_today = today in opening.days and now >= opening.opens
    return began_today or (yesterday in opening.days and now < opening.closes)  # open past midnight
