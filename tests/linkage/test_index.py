"""An index is the same however it came about: at once, one by one, or after reports were corrected and taken out."""

from dataclasses import replace

import numpy as np

from nightdesk.linkage.extract import Extract, extract
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
    assert all(index.drop(each.id) for each in gone)
    left = [each for each in held() if each not in gone]
    assert_same(index, index_of(left), held()[::23])
    listed = [each.id for each in nearest(gone[0], index, weights(), most=len(index))]
    assert sorted(listed) == sorted(each.id for each in left)


def test_a_corrected_report_is_found_as_it_is_told_now() -> None:
    """The earlier form counts nowhere."""
    index = index_of(held())
    corrected = [replace(each, handle="otterheron", stem="otterheron", age=44) for each in held()[::5]]
    for each in corrected:
        index.replace(each)
    now = {each.id: each for each in [*held(), *corrected]}
    assert_same(index, index_of(list(now.values())), [corrected[0], *held()[::31]])


def test_a_report_corrected_twice_and_then_dropped_is_gone() -> None:
    """Each id stands for one row at most."""
    index = index_of(held()[:50])
    for age in (30, 31):
        index.replace(extract({"id": "c1", "age": age}, {}))
    assert index.ids.count("c1") == 1
    assert index.drop("c1")
    assert not index.drop("c1")
    assert index.row_of("c1") is None


def test_what_is_not_held_cannot_be_dropped() -> None:
    """An unknown id, and the empty one that a dropped row keeps, change nothing."""
    index = index_of(held()[:20])
    index.drop("c3")
    assert not index.drop("nobody")
    assert not index.drop("")
    assert sum(1 for key in index.ids if key) == 19


def test_an_index_of_which_all_is_dropped_answers() -> None:
    """With nothing."""
    index = index_of(held()[:20])
    for each in held()[:20]:
        index.drop(each.id)
    assert nearest(held()[1], index, weights()) == []
    assert np.isneginf(scan(held()[1], index, weights())).all()
