"""Stations, units, staff accounts and their PINs."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password

from nightdesk.actions._entry import entry
from nightdesk.records.staff import Staff, Station, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import ROLES


class StaffRefused(Exception):
    """An account can't be made or changed as asked; the sentence says what to do."""


def _refuse_if_taken(kind: type[Unit] | type[Station], code: str) -> None:
    if kind.objects.filter(code__iexact=code).exists():
        raise StaffRefused(f"There is already a {kind.__name__.lower()} “{code}”. Choose another code.")


def add_unit(*, actor: Reader, at: datetime, code: str, name: str, ring: str = "") -> Unit:
    """A unit that takes referrals; `ring` is whom to ring when nobody answers, with the number."""
    _refuse_if_taken(Unit, code)
    with entry("unit_added", actor=actor, at=at, code=code):
        return Unit.objects.create(code=code, name=name, ring=ring)


def add_station(*, actor: Reader, at: datetime, code: str, name: str, unit: Unit, phone: str = "") -> Station:
    """A place with a counter, and the unit its referrals go to."""
    _refuse_if_taken(Station, code)
    with entry("station_added", actor=actor, at=at, code=code):
        return Station.objects.create(code=code, name=name, unit=unit, phone=phone)


def add_staff(
    *,
    actor: Reader,
    at: datetime,
    username: str,
    name: str,
    role: str,
    unit: Unit | None = None,
    station: Station | None = None,
    email: str = "",
    password: str | None = None,
    demo: bool = False,
) -> Staff:
    """A staff account. Raises StaffRefused for an unknown role or a taken username; `demo` skips the second factor."""
    if role not in ROLES:
        raise StaffRefused(f"There is no role “{role}”. Choose one of: {', '.join(ROLES)}.")
    if Staff.objects.filter(username__iexact=username).exists():
        raise StaffRefused(f"There is already an account “{username}”. Choose another username.")
    staff = Staff(
        username=username, name=name, role=role, unit=unit, station=station, email=email, is_demo=demo
    )
    if password is None:
        staff.set_unusable_password()
    else:
        if not demo:
            validate_password(password, staff)
        staff.set_password(password)
    with entry("staff_added", actor=actor, at=at, username=username, role=role):
        staff.save(force_insert=True)
    return staff


def set_pin(*, actor: Reader, at: datetime, pin: str) -> None:
    """Keep the actor's quick re-entry PIN, hashed. Raises StaffRefused unless it is six digits, no run, no repeat."""
    if not (pin.isascii() and pin.isdigit() and len(pin) == 6):
        raise StaffRefused("Choose a PIN of six digits.")
    if len(set(pin)) < 3 or pin in "01234567890" or pin in "09876543210":
        raise StaffRefused("That PIN is easy to guess. Choose six digits that are not a run or a repeat.")
    with entry("pin_set", actor=actor, at=at, username=actor.username):
        Staff.objects.filter(pk=actor.id).update(pin=make_password(pin))
