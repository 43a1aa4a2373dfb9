"""An analyst asks, the linkage worker answers out of its index, and after a shift nothing of it is left."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions.deaths import enter_death
from nightdesk.actions.explorations import (
    answer_exploration,
    ask_exploration,
    end_explorations,
    fail_exploration,
)
from nightdesk.jobs.linkage_explore import answer_explorations, in_force, read_facts
from nightdesk.linkage.extract import extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import shipped
from nightdesk.queries import explorations as queries
from nightdesk.queries.clock import database_now
from nightdesk.records.explorations import Exploration
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_reports import VAULT, LinkReport
from nightdesk.records.sealed import SealBroken, Vault
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.death import to_told
from nightdesk.rules.exploration import ExplorationRefused
from tests.people import Cast, as_reader, make_cast

FACTS: dict[str, Any] = {"handle": "Fox.Den", "drug": "ghb_gbl"}
WEIGHTS = shipped()


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def asked(who: Any, key: UUID | None = None, at: datetime | None = None, **more: Any) -> Exploration:
    """A question with a reason."""
    facts = FACTS | more
    return ask_exploration(
        actor=as_reader(who), at=at or database_now(), key=key or uuid4(), reason="EXPLOREWHY", facts=facts
    )


def reported(people: Cast, **values: Any) -> LinkReport:
    """A death as a report of linkage."""
    now = database_now()
    row = enter_death(actor=as_reader(people.priya), at=now, key=uuid4(), source="counter", values=values)
    vault = Vault.new(at=now, purpose=VAULT)
    vault.save()
    (told,) = to_told(values, now)
    report = LinkReport(
        vault=vault, kind="death", death=row, who="1", reported_at=now, made_at=now, seq=1, extract=told
    )
    report.save()
    return report


def index_of(*reports: LinkReport) -> Index:
    """A small index of these reports and some others."""
    told = [{**one.opened("extract"), "id": str(one.pk)} for one in reports]
    others = [{"id": str(uuid4()), "handle": f"other{n}", "drug": "ketamine"} for n in range(20)]
    index = Index(WEIGHTS.behaviours)
    index.add([extract(each, {}) for each in [*others, *told]])
    return index


def lines(kind: str) -> list[Any]:
    return [line.facts for line in JournalLine.objects.filter(kind=kind).order_by("seq")]


def test_the_right_report_comes_first_with_its_reasons(people: Cast) -> None:
    """Its reference and why; a report that only the index knows, or that does not stand any more, is left out."""
    report = reported(people, met_handle="fox_den", drug="ghb", where="the park")
    row = asked(people.wen)
    assert answer_explorations(index_of(report), WEIGHTS, clock=database_now) == 1
    seen = queries.exploration(as_reader(people.wen), row.pk, database_now())
    assert seen is not None
    assert seen.asked.answered_at is not None
    (first,) = seen.found
    assert first.reference == report.death.reference  # type: ignore[union-attr]
    assert {("account", "same handle, other app"), ("drug", "same")} <= {one[:2] for one in first.reasons}
    assert first.bits > 3
    assert (seen.reason, seen.facts) == ("EXPLOREWHY", FACTS)
    assert lines("explored") == [{"kinds": ["handle", "drug"]}]
    assert lines("exploration_answered") == [{"found": 1}]


def test_it_is_answered_once_and_its_own_question_never_becomes_a_report(people: Cast) -> None:
    asked(people.wen)
    index = index_of()
    assert [answer_explorations(index, WEIGHTS, clock=database_now) for _ in range(2)] == [1, 0]
    assert len(index) == 20
    row = Exploration.objects.get()
    assert not answer_exploration(at=database_now(), exploration=row.pk, result=[])
    assert not fail_exploration(at=database_now(), exploration=row.pk, fault="unreadable")
    assert len(lines("exploration_answered")) == 1
    assert lines("exploration_refused") == []


def test_a_question_that_cannot_be_read_holds_up_no_other(people: Cast) -> None:
    first, second = asked(people.wen), asked(people.wen)

    def read(told: Any) -> Any:
        if told["id"] == str(first.pk):
            raise ValueError("no such place")
        return read_facts(told)

    assert answer_explorations(index_of(), WEIGHTS, clock=database_now, read=read) == 1
    faults = {one.id: one.fault for one in queries.explorations(as_reader(people.wen), database_now())}
    assert faults == {first.pk: "unreadable", second.pk: ""}
    assert lines("exploration_refused") == [{"fault": "unreadable"}]


def test_sent_twice_it_is_one_question(people: Cast) -> None:
    key = uuid4()
    assert asked(people.wen, key).pk == asked(people.wen, key).pk
    assert len(lines("explored")) == 1


def test_only_an_analyst_asks_with_a_reason_and_only_they_see_it(people: Cast) -> None:
    row = asked(people.wen)
    now = database_now()
    for name, who in people.staff().items():
        if name != "wen":
            assert queries.exploration(as_reader(who), row.pk, now) is None
            assert queries.explorations(as_reader(who), now) == []
            assert queries.waiting(as_reader(who), 5) == []
            with pytest.raises(AccessRefused):
                asked(who)
    with pytest.raises(ExplorationRefused):
        ask_exploration(actor=as_reader(people.wen), at=now, key=uuid4(), reason="", facts=FACTS)
    assert Exploration.objects.count() == 1


def test_after_a_shift_it_is_gone_with_its_key(people: Cast) -> None:
    now = database_now()
    old, new = asked(people.wen, at=now - timedelta(hours=12)), asked(people.wen)
    assert queries.asked(as_reader(people.wen), old.pk, now) is None
    assert [end_explorations(now) for _ in range(2)] == [1, 0]
    assert lines("explorations_ended") == [{"count": 1}]
    gone = Exploration.objects.select_related("vault").get(pk=old.pk)
    with pytest.raises(SealBroken):
        gone.opened("facts")
    assert [key for key, _ in queries.waiting(SYSTEM, 5)] == [new.pk]
    assert not answer_exploration(at=now, exploration=old.pk, result=[])


def test_ethnicity_is_left_out_until_the_force_switches_it_on() -> None:
    assert WEIGHTS.ethnicity
    assert not in_force(WEIGHTS).ethnicity
