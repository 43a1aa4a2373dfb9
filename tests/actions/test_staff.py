"""Accounts, stations, units and PINs."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from nightdesk.actions import staff
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.people import PASSWORD, as_reader


def add(now: datetime, **more: Any) -> Staff:
    """An account like any other."""
    return staff.add_staff(
        actor=SYSTEM,
        at=now,
        **{"username": "new", "name": "New Person", "role": "counter", "password": PASSWORD} | more,
    )


def test_an_account_is_made_with_its_line_and_without_its_password_in_clear(cast: Any, now: datetime) -> None:
    """One line: username and role."""
    made = add(now)
    assert Staff.objects.get(pk=made.pk).check_password(PASSWORD)
    assert PASSWORD not in Staff.objects.get(pk=made.pk).password
    line = JournalLine.objects.get(kind="staff_added", facts__username="new")
    assert line.facts == {"username": "new", "role": "counter"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"role": "detective"}, "There is no role “detective”. Choose one of"),
        ({"username": "PRIYA"}, "There is already an account “PRIYA”"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_what_to_do(
    cast: Any, now: datetime, more: dict[str, str], sentence: str
) -> None:
    """And leaves neither row nor line."""
    before = Staff.objects.count(), JournalLine.objects.count()
    with pytest.raises(staff.StaffRefused, match=sentence):
        add(now, **more)
    assert (Staff.objects.count(), JournalLine.objects.count()) == before


def test_a_weak_password_is_refused_except_in_the_demo(cast: Any, now: datetime) -> None:
    """The demo prints its password anyway."""
    with pytest.raises(ValidationError):
        add(now, password="password1234")
    assert add(now, password="demo", demo=True).is_demo


def test_an_account_without_a_password_opens_to_nothing(cast: Any, now: datetime) -> None:
    """Until one is set."""
    made = add(now, password=None)
    assert not made.has_usable_password()
    assert not made.check_password("")


@pytest.mark.parametrize("pin", ["", "1234", "1234567", "abcdef", "12 456", "٤٨٣٩٢٠", "48392."])
def test_a_pin_has_six_digits(cast: Any, now: datetime, pin: str) -> None:
    """The page turns other scripts' digits into these before."""
    with pytest.raises(staff.StaffRefused, match="six digits"):
        staff.set_pin(actor=as_reader(cast.priya), at=now, pin=pin)


@pytest.mark.parametrize(
    "pin", ["000000", "112112", "123456", "456789", "987654", "012345", "121212", "543210"]
)
def test_a_pin_that_everybody_tries_first_is_refused(cast: Any, now: datetime, pin: str) -> None:
    """Runs and repeats."""
    with pytest.raises(staff.StaffRefused, match="easy to guess"):
        staff.set_pin(actor=as_reader(cast.priya), at=now, pin=pin)


def test_a_pin_is_kept_hashed_and_the_line_does_not_know_it(cast: Any, now: datetime) -> None:
    """Nothing of it in clear, anywhere."""
    staff.set_pin(actor=as_reader(cast.priya), at=now, pin="483920")
    kept = Staff.objects.get(pk=cast.priya.pk).pin
    assert kept
    assert "483920" not in kept
    assert JournalLine.objects.get(kind="pin_set").facts == {"username": "priya"}
    assert not Staff.objects.get(pk=cast.sana.pk).pin
