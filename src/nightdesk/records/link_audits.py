"""What the fairness page needs of live work: counts with the small ones hidden, and since when linkage compares what."""

from typing import ClassVar

from django.db import models


class LinkAudit(models.Model):
    """One counting of the candidates of so many days. `figures`: rows of rules/link_audit.py, as they may be shown."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    days = models.PositiveIntegerField()
    figures = models.JSONField()

    CLASSED: ClassVar = {"plain": ("id", "at", "days", "figures")}

    class Meta:
        indexes = [models.Index(name="link_audit_new", fields=["-at"])]


class LinkSwitchState(models.Model):
    """A switch of the pack as the linkage worker began with it; a row only where something differs from the one before."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    switch = models.CharField(max_length=40)
    on = models.BooleanField()
    edition = models.CharField(max_length=40)  # of the pack
    owner = models.CharField(max_length=120)  # a role, never a name
    review_on = models.DateField()

    CLASSED: ClassVar = {"plain": ("id", "at", "switch", "on", "edition", "owner", "review_on")}

    class Meta:
        indexes = [models.Index(name="link_switch_new", fields=["switch", "-at"])]
