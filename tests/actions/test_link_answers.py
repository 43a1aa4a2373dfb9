"""Analysts answer, each blind to the other; a third decides; what they saw is kept."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.link_answers import answer_candidate, give_candidate, look_again
from nightdesk.actions.refusals import NotFound
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate, LinkMove
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.candidate import CandidateRefused
from tests.linkage_rows import analyst, answered, evidence, pair_of
from tests.people import as_reader


@pytest.fixture
def pair(cast: Any, now: Any) -> Any:
    """A candidate that nobody has answered."""
    return pair_of(cast, now)


def state(pair: Any) -> str:
    """Where it stands."""
    return str(LinkCandidate.objects.get(pk=pair.pk).state)


def test_two_who_agree_link_two_reports_into_a_series(cast: Any, now: Any, pair: Any) -> None:
    """One line each, and one for the series."""
    ines = analyst("ines", now)
    before = JournalLine.objects.count()
    assert answered(cast.wen, now, pair, "linked") == "one_in"
    assert not Series.objects.exists()
    assert JournalLine.objects.count() == before + 1
    assert answered(ines, now, pair, "linked") == "linked"
    assert {member.report_id for member in SeriesMember.objects.all()} == {pair.new_id, pair.earlier_id}
    kinds = list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))[before:]
    assert sorted(kinds) == ["candidate_answered", "candidate_answered", "series_changed"]


def test_a_line_about_an_answer_holds_no_answer(cast: Any, now: Any, pair: Any) -> None:
    """Nor a word of the grounds, nor the reference of a case: whoever reads the journal is as blind."""
    answered(cast.wen, now, pair, "not_linked", "MARKGROUNDS")
    line = JournalLine.objects.get(kind="candidate_answered")
    assert line.facts == {"candidate": str(pair.pk), "round": 1, "number": 1, "state": "one_in"}
    assert line.subject == ""
    assert "not_linked" not in json.dumps(line.facts)


def test_what_was_seen_stays_with_the_answer(cast: Any, now: Any, pair: Any) -> None:
    """Evidence, figures and model as of then, when they change afterwards."""
    answered(cast.wen, now, pair, "linked", "The same account.")
    row = LinkCandidate.objects.select_related("vault").get(pk=pair.pk)
    row.evidence, row.model, row.bits = evidence(found=()), "force-2", 1.0
    row.save()
    kept = LinkAnswer.objects.select_related("vault").get()
    assert (kept.model, kept.opened("grounds"), kept.opened("asked")) == (
        "shipped-2",
        "The same account.",
        None,
    )
    seen = kept.opened("evidence")
    assert seen["found"] == evidence()["found"]
    assert seen["seen"] == {"bits": 11.3, "prior": -10.0, "reports": 20_000, "rank": 1, "incident": ""}


def test_two_who_do_not_agree_ask_a_third_who_was_neither(cast: Any, now: Any, pair: Any) -> None:
    """Neither of the two may decide it."""
    ines, omar = analyst("ines", now), analyst("omar", now)
    answered(cast.wen, now, pair, "linked")
    assert answered(ines, now, pair, "not_linked") == "disagreed"
    for one in (cast.wen, ines):
        with pytest.raises(CandidateRefused, match="third analyst decides"):
            answered(one, now, pair, "linked", "I say so again.")
    assert answered(omar, now, pair, "not_linked") == "not_linked"
    assert not Series.objects.exists()
    assert list(LinkAnswer.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_one_analyst_never_answers_twice_but_sends_the_same_form_twice(
    cast: Any, now: Any, pair: Any
) -> None:
    """Deciding alone is not possible; a double click is no second answer."""
    answered(cast.wen, now, pair, "linked")
    assert answered(cast.wen, now, pair, "linked") == "one_in"
    with pytest.raises(CandidateRefused, match="waits for another analyst"):
        answered(cast.wen, now, pair, "not_linked")
    assert LinkAnswer.objects.count() == 1


def test_a_deciding_answer_sent_twice_counts_once(cast: Any, now: Any, pair: Any) -> None:
    """The same form again, after it has decided."""
    answered(cast.wen, now, pair, "linked")
    ines = analyst("ines", now)
    for _time in range(2):
        assert answered(ines, now, pair, "linked") == "linked"
    assert Series.objects.count() == 1


def test_more_is_asked_for_and_looked_at_again_by_both(cast: Any, now: Any, pair: Any) -> None:
    """What was asked is kept; a new round begins blind, with its own time."""
    ines = analyst("ines", now)
    answered(cast.wen, now, pair, "need_more")
    assert answered(ines, now, pair, "need_more") == "need_more"
    row = LinkCandidate.objects.get(pk=pair.pk)
    assert row.due_at == now + timedelta(days=7)
    assert {tuple(one.opened("asked")) for one in LinkAnswer.objects.select_related("vault")} == {("phone",)}
    with pytest.raises(CandidateRefused, match="what came"):
        look_again(actor=as_reader(ines), at=now, candidate=pair.pk, words=" ")
    later = now + timedelta(days=1)
    for _time in range(2):
        look_again(actor=as_reader(ines), at=later, candidate=pair.pk, words="The number came.")
    row.refresh_from_db()
    assert (row.state, row.round, row.due_at) == ("waiting", 2, later + timedelta(hours=72))
    assert LinkMove.objects.filter(candidate=row, move="look_again").count() == 1
    answered(cast.wen, later, pair, "linked")
    assert answered(ines, later, pair, "linked") == "linked"


def test_evidence_that_changed_under_the_page_is_read_again_first(cast: Any, now: Any, pair: Any) -> None:
    """Nobody answers about what they did not see."""
    seen = LinkCandidate.objects.get(pk=pair.pk).seen_mark()
    row = LinkCandidate.objects.select_related("vault").get(pk=pair.pk)
    row.evidence = evidence(found=())
    row.save()
    with pytest.raises(CandidateRefused, match="has changed"):
        answered(cast.wen, now, pair, "linked", seen=seen)
    assert state(pair) == "waiting"


def test_whoever_is_slower_is_told_and_loses_nothing_by_it(cast: Any, now: Any, pair: Any) -> None:
    """Their page took theirs for the second answer."""
    ines, omar = analyst("ines", now), analyst("omar", now)
    answered(cast.wen, now, pair, "linked")
    answered(ines, now, pair, "linked")
    with pytest.raises(CandidateRefused, match="still in the box"):
        answered(omar, now, pair, "not_linked")
    assert state(pair) == "linked"


@pytest.mark.parametrize("who", ["sana", "maud", "priya", "odile", "ben", "alex", "idris"])
def test_only_analysts_answer_take_and_look_again(cast: Any, now: Any, pair: Any, who: str) -> None:
    """Whatever a form sends."""
    actor = as_reader(getattr(cast, who))
    given = {"actor": actor, "at": now, "candidate": pair.pk}
    with pytest.raises(AccessRefused, match="analysts"):
        answer_candidate(**given, seat="blind", seen=pair.seen_mark(), answer="linked", grounds="x")
    with pytest.raises(AccessRefused, match="analysts"):
        give_candidate(**given, to="wen", seen="")
    with pytest.raises(AccessRefused, match="analysts"):
        look_again(**given, words="x")


def test_an_answer_without_grounds_or_that_is_none_is_refused(cast: Any, now: Any, pair: Any) -> None:
    """With what to do; and nothing is kept."""
    for answer, grounds, sentence in (("linked", " ", "grounds"), ("perhaps", "x", "Choose")):
        with pytest.raises(CandidateRefused, match=sentence):
            answered(cast.wen, now, pair, answer, grounds)
    with pytest.raises(NotFound):
        answer_candidate(
            actor=as_reader(cast.wen), at=now, candidate=uuid4(), seat="blind", seen="1-x", answer="linked", grounds="x"
        )  # fmt: skip
    assert not LinkAnswer.objects.exists()


def test_a_candidate_is_taken_given_and_left(cast: Any, now: Any, pair: Any) -> None:
    """What somebody else did since the page was opened is said; twice the same is once."""
    analyst("ines", now)
    actor = as_reader(cast.wen)

    def give(to: str, seen: str) -> str:
        give_candidate(actor=actor, at=now, candidate=pair.pk, to=to, seen=seen)
        row = LinkCandidate.objects.select_related("owner").get(pk=pair.pk)
        return row.owner.username if row.owner else ""

    assert [give("wen", ""), give("wen", ""), give("ines", "wen"), give("", "ines")] == [
        "wen",
        "wen",
        "ines",
        "",
    ]
    with pytest.raises(CandidateRefused, match="since the page was opened"):
        give("wen", "ines")
    for wrong in ("sana", "nobody"):
        with pytest.raises(CandidateRefused, match="from the list"):
            give(wrong, "")
    assert JournalLine.objects.filter(kind="candidate_given").count() == 3
