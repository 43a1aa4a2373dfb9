"""The public interest: no path to “look into it” that one person, the case's officer or the asker could walk."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import interest as rule
from nightdesk.rules.interest import InterestRefused, Seat
from nightdesk.rules.terms import ROLES

SEATS = [
    Seat(role, owner, asker, own_unit, voted, holder)
    for role, owner, asker, own_unit, voted, holder in product(ROLES, *[(True, False)] * 5)
]


@pytest.mark.parametrize("state", rule.STATES)
def test_neither_the_officer_of_the_case_nor_the_asker_ever_decides(state: str) -> None:
    """Whatever their rank and their unit; the asker may only take the question back."""
    for seat in SEATS:
        if seat.owner or seat.asker:
            assert set(rule.moves_for(state, seat)) <= {"take_back"}, seat


@pytest.mark.parametrize("state", rule.STATES)
def test_views_are_given_by_senior_officers_once(state: str) -> None:
    for seat in SEATS:
        if "vote" in rule.moves_for(state, seat):
            assert seat.role in ("supervisor", "commander")
            assert not seat.voted


@pytest.mark.parametrize("state", [rule.OUTSIDE_ASKED, rule.OUTSIDE_TAKEN])
def test_the_serious_kinds_are_decided_outside_the_unit(state: str) -> None:
    """Nobody of the case's unit; and only by whoever took it."""
    for seat in SEATS:
        moves = set(rule.moves_for(state, seat)) - {"take_back"}
        assert not (moves and seat.own_unit), seat
        if moves & {"leave", "pursue"}:
            assert seat.holder


@pytest.mark.parametrize("state", [rule.OUTSIDE_ASKED, *rule.OVER])
def test_words_are_for_who_had_to_do_with_it(state: str) -> None:
    """While anybody outside could take it, and once it is over: no rank and no unit reads them."""
    for seat in SEATS:
        part = seat.asker or seat.voted or (seat.owner and state in rule.OVER)
        assert rule.reads_words(state, seat, moved=False) == part, seat
        assert rule.reads_words(state, seat, moved=True)


def test_every_move_that_is_offered_is_in_the_table() -> None:
    """A button never leads nowhere; “vote” stands for both of the second view's."""
    for state, seat in product(rule.STATES, SEATS):
        for move in rule.moves_for(state, seat):
            votes = (True, True) if state == rule.ONE_VOTED else ()
            assert rule.after_move(state, move, votes=votes)[1] in rule.STATES


class Walk:
    """A decision walked through by random people; notes who did what."""

    def __init__(self, kind: str, against: bool) -> None:
        self.kind, self.state = kind, rule.first_state(kind, against=against)
        self.asked, self.views, self.taken, self.done = {"asker"}, {}, "", []  # type: ignore[var-annotated]

    def step(self, who: str, role: str, own_unit: bool, move: str, view: bool) -> None:
        """One try; what the rule refuses leaves everything as it was."""
        seat = Seat(
            role, owner=who == "owner", asker=who in self.asked, own_unit=own_unit, voted=who in self.views,
            holder=self.state == rule.OUTSIDE_TAKEN and self.taken == who,
        )  # fmt: skip
        before = self.state
        try:
            rule.refuse_unless_possible(self.state, move, seat)
        except InterestRefused:
            return
        if move == "vote":
            self.views[who] = view
        noted, self.state = rule.after_move(self.state, move, votes=tuple(self.views.values()))
        self.asked |= {who} if move == "put_to_two" else set()
        self.taken = who if move == "take" else self.taken
        self.done.append((who, role, own_unit, noted, before, self.state))


PEOPLE = ("asker", "owner", "first", "second", "third")
steps = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from((*rule.SENIOR, "soit", "counter")), st.booleans(),
        st.sampled_from(("confirm", "put_to_two", "vote", "take", "give_back", "leave", "pursue", "take_back")),
        st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(kind=st.sampled_from(rule.KINDS), against=st.booleans(), tried=steps)
def test_no_walk_goes_against_the_default_with_fewer_than_two_seniors(
    kind: str, against: bool, tried: list[tuple[str, str, bool, str, bool]]
) -> None:
    """Two different people, both against, both senior, neither the officer nor the asker. The serious: one, from outside."""
    walk = Walk(kind, against)
    for step in tried:
        walk.step(*step)
    if walk.state != rule.IN_INTEREST:
        return
    if kind in rule.WITH_DEFAULT:
        assert len(walk.views) == 2
        assert all(walk.views.values())
        assert not set(walk.views) & (walk.asked | {"owner"})
        assert all(role in rule.SENIOR for _w, role, _u, move, *_ in walk.done if move.startswith("vote"))
    else:
        who, _role, own_unit, _move, *_states = walk.done[-1]
        assert who not in ("asker", "owner")
        assert not own_unit
        assert walk.taken == who


@given(kind=st.sampled_from(rule.KINDS), against=st.booleans(), tried=steps)
def test_what_is_decided_stays_decided(
    kind: str, against: bool, tried: list[tuple[str, str, bool, str, bool]]
) -> None:
    """No move leaves an end, and each move begins where the last one ended."""
    walk = Walk(kind, against)
    begun = walk.state
    for step in tried:
        walk.step(*step)
    for _who, _role, _unit, _move, before, after in walk.done:
        assert before == begun
        assert before not in rule.OVER
        begun = after


def _walks() -> Iterator[tuple[list[bool], str]]:
    yield from (
        ([a, b], rule.IN_INTEREST if a and b else rule.NOT_IN_INTEREST)
        for a, b in product((True, False), repeat=2)
    )


@pytest.mark.parametrize(("votes", "state"), [*_walks()])
def test_only_two_against_go_against_the_default(votes: list[bool], state: str) -> None:
    assert rule.after_move(rule.AGAINST_ASKED, "vote", votes=votes[:1])[1] == rule.ONE_VOTED
    assert rule.after_move(rule.ONE_VOTED, "vote", votes=votes)[1] == state


def test_a_view_stays_hidden_until_both_are_in() -> None:
    """One's own is always seen; nobody else's before the end, whoever asks."""
    votes = [("ann", True), ("bea", False)]
    for state in (rule.AGAINST_ASKED, rule.ONE_VOTED):
        assert rule.seen_votes(state, "ann", votes) == {"ann": True}
        assert rule.seen_votes(state, "owner", votes) == {}
    for state in rule.OVER:
        assert rule.seen_votes(state, "owner", votes) == dict(votes)


@pytest.mark.parametrize(("kind", "against", "state"), [
    ("own_use", False, rule.DEFAULT_ASKED), ("social_supply", True, rule.AGAINST_ASKED),
    ("supply_for_gain", True, rule.OUTSIDE_ASKED), ("more_serious", False, rule.OUTSIDE_ASKED),
])  # fmt: skip
def test_each_kind_begins_where_it_must(kind: str, against: bool, state: str) -> None:
    assert rule.first_state(kind, against=against) == state
    with pytest.raises(InterestRefused, match="four kinds"):
        rule.first_state("hearsay", against=against)


@pytest.mark.parametrize("move", rule.WITH_REASONS)
def test_a_decision_without_reasons_is_refused(move: str) -> None:
    with pytest.raises(InterestRefused, match="Write your reasons"):
        rule.refuse_without_reasons(move, "  \n")
    rule.refuse_without_reasons(move, "Because.")


def test_who_may_ask() -> None:
    assert rule.may_ask(role="soit", own=True, own_unit=False)
    assert rule.may_ask(role="commander", own=False, own_unit=False)
    assert not rule.may_ask(role="soit", own=False, own_unit=False)
    assert not rule.may_ask(role="counter", own=False, own_unit=True)


def test_the_walks_reach_what_they_are_about() -> None:
    """The properties above are not empty: both ends are reached by a straight walk."""
    two = Walk("own_use", against=False)
    two.step("third", "supervisor", False, "put_to_two", False)
    two.step("third", "supervisor", False, "vote", True)  # has asked by now: refused
    for who in ("first", "second"):
        two.step(who, "supervisor", True, "vote", True)
    assert (two.state, set(two.views)) == (rule.IN_INTEREST, {"first", "second"})
    outside = Walk("more_serious", against=False)
    for who, move in (("first", "take"), ("second", "pursue"), ("first", "pursue")):
        outside.step(who, "soit", False, move, False)
    assert (outside.state, outside.done[-1][0]) == (rule.IN_INTEREST, "first")
