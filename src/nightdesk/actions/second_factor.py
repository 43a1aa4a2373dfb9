"""The second factor: codes of an authenticator app (RFC 6238, six digits, 30 seconds) and ten recovery codes.

Rows and code arithmetic are django-allauth's; the secrets in them are sealed by the adapter (desks/entrance/adapters.py)
and bound to their account, so that a row cannot be copied to another one. A code counts once, in every process.
"""

import hmac
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from nightdesk.actions._entry import entry
from nightdesk.actions._tries import WaitFirst, count_try, forget_tries
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader

__all__ = ["CodeRefused", "WaitFirst"]

PERIOD_SECONDS = 30
Type = Authenticator.Type


class CodeRefused(Exception):
    """A code that is wrong, too old, or was used before; the sentence says what to do."""


def set_up_second_factor(*, actor: Reader, at: datetime, secret: str, code: str) -> list[str]:
    """Keep the actor's new `secret` (base32) once they show a `code` made with it; returns ten recovery codes, shown once.

    Raises CodeRefused for a wrong code, or when the account has a second factor already.
    """
    step = _step_of(secret, code, at, after=-1)
    if step is None:
        raise CodeRefused(
            "That code does not fit. Wait for the next one in your authenticator app, and type that."
        )
    staff = Staff.objects.get(pk=actor.id)
    with entry("second_factor_set", actor=actor, at=at, username=staff.username):
        Staff.objects.select_for_update().get(pk=staff.pk)
        if Authenticator.objects.filter(user=staff, type=Type.TOTP).exists():
            raise CodeRefused("This account has a second factor already. Sign in again and use it.")
        Authenticator.objects.filter(user=staff).delete()
        _keep(staff, Type.TOTP, at, {"secret": encrypt(_bound(staff, secret)), "newest": step})
        seed = _bound(staff, RecoveryCodes.generate_seed())
        codes = _keep(staff, Type.RECOVERY_CODES, at, {"seed": encrypt(seed), "used_mask": 0})
    return list(RecoveryCodes(codes).generate_codes())


def check_code(*, actor: Reader, at: datetime, code: str) -> str:
    """Whether a code of the app or a recovery code is the actor's and unused: returns totp or recovery_code.

    Slowed per account, wherever the tries come from: whoever gets here knows the password. Raises CodeRefused or WaitFirst.
    """
    attempt = count_try("second_factor", actor.id, at)
    used = _use(actor, code, at)
    if used:
        forget_tries("second_factor", actor.id, at)
        return used
    with entry("sign_in_failed", actor=actor, at=at, what="second_factor", attempt=attempt):
        pass
    raise CodeRefused("That code is not right, or was used before. Wait for the next one and type that.")


def clear_second_factor(*, actor: Reader, at: datetime, username: str) -> None:
    """A lost phone: the account sets up a new second factor at the next sign-in. Raises Staff.DoesNotExist."""
    staff = Staff.objects.get(username__iexact=username)
    with entry("second_factor_cleared", actor=actor, at=at, username=staff.username):
        Authenticator.objects.filter(user=staff).delete()


@transaction.atomic
def _use(actor: Reader, code: str, at: datetime) -> str:
    """Mark the code as used, under a lock, and say what it was; "" when it is none."""
    own = Authenticator.objects.select_for_update().filter(user_id=actor.id)
    rows = {row.type: row for row in own}
    if (totp := rows.get(Type.TOTP)) is not None:
        step = _step_of(_opened(actor, totp.data["secret"]), code, at, after=totp.data["newest"])
        if step is not None:
            totp.data["newest"], totp.last_used_at = step, at
            totp.save(update_fields=["data", "last_used_at"])
            return "totp"
    if (recovery := rows.get(Type.RECOVERY_CODES)) is not None:
        _opened(actor, recovery.data["seed"])
        if RecoveryCodes(recovery).validate_code(code):
            return "recovery_code"
    return ""


def _step_of(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The 30-second step this code belongs to: now, or one before or after for a slow clock, but newer than `after`."""
    now = int(at.timestamp()) // PERIOD_SECONDS
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(
            format_hotp_value(hotp_value(secret, step)).encode(), code.encode()
        ):
            return step
    return None


def _keep(staff: Staff, kind: str, at: datetime, data: dict[str, object]) -> Authenticator:
    return Authenticator.objects.create(user=staff, type=kind, data=data, created_at=at)


def _bound(staff: Staff, secret: str) -> str:
    return f"{staff.pk}|{secret}"


def _opened(actor: Reader, sealed: str) -> str:
    """The secret of this actor; another account's row is refused."""
    owner, _bar, secret = decrypt(sealed).partition("|")
    if owner != actor.id:
        raise CodeRefused("The second factor of this account does not belong to it. Tell the administrator.")
    return str(secret)
