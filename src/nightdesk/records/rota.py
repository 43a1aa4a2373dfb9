"""The rota: what repeats, who is away, who stands in, and the shifts that follow from it.

Patterns, absences and stand-ins are what people decide; shifts are worked out from them, weeks ahead, so that the worker
at 2am reads rows and computes nothing. Nothing is deleted: what no longer holds is cancelled or withdrawn.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import models

from nightdesk.records.pairs import when_and_who
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.rota import Span, without
from nightdesk.rules.terms import ABSENCES, LAYERS, ON_HOLIDAYS, SWAP_STATES

SPAN: Final = ("staff_id", "layer", "starts_at", "ends_at")
ENDS_AFTER_START = models.Q(ends_at__gt=models.F("starts_at"))


class RotaPattern(models.Model):
    """Turns that repeat: on these days of the week, from this time by the local clock, each member for so many days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="patterns")
    layer = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    starts_on = models.DateField()  # the first day of the first member's first turn
    ends_on = models.DateField(
        null=True
    )  # the last day, inclusive; a change ends one pattern and begins another
    begins = models.TimeField()  # by the clock on the wall
    minutes = (
        models.PositiveIntegerField()
    )  # by the clock on the wall: a night shift ends at its hour at a clock change too
    weekdays = models.JSONField()  # [0-6], 0 is Monday
    turn_days = models.PositiveIntegerField()
    on_holidays = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "unit", "layer", "name", "starts_on", "ends_on", "begins", "minutes", "weekdays", "turn_days",
            "on_holidays", "made_at", "made_by",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="pattern_layer_known", condition=models.Q(layer__in=LAYERS)),
            models.CheckConstraint(
                name="pattern_holidays_known", condition=models.Q(on_holidays__in=ON_HOLIDAYS)
            ),
            models.CheckConstraint(
                name="pattern_has_a_length", condition=models.Q(minutes__gt=0, turn_days__gt=0)
            ),
        ]


class PatternMember(models.Model):
    """One member of a pattern, in the order of their turns."""

    id = models.BigAutoField(primary_key=True)
    pattern = models.ForeignKey(RotaPattern, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveIntegerField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "pattern", "place", "staff")}

    class Meta:
        constraints = [models.UniqueConstraint(name="pattern_place_once", fields=["pattern", "place"])]


class Absence(models.Model):
    """Somebody is away: leave, sick, a course, in court. Their shifts in this time are nobody's until somebody stands in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "staff", "kind", "starts_at", "ends_at", "noted_at", "noted_by", "withdrawn_at", "withdrawn_by",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="absence_kind_known", condition=models.Q(kind__in=ABSENCES)),
            models.CheckConstraint(name="absence_ends_after_start", condition=ENDS_AFTER_START),
            when_and_who("absence_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
        ]
        indexes = [models.Index(name="absence_when", fields=["staff", "ends_at"])]


class Swap(models.Model):
    """Somebody asks another (or anybody of the unit) to take their shift; perhaps against one of the other's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="swaps")
    layer = models.CharField(max_length=20)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="swaps_asked")
    asked_of = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="swaps_received")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    back_starts_at = models.DateTimeField(null=True)
    back_ends_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "unit", "layer", "asked_by", "asked_of", "starts_at", "ends_at", "back_starts_at", "back_ends_at",
            "asked_at", "state", "answered_at", "answered_by",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="swap_state_known", condition=models.Q(state__in=SWAP_STATES)),
            models.CheckConstraint(name="swap_ends_after_start", condition=ENDS_AFTER_START),
            when_and_who("swap_answered_pair", "answered_at", "answered_by"),
        ]


class StandIn(models.Model):
    """Somebody is on instead of somebody else, or besides. Also what an imported calendar says (calendar, uid)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stand_ins")
    layer = models.CharField(max_length=20)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="stand_ins")
    instead_of = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    swap = models.ForeignKey(Swap, on_delete=models.PROTECT, null=True, related_name="stand_ins")
    calendar = models.CharField(max_length=60, blank=True)
    uid = models.CharField(max_length=255, blank=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "unit", "layer", "staff", "instead_of", "starts_at", "ends_at", "noted_at", "noted_by",
            "withdrawn_at", "withdrawn_by", "swap", "calendar", "uid",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="stand_in_layer_known", condition=models.Q(layer__in=LAYERS)),
            models.CheckConstraint(name="stand_in_ends_after_start", condition=ENDS_AFTER_START),
            when_and_who("stand_in_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
        ]
        indexes = [models.Index(name="stand_in_when", fields=["unit", "ends_at"])]


class ShiftRows(models.QuerySet["Shift"]):
    """Shifts, and those among them that hold."""

    def standing(self) -> "ShiftRows":
        """Without those that were cancelled."""
        return self.filter(cancelled_at=None)

    def on_at(self, at: datetime | models.Expression) -> "ShiftRows":
        """Those of people who are on at a moment, or at the place of one in a prepared statement: account open, not away,
        also where a shift was put in by hand."""
        away = Absence.objects.filter(
            staff=models.OuterRef("staff"), withdrawn_at=None, starts_at__lte=at, ends_at__gt=at
        )
        on = self.standing().filter(starts_at__lte=at, ends_at__gt=at, staff__is_active=True)
        return on.exclude(models.Exists(away))

    def spans(self) -> list[Span]:
        """As the facts that rules take: people whose account is open, without the times in which they are away."""
        on = self.filter(staff__is_active=True).order_by("starts_at")
        rows = list(on.values_list(*SPAN))
        absences = Absence.objects.filter(staff__in={staff for staff, *_ in rows}, withdrawn_at=None)
        return without_away(rows, absences.values_list("staff_id", "starts_at", "ends_at"))


def without_away(rows: Iterable[tuple[Any, ...]], absences: Iterable[tuple[Any, ...]]) -> list[Span]:
    """Rows of SPAN as facts, without the times away (staff, from, until)."""
    away: dict[uuid.UUID, list[tuple[datetime, datetime]]] = {}
    for staff, starts_at, ends_at in absences:
        away.setdefault(staff, []).append((starts_at, ends_at))
    return [
        piece
        for staff, layer, starts_at, ends_at in rows
        for piece in without(Span(str(staff), layer, starts_at, ends_at), away.get(staff, ()))
    ]


class Shift(models.Model):
    """Who is on, in which layer of cover, from when until when (UTC). Worked out from the rota, or put in by hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shifts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="shifts")
    layer = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pattern = models.ForeignKey(RotaPattern, on_delete=models.PROTECT, null=True, related_name="shifts")
    stand_in = models.ForeignKey(StandIn, on_delete=models.PROTECT, null=True, related_name="shifts")
    cancelled_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=20, blank=True)  # why it was cancelled: a code

    objects = ShiftRows.as_manager()
    CLASSED: ClassVar = {
        "plain": (
            "id", "unit", "staff", "layer", "starts_at", "ends_at", "pattern", "stand_in", "cancelled_at", "because",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="shift_layer_known", condition=models.Q(layer__in=LAYERS)),
            models.CheckConstraint(name="shift_ends_after_start", condition=ENDS_AFTER_START),
        ]
        indexes = [models.Index(name="shift_on_now", fields=["unit", "ends_at", "starts_at"])]


class CalendarFeed(models.Model):
    """A private calendar address of one officer. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="feeds")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {"plain": ("id", "staff", "digest", "made_at", "withdrawn_at")}
