"""Which pairs of a group people are shown, and that two men of one report are never one group."""

import numpy as np

from nightdesk.jobs.linkage_groups import batch
from nightdesk.linkage.edges import Build, Edges
from nightdesk.linkage.extract import extract
from nightdesk.linkage.group_links import chosen, holding
from tests.linkage.reports import invented, weights
from tests.linkage.test_batch_groups import MAN

BITS = {(0, 1): 20.0, (0, 2): 12.0, (1, 2): 18.0, (2, 3): 16.0, (0, 3): -3.0, (1, 3): 1.0}


def test_the_strongest_pairs_that_hold_everybody_are_one_fewer_than_the_reports() -> None:
    assert holding(BITS) == [(0, 1), (1, 2), (2, 3)]
    assert holding({}) == []


def test_what_holds_comes_first_then_what_contradicts_most_then_the_rest() -> None:
    assert chosen(BITS, 5.0, most=40, against=10) == [(0, 1), (1, 2), (2, 3), (0, 3), (1, 3), (0, 2)]
    assert chosen(BITS, 5.0, most=4, against=1) == [(0, 1), (1, 2), (2, 3), (0, 3)]
    assert chosen(BITS, 5.0, most=1, against=0) == [(0, 1), (1, 2), (2, 3)]  # never in pieces


def test_pairs_are_known_whichever_of_them_is_named_first() -> None:
    build = Build(4, "w", -5.0, False, "duckdb")
    edges = Edges(build, list("abcd"), np.array([0, 1, 3]), np.array([1, 2, 2]), np.zeros(3))
    assert edges.among([(2, 3), (1, 0)]).tolist() == [True, False, True]
    assert edges.among([]).tolist() == [False] * 3


def test_two_men_of_one_report_are_never_in_one_group() -> None:
    """However alike what is told of them is: the first of them goes with the third report, or the second does."""
    night = {"act_on": "2026-01-05", "lat": 53.1, "lon": -1.2, "place_precision": "point"}
    his = [extract({"id": f"his{row}", **MAN, **night}, {}) for row in range(3)]
    many = invented()
    one, two = len(many), len(many) + 1
    found = batch([*many, *his], weights(), apart=[(one, two)])
    mine = [set(each.group.rows) for each in found.groups if two + 1 in each.group.rows]
    assert len(mine) == 1
    assert len(mine[0] & {one, two}) == 1
    assert not any({one, two} <= set(each.group.rows) for each in found.groups)


def test_a_small_force_counts_as_if_it_had_more_reports() -> None:
    few = [extract({"id": str(row), **MAN}, {}) for row in range(3)]
    assert batch(few, weights()).bar.even < batch(few, weights(), fewest=2000).bar.even
