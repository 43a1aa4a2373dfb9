"""Checking passwords, locking and unlocking: what is refused, how it slows, what the journal says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import sign_in, staff
from nightdesk.actions._desk_time import note_use, open_desk
from nightdesk.records.journal import JournalLine
from nightdesk.records.sign_in import DeskSession, SignInAttempt
from tests.people import PASSWORD, as_reader

HERE = {"client": "192.0.2.1"}


class CountingHasher(MD5PasswordHasher):
    """The quick hasher of the tests, counting."""

    runs = 0

    def encode(self, password: str, salt: str) -> str:
        """Counted, then as ever."""
        CountingHasher.runs += 1
        return super().encode(password, salt)


def wrong(now: datetime, username: str = "priya", times: int = 1, **where: str) -> None:
    """So many wrong passwords, a minute apart."""
    for n in range(times):
        with pytest.raises(sign_in.SignInRefused):
            sign_in.check_password(
                at=now + timedelta(seconds=n), username=username, password="wrong", **{**HERE, **where}
            )


def lines(kind: str) -> list[JournalLine]:
    """Lines of this kind, oldest first."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq"))


@pytest.fixture
def desk(cast: Any, now: datetime) -> str:
    """Priya's open desk, with a PIN."""
    open_desk(at=now, session_key="k" * 32, staff=cast.priya, browser="Firefox")
    staff.set_pin(actor=as_reader(cast.priya), at=now, pin="483920")
    return "k" * 32


def test_the_right_password_gives_the_account_in_any_case_of_the_username(cast: Any, now: datetime) -> None:
    """Caps lock at 2am."""
    found = sign_in.check_password(at=now, username=" PRIYA ", password=PASSWORD, **HERE)
    assert found.pk == cast.priya.pk


@pytest.mark.parametrize("username", ["priya", "nobody-of-this-name", "x" * 300, "زينب", ""])
def test_known_and_unknown_are_refused_with_the_same_sentence(
    cast: Any, now: datetime, username: str
) -> None:
    """The page tells nobody who works here."""
    with pytest.raises(sign_in.SignInRefused, match="Username or password is not right"):
        sign_in.check_password(at=now, username=username, password="wrong", **HERE)


@pytest.mark.parametrize("username", ["priya", "nobody-of-this-name", "left-the-force", "has-no-password"])
def test_one_hash_is_run_for_known_and_unknown_alike(cast: Any, now: datetime, username: str) -> None:
    """Equal work is equal time: the hash is by far the longest part."""
    for name, active in (("left-the-force", False), ("has-no-password", True)):
        made = staff.add_staff(
            actor=as_reader(cast.ben), at=now, username=name, name=name, role="counter", password=None
        )
        type(made).objects.filter(pk=made.pk).update(is_active=active)
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"]):
        type(cast.priya).objects.filter(username="priya").update(
            password=CountingHasher().encode(PASSWORD, "salt")
        )
        CountingHasher.runs = 0
        wrong(now, username)
        assert CountingHasher.runs == 1


def test_the_same_statements_are_run_for_known_and_unknown(cast: Any, now: datetime) -> None:
    """Nor does the database take longer."""
    counts = []
    for username in ("priya", "nobody-of-this-name"):
        with CaptureQueriesContext(connection) as seen:
            wrong(now, username)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_who_left_the_force_is_refused_with_the_right_password(cast: Any, now: datetime) -> None:
    """And learns no more than anybody else."""
    type(cast.priya).objects.filter(pk=cast.priya.pk).update(is_active=False)
    with pytest.raises(sign_in.SignInRefused):
        sign_in.check_password(at=now, username="priya", password=PASSWORD, **HERE)


def test_the_sixth_wrong_try_waits_and_is_told_how_long(cast: Any, now: datetime) -> None:
    """Five cost nothing."""
    wrong(now, times=5)
    with pytest.raises(sign_in.WaitFirst, match="Wait 3 seconds") as told:
        sign_in.check_password(at=now + timedelta(seconds=6), username="priya", password=PASSWORD, **HERE)
    assert told.value.seconds == 3


def test_after_the_wait_the_right_password_opens_and_the_count_is_forgotten(cast: Any, now: datetime) -> None:
    """No desk is ever shut."""
    wrong(now, times=5)
    later = now + timedelta(seconds=65)
    assert sign_in.check_password(at=later, username="priya", password=PASSWORD, **HERE).pk == cast.priya.pk
    wrong(later, times=5)


def test_somebody_elses_tries_elsewhere_do_not_slow_this_desk(cast: Any, now: datetime) -> None:
    """Another client, or another username here."""
    wrong(now, times=5, client="198.51.100.7")
    wrong(now, username="tom", times=5)
    assert sign_in.check_password(at=now, username="priya", password=PASSWORD, **HERE)


def test_a_try_that_was_told_to_wait_does_not_make_the_wait_longer(cast: Any, now: datetime) -> None:
    """An impatient hand must not shut the desk."""
    wrong(now, times=5)
    for tenth in range(40):
        with pytest.raises(sign_in.WaitFirst):
            sign_in.check_password(
                at=now + timedelta(seconds=4 + tenth / 10), username="priya", password="wrong", **HERE
            )
    assert sign_in.check_password(at=now + timedelta(seconds=9), username="priya", password=PASSWORD, **HERE)


def test_wrong_tries_are_forgotten_after_a_quarter_of_an_hour(cast: Any, now: datetime) -> None:
    """A new shift begins with a clean sheet."""
    wrong(now, times=5)
    with pytest.raises(sign_in.WaitFirst):
        sign_in.check_password(at=now, username="priya", password="wrong", **HERE)
    later = now + timedelta(minutes=16)
    wrong(later, times=4)
    assert sign_in.check_password(at=later, username="priya", password=PASSWORD, **HERE) == cast.priya


def test_a_failure_is_journalled_without_what_was_typed(cast: Any, now: datetime) -> None:
    """An unknown username may be a password typed in the wrong box."""
    wrong(now, "my-secret-passphrase")
    wrong(now, "priya")
    unknown, known = lines("sign_in_failed")
    assert (unknown.actor, unknown.role, unknown.subject) == ("nobody", "nobody", "")
    assert known.actor == str(cast.priya.pk)
    assert unknown.facts == {"what": "password", "attempt": 1}
    stored = [bytes(row.blind) for row in SignInAttempt.objects.all()]
    assert len(stored) == 2
    assert all(b"secret" not in blind and b"priya" not in blind for blind in stored)


def test_old_tries_are_swept_away_at_the_next_sign_in(cast: Any, now: datetime) -> None:
    """Kept for a day."""
    wrong(now - timedelta(days=2), "whoever")
    sign_in.check_password(at=now, username="priya", password=PASSWORD, **HERE)
    assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize(("typed", "how"), [("483920", "pin"), (PASSWORD, "password")])
def test_a_locked_desk_opens_with_pin_or_password(
    desk: str, cast: Any, now: datetime, typed: str, how: str
) -> None:
    """And the journal says which."""
    priya = as_reader(cast.priya)
    sign_in.lock_desk(actor=priya, at=now, session_key=desk, how="blank")
    assert DeskSession.objects.get().locked_at == now
    sign_in.unlock_desk(actor=priya, at=now + timedelta(minutes=9), session_key=desk, typed=typed)
    row = DeskSession.objects.get()
    assert (row.locked_at, row.locked_how, row.active_at) == (None, "", now + timedelta(minutes=9))
    assert [line.facts for line in lines("desk_locked") + lines("desk_unlocked")] == [
        {"how": "blank"},
        {"how": how},
    ]


@pytest.mark.parametrize("typed", ["483921", "", "48392", "4839200", "wrong", PASSWORD + " "])
def test_a_wrong_pin_keeps_the_desk_locked(desk: str, cast: Any, now: datetime, typed: str) -> None:
    """The line says that it failed, not what was typed."""
    sign_in.lock_desk(actor=as_reader(cast.priya), at=now, session_key=desk, how="idle")
    with pytest.raises(sign_in.ReEntryRefused) as refused:
        sign_in.unlock_desk(actor=as_reader(cast.priya), at=now, session_key=desk, typed=typed)
    assert refused.value.left == 4
    assert DeskSession.objects.get().locked_at
    assert lines("sign_in_failed")[-1].facts == {"what": "re_entry", "attempt": 1}


def test_after_five_wrong_pins_even_the_right_one_is_refused(desk: str, cast: Any, now: datetime) -> None:
    """A PIN has a million values; five guesses are all there are."""
    priya = as_reader(cast.priya)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(sign_in.ReEntryRefused) as refused:
            sign_in.unlock_desk(actor=priya, at=now, session_key=desk, typed="000111")
        assert refused.value.left == left
    with pytest.raises(sign_in.ReEntryRefused):
        sign_in.unlock_desk(actor=priya, at=now, session_key=desk, typed="483920")


def test_the_right_pin_forgets_the_wrong_ones(desk: str, cast: Any, now: datetime) -> None:
    """Four slips on Monday and four on Tuesday are no attack."""
    priya = as_reader(cast.priya)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(sign_in.ReEntryRefused):
                sign_in.unlock_desk(actor=priya, at=now, session_key=desk, typed="000111")
        sign_in.unlock_desk(actor=priya, at=now, session_key=desk, typed="483920")


def test_use_that_arrives_together_with_a_lock_does_not_undo_it(desk: str, cast: Any, now: datetime) -> None:
    """The autosave that is under way while the panic key is pressed."""
    sign_in.lock_desk(actor=as_reader(cast.priya), at=now, session_key=desk, how="blank")
    note_use(at=now + timedelta(seconds=1), session_key=desk)
    row = DeskSession.objects.get()
    assert (row.locked_at, row.active_at) == (now, now)


def test_signing_out_and_an_ended_session_close_the_desk(desk: str, cast: Any, now: datetime) -> None:
    """One line each, and no row left."""
    priya = as_reader(cast.priya)
    sign_in.sign_out(actor=priya, at=now, session_key=desk)
    assert not DeskSession.objects.exists()
    open_desk(at=now, session_key=desk, staff=cast.priya, browser="")
    sign_in.end_session(actor=priya, at=now, session_key=desk, how="time")
    assert not DeskSession.objects.exists()
    assert [len(lines("signed_out")), lines("session_ended")[0].facts] == [1, {"how": "time"}]


def test_desks_of_browsers_that_were_closed_are_swept_away(cast: Any, now: datetime) -> None:
    """A day after their longest time."""
    open_desk(at=now - timedelta(hours=40), session_key="a" * 32, staff=cast.priya, browser="")
    open_desk(at=now, session_key="b" * 32, staff=cast.sana, browser="")
    assert [row.session_key for row in DeskSession.objects.all()] == ["b" * 32]
