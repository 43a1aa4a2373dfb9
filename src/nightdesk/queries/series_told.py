"""What the owner of a case may know of the series desk: that an analyst looks, asks to be rung, or no longer does.

Never what matched.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q

from nightdesk.records.cases import Case
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.notices import NoticeRow
from nightdesk.rules import candidate as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.notice import SENIOR
from nightdesk.rules.pack_notices import WORD

LOOKS: Final = "looks"
RING: Final = "ring"
OVER: Final = "over"


def told_to_owner(reader: Reader, reference: str) -> str:
    """RING when two have linked a candidate of this case, LOOKS when an analyst has begun to look at one, OVER when a link
    was taken back and nobody looks, else "".

    For the owner of the case, and for whoever was told of a decision in their place, alone: those never learn that an
    analyst looks. They say nothing of the other report: not its unit, its kind, or that there is one.
    """
    case = Case.objects.filter(disclosure__reference=reference).first()
    if case is None or not ((owns := str(case.owner_id) == reader.id) or _was_told(reader, case)):
        return ""
    of_case = Q(new__disclosure__reference=reference) | Q(earlier__disclosure__reference=reference)
    begun = Q(state__in=(rule.LINKED, rule.UNLINKED)) | Q(state__in=rule.OWED) & (
        Q(owner__isnull=False) | ~Q(state=rule.WAITING)
    )
    states = set(LinkCandidate.objects.filter(of_case & begun).values_list("state", flat=True))
    if rule.LINKED in states:
        return RING
    if owns and states - {rule.UNLINKED}:
        return LOOKS
    return OVER if rule.UNLINKED in states else ""


def _was_told(reader: Reader, case: Case) -> bool:
    """Whether the reader was told because the owner was not there."""
    rows = NoticeRow.objects.filter(staff=UUID(reader.id), kind=WORD, about=case.pk, dropped_at=None)
    return rows.filter(level=SENIOR, told_at__isnull=False).exists()
