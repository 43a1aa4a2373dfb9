"""The demo shows somebody away with cases: seen and unseen ones; and cases that a colleague took over, or is asked to."""

from nightdesk.actions.referrals import acknowledge_page
from nightdesk.jobs.away import note_everybody_away
from nightdesk.queries.away import away_cases, waiting
from nightdesk.queries.paging import call_outs
from nightdesk.queries.queue import queue
from nightdesk.queries.readers import reader_of
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.referrals import ReferralMove
from nightdesk.records.rota import Absence, Shift, StandIn
from nightdesk.records.staff import Staff
from nightdesk.rules import queue as rule
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def test_cases_of_somebody_ill_wait_for_the_supervisor_who_looked_at_one(force: None) -> None:
    """Noted by the worker in the morning, told to the supervisor by message, and counted in the queue."""
    maud = reader_of(Staff.objects.get(username="maud"))
    ill = Absence.objects.get(kind="sick", starts_at__lte=NOW, ends_at__gt=NOW)
    rows, more = away_cases(maud, NOW)
    assert {row.owner for row in rows} == {ill.staff.name}
    assert waiting(maud, NOW) == sum(row.unseen for row in rows) + more > 0
    assert {row.done for row in rows if not row.unseen} == {"stays"}
    counts = queue(maud, NOW).counts
    assert counts[rule.AWAY] == len(rows) + more
    assert counts[rule.SUPERVISOR]
    assert {line.role for line in JournalLine.objects.filter(kind="away_noted")} == {"system"}
    assert Message.objects.filter(staff_id=maud.id, about="reassigned", sent_at__isnull=False).exists()


def test_the_turns_of_whoever_is_ill_are_stood_in_for(force: None) -> None:
    """Each by a colleague, so that the rota keeps its one gap (tests/jobs/test_demo_rota.py)."""
    ill = Absence.objects.get(kind="sick", starts_at__lte=NOW, ends_at__gt=NOW)
    instead = StandIn.objects.filter(instead_of=ill.staff)
    assert instead.exists()
    assert (
        not Shift.objects.standing()
        .filter(staff=ill.staff, starts_at__gte=ill.starts_at, starts_at__lt=ill.ends_at)
        .exists()
    )


def test_one_case_was_taken_over_by_a_colleague_and_another_waits_for_an_answer(force: None) -> None:
    """What a colleague took over is theirs; until the other answers, its owner has it."""
    taken = ReferralMove.objects.get(move="take_over")
    offered = ReferralMove.objects.get(move="offer", referral=taken.referral)
    case = Case.objects.get(disclosure=taken.referral.disclosure)
    assert (case.owner, offered.at < taken.at) == (taken.by, True)
    assert offered.by != taken.by
    waits = ReferralMove.objects.exclude(referral=taken.referral).get(move="offer")
    assert Case.objects.get(disclosure=waits.referral.disclosure).owner == waits.by
    asked = reader_of(waits.to)
    (call,) = (call for call in call_outs(asked) if call.offered)
    assert queue(asked, NOW).counts[rule.OFFERED] == 1
    acknowledge_page(at=NOW, token=call.token)
    assert Case.objects.get(disclosure=waits.referral.disclosure).owner == waits.to


def test_the_worker_notes_them_again_the_next_morning(force: None) -> None:
    """Of the ordinary job: what stays is looked at every day."""
    ill = Absence.objects.get(kind="sick", starts_at__lte=NOW, ends_at__gt=NOW)
    assert note_everybody_away(ill.starts_at + (ill.ends_at - ill.starts_at) * 0.6) > 0
