"""unit and station: setting a force up."""

import argparse

from nightdesk.site.cli_start import Refused, Words, actor, group, start, table, word


def add_words(words: Words) -> None:
    """unit add and list, station add and list."""
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
