"""The demo's endings show every state a visitor may ask about, all by the ordinary actions."""

from nightdesk.queries.closings import how_many_wait
from nightdesk.queries.readers import reader_of
from nightdesk.records.cases import Case, CaseStatus
from nightdesk.records.closings import CaseOutcome, Closing, ClosingLook
from nightdesk.records.related_offences import RelatedOffence
from nightdesk.records.staff import Staff
from tests.jobs.demo_made import force

__all__ = ["force"]


def test_cases_end_in_several_ways_and_some_come_back(force: None) -> None:
    """Looked at by another wherever a look is needed; sent back with words now and then."""
    assert {"closed", "investigating"} <= set(Case.objects.values_list("state", flat=True))
    assert {"withdrawal", "no_referral", "outcome"} <= set(Closing.objects.values_list("ending", flat=True))
    assert {"approved", "sent_back", "not_needed"} <= set(
        ClosingLook.objects.values_list("verdict", flat=True)
    )
    assert CaseStatus.objects.filter(move="reopen").exists()
    assert RelatedOffence.objects.filter(suggested=True).exists()


def test_the_state_of_each_case_is_that_of_its_newest_status(force: None) -> None:
    """And each closed one has its outcome."""
    for case in Case.objects.all():
        newest = case.statuses.order_by("-id").first()
        assert newest is not None
        assert newest.state == case.state
        if case.state == "closed":
            assert CaseOutcome.objects.filter(closing__case=case).exists()


def test_what_waits_is_what_its_supervisors_are_told(force: None) -> None:
    """The count of each supervisor is that of their unit."""
    for staff in Staff.objects.filter(role="supervisor"):
        waiting = Case.objects.filter(unit_id=staff.unit_id, state="asked_to_close").count()
        assert how_many_wait(reader_of(staff)) == waiting
