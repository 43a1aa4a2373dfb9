"""unit, station and rota add: setting a force up. Calendar files and repeating shifts come with the rota's own step."""

import argparse
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from nightdesk.rules.terms import LAYERS
from nightdesk.site.cli_start import Refused, Words, actor, group, start, table, word


def add_words(words: Words, rota: Words) -> None:
    """unit add and list, station add and list, rota add."""
    unit = group(words, "unit", "Units that take referrals.")
    made = word(unit, "add", add_unit, "Add a unit.")
    made.add_argument("code")
    made.add_argument("--name", required=True, help="as shown on screens")
    made.add_argument("--ring", required=True, help="whom to ring when nobody answers, and the number")
    word(unit, "list", list_units, "Show every unit with its stations.")
    station = group(words, "station", "Places with a counter.")
    made = word(station, "add", add_station, "Add a station.")
    made.add_argument("code")
    made.add_argument("--name", required=True, help="as shown on screens and in pages")
    made.add_argument("--unit", required=True, help="code of the unit its referrals go to")
    made.add_argument("--phone", default="")
    made = word(rota, "add", add_shift, "Put one shift in the rota.")
    made.add_argument("unit", help="code of the unit")
    made.add_argument("username")
    made.add_argument("layer", choices=LAYERS, metavar="LAYER", help=", ".join(LAYERS))
    made.add_argument("starts", help="local time, such as 2026-11-22T22:00")
    made.add_argument("ends", help="local time, such as 2026-11-23T06:00")


def add_unit(given: argparse.Namespace) -> int:
    """Add a unit."""
    start()
    from nightdesk.actions.staff import StaffRefused
    from nightdesk.actions.staff import add_unit as add
    from nightdesk.queries.clock import database_now

    try:
        unit = add(actor=actor(), at=database_now(), code=given.code, name=given.name, ring=given.ring)
    except StaffRefused as fault:
        raise Refused(str(fault)) from fault
    print(f"{unit.name} ({unit.code}) takes referrals. Add its stations: nightdesk station add")
    return 0


def list_units(given: argparse.Namespace) -> int:
    """Show every unit with its stations."""
    start()
    from nightdesk.queries.force import units_with_stations

    rows = units_with_stations(actor())
    print(table(("unit", "name", "ring", "stations"), rows) if rows else "There are no units yet.")
    return 0


def add_station(given: argparse.Namespace) -> int:
    """Add a station."""
    start()
    from nightdesk.actions.staff import StaffRefused
    from nightdesk.actions.staff import add_station as add
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import unit_by_code

    unit = unit_by_code(actor(), given.unit)
    if unit is None:
        raise Refused(f"There is no unit “{given.unit}”. Add it first: nightdesk unit add")
    try:
        made = add(
            actor=actor(), at=database_now(), code=given.code, name=given.name, unit=unit, phone=given.phone
        )
    except StaffRefused as fault:
        raise Refused(str(fault)) from fault
    print(f"{made.name} ({made.code}): its referrals go to {unit.name}.")
    return 0


def add_shift(given: argparse.Namespace) -> int:
    """Put one shift in the rota."""
    start()
    from nightdesk.actions.rota import add_shifts
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import account_named, unit_by_code

    unit, staff = unit_by_code(actor(), given.unit), account_named(actor(), given.username)
    if unit is None or staff is None:
        raise Refused(
            f"There is no {'unit' if unit is None else 'account'} of that name. See: nightdesk unit list, user list"
        )
    starts_at, ends_at = _local(given.starts), _local(given.ends)
    if not starts_at < ends_at:
        raise Refused(
            "The shift ends before it starts. Give both with their dates, such as 2026-11-22T22:00."
        )
    add_shifts(actor=actor(), at=database_now(), unit=unit, shifts=[(staff, given.layer, starts_at, ends_at)])
    reach = "" if staff.email else " There is no e-mail address for them: they can’t be told."
    print(f"{staff.name} is on as {given.layer.replace('_', ' ')} in {unit.name}.{reach}")
    return 0


def _local(text: str) -> datetime:
    """A wall-clock time of this force as UTC. Raises Refused when it is no time, or did not happen at a clock change."""
    from django.conf import settings

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Refused(f"“{text}” is not a time. Write it like 2026-11-22T22:00.") from fault
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    zone = ZoneInfo(settings.TIME_ZONE)
    at = moment.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != moment:
        raise Refused(f"{text} did not happen: the clocks went forward. Write the time an hour later.")
    return at
