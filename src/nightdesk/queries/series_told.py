"""What the owner of a case may know of the series desk: that an analyst looks, or asks to be rung. Never what matched."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from nightdesk.records.cases import Case
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.rules import candidate as rule
from nightdesk.rules.access import Reader

LOOKS: Final = "looks"
RING: Final = "ring"


def told_to_owner(reader: Reader, reference: str) -> str:
    """LOOKS when an analyst has begun to look at a candidate of this case, RING when two have linked it, else "".

    For the owner of the case alone. The two say nothing of the other report: not its unit, its kind, or that there is one.
    """
    if not Case.objects.filter(disclosure__reference=reference, owner=UUID(reader.id)).exists():
        return ""
    of_case = Q(new__disclosure__reference=reference) | Q(earlier__disclosure__reference=reference)
    begun = Q(state=rule.LINKED) | Q(state__in=rule.OWED) & (Q(owner__isnull=False) | ~Q(state=rule.WAITING))
    states = set(LinkCandidate.objects.filter(of_case & begun).values_list("state", flat=True))
    return RING if rule.LINKED in states else LOOKS if states else ""
