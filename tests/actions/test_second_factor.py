"""Codes of an authenticator app, computed here from RFC 6238, and recovery codes."""

import base64
import hmac
import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from nightdesk.actions import second_factor
from nightdesk.queries.readers import has_second_factor
from nightdesk.records.journal import JournalLine
from tests.people import as_reader

SECRET = base64.b32encode(b"12345678901234567890").decode()  # the RFC's own


def code_at(at: datetime, secret: str = SECRET) -> str:
    """The app's six digits, from the RFC and nothing else."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(at.timestamp()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture
def codes(cast: Any, now: datetime) -> list[str]:
    """Sana's second factor, set up a while ago: her recovery codes."""
    then = now - timedelta(hours=1)
    return second_factor.set_up_second_factor(
        actor=as_reader(cast.sana), at=then, secret=SECRET, code=code_at(then)
    )


def check(cast: Any, at: datetime, code: str, who: str = "sana") -> str:
    """Try a code."""
    return second_factor.check_code(actor=as_reader(getattr(cast, who)), at=at, code=code)


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_our_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    """Appendix B of RFC 6238, last six digits."""
    assert code_at(datetime.fromtimestamp(second, UTC)) == code


@pytest.mark.parametrize("late", [-30, 0, 30])
def test_a_code_opens_also_when_the_clock_is_half_a_minute_off(
    cast: Any, codes: Any, now: datetime, late: int
) -> None:
    """Phones drift."""
    assert check(cast, now, code_at(now + timedelta(seconds=late))) == "totp"


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "1" * 40])
def test_a_wrong_code_is_refused_and_journalled(cast: Any, codes: Any, now: datetime, code: str) -> None:
    """What was typed is not in the line."""
    with pytest.raises(second_factor.CodeRefused, match="not right"):
        check(cast, now, code)
    line = JournalLine.objects.filter(kind="sign_in_failed").get()
    assert line.facts == {"what": "second_factor", "attempt": 1}
    assert line.actor == str(cast.sana.pk)


@pytest.mark.parametrize("late", [-90, -60, 60, 300])
def test_an_old_or_early_code_is_refused(cast: Any, codes: Any, now: datetime, late: int) -> None:
    """One step either way, no more."""
    with pytest.raises(second_factor.CodeRefused):
        check(cast, now, code_at(now + timedelta(seconds=late)))


def test_a_code_counts_once(cast: Any, codes: Any, now: datetime) -> None:
    """Whoever looked over the shoulder has nothing; nor does an older code that was not used."""
    check(cast, now, code_at(now))
    for older in (now, now - timedelta(seconds=30)):
        with pytest.raises(second_factor.CodeRefused):
            check(cast, now, code_at(older))
    assert check(cast, now + timedelta(seconds=30), code_at(now + timedelta(seconds=30))) == "totp"


def test_each_recovery_code_opens_once(cast: Any, codes: list[str], now: datetime) -> None:
    """All ten, each once."""
    assert len(set(codes)) == 10
    for code in codes:
        assert check(cast, now, code) == "recovery_code"
        with pytest.raises(second_factor.CodeRefused):
            check(cast, now, code)


def test_guessing_codes_is_slowed_wherever_it_comes_from(cast: Any, codes: Any, now: datetime) -> None:
    """Whoever guesses codes knows the password."""
    for n in range(5):
        with pytest.raises(second_factor.CodeRefused):
            check(cast, now + timedelta(seconds=n), "000000")
    with pytest.raises(second_factor.WaitFirst):
        check(cast, now + timedelta(seconds=5), code_at(now))
    later = now + timedelta(seconds=70)
    assert check(cast, later, code_at(later)) == "totp"


def test_nothing_of_the_secret_is_stored_in_clear(cast: Any, codes: list[str], now: datetime) -> None:
    """Neither secret nor recovery codes nor their seed."""
    stored = json.dumps([row.data for row in Authenticator.objects.all()])
    assert SECRET not in stored
    assert not [code for code in codes if code in stored]
    assert len(Authenticator.objects.all()) == 2


def test_a_row_copied_from_another_account_opens_nothing(cast: Any, codes: list[str], now: datetime) -> None:
    """Whoever can write in the database must not be able to put their own phone on somebody's account."""
    for row in Authenticator.objects.filter(user=cast.sana):
        Authenticator.objects.create(user=cast.maud, type=row.type, data=row.data)
    for code in (code_at(now), codes[0]):
        with pytest.raises(second_factor.CodeRefused, match="does not belong"):
            check(cast, now, code, who="maud")


def test_the_set_up_needs_a_code_that_fits(cast: Any, now: datetime) -> None:
    """Otherwise a mistyped key would shut the person out."""
    with pytest.raises(second_factor.CodeRefused, match="does not fit"):
        second_factor.set_up_second_factor(actor=as_reader(cast.kofi), at=now, secret=SECRET, code="000000")
    assert not has_second_factor(as_reader(cast.kofi))


def test_a_second_factor_is_never_set_up_over_another(cast: Any, codes: Any, now: datetime) -> None:
    """A stolen password alone must not bring a new phone."""
    with pytest.raises(second_factor.CodeRefused, match="already"):
        second_factor.set_up_second_factor(
            actor=as_reader(cast.sana), at=now, secret="A" * 32, code=code_at(now, "A" * 32)
        )
    assert check(cast, now, code_at(now)) == "totp"


def test_after_a_lost_phone_the_account_sets_up_anew(cast: Any, codes: list[str], now: datetime) -> None:
    """Old recovery codes die with it; the line names who cleared it."""
    second_factor.clear_second_factor(actor=as_reader(cast.ben), at=now, username="SANA")
    assert not has_second_factor(as_reader(cast.sana))
    assert JournalLine.objects.get(kind="second_factor_cleared").actor == str(cast.ben.pk)
    with pytest.raises(second_factor.CodeRefused):
        check(cast, now, codes[0])
