"""The journal as the auditor reads it: sentences, never content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.journal import sentence


@dataclass(frozen=True)
class ShownLine:
    """A line in words: number, when, who (name and role), what, and the reference it is about."""

    seq: int
    at: datetime
    who: str
    role: str
    sentence: str
    subject: str


def newest_lines(
    reader: Reader, *, about: str = "", before: int | None = None, most: int = 50
) -> list[ShownLine]:
    """The newest lines before number `before`; `about` is a reference or the username of who acted."""
    lines = JournalLine.objects.order_by("-seq")
    if before is not None:
        lines = lines.filter(seq__lt=before)
    if about:
        actors = [str(pk) for pk in Staff.objects.filter(username__iexact=about).values_list("pk", flat=True)]
        lines = lines.filter(Q(subject__iexact=about) | Q(actor__in=actors))
    found = list(lines[:most])
    names = {str(pk): name for pk, name in Staff.objects.filter(pk__in=_ids(found)).values_list("pk", "name")}
    return [
        ShownLine(
            line.seq,
            line.at,
            names.get(line.actor, line.actor),
            line.role,
            sentence(line.kind, line.facts),
            line.subject,
        )
        for line in found
    ]


def _ids(lines: list[JournalLine]) -> list[UUID]:
    """The staff ids among the actors; the system and unknown people have none."""
    ids = []
    for actor in {line.actor for line in lines}:
        try:
            ids.append(UUID(actor))
        except ValueError:
            continue
    return ids
