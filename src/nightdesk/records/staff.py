"""Staff accounts, stations and units. Staff are never POLE persons and never linkable."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from nightdesk.rules.terms import ROLES


class Station(models.Model):
    """A place with a counter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey("records.Unit", on_delete=models.PROTECT, related_name="stations")

    CLASSED: ClassVar = {"plain": ("id", "code", "name", "phone", "unit")}

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team that takes referrals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=100)
    ring = models.CharField(max_length=100, blank=True)  # whom to ring when nobody answers, and the number

    CLASSED: ClassVar = {"plain": ("id", "code", "name", "ring")}

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds accounts for sign-in; accounts are made by actions.staff."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The account of a username, in any case."""
        return self.get(username__iexact=username)


class Staff(AbstractBaseUser):
    """A member of staff: one role, one unit, perhaps one station."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="staff")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, related_name="staff")
    pin = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]
    CLASSED: ClassVar = {
        "plain": (
            "id", "username", "name", "email", "role", "unit", "station", "pin", "is_active", "is_demo", "password",
            "last_login",
        )
    }  # fmt: skip

    class Meta:
        constraints = [models.CheckConstraint(name="staff_role_known", condition=models.Q(role__in=ROLES))]

    def __str__(self) -> str:
        return self.name
