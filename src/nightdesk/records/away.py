"""Cases of somebody who is away: one row a case and day, and what a supervisor did about it."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.pairs import when_and_who
from nightdesk.records.rota import Absence
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.away import DONE, STAND_IN
from nightdesk.rules.terms import SUPERVISOR


def away_at(at: datetime) -> "models.QuerySet[Absence]":
    """The absences that run at a moment."""
    return Absence.objects.filter(withdrawn_at=None, starts_at__lte=at, ends_at__gt=at)


def supervisors_there(at: datetime) -> "models.QuerySet[Staff]":
    """The supervisors who are not away themselves."""
    away = models.Exists(away_at(at).filter(staff=models.OuterRef("pk")))
    return Staff.objects.filter(role=SUPERVISOR, is_active=True).exclude(away)


def looked_after(reader: Reader, at: datetime) -> models.Q:
    """Cases whose unit a supervisor looks after: their own, and while no supervisor of a unit is there, that one too.

    The units are read first: a force has few of them, and many cases.
    """
    if reader.role != SUPERVISOR:
        return models.Q(pk__in=[])
    with_one = supervisors_there(at).filter(unit__isnull=False).values("unit")
    units = {str(key) for key in Unit.objects.exclude(pk__in=with_one).values_list("pk", flat=True)}
    return models.Q(unit_id__in=sorted(units | ({reader.unit} if reader.unit else set())))


def unseen(at: datetime) -> models.Q:
    """Cases whose owner is away now and which nobody has looked at since they were last noted, or not in this absence."""
    running = away_at(at).filter(staff=models.OuterRef("owner"))
    notes = AwayNote.objects.filter(
        case=models.OuterRef("pk"), owner=models.OuterRef("owner"), absence__in=away_at(at)
    )
    return models.Q(models.Exists(running)) & (
        models.Q(models.Exists(notes.filter(seen_at=None))) | ~models.Q(models.Exists(notes))
    )


class AwayNote(models.Model):
    """That the owner of a case was away on a day. Seen: a supervisor said what is done (a code of rules/away.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="away_notes")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="notes")
    day = models.DateField()  # by the force's own clock
    noted_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    done = models.CharField(max_length=12, blank=True)
    stand_in = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "case",
            "owner",
            "absence",
            "day",
            "noted_at",
            "seen_at",
            "seen_by",
            "done",
            "stand_in",
        )
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="away_note_once_a_day", fields=["case", "day", "owner"]),
            models.CheckConstraint(name="away_done_known", condition=models.Q(done__in=("", *DONE))),
            when_and_who("away_seen_pair", "seen_at", "seen_by"),
            models.CheckConstraint(
                name="away_seen_says_what",
                condition=models.Q(seen_at=None, done="") | (models.Q(seen_at__isnull=False) & ~models.Q(done="")),
            ),
            models.CheckConstraint(
                name="away_stand_in_named",
                condition=models.Q(done=STAND_IN, stand_in__isnull=False)
                | (~models.Q(done=STAND_IN) & models.Q(stand_in=None)),
            ),
        ]  # fmt: skip
        indexes = [models.Index(name="away_unseen", fields=["owner"], condition=models.Q(seen_at=None))]


def looked_after_by(at: datetime) -> models.Subquery:
    """Of a case: the name of whoever looks after it while its owner is away; NULL when nobody has to."""
    notes = AwayNote.objects.filter(
        case=models.OuterRef("pk"), owner=models.OuterRef("owner"), absence__in=away_at(at), done=STAND_IN
    )
    return models.Subquery(notes.order_by("-day").values("stand_in__name")[:1])
