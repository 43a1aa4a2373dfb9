"""rota: who is on, where nobody is, one more shift, a calendar file read in, shifts worked out."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nightdesk.rules.terms import LAYERS
from nightdesk.site.cli_start import Refused, Words, actor, group, start, table, whole_number, word

MOMENT = "%a %d %b %H:%M"
URGENT = timedelta(hours=24)  # a gap that begins sooner makes the exit code 1
GAP_HEADS = ("unit", "layer", "from", "until", "why")
Time = tuple[str, datetime, datetime]


def add_words(words: Words) -> Words:
    """rota list, show, gaps, add, import, work-out. Returns the words of rota, for more."""
    rota = group(words, "rota", "Who is on.")
    made = word(rota, "list", list_rota, "Who is on now and in the days ahead, layer by layer, every unit.")
    made.add_argument("--unit", help="code of one unit")
    made.add_argument("--days", type=whole_number(1, 56), default=7)
    made = word(rota, "show", list_rota, "The same of one unit.")
    made.add_argument("unit", help="code of the unit")
    made.add_argument("--days", type=whole_number(1, 31), default=7)
    made = word(rota, "gaps", show_gaps, "Where nobody who can be reached is on in the next 14 days.")
    made.add_argument("--unit", help="code of one unit")
    made = word(rota, "add", add_shift, "Put somebody on, besides whoever is on then.")
    made.add_argument("unit", help="code of the unit")
    made.add_argument("username")
    _add_layer(made, "layer")
    made.add_argument("starts", help="local time, such as 2026-11-22T22:00")
    made.add_argument("ends", help="local time, such as 2026-11-23T06:00")
    made = word(rota, "import", import_calendar, "Read a calendar file (.ics) into one layer of a unit.")
    made.add_argument("file", metavar="FILE")
    made.add_argument("--unit", required=True, help="code of the unit")
    _add_layer(made, "--layer", required=True)
    made.add_argument("--name", required=True, help="of the calendar; read again, it replaces itself")
    made.add_argument("--dry-run", action="store_true", help="tell what would change, change nothing")
    word(rota, "work-out", work_out, "Work out the shifts of every unit now; the worker does it every hour.")
    return rota


def _add_layer(made: argparse.ArgumentParser, name: str, **more: bool) -> None:
    made.add_argument(name, choices=LAYERS, metavar="LAYER", help=", ".join(LAYERS), **more)  # type: ignore[arg-type]


def list_rota(given: argparse.Namespace) -> int:
    """Who is on now, then every shift and every time with nobody on in the days ahead, in local time."""
    start()
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import shifts_of

    now = database_now()
    ends_at = now + timedelta(days=given.days)
    for unit in _units(given.unit):
        shifts = shifts_of(actor(), unit, starts_at=now, ends_at=ends_at)
        print(f"{unit.name} ({unit.code}). When nobody answers, ring: {unit.ring or 'nobody is named yet'}\n")
        for layer in LAYERS:
            spans = [(s.starts_at, s.ends_at, s.name) for s in shifts if s.layer == layer]
            rows = [(_shown(a), _shown(b), name) for a, b, name in _with_gaps(spans, now, ends_at)]
            print(table((_said(layer), "until", ""), rows), end="\n\n")
    return 0


def _with_gaps(
    spans: list[tuple[datetime, datetime, str]], now: datetime, ends_at: datetime
) -> list[tuple[datetime, datetime, str]]:
    """The shifts in order, with “nobody” wherever the layer is empty."""
    shown, covered = [], now
    for start_at, end_at, name in sorted(spans):
        if start_at > covered:
            shown.append((covered, start_at, "NOBODY"))
        shown.append((start_at, end_at, name))
        covered = max(covered, end_at)
    if covered < ends_at:
        shown.append((covered, ends_at, "NOBODY"))
    return shown


def show_gaps(given: argparse.Namespace) -> int:
    """Every gap of the days that the hourly check looks at; 1 when one begins within URGENT."""
    start()
    from nightdesk.outside.current import pack
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import gaps_of
    from nightdesk.rules.cover import DAYS_AHEAD

    now = database_now()
    ends_at = now + timedelta(days=DAYS_AHEAD)
    found = [
        (unit.code, gap)
        for unit in _units(given.unit)
        for gap in gaps_of(actor(), unit, pack().layers(), starts_at=now, ends_at=ends_at)
    ]
    rows = [
        (code, _said(gap.layer), _shown(gap.starts_at), _shown(gap.ends_at), _why(gap.staff))
        for code, gap in found
    ]
    print(table(GAP_HEADS, rows) if rows else f"There is no gap in the next {DAYS_AHEAD} days.")
    return int(any(gap.starts_at < now + URGENT for _, gap in found))


def _why(on: Iterable[str]) -> str:
    names = ", ".join(on)
    return f"can’t be reached: {names}" if names else "nobody is on"


def add_shift(given: argparse.Namespace) -> int:
    """Put one person on, besides whoever is on by the turns."""
    start()
    from nightdesk.actions.rota_changes import RotaRefused, stand_in
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import account_named, unit_by_code
    from nightdesk.rules.strain import StrainUnanswered

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
    shift = {"layer": given.layer, "staff": staff, "starts_at": starts_at, "ends_at": ends_at}
    act = partial(stand_in, actor=actor(), at=database_now(), unit=unit, **shift)
    close = ""
    try:
        try:
            act(answered="")
        except StrainUnanswered as asked:  # whoever types this decides; it is told below, and noted
            act(answered=asked.token)
            close = (
                f" {len(asked.strains)} of their other turns leave less than 11 hours of rest, or overlap."
            )
    except RotaRefused as fault:
        raise Refused(str(fault)) from fault
    but = _but(staff, starts_at, ends_at)
    print(f"{staff.name} is on as {_said(given.layer)} in {unit.name}.{but}{close}")
    return 0


def _but(staff: Any, starts_at: datetime, ends_at: datetime) -> str:
    """What stands against somebody's being there, after a space; "" when nothing does."""
    from nightdesk.queries.force import is_away, is_reachable

    away = " They are away in this time, or a part of it, and not on while they are."
    told = " They have no working way to be told: add one, or their shift covers nothing."
    is_gone = is_away(actor(), staff, starts_at=starts_at, ends_at=ends_at)
    return (away if is_gone else "") + ("" if is_reachable(actor(), staff) else told)


def import_calendar(given: argparse.Namespace) -> int:
    """Read a calendar file in, or tell what that would change; 1 when any entry was rejected."""
    start()
    from nightdesk.actions.rota_calendars import CalendarUnreadable, RotaRefused, read_in
    from nightdesk.queries.clock import database_now

    [unit] = _units(given.unit)
    try:
        found = read_in(
            actor=actor(), at=database_now(), unit=unit, layer=given.layer, name=given.name, raw=_raw(given.file),
            dry_run=given.dry_run,
        )  # fmt: skip
    except (CalendarUnreadable, RotaRefused) as fault:
        raise Refused(str(fault)) from fault
    _print_times("added", found.added)
    _print_times("withdrawn", found.withdrawn)
    if found.rejected:
        rows = [(str(one.line), one.uid or "none", one.why) for one in found.rejected]
        print(table(("rejected: line", "UID", "because it"), rows), end="\n\n")
    counts = f"{len(found.added)} added, {len(found.withdrawn)} withdrawn, {found.same} as before, "
    dry = " Nothing was changed: this was a dry run." if given.dry_run else ""
    print(f"{counts}{len(found.rejected)} rejected.{dry}")
    return int(bool(found.rejected))


def _raw(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise Refused(f"The file can’t be read ({type(fault).__name__}). Check {path}.") from fault


def _print_times(head: str, times: Iterable[Time]) -> None:
    rows = [(_shown(a), _shown(b), name) for name, a, b in times]
    if rows:
        print(table((head, "until", ""), rows), end="\n\n")


def work_out(given: argparse.Namespace) -> int:
    """Work out the shifts of every unit, weeks ahead; done again, it changes nothing."""
    start()
    from nightdesk.actions.rota import work_out_shifts
    from nightdesk.queries.clock import database_now

    for unit in _units(None):
        added, cancelled = work_out_shifts(actor=actor(), at=database_now(), unit=unit)
        print(f"Shifts of {unit.name} ({unit.code}): {added} added, {cancelled} cancelled.")
    return 0


def _units(code: str | None) -> list[Any]:
    """The unit of this code, or all of them. Raises Refused when there is none."""
    from nightdesk.queries.force import unit_by_code, unit_codes

    codes = unit_codes(actor())
    found = [unit_by_code(actor(), one) for one in ([code] if code is not None else codes)]
    if not found:
        raise Refused("There are no units yet. Add one: nightdesk unit add")
    if None in found:
        raise Refused(f"There is no unit “{code}”. Units: {', '.join(codes) or 'none yet'}.")
    return found


def _said(layer: str) -> str:
    return layer.replace("_", " ")


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(_zone()):{MOMENT}}"


def _zone() -> ZoneInfo:
    from django.conf import settings

    return ZoneInfo(settings.TIME_ZONE)


def _local(text: str) -> datetime:
    """A wall-clock time of this force as UTC. Raises Refused when it is no time, or did not happen at a clock change."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Refused(f"“{text}” is not a time. Write it like 2026-11-22T22:00.") from fault
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    at = moment.replace(tzinfo=_zone()).astimezone(UTC)
    if at.astimezone(_zone()).replace(tzinfo=None) != moment:
        raise Refused(f"{text} did not happen: the clocks went forward. Write the time an hour later.")
    return at
