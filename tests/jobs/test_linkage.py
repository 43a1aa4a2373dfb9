"""The linkage worker: what comes in is compared with everything that was told, once, and nothing is lost on the way."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.deaths import correct_death, enter_death
from nightdesk.actions.intake import accept_disclosure
from nightdesk.actions.link_candidates import keep_candidates
from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.jobs.linkage import LinkageWorker
from nightdesk.linkage.weights import shipped
from nightdesk.queries.clock import database_now
from nightdesk.records.deaths import Death
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import LinkList, LinkReport
from nightdesk.records.messages import Message
from nightdesk.rules import candidate as rule
from nightdesk.rules.basics import Basics, Suspect, with_answer_states
from tests.actions.shield import case_of_sana, entered
from tests.people import Cast, as_reader, make_cast, signed_in

KARL = Suspect(name_used="Karl", platform="grindr", handle="late_otter", phone="07700 900123")
WEIGHTS = shipped().without_ethnicity()
DEATH: dict[str, Any] = {
    "drug": "ghb",
    "where": "Foundry Baths, Hallowford",
    "app": "grindr",
    "markers": {"moved": "yes"},
}


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def worker() -> LinkageWorker:
    return LinkageWorker(threading.Event(), weights=WEIGHTS)


def told(who: Any, *suspects: Suspect, what: str = "He hurt me at his flat", **more: Any) -> Disclosure:
    """A disclosure as a counter sends it on."""
    basics = with_answer_states(Basics(what=what, suspects=suspects, **more), {})
    kept = accept_disclosure(
        actor=as_reader(who), at=database_now(), sender_key=uuid4(), channel="counter", basics=basics
    )
    return Disclosure.objects.get(reference=kept.reference)


def died(who: Any, **values: Any) -> Death:
    return enter_death(
        actor=as_reader(who), at=database_now(), key=uuid4(), source="counter", values=DEATH | values
    )


def pairs() -> set[tuple[str, str]]:
    """References of the two sides of each candidate, the new one first."""
    rows = LinkCandidate.objects.select_related(
        "new__disclosure", "new__death", "earlier__disclosure", "earlier__death"
    )
    return {(_reference(row.new), _reference(row.earlier)) for row in rows}


def _reference(report: LinkReport) -> str:
    source = report.disclosure or report.death
    assert source is not None
    return str(source.reference)


def all_rows() -> tuple[int, int, int]:
    """Lines but for those of a worker that begins, reports, candidates."""
    lines = JournalLine.objects.exclude(kind="linkage_begun")
    return lines.count(), LinkReport.objects.count(), LinkCandidate.objects.count()


def test_two_reports_of_one_man_at_two_stations_become_a_candidate(people: Cast) -> None:
    """In the round after the second one is in; with what both say, and the reasons, sealed."""
    first = told(people.priya, KARL)
    told(people.tom, Suspect(name_used="Vin", handle="quiet_heron"))
    running = worker()
    running.round()
    assert not LinkCandidate.objects.exists()
    second = told(people.tom, KARL, where_words="Quay Parade")
    running.round()
    row = LinkCandidate.objects.get()
    assert pairs() == {(second.reference, first.reference)}
    assert (row.state, row.why, row.rank, row.reports) == (rule.WAITING, rule.ARRIVAL, 1, 3)
    assert row.due_at - row.raised_at == timedelta(hours=72)
    evidence = row.opened("evidence")
    assert evidence["found"][0]["bits"] > 10
    assert {"comparison": "account", "mine": "lateotter", "theirs": "lateotter", "others": 0}.items() <= next(
        one for one in evidence["found"] if one["comparison"] == "account"
    ).items()
    assert "place" in evidence["unknown"]["theirs"]
    best = row.new.listed.opened("best")
    assert (len(best), best[0][0]) == (2, str(row.earlier_id))
    assert row.vault.purpose == "linkage"


def test_a_round_with_nothing_new_does_nothing(people: Cast) -> None:
    """No line, no row: a worker that begins anew finds everything done."""
    told(people.priya, KARL)
    told(people.tom, KARL)
    worker().round()
    before = all_rows()
    running = worker()
    running.round()
    running.round()
    assert JournalLine.objects.filter(kind="linkage_begun").count() == 2  # each worker that begins says so
    assert all_rows() == before


def test_a_death_is_compared_like_any_report(people: Cast) -> None:
    """Its list is always looked at: a drug, a place and an app are enough."""
    earlier = died(people.priya)
    running = worker()
    running.round()
    later = died(people.tom, markers={})
    running.round()
    assert pairs() == {(later.reference, earlier.reference)}
    assert LinkCandidate.objects.get().why == rule.DEATH


def test_a_correction_makes_a_link_that_was_not_there(people: Cast) -> None:
    """The earlier one is put right after the later one came in: the pair stands the same way round."""
    first = told(people.priya)
    second = told(people.tom, KARL)
    running = worker()
    running.round()
    assert not pairs()
    basics = with_answer_states(Basics(what="He hurt me", suspects=(KARL,)), {})
    accept_disclosure(
        actor=as_reader(people.priya),
        at=database_now(),
        sender_key=first.sender_key,
        channel="counter",
        basics=basics,
    )
    running.round()
    assert pairs() == {(second.reference, first.reference)}
    assert LinkReport.objects.get(disclosure=first).version == 2


def test_a_report_never_becomes_a_candidate_with_its_own_source(people: Cast) -> None:
    """Two men of one report are two men."""
    told(people.priya, KARL, Suspect(name_used="Karl", handle="late_otter2", phone="07700 900123"))
    worker().round()
    assert LinkReport.objects.count() == 2
    assert not LinkCandidate.objects.exists()


def test_what_no_longer_stands_is_compared_with_nothing(people: Cast) -> None:
    """A man who was told of by mistake is taken out; what waits for a decision about him is withdrawn."""
    first = told(people.priya, KARL, Suspect(handle="quiet_heron", phone="07700 900321"))
    told(people.tom, Suspect(handle="quiet_heron", phone="07700 900321"))
    running = worker()
    running.round()
    assert LinkCandidate.objects.get().state == rule.WAITING
    basics = with_answer_states(Basics(what="He hurt me", suspects=(KARL,)), {})
    accept_disclosure(
        actor=as_reader(people.priya),
        at=database_now(),
        sender_key=first.sender_key,
        channel="counter",
        basics=basics,
    )
    running.round()
    assert LinkCandidate.objects.get().state == rule.GONE
    assert LinkReport.objects.exclude(gone_at=None).count() == 1
    told(people.tom, Suspect(handle="quiet_heron"))
    running.round()
    assert all(row.earlier.gone_at is None for row in LinkCandidate.objects.exclude(state=rule.GONE))


def test_a_pair_that_was_decided_comes_back_only_with_new_evidence(people: Cast) -> None:
    """The same again is left; a phone that is told later brings it back, for another round."""
    died(people.priya, met_handle="late_otter")
    second = died(people.tom, met_handle="late_otter")
    running = worker()
    running.round()
    LinkCandidate.objects.update(state=rule.NOT_LINKED)
    correct_death(
        actor=as_reader(people.tom), at=database_now(), reference=second.reference, seen=1,
        values=DEATH | {"met_handle": "late_otter", "words": "Nothing new"},
    )  # fmt: skip
    running.round()
    assert LinkCandidate.objects.get().state == rule.NOT_LINKED
    correct_death(
        actor=as_reader(people.tom), at=database_now(), reference=second.reference, seen=2,
        values=DEATH | {"met_handle": "late_otter", "met_name": "Karl"},
    )  # fmt: skip
    first = Death.objects.exclude(pk=second.pk).get()
    correct_death(
        actor=as_reader(people.priya), at=database_now(), reference=first.reference, seen=1,
        values=DEATH | {"met_handle": "late_otter", "met_name": "Karl"},
    )  # fmt: skip
    running.round()
    row = LinkCandidate.objects.get()
    assert (row.state, row.round) == (rule.WAITING, 2)


def test_what_waits_too_long_is_told_to_supervisors_once(people: Cast) -> None:
    """How many, and where to look; no reference."""
    first = told(people.priya, KARL)
    told(people.tom, KARL)
    running = worker()
    running.round()
    LinkCandidate.objects.update(due_at=database_now() - timedelta(minutes=1))
    later = LinkageWorker(threading.Event(), weights=WEIGHTS, now=lambda: database_now() + timedelta(hours=1))
    later.round()
    later.round()
    texts = [row.body for row in Message.objects.filter(about="notice")]
    assert texts
    assert all("1 decision of analysts is overdue" in text for text in texts)
    assert not any(first.reference in text for text in texts)
    assert JournalLine.objects.filter(kind="candidates_escalated").count() == 1


def test_reports_of_a_source_are_destroyed_with_their_key(people: Cast, client: Client) -> None:
    """Nothing is compared with them any more, also not by a worker that held them; what was found with them is gone too."""
    first = told(people.priya, KARL)
    told(people.tom, KARL)
    running = worker()
    running.round()
    pair = LinkCandidate.objects.get()
    assert destroy_link_reports(at=database_now(), reference=first.reference) == 1
    third = told(people.tom, KARL)
    for one in (running, worker()):
        one.round()
        assert {new for new, _earlier in pairs()} == {_reference(pair.new), third.reference}
        assert LinkCandidate.objects.exclude(pk=pair.pk).get().earlier == pair.new
    pair.refresh_from_db()
    assert pair.state == rule.GONE
    page = signed_in(client, people.wen)
    for name, args in (("candidate", [pair.pk]), ("link_report", [pair.earlier_id]), ("candidates", [])):
        answer = page.get(reverse(name, args=args))
        assert answer.status_code < 500, name
        assert "lateotter" not in answer.content.decode(), name


def test_what_is_destroyed_while_it_is_compared_is_sealed_nowhere_anew(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker still holds its words then; the other report’s list names it no more than by its number."""
    first = told(people.priya, KARL)
    second = told(people.tom, KARL)

    def destroyed_first(**given: Any) -> Any:
        destroy_link_reports(at=database_now(), reference=first.reference)
        return keep_candidates(**given)

    monkeypatch.setattr("nightdesk.jobs.linkage.keep_candidates", destroyed_first)
    worker().round()
    assert not LinkCandidate.objects.exists()
    listed = LinkList.objects.select_related("report__disclosure").all()
    assert [row.report.disclosure.reference for row in listed] == [second.reference]  # type: ignore[union-attr]


def test_lines_name_nobody(people: Cast) -> None:
    """The journal of a case never says that anything matched."""
    first = told(people.priya, KARL)
    told(people.tom, KARL)
    worker().round()
    ours = JournalLine.objects.filter(kind__in=("linkage_read", "candidates_raised"))
    assert ours.count() == 2
    assert not ours.exclude(subject="").exists()
    assert first.reference not in str(list(ours.values_list("facts", flat=True)))


def test_the_night_finds_what_later_reports_made_linkable(people: Cast) -> None:
    """Once a day; said to be so, with the report that caused it."""
    told(people.priya, KARL)
    second = told(people.tom, KARL)
    running = worker()
    running.round()
    LinkMove.objects.all().delete()
    LinkCandidate.objects.all().delete()  # as if nothing had been found at the time
    later = LinkageWorker(
        threading.Event(), weights=WEIGHTS, now=lambda: database_now() + timedelta(days=1, hours=1)
    )
    later.round()
    row = LinkCandidate.objects.get()
    assert (row.why, row.new.disclosure) == (rule.RERANK, second)


def test_one_that_can_not_be_compared_at_night_holds_up_no_other(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of these weeks have their turn."""
    first = told(people.priya, KARL)
    second = told(people.tom, KARL)
    worker().round()
    LinkMove.objects.all().delete()
    LinkCandidate.objects.all().delete()
    compare = LinkageWorker.compare

    def sometimes(self: LinkageWorker, one: Any, why: str, seq: int | None = None) -> Any:
        return without_evidence() if one.source == first.pk else compare(self, one, why, seq)

    monkeypatch.setattr(LinkageWorker, "compare", sometimes)
    LinkageWorker(
        threading.Event(), weights=WEIGHTS, now=lambda: database_now() + timedelta(days=1, hours=1)
    ).round()
    assert LinkCandidate.objects.get().new.disclosure == second


def test_what_the_person_said_about_their_own_drugs_is_never_compared(people: Cast) -> None:
    """Sealed beside a case, it is in no report of linkage, no list and no evidence; the drug of that answer neither."""
    now = database_now()
    reference = case_of_sana(people, now)
    entered(people.priya, now, reference)
    told(people.tom, KARL)
    worker().round()
    opened = " ".join(str(row.opened("extract")) for row in LinkReport.objects.select_related("vault"))
    assert LinkReport.objects.filter(disclosure__reference=reference).exists()
    assert "SHIELD" not in opened
    assert "ghb" not in opened


def test_one_that_can_not_be_compared_holds_up_no_other(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is passed over with a line; the next one is compared."""
    told(people.priya, KARL)
    running = worker()
    running.round()
    told(people.tom, KARL)
    monkeypatch.setattr("nightdesk.jobs.linkage.evidence", without_evidence)
    assert running.try_round()
    assert JournalLine.objects.get(kind="comparison_failed").facts == {"fault": "ZeroDivisionError"}
    monkeypatch.undo()
    third = told(people.tom, KARL)
    running.round()
    assert {new for new, _earlier in pairs()} == {third.reference}


def without_evidence(*given: Any) -> Any:
    raise ZeroDivisionError


def test_what_others_say_is_counted_without_the_two_and_without_what_was_corrected(people: Cast) -> None:
    """Of three with one account, one other; a report in its second version is still one report."""
    first = told(people.priya, KARL)
    told(people.tom, KARL)
    running = worker()
    running.round()
    basics = with_answer_states(Basics(what="He hurt me", suspects=(KARL,), where_words="Saltmere"), {})
    accept_disclosure(
        actor=as_reader(people.priya),
        at=database_now(),
        sender_key=first.sender_key,
        channel="counter",
        basics=basics,
    )
    running.round()
    told(people.tom, KARL)
    running.round()
    assert LinkReport.objects.get(disclosure=first).version == 2
    row = LinkCandidate.objects.order_by("-raised_at").first()
    assert row is not None
    accounts = [one["others"] for one in row.opened("evidence")["found"] if one["comparison"] == "account"]
    assert accounts == [1]
