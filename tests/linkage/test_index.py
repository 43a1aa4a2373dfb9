"""An index is the same however it came about: at once, one by one, or after reports were corrected and taken out."""

from dataclasses import replace

import numpy as np
import pytest

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import nearest, scan
from tests.linkage.reports import composed, index_of, invented, weights


def held() -> list[Extract]:
    """Some hundreds, each with an id of its own."""
    return [*composed(), *invented()]


def by_id(index: Index, query: Extract) -> dict[str, float]:
    """The bits of each report that is still held."""
    return {
        key: float(bits) for key, bits in zip(index.ids, scan(query, index, weights()), strict=True) if key
    }


def assert_same(one: Index, other: Index, queries: list[Extract]) -> None:
    """The same reports with the same bits, rarity and near places included."""
    for query in queries:
        mine, theirs = by_id(one, query), by_id(other, query)
        assert mine.keys() == theirs.keys()
        assert max(abs(mine[key] - theirs[key]) for key in mine) < 1e-5


def test_reports_added_one_by_one_are_found_like_those_added_at_once() -> None:
    """In an index of its own for each way."""
    grown = Index(weights().behaviours)
    for each in held():
        grown.add([each])
    assert_same(grown, index_of(held()), held()[::23])


def test_a_dropped_report_is_as_if_it_had_never_come() -> None:
    """It is not found, and it makes no value common and no place crowded."""
    index, gone = index_of(held()), held()[::3]
    for row in range(0, len(index), 3):
        index.drop(row)
    left = [each for each in held() if each not in gone]
    assert_same(index, index_of(left), held()[::23])
    listed = [each.id for each in nearest(gone[0], index, weights(), most=len(index))]
    assert sorted(listed) == sorted(each.id for each in left)


def test_a_corrected_report_is_found_as_it_is_told_now() -> None:
    """The earlier form counts nowhere, also of one that is corrected twice."""
    index = index_of(held())
    corrected = [replace(each, handle="otterheron", stem="otterheron", age=44) for each in held()[::5]]
    again = [replace(each, age=45) for each in corrected[::2]]
    for each in [*corrected, *again]:
        index.drop(index.ids.index(each.id))
        index.add([each])
    now = {each.id: each for each in [*held(), *corrected, *again]}
    assert_same(index, index_of(list(now.values())), [corrected[0], *held()[::31]])


def test_a_report_that_is_not_counted_for_a_while_counts_as_before_afterwards() -> None:
    """Inside, what it says is as rare as without it."""
    index, query = index_of(held()), held()[40]
    before = by_id(index, query)
    index.count(40, -1)
    without = by_id(index, query)
    index.count(40, 1)
    left = index_of([each for each in held() if each is not query])
    del without[query.id]
    assert without == pytest.approx(by_id(left, query), abs=1e-5)
    assert by_id(index, query) == before


def test_an_index_of_which_all_is_dropped_answers() -> None:
    """With nothing."""
    index = index_of(held()[:20])
    for row in range(20):
        index.drop(row)
    assert nearest(held()[1], index, weights()) == []
    assert np.isneginf(scan(held()[1], index, weights())).all()
