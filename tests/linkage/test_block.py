"""A block puts into an index just what was taken out of another one; no other form is read."""

import json
import zlib
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.linkage.block import BlockUnreadable, extract_at, form_of, from_bytes, rows_at, to_bytes
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.joint import distinct
from nightdesk.linkage.letters import letters_of, letters_of_many
from nightdesk.linkage.packing import Packing
from nightdesk.linkage.scan import scan
from nightdesk.linkage.uuids import Uuids, pairs_of
from tests.linkage.reports import composed, invented, weights

SPACE = UUID(int=11)
EVERY = [replace(each, id=str(uuid5(SPACE, each.id))) for each in (*composed(), *invented())]


def fresh() -> Index:
    return Index(weights().behaviours, Uuids())


def index_of(extracts: list[Extract]) -> Index:
    index = fresh()
    index.add(extracts)
    return index


def packed(index: Index, rows: Any) -> bytes:
    """Some rows of an index as the bytes of a block."""
    at = np.asarray(rows, dtype=np.int64)
    return to_bytes(rows_at(index, at, pairs_of(index.ids[row] for row in at.tolist()), {"seqs": at}))


def assert_same(one: Index, other: Index) -> None:
    """Row for row the same bits, and each value counted the same."""
    assert [one.ids[row] for row in range(len(one))] == [other.ids[row] for row in range(len(other))]
    for query in EVERY[::29]:
        assert scan(query, one, weights()).tolist() == scan(query, other, weights()).tolist()
    for name, column in one.columns.items():
        theirs = other.columns[name]
        assert column.known == theirs.known, name
        assert {v: column.carried(v) for v in column.vocabulary.values[1:] if column.carried(v)} == {
            v: theirs.carried(v) for v in theirs.vocabulary.values[1:]
        }, name


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, len(EVERY) - 1), max_size=30, unique=True), st.integers(1, 200))
def test_an_index_of_blocks_is_the_index_of_its_reports(gone: list[int], size: int) -> None:
    """In parts of any size, some rows dropped before; a value that only they had is counted nowhere."""
    whole = index_of(EVERY)
    for row in gone:
        whole.drop(row)
    left = [row for row in range(len(EVERY)) if row not in gone]
    made = fresh()
    for start in range(0, len(left), size):
        rows = from_bytes(packed(whole, left[start : start + size]))
        assert rows.beside["seqs"].tolist() == left[start : start + size]
        made.take(rows)
    assert_same(index_of([EVERY[row] for row in left]), made)


def test_an_extract_is_made_again_out_of_its_row() -> None:
    """Also one without anything, and one whose form can say no."""
    made = fresh()
    made.take(from_bytes(packed(index_of(EVERY), range(len(EVERY)))))
    assert [extract_at(made, row) for row in range(len(EVERY))] == EVERY


def test_what_is_no_block_is_not_read() -> None:
    """Cut short, without a head, or without a column."""
    whole = packed(index_of(EVERY), range(30))
    empty = json.dumps({"values": {}, "arrays": []}).encode()
    for broken in (b"", whole[:-20], zlib.compress(b"\x09\x00\x00\x00nonsense!"),
                   zlib.compress(len(empty).to_bytes(4, "little") + empty)):  # fmt: skip
        with pytest.raises(BlockUnreadable, match="made anew"):
            from_bytes(broken)


@pytest.mark.parametrize("change", ["a value that is not there", "shorter", "no list"])
def test_a_block_whose_columns_do_not_fit_is_not_read(change: str) -> None:
    """Refused before an index takes a part of it: a worker that begins opens its reports instead."""
    rows = rows_at(index_of(EVERY), np.arange(30), pairs_of(each.id for each in EVERY[:30]), {})
    values, which = rows.columns["hair"]
    assert which is not None
    held = {"a value that is not there": (values, which + 90), "shorter": (values, which[:9])}
    if change == "no list":
        head = json.dumps({"values": [], "arrays": None}).encode()
        content = zlib.compress(len(head).to_bytes(4, "little") + head)
    else:
        content = to_bytes(replace(rows, columns={**rows.columns, "hair": held[change]}))
    with pytest.raises(BlockUnreadable):
        from_bytes(content)


def test_the_form_of_a_block_tells_its_behaviours() -> None:
    """In their order: a bit stands for a place in the list."""
    assert form_of(["a", "b"]) == form_of(("a", "b"))
    assert len({form_of(each) for each in (["a", "b"], ["b", "a"], ["a"], ["a", "b", "c"])}) == 4


def test_spans_are_made_when_enough_is_in_no_block() -> None:
    """Full ones stay; one that is not half full is made anew with what follows; what has one number stays together."""
    packing = Packing(full=10, few=4)
    assert packing.spans(np.arange(1, 4), []) == []
    assert packing.spans(np.arange(1, 26), []) == [(0, 10), (10, 20), (20, 25)]
    assert packing.spans(np.arange(1, 28), [(0, 10, 10), (10, 20, 10), (20, 25, 5)]) == []
    there = [(0, 10, 10), (10, 20, 10), (20, 24, 4)]
    assert packing.spans(np.arange(1, 29), there) == [(20, 28)]
    assert packing.spans(np.arange(1, 29), [there[1], there[2]]) == [(0, 10), (20, 28)]
    assert packing.spans(np.array([3] * 14 + [7] * 3), []) == [(2, 3), (6, 7)]
    # one that is small between full ones, and has nothing to be joined with, is left alone
    assert packing.spans(np.arange(1, 29), [(0, 10, 10), (10, 13, 3), (13, 20, 7)]) == [(20, 28)]


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1))
def test_combinations_are_found_whatever_their_numbers(rows: list[tuple[int, ...]]) -> None:
    """Also where all numbers together would be too large for one."""
    for scale in (1, 1 << 27):
        columns = [np.array(column, dtype=np.int64) * scale for column in zip(*rows, strict=True)]
        first, which = distinct(columns)
        assert sorted({rows[at] for at in first.tolist()}) == sorted(set(rows))
        assert [rows[first[each]] for each in which.tolist()] == rows


@given(st.lists(st.text(max_size=12)))
def test_letters_of_many_are_the_letters_of_each(texts: list[str]) -> None:
    """Empty ones too."""
    assert letters_of_many(texts).tolist() == [letters_of(text) for text in texts]


def test_ids_are_found_again() -> None:
    """All rows of each; one that was let go is found no more."""
    ids, keys = Uuids(), [uuid5(SPACE, str(number % 6)) for number in range(10)]
    ids.extend(keys)
    assert ids.rows_of([keys[1], uuid5(SPACE, "x")]) == {keys[1]: [1, 7]}
    ids[7] = ""
    assert (ids.rows_of(keys[1:3]), ids[7], ids[2]) == ({keys[1]: [1], keys[2]: [2, 8]}, "", str(keys[2]))
    assert (len(ids), ids.rows_of([])) == (10, {})
