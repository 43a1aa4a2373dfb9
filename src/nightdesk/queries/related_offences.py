"""Further offences recorded with a case, and what the facts point to."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.outside.current import pack
from nightdesk.queries.duties import pointers
from nightdesk.records.flags import CaseFlag
from nightdesk.records.related_offences import RelatedOffence
from nightdesk.rules import related_offence as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import OPEN
from nightdesk.rules.recording import Suggestion


@dataclass(frozen=True)
class RelatedSeen:
    """A further offence, opened; `ended_at` is None while it stands."""

    number: int
    offence_class: str
    police_number: str
    why: str
    added_at: datetime
    by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""


def related_of(reader: Reader, reference: str) -> tuple[RelatedSeen, ...]:
    """Every further offence of a case, newest first, those withdrawn too. Opens seals: the page has journalled it."""
    rows = RelatedOffence.objects.filter(case__disclosure__reference=reference)
    rows = rows.select_related("vault", "added_by", "end__by").order_by("-number")
    return tuple(_seen(row) for row in rows)


def _seen(row: RelatedOffence) -> RelatedSeen:
    end = getattr(row, "end", None)
    if end is not None:
        end.vault = row.vault
    return RelatedSeen(
        row.number, row.offence_class, row.opened("police_number"), row.opened("why"), row.added_at, row.added_by.name,
        end.at if end else None, end.by.name if end else "", end.opened("why") if end else "",
    )  # fmt: skip


def how_many(reader: Reader, reference: str) -> int:
    """How many further offences stand in a case. Opens nothing."""
    return RelatedOffence.objects.filter(case__disclosure__reference=reference, end=None).count()


def suggested(reader: Reader, reference: str) -> tuple[Suggestion, ...]:
    """The further offences that what is known points to and that nobody has recorded: suggested, never set. Opens a seal."""
    flags = CaseFlag.objects.filter(disclosure__reference=reference, state__in=OPEN).values_list(
        "code", flat=True
    )
    standing = RelatedOffence.objects.filter(case__disclosure__reference=reference, end=None)
    known = rule.pointing(pointers(reader, reference), flags)
    return rule.still_suggested(
        pack().related_classes, known, set(standing.values_list("offence_class", flat=True))
    )
