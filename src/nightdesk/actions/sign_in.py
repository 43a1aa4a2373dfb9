"""Signing in and out, locking the desk and coming back to it. What was typed is never journalled."""

from datetime import datetime
from typing import Final

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password as matches

from nightdesk.actions._desk_time import close_desk
from nightdesk.actions._entry import entry
from nightdesk.actions._tries import WaitFirst, count_try, forget_tries
from nightdesk.records.sign_in import DeskSession
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.sign_in import RE_ENTRIES

__all__ = ["ReEntryRefused", "SignInRefused", "WaitFirst"]

NOBODY: Final = Reader(id="nobody", role="nobody")


class SignInRefused(Exception):
    """Username and password do not belong together; the sentence is the same whether or not there is such an account."""


class ReEntryRefused(Exception):
    """A wrong PIN or password at a locked desk; `left` more tries before a full sign-in is asked for."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__("That is not your PIN or password. Try again.")


def check_password(*, at: datetime, username: str, password: str, client: str) -> Staff:
    """The account of this username and password. `client` is where the try comes from (an address).

    Known and unknown accounts take the same path: one count, one hash, one line. Raises SignInRefused, or WaitFirst after
    five wrong tries of this username from this client in 15 minutes.
    """
    who = f"{username.strip().casefold()}\x1f{client}"
    attempt = count_try("password", who, at)
    staff = authenticate(username=username.strip(), password=password)
    if isinstance(staff, Staff):
        forget_tries("password", who, at)
        return staff
    known = Staff.objects.filter(username__iexact=username.strip()).first()
    with entry("sign_in_failed", actor=_actor(known), at=at, what="password", attempt=attempt):
        pass
    raise SignInRefused("Username or password is not right. Check both and try again.")


def note_sign_in(*, actor: Reader, at: datetime, second_factor: str) -> None:
    """The actor is signed in; `second_factor`: totp, recovery_code, set_up, or skipped (demo accounts)."""
    with entry("signed_in", actor=actor, at=at, second_factor=second_factor):
        pass


def sign_out(*, actor: Reader, at: datetime, session_key: str) -> None:
    """The actor leaves the desk. Words that were held for them go too."""
    with entry("signed_out", actor=actor, at=at):
        close_desk(session_key)


def end_session(*, actor: Reader, at: datetime, session_key: str, how: str) -> None:
    """The session ends by itself; `how`: time, tries, taken_over, other_browser."""
    with entry("session_ended", actor=actor, at=at, how=how):
        close_desk(session_key)


def lock_desk(*, actor: Reader, at: datetime, session_key: str, how: str) -> None:
    """Lock the actor's desk; `how`: blank (by key or button) or idle."""
    with entry("desk_locked", actor=actor, at=at, how=how):
        DeskSession.objects.filter(session_key=session_key, locked_at=None).update(
            locked_at=at, locked_how=how
        )


def unlock_desk(*, actor: Reader, at: datetime, session_key: str, typed: str) -> None:
    """Open the actor's locked desk with their PIN or password. Raises ReEntryRefused; `left` is 0 at the fifth wrong try."""
    staff = Staff.objects.get(pk=actor.id, is_active=True)
    attempt = count_try("re_entry", session_key, at, slowed=False)
    how = _what_matches(staff, typed) if attempt <= RE_ENTRIES else ""
    if not how:
        _note_failed_re_entry(actor, at, attempt)
        raise ReEntryRefused(max(0, RE_ENTRIES - attempt))
    with entry("desk_unlocked", actor=actor, at=at, how=how):
        DeskSession.objects.filter(session_key=session_key).update(
            locked_at=None, locked_how="", active_at=at
        )
    forget_tries("re_entry", session_key, at)


def _what_matches(staff: Staff, typed: str) -> str:
    if staff.pin and len(typed) == 6 and matches(typed, staff.pin):
        return "pin"
    return "password" if staff.check_password(typed) else ""


def _note_failed_re_entry(actor: Reader, at: datetime, attempt: int) -> None:
    with entry("sign_in_failed", actor=actor, at=at, what="re_entry", attempt=attempt):
        pass


def _actor(staff: Staff | None) -> Reader:
    return Reader(id=str(staff.pk), role=staff.role) if staff else NOBODY
