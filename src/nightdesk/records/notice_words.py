"""Something to read on the case: what analysts decided about a report of it, until its officer has opened the case since."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Replace

from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkMove
from nightdesk.records.notice_shape import WINDOW, Asked, shaped
from nightdesk.rules.candidate import TELLS


def words(asked: Asked) -> QuerySet[Any]:
    """The newest decision of analysts about a report of the case, until the officer has opened the case since."""
    decided = LinkMove.objects.filter(move__in=TELLS, at__lte=asked.by, at__gt=asked.by - WINDOW)
    of_case = Q(candidate__new__disclosure__case=OuterRef("pk")) | Q(
        candidate__earlier__disclosure__case=OuterRef("pk")
    )
    sides = Q(pk__in=decided.values("candidate__new__disclosure__case")) | Q(
        pk__in=decided.values("candidate__earlier__disclosure__case")
    )
    newest = Subquery(decided.filter(of_case).order_by("-at").values("at")[:1])
    rows = shaped(Case.objects.filter(sides), newest, "", "owner_id")
    return rows.exclude(Exists(_read_since()))


def _read_since() -> QuerySet[Any]:
    """The officer has opened the page of the case since then."""
    return JournalLine.objects.annotate(by=_letters(F("actor"))).filter(
        subject=OuterRef("disclosure__reference"), kind="record_read", facts__what="case", at__gt=OuterRef("n_due"),
        by=_letters(Cast(OuterRef("owner_id"), CharField())),
    )  # fmt: skip


def _letters(key: Any) -> Replace:
    """An id as text without its dashes: the databases write it in two ways."""
    return Replace(key, Value("-"), Value(""))
