"""Keys for search: what tells people, places and days apart, as blind values; and who searched how often, never for what."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sealed import blind_index
from nightdesk.records.staff import Staff
from nightdesk.rules.search_terms import KINDS, Key


def blind_keys(keys: Iterable[Key]) -> dict[Key, bytes]:
    """Each key with its blind value (16 bytes). Keyed by kind and form: a name and a handle that are equal don't show it."""
    return {key: blind_index(f"search.{key.kind}.{key.form}", key.value) for key in keys}


class SearchKey(models.Model):
    """One key under which a disclosure is found. Made from a version of what was told; of an older version it is `old`.

    What belongs to one thing told (a name with its parts) has one `told`, a random number, so that the first name of one
    person and the last name of another never make a third. Keys are worked out from what is sealed and can be made anew.
    """

    id = models.BigAutoField(primary_key=True)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=60)  # which row it comes from: "basics", or a stem and a key
    kind = models.CharField(max_length=10)
    blind = models.BinaryField(max_length=16)
    told = models.BigIntegerField()
    old = models.BooleanField(default=False)

    CLASSED: ClassVar = {"plain": ("id", "disclosure", "source", "kind", "blind", "told", "old")}

    class Meta:
        constraints = [
            models.CheckConstraint(name="search_kind_known", condition=models.Q(kind__in=KINDS)),
        ]
        indexes = [
            models.Index(name="search_key", fields=["kind", "blind", "id"]),
            # of one disclosure: to mark as old, to make anew, and to ask whether it has a second key too
            models.Index(name="search_disclosure", fields=["disclosure", "blind"]),
        ]


class SearchMade(models.Model):
    """Somebody searched once: when, for which kinds, how much was found. Not a word of what they looked for."""

    id = models.BigAutoField(primary_key=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    kinds = models.JSONField()
    found = models.PositiveIntegerField()
    others = models.PositiveIntegerField()  # of these, cases that may not be opened without a reason

    CLASSED: ClassVar = {"plain": ("id", "by", "at", "kinds", "found", "others")}

    class Meta:
        indexes = [models.Index(name="search_made", fields=["by", "-at"])]


class SearchRebuild(models.Model):
    """One run that makes keys anew. Its place is kept with every batch: cut off, it goes on from there."""

    id = models.BigAutoField(primary_key=True)
    begun_at = models.DateTimeField()
    place = models.UUIDField(null=True)  # the last disclosure that was read: they are taken by their key
    total = models.PositiveIntegerField()
    read = models.PositiveIntegerField(default=0)
    sealed = models.PositiveIntegerField(default=0)  # could not be opened: its keys are taken away
    written = models.PositiveIntegerField(default=0)  # keys
    ended_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {
        "plain": ("id", "begun_at", "place", "total", "read", "sealed", "written", "ended_at")
    }
