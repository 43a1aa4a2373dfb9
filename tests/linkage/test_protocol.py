"""The bench counts as its protocol says."""

import numpy as np
import pytest

from nightdesk.linkage.extract import extract
from nightdesk.linkage.protocol import (
    Outcome,
    _note,
    exact,
    jaccard,
    run,
    sample,
    without_shared_identifier,
)
from nightdesk.linkage.scan import scan
from tests.linkage.reports import index_of, invented, weights


def test_ties_count_half_and_only_queries_with_a_relative_count() -> None:
    """Two better, two equal: the fourth place."""
    outcome = Outcome()
    bits = np.array([9.0, 8.0, 5.0, 5.0, 5.0, 1.0], dtype=np.float32)
    _note(outcome, 6, bits, np.array([False, False, True, False, False, False]), weights())
    _note(outcome, 7, bits, np.zeros(6, dtype=bool), weights())
    assert outcome.ranks == {6: 4.0}
    assert (outcome.hit(3), outcome.hit(4), outcome.hit(4, set())) == (0.0, 1.0, None)
    assert outcome.auc() == pytest.approx((4 + 7) / 2 / 11 + 4 / 22 / 2, abs=0.2)


def test_queries_come_from_the_last_three_quarters() -> None:
    """The same ones for the same seed, in order."""
    chosen = sample(1000, 100, 4)
    assert chosen == sorted(set(chosen)) == sample(1000, 100, 4)
    assert min(chosen) >= 250


def test_a_query_is_ranked_against_what_came_before_it_only() -> None:
    """Its own twin that comes later is not there."""
    held = list(invented())
    suspects = np.arange(len(held))
    suspects[[10, 200, 300]] = 10
    found = run(
        held,
        suspects,
        weights(),
        [200, 300],
        {"scan": scan, "exact": exact, "jaccard": jaccard},
        (lambda: 0.0, lambda: 0.0),
    )
    assert set(found["scan"].ranks) == {200, 300}
    assert found["scan"].true.sum() == 1 + 2
    assert found["scan"].true.sum() + found["scan"].false.sum() == 500


def test_a_generic_handle_is_no_shared_identifier() -> None:
    """Nine men called chill share nothing; an ending is shared."""
    told = [{"id": f"g{row}", "handle": "chill"} for row in range(9)] + [
        {"id": "a", "phone": "0123"},
        {"id": "b", "phone": "07700900123"},
    ]
    suspects = np.array([1] * 9 + [2, 2])
    assert without_shared_identifier([extract(each, {}) for each in told], suspects, [8, 10]) == {8}


def test_the_baselines_count_what_is_equal() -> None:
    """Equal identifiers; shared behaviours as a part of all."""
    one = extract({"id": "a", "handle": "fox", "phone": "0123", "behaviours": ["filmed", "choked"]}, {})
    two = extract({"id": "b", "handle": "fox", "phone": "07700900123", "behaviours": ["filmed"]}, {})
    index = index_of([one])
    assert exact(two, index, weights()).tolist() == [2.0]
    assert jaccard(two, index, weights()).tolist() == [0.5]
