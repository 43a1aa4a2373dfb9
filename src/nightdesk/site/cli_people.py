"""user and rota: accounts, and who is on."""

import argparse
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nightdesk.rules.terms import LAYERS, ROLES
from nightdesk.site import cli_simulate
from nightdesk.site.cli_start import (
    Refused,
    Words,
    actor,
    ask_password,
    group,
    start,
    table,
    whole_number,
    word,
)

MOMENT = "%a %d %b %H:%M"


def add_words(words: Words) -> Words:
    """user add, list, set-password, clear-second-factor; rota show. Returns the words of rota, for more."""
    user = group(words, "user", "Accounts of staff.")
    made = word(user, "add", add_user, "Make an account.")
    made.add_argument("username")
    made.add_argument("--name", required=True, help="as shown on screens")
    made.add_argument("--role", required=True, choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    made.add_argument("--unit", help="code of the unit")
    made.add_argument("--station", help="code of the station")
    made.add_argument("--email", default="", help="where pages go")
    made.add_argument(
        "--password-file", metavar="FILE", help="its first line is the password; otherwise you are asked"
    )
    word(user, "list", list_users, "Show every account.")
    made = word(user, "set-password", set_password, "Give an account a new password.")
    made.add_argument("username")
    made.add_argument(
        "--password-file", metavar="FILE", help="its first line is the password; otherwise you are asked"
    )
    made = word(
        user, "clear-second-factor", clear_second_factor, "A lost phone: set up anew at the next sign-in."
    )
    made.add_argument("username")
    rota = group(words, "rota", "Who is on.")
    made = word(rota, "show", show_rota, "Who is on in a unit now and in the days ahead, with every gap.")
    made.add_argument("unit", help="code of the unit")
    made.add_argument("--days", type=whole_number(1, 31), default=7)
    cli_simulate.add_words(rota)
    return rota


def add_user(given: argparse.Namespace) -> int:
    """Make an account."""
    start()
    from nightdesk.actions.passwords import refuse_if_weak
    from nightdesk.actions.staff import StaffRefused, add_staff
    from nightdesk.queries.clock import database_now

    station, unit = _station(given.station), _unit(given.unit)
    password = ask_password(given.password_file)
    try:
        refuse_if_weak(password=password, username=given.username, name=given.name)
        staff = add_staff(
            actor=actor(), at=database_now(), username=given.username, name=given.name, role=given.role,
            unit=unit or (station.unit if station else None), station=station, email=given.email, password=password,
        )  # fmt: skip
    except StaffRefused as fault:
        raise Refused(str(fault)) from fault
    print(
        f"{staff.name} can sign in as {staff.username} ({staff.role}). A second factor is set up at the first sign-in."
    )
    return 0


def _unit(code: str | None) -> Any:
    if not code:
        return None
    from nightdesk.queries.force import unit_by_code, unit_codes

    unit = unit_by_code(actor(), code)
    if unit is None:
        raise Refused(f"There is no unit “{code}”. Units: {', '.join(unit_codes(actor())) or 'none yet'}.")
    return unit


def _station(code: str | None) -> Any:
    if not code:
        return None
    from nightdesk.queries.force import station_by_code

    station = station_by_code(actor(), code)
    if station is None:
        raise Refused(f"There is no station “{code}”. Check the code.")
    return station


def list_users(given: argparse.Namespace) -> int:
    """Show every account."""
    start()
    from nightdesk.queries.force import accounts

    rows = [
        (a.username, a.name, a.role, a.station, a.unit, _state(a.is_active, a.has_password, a.is_demo))
        for a in accounts(actor())
    ]
    print(
        table(("username", "name", "role", "station", "unit", ""), rows)
        if rows
        else "There are no accounts yet."
    )
    return 0


def _state(is_active: bool, has_password: bool, is_demo: bool) -> str:
    notes = [(not is_active, "closed"), (not has_password, "no password"), (is_demo, "demo")]
    return ", ".join(text for true, text in notes if true)


def set_password(given: argparse.Namespace) -> int:
    """Give an account a new password."""
    start()
    from nightdesk.actions import passwords
    from nightdesk.actions.staff import StaffRefused
    from nightdesk.queries.clock import database_now

    try:
        passwords.set_password(
            actor=actor(),
            at=database_now(),
            username=given.username,
            password=ask_password(given.password_file),
        )
    except StaffRefused as fault:
        raise Refused(str(fault)) from fault
    print(
        f"The password of {given.username} is changed. Whoever was signed in with the old one is signed out."
    )
    return 0


def clear_second_factor(given: argparse.Namespace) -> int:
    """A lost phone: the account sets up a new second factor at its next sign-in."""
    start()
    from nightdesk.actions.second_factor import clear_second_factor as clear
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import account_named

    staff = account_named(actor(), given.username)
    if staff is None:
        raise Refused(f"There is no account “{given.username}”. See: nightdesk user list")
    clear(actor=actor(), at=database_now(), username=staff.username)
    print(
        f"{staff.name} sets up a new second factor at the next sign-in. Check who asked before you do this."
    )
    return 0


def show_rota(given: argparse.Namespace) -> int:
    """Who is on now, then every shift and every gap of the days ahead, in local time."""
    start()
    from django.conf import settings

    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import shifts_of

    unit, now = _unit(given.unit), database_now()
    ends_at = now + timedelta(days=given.days)
    shifts = shifts_of(actor(), unit, starts_at=now, ends_at=ends_at)
    zone = ZoneInfo(settings.TIME_ZONE)
    print(f"{unit.name} ({unit.code}). When nobody answers, ring: {unit.ring or 'nobody is named yet'}\n")
    for layer in LAYERS:
        spans = [(s.starts_at, s.ends_at, s.name) for s in shifts if s.layer == layer]
        rows = [
            (f"{a.astimezone(zone):{MOMENT}}", f"{b.astimezone(zone):{MOMENT}}", name)
            for a, b, name in _with_gaps(spans, now, ends_at)
        ]
        print(table((layer.replace("_", " "), "until", ""), rows), end="\n\n")
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
