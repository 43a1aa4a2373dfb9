"""Groups are proposals by evidence: a chain through strangers makes none."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.linkage.edges import Build, Edges
from nightdesk.linkage.groups import Bar, Group, Link, connected, fields, groups

BUILD = Build(reports=20_000, weights="w", prior_bits=-10.0, ethnicity=True, engine="duckdb")
BAR = Bar.of(BUILD)
Pairs = dict[tuple[int, int], float]


def edges(count: int, pairs: Pairs) -> Edges:
    """Pairs of so many reports."""
    one, two = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return Edges(
        BUILD, [str(row) for row in range(count)], one, two, np.array([*pairs.values()], dtype=float)
    )


def grouped(count: int, pairs: Pairs, most: int = 40) -> list[Group]:
    """The groups of reports of which every pair has nought bits or what is said here."""
    whole = {pair: pairs.get(pair, 0.0) for pair in combinations(range(count), 2)}
    return groups(edges(count, whole), fields(edges(count, pairs), BAR), BAR, most)


def test_what_is_enough_follows_from_the_number_of_reports() -> None:
    assert Bar(even=10.0, start=16.0, hold=5.0) == BAR


def test_reports_linked_by_different_things_are_one_group_with_its_weakest_link() -> None:
    """One shared account, then one shared number: the outer two need share nothing against each other."""
    found = grouped(4, {(0, 1): 20.0, (1, 2): 17.0, (0, 2): 12.0})
    assert found == [Group((0, 1, 2), Link(1, 2, 17.0), mean=49 / 3)]


def test_a_chain_whose_ends_contradict_each_other_is_not_closed() -> None:
    """Two pairs of strangers met in the same sauna."""
    chain = {(0, 1): 25.0, (1, 2): 17.0, (2, 3): 25.0, (0, 2): -9.0, (0, 3): -12.0, (1, 3): -9.0}
    assert [group.rows for group in grouped(4, chain)] == [(0, 1), (2, 3)]
    assert len(set(connected(4, edges(4, chain).at_least(BAR.start)).tolist())) == 1


def test_one_place_where_everybody_goes_brings_nobody_together() -> None:
    """The more strangers one is linked with, the less each link counts."""
    hub = {(0, other): 17.0 for other in range(1, 9)}
    assert grouped(9, hub) == []
    assert [group.rows for group in grouped(2, {(0, 1): 17.0})] == [(0, 1)]


def test_a_group_stops_at_its_limit_and_says_so() -> None:
    every = dict.fromkeys(combinations(range(7), 2), 20.0)
    found = grouped(7, every, most=5)
    assert {len(group.rows) for group in found} <= {2, 3, 4, 5}
    assert all(group.full for group in found)


def test_a_field_too_large_to_look_at_is_cut_at_a_higher_bar() -> None:
    """What hangs together by the weakest links only falls into pieces; nothing else is touched."""
    chain: Pairs = {(row, row + 1): 30.0 if row % 3 else 10.5 for row in range(11)} | {(20, 21): 10.0}
    found = fields(edges(23, chain), BAR, most=5)
    assert np.bincount(found[found >= 0]).max() <= 5
    assert found[1] == found[2] == found[3] >= 0
    assert found[20] == found[21] >= 0
    assert found[22] == -1


def test_no_pair_is_no_group() -> None:
    assert grouped(3, {}) == []


@st.composite
def some_pairs(draw: st.DrawFn) -> Pairs:
    """Bits of every pair of some reports, all different."""
    pairs = list(combinations(range(draw(st.integers(2, 9))), 2))
    bits = draw(st.lists(st.integers(-20, 40), min_size=len(pairs), max_size=len(pairs)))
    return {
        pair: value + 0.001 * number for number, (pair, value) in enumerate(zip(pairs, bits, strict=True))
    }


@given(some_pairs())
@settings(max_examples=150, deadline=None)
def test_every_group_lies_within_what_hangs_together_and_holds_at_its_weakest_link(pairs: Pairs) -> None:
    """No report twice, none alone, never more than bare chains give, and the weakest link is one of the pair's own."""
    count = max(max(pair) for pair in pairs) + 1
    roots = connected(count, edges(count, pairs).at_least(BAR.start))
    seen: list[int] = []
    for group in grouped(count, pairs):
        seen += group.rows
        assert len(group.rows) > 1
        assert len({int(roots[row]) for row in group.rows}) == 1
        link = group.weakest
        assert pairs[(link.earlier, link.later)] == link.bits >= BAR.start
        bits = [pairs[pair] for pair in combinations(group.rows, 2)]
        assert abs(group.mean - sum(bits) / len(bits)) < 1e-9
    assert len(seen) == len(set(seen))


@given(some_pairs(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_pairs_are_told_changes_nothing(pairs: Pairs, random: object) -> None:
    mixed = list(pairs.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]
    count = max(max(pair) for pair in pairs) + 1
    assert grouped(count, pairs) == grouped(count, dict(mixed))
