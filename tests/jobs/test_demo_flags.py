"""The demo's flags show every state, every way to be found, a review queue and a look-back, all by the ordinary actions."""

from nightdesk.queries.flags import review_counts
from nightdesk.queries.readers import reader_of
from nightdesk.records.flags import CaseFlag, FlagMove, FlagTelling, LookBack
from nightdesk.records.staff import Staff
from nightdesk.rules import flag as rule
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def test_every_state_of_a_flag_can_be_seen(force: None) -> None:
    """And every decision was made by somebody, in some case told to the person or not."""
    assert set(CaseFlag.objects.values_list("state", flat=True)) == set(rule.STATES)
    assert set(FlagMove.objects.values_list("move", flat=True)) == {"raise", "decline", "keep", "lift"}
    assert set(FlagTelling.objects.values_list("told", flat=True)) == {True, False}


def test_flags_were_found_by_triage_by_people_and_by_looking_back(force: None) -> None:
    """Kept apart, for the figures."""
    assert {rule.TRIAGE, rule.PERSON, rule.LOOK_BACK} <= set(
        CaseFlag.objects.values_list("origin", flat=True)
    )


def test_some_unit_has_flags_to_look_at_again(force: None) -> None:
    """A visitor finds a queue."""
    readers = [reader_of(staff) for staff in Staff.objects.filter(role="supervisor")]
    assert any(review_counts(reader, NOW.date())["unit", "due"] for reader in readers)


def test_the_look_back_is_done_and_its_figures_add_up(force: None) -> None:
    """Read, sealed and empty are all there was."""
    run = LookBack.objects.get()
    assert run.ended_at is not None
    assert run.read + run.sealed + run.empty == run.total
    assert run.flags.count() == sum(run.proposed.values()) > 0
