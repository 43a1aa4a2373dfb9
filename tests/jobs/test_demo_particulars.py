"""The demo shows people in their roles, objects with their links, corrections, and what was withdrawn."""

from nightdesk.records.particulars import Particular, ParticularLink, ParticularVersion
from nightdesk.rules.particular_kinds import SUSPECT, VICTIM
from tests.jobs.demo_made import force

__all__ = ["force"]


def test_entries_are_there_taken_over_corrected_linked_and_withdrawn(force: None) -> None:
    """And most cases still offer what their first account says."""
    people = Particular.objects.filter(kind="person")
    assert {VICTIM, SUSPECT} <= set(people.values_list("role", flat=True))
    assert people.exclude(taken_from=None).exists()
    assert people.exclude(withdrawn_at=None).exists()
    assert Particular.objects.filter(kind="object").exists()
    assert ParticularVersion.objects.filter(number=2).exists()
    assert {"used"} <= set(ParticularLink.objects.values_list("kind", flat=True))
    assert Particular.objects.filter(kind="event").exists()
