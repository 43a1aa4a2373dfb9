"""An exhibit of the demo that a fridge can't take just then stays with whoever has it, and the demo goes on."""

from nightdesk.jobs.demo_stores import moving
from nightdesk.queries.custody import next_acts
from nightdesk.queries.readers import reader_of
from nightdesk.records.exhibits import Custody, StoreFault
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def test_what_a_store_with_a_fault_can_not_take_stays_where_it_is(force: None) -> None:
    """Whichever moment the demo is made at: what happens by chance at once must not end it."""
    broken = StoreFault.objects.filter(kind="too_warm").get(ends_at=None).store
    held = Custody.objects.filter(until=None, staff__isnull=False).select_related("staff", "exhibit").first()
    assert held is not None
    reader = reader_of(held.staff)
    before = next_acts(reader, held.exhibit.code)
    assert "stored" in before[1]
    moving(reader, held.exhibit.code, "stored", broken.code)(NOW)
    assert next_acts(reader, held.exhibit.code) == before
