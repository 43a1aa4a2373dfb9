"""Sign-in: tries that went wrong, desks that are open, and words that were sent while a desk was locked."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff


class SignInAttempt(models.Model):
    """One try, kept for a day. What was typed is not kept: only a keyed index of it, to count tries of the same kind."""

    id = models.BigAutoField(primary_key=True)
    blind = models.BinaryField(max_length=16)
    at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("id", "blind", "at")}

    class Meta:
        indexes = [models.Index(name="sign_in_attempt_blind", fields=["blind", "at"])]


class DeskSession(models.Model):
    """A member of staff at a terminal. Its own row, so that two requests at once can’t undo a lock in the session’s data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_key = models.CharField(max_length=40, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    bound = models.CharField(
        max_length=64, blank=True
    )  # hash of the browser's name: a stolen cookie fits no other browser
    opened_at = models.DateTimeField()
    active_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    locked_how = models.CharField(max_length=10, blank=True)

    CLASSED: ClassVar = {
        "plain": ("id", "session_key", "staff", "bound", "opened_at", "active_at", "locked_at", "locked_how")
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="desk_session_locked_pair",
                condition=models.Q(locked_at=None, locked_how="")
                | (models.Q(locked_at__isnull=False) & ~models.Q(locked_how="")),
            )
        ]
        indexes = [models.Index(name="desk_session_opened", fields=["opened_at"])]


class HeldWords(SealedRow):
    """What a form sent while the desk was locked: sealed, until whoever typed it has unlocked the desk."""

    desk = models.OneToOneField(DeskSession, on_delete=models.CASCADE, related_name="held")
    path = models.CharField(max_length=200)
    held_at = models.DateTimeField()
    fields = SealedField(as_json=True)

    CLASSED: ClassVar = {"plain": ("id", "vault", "desk", "path", "held_at"), "sealed": ("fields",)}
