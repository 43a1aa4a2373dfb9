"""Which exhibits a reader may know of, for whole lists: what rules/exhibit.py, may_see, says of one."""

from uuid import UUID

from django.db.models import Q, QuerySet

from nightdesk.records.chain import newest_links
from nightdesk.records.exhibits import Custody, HandOver
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR


def links_in_sight(reader: Reader) -> QuerySet[Custody]:
    """The newest link of every exhibit that the reader may know of."""
    return newest_links().filter(in_sight(reader))


def in_sight(reader: Reader) -> Q:
    """What may_see says, for a whole register (of newest links). A test holds the two alike."""
    if reader.role not in (COUNTER, SOIT, SUPERVISOR):
        return Q(pk__in=[])
    own = Q(staff_id=reader.id) | Q(exhibit__taken_by_id=reader.id) | being_offered(reader)
    if reader.station:
        own |= Q(store__station_id=reader.station)
    if reader.role == COUNTER:
        return own
    told = "exhibit__disclosure__"
    own |= Q(**{f"{told}case__owner_id": reader.id})
    if reader.unit:
        own |= Q(store__station__unit_id=reader.unit) | Q(**{f"{told}case__unit_id": reader.unit})
        own |= Q(**{f"{told}case": None, f"{told}station__unit_id": reader.unit})
    return own


def being_offered(reader: Reader) -> Q:
    """What somebody is handing to the reader now."""
    offers = HandOver.objects.filter(answered_at=None, offered_to=UUID(reader.id))
    return Q(exhibit_id__in=offers.values("exhibit_id"))
