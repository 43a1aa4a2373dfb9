"""The demo shows the shield: sealed and opened, decisions in each way, people turned away, and nothing that is real."""

from nightdesk.queries.shield_figures import shield_figures
from nightdesk.records.shield import Interest, InterestMove, ShieldEntry, ShieldOpening
from nightdesk.records.turned_away import TurnedAway, TurnedAwayMove
from nightdesk.rules.access import SYSTEM
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def newest(rows: list[InterestMove] | list[TurnedAwayMove]) -> str:
    """The state after the newest move."""
    return max(rows, key=lambda row: row.number).state


def test_something_is_sealed_by_counters_and_by_specialists(force: None) -> None:
    by = set(ShieldEntry.objects.values_list("entered_by__role", flat=True))
    assert by == {"counter", "soit"}
    assert set(ShieldOpening.objects.values_list("purpose", flat=True)) == {"case", "medical"}
    assert not ShieldOpening.objects.exclude(opened_by__role="soit").exists()


def test_decisions_wait_and_were_made(force: None) -> None:
    states = {newest(list(row.moves.all())) for row in Interest.objects.all()}
    assert states == {"not_in_interest", "one_voted", "outside_asked", "default_asked"}


def test_reports_are_new_overdue_learned_and_closed(force: None) -> None:
    states = {newest(list(row.moves.all())) for row in TurnedAway.objects.all()}
    assert states == {"received", "learned", "closed"}
    figures = shield_figures(SYSTEM, NOW)
    assert figures.overdue
    assert TurnedAway.objects.filter(about_lead=True).exists()
    assert figures.versions == ShieldEntry.objects.count()
