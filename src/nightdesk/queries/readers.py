"""From a signed-in account to the reader that queries and rules know, and what the entrance asks about accounts."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from nightdesk.records.sign_in import DeskSession, HeldWords
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.sign_in import DeskTimes
from nightdesk.rules.terms import ADMIN, ROLES, SUPERVISOR


def reader_of(staff: Staff) -> Reader:
    """The reader of an account: ids as text, "" where there is none."""
    return Reader(
        id=str(staff.pk), role=staff.role, unit=str(staff.unit_id or ""), station=str(staff.station_id or ""),
        name=staff.name, username=staff.username,
    )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A session at a terminal: its times, and the mark of the browser that opened it ("" when none was kept)."""

    times: DeskTimes
    bound: str


def desk_of(reader: Reader, session_key: str) -> Desk | None:
    """The reader's desk of this session; None when it was never opened, or was closed."""
    row = DeskSession.objects.filter(session_key=session_key, staff_id=reader.id).first()
    return Desk(DeskTimes(row.opened_at, row.active_at, row.locked_at), row.bound) if row else None


@dataclass(frozen=True)
class HeldSeen:
    """That words are held: where they were going, and since when. Not the words."""

    path: str
    held_at: datetime


def held_for(reader: Reader, session_key: str) -> HeldSeen | None:
    """What was sent to the reader's desk while it was locked; None for nothing."""
    own = HeldWords.objects.filter(desk__session_key=session_key, desk__staff_id=reader.id)
    row = own.only("path", "held_at").first()
    return HeldSeen(row.path, row.held_at) if row else None


def has_pin(reader: Reader) -> bool:
    """Whether the reader has set a PIN for quick re-entry."""
    return Staff.objects.filter(pk=reader.id).exclude(pin="").exists()


def has_second_factor(reader: Reader) -> bool:
    """Whether the account has an authenticator app set up."""
    return bool(Authenticator.objects.filter(user_id=reader.id, type=Authenticator.Type.TOTP).exists())


def demo_staff(username: str) -> Staff | None:
    """An account of the fictional force, for signing in with one tap; None for anybody else."""
    return Staff.objects.filter(username=username, is_demo=True, is_active=True).first()


def who_to_ask(reader: Reader) -> list[str]:
    """Names of who can open more for the reader: the supervisors of their unit, or else the administrators."""
    active = Staff.objects.filter(is_active=True).exclude(pk=reader.id).order_by("name")
    own = active.filter(role=SUPERVISOR, unit_id=reader.unit) if reader.unit else active.none()
    return list((own if own.exists() else active.filter(role=ADMIN)).values_list("name", flat=True))


@dataclass(frozen=True)
class DemoAccount:
    """Somebody of the fictional force, as the sign-in page of the demo offers them."""

    username: str
    name: str
    role: str
    place: str


def demo_accounts(reader: Reader | None) -> list[DemoAccount]:
    """Who can sign in to the demo, in the order of the roles: needs no reader, for nobody is signed in yet."""
    rows = (
        Staff.objects.filter(is_demo=True, is_active=True).select_related("unit", "station").order_by("name")
    )
    found = [DemoAccount(r.username, r.name, r.role, str(r.station or r.unit or "")) for r in rows]
    return sorted(found, key=lambda account: ROLES.index(account.role))
