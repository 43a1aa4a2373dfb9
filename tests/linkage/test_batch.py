"""The whole database at once: the same bits as the scan, in parts, with how far it is."""

import numpy as np
import pytest

from nightdesk.jobs import splink_batch
from nightdesk.jobs.splink_batch import Held, compare_all, compare_parts, hold
from nightdesk.linkage.explain import explain
from tests.linkage.reports import composed, invented, weights

LEAST = 4.0


def held() -> Held:
    """Every corner of the comparisons, and some hundreds."""
    return hold([*composed(), *invented()], weights())


def bits_of(batch: Held, earlier: int, later: int) -> float:
    """What the explanation of a pair adds up to, the later report counted nowhere, as when it comes in."""
    batch.index.count(later, -1)
    try:
        return sum(each.bits for each in explain(batch.extracts[later], batch.index, batch.weights, earlier))
    finally:
        batch.index.count(later, 1)


def test_a_batch_gives_each_pair_the_bits_that_explain_it_rarity_included() -> None:
    batch = held()
    edges = compare_all(batch, LEAST)
    assert len(edges) > 50
    assert (edges.earlier < edges.later).all()
    assert len({(one, two) for one, two, _ in edges.named()}) == len(edges)
    for earlier, later, bits in zip(edges.earlier.tolist(), edges.later.tolist(), edges.bits, strict=True):
        assert bits == pytest.approx(bits_of(batch, earlier, later), abs=1e-4)
        assert bits >= LEAST


def test_the_facts_of_the_build_are_kept_with_the_pairs_and_the_prior_apart() -> None:
    batch = held()
    build = compare_all(batch, LEAST).build
    assert (build.reports, build.weights, build.engine) == (len(batch.extracts), "shipped-2", "duckdb")
    assert build.prior_bits == weights().prior_bits(len(batch.extracts))
    assert build.compared >= 50


def test_in_many_parts_it_finds_the_same_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, told = held(), []
    whole = compare_all(batch, LEAST)
    monkeypatch.setattr(splink_batch, "PAIRS_AT_ONCE", 60)
    cut = compare_all(batch, LEAST, lambda phase, done, of: told.append((phase, done, of)))
    assert sorted(cut.named()) == sorted(whole.named())
    parts = told[0][2]
    assert parts > 2
    assert told == [("comparing", done, parts) for done in range(parts + 1)]


def test_within_a_part_every_pair_is_given_whatever_stands_against_it() -> None:
    batch = held()
    parts = np.full(len(batch.extracts), -1)
    parts[[3, 20, 40, 60]] = 0
    parts[[5, 7]] = 1
    edges = compare_parts(batch, parts)
    found = {(int(one), int(two)) for one, two in zip(edges.earlier, edges.later, strict=True)}
    assert found == {(3, 20), (3, 40), (3, 60), (20, 40), (20, 60), (40, 60), (5, 7)}
    for earlier, later, bits in zip(edges.earlier.tolist(), edges.later.tolist(), edges.bits, strict=True):
        assert bits == pytest.approx(bits_of(batch, earlier, later), abs=1e-4)


def test_nothing_to_compare_is_no_pair() -> None:
    assert len(compare_all(hold([], weights()), LEAST)) == 0
    one = hold(list(invented()[:1]), weights())
    assert len(compare_all(one, LEAST)) == len(compare_parts(one, np.array([-1]))) == 0
