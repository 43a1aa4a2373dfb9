"""A new password for an account, set by whoever runs the system."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from nightdesk.actions._entry import entry
from nightdesk.actions.staff import StaffRefused
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader


def refuse_if_weak(*, password: str, username: str, name: str) -> None:
    """Raise StaffRefused, with every reason, for a password that is too easy to guess for this person."""
    try:
        validate_password(password, Staff(username=username, name=name))
    except ValidationError as fault:
        raise StaffRefused(" ".join(fault.messages)) from fault


def set_password(*, actor: Reader, at: datetime, username: str, password: str) -> None:
    """Give an account a new password; sessions begun with the old one end. Raises StaffRefused: no account, or too weak."""
    staff = Staff.objects.filter(username__iexact=username).first()
    if staff is None:
        raise StaffRefused(f"There is no account “{username}”. See them all with: nightdesk user list")
    refuse_if_weak(password=password, username=staff.username, name=staff.name)
    staff.set_password(password)
    with entry("staff_changed", actor=actor, at=at, username=staff.username, changed=["password"]):
        staff.save(update_fields=["password"])
