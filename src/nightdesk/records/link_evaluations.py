"""How well linkage finds what belongs together, by who reports and by recorded group: counts, kept run by run."""

from typing import ClassVar

from django.db import models


class LinkEvaluation(models.Model):
    """One run over reports whose truth is known. `figures`: rows of counts (rules/fairness.py); nothing personal."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    model = models.CharField(max_length=60)
    of = models.CharField(max_length=60)  # which reports, in a word: a file's name without its folder
    reports = models.PositiveIntegerField()
    figures = models.JSONField()

    CLASSED: ClassVar = {"plain": ("id", "at", "model", "of", "reports", "figures")}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_once", fields=["at", "model", "of"]),
        ]
        indexes = [models.Index(name="evaluation_new", fields=["-at"])]
