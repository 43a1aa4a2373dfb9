"""stores list, add and import: what a force sets up, and what its thermometers write."""

import argparse
from pathlib import Path
from zoneinfo import ZoneInfo

from nightdesk.rules.terms import STORE_KINDS
from nightdesk.site.cli_start import Refused, Words, actor, group, start, table, whole_number, word


def add_words(words: Words) -> None:
    """stores add, list, import."""
    stores = group(words, "stores", "Fridges, freezers and cupboards for exhibits.")
    made = word(stores, "add", add_store, "Add a store. How warm it may be comes from the pack.")
    made.add_argument("code", help="on its door and in its thermometer’s files, such as HL-F1")
    made.add_argument("--station", required=True, help="code of the station")
    made.add_argument("--name", required=True, help="as people call it")
    made.add_argument(
        "--kind", required=True, choices=STORE_KINDS, metavar="KIND", help=", ".join(STORE_KINDS)
    )
    made.add_argument(
        "--capacity", required=True, type=whole_number(1, 100_000), help="how many exhibits it holds"
    )
    word(stores, "list", list_stores, "Every store: how full, last reading, faults.")
    made = word(
        stores,
        "import",
        import_readings,
        "Read a file of temperatures in. The same file again changes nothing.",
    )
    made.add_argument("file", metavar="FILE", help="CSV: code of the store, time, degrees Celsius")
    made.add_argument("--dry-run", action="store_true", help="only say what would change")


def add_store(given: argparse.Namespace) -> int:
    """Add a store."""
    start()
    from nightdesk.actions.stores import StoreRefused
    from nightdesk.actions.stores import add_store as add
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import station_by_code

    station = station_by_code(actor(), given.station)
    if station is None:
        raise Refused(f"There is no station “{given.station}”. Add it first: nightdesk station add")
    try:
        made = add(
            actor=actor(), at=database_now(), station=station, code=given.code, name=given.name, kind=given.kind,
            capacity=given.capacity,
        )  # fmt: skip
    except StoreRefused as fault:
        raise Refused(str(fault)) from fault
    print(f"{made.name} ({made.code}) at {station.name} holds {made.capacity} exhibits.")
    return 0


def list_stores(given: argparse.Namespace) -> int:
    """Every store, by station."""
    start()
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.stores import stores

    rows = [
        (
            row.code, row.name, row.station, row.kind, f"{row.held} of {row.capacity}",
            "" if row.tenths is None else f"{row.tenths / 10:.1f}",
            ", ".join((*row.faults, *(["closed"] if row.closed_at else []))),
        )
        for row in stores(actor(), database_now())
    ]  # fmt: skip
    heads = ("store", "name", "station", "kind", "full", "degrees", "")
    print(table(heads, rows) if rows else "There are no stores yet.")
    return 0


def import_readings(given: argparse.Namespace) -> int:
    """Read a file of temperatures in: exit code 1 when a line was not taken, each said with its number."""
    start()
    from django.conf import settings

    from nightdesk.actions.temperatures import read_temperatures_in
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.stores import weighed
    from nightdesk.rules.readings_file import Unreadable, read_readings

    zone, now = ZoneInfo(settings.TIME_ZONE), database_now()
    try:
        raw = Path(given.file).read_bytes()
        if given.dry_run:
            found, faults = weighed(actor(), *read_readings(raw, zone), now), None
        else:
            done = read_temperatures_in(actor=actor(), at=now, raw=raw, zone=zone)
            found, faults = done.weighed, done.faults
    except OSError as fault:
        raise Refused(f"The file can’t be read ({fault.strerror}): {given.file}") from fault
    except Unreadable as fault:
        raise Refused(str(fault)) from fault
    for reject in found.rejects:
        print(f"Line {reject.line}: {reject.why}")
    said = "would be kept" if given.dry_run else "kept"
    print(
        f"{len(found.fresh)} readings {said}, {found.repeated} were kept already, {len(found.rejects)} lines not taken."
    )
    if faults:
        print(f"{faults} faults found. Look at the stores and at what lay inside.")
    return 1 if found.rejects else 0
