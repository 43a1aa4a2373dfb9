"""user: accounts."""

import argparse
from typing import Any

from nightdesk.rules.terms import ROLES
from nightdesk.site.cli_start import (
    Refused,
    Words,
    actor,
    ask_password,
    group,
    start,
    table,
    word,
)


def add_words(words: Words) -> None:
    """user add, list, set-password, clear-second-factor."""
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
