"""A confirmed series is compared as one man: the best of what its members say."""

from typing import Any
from uuid import UUID

import pytest

from nightdesk.linkage.extract import extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import scan
from nightdesk.linkage.series import fitting, profile
from nightdesk.linkage.uuids import Uuids
from tests.linkage.reports import HOME, index_of, invented, weights

MEMBERS = [
    {"id": "a", "handle": "ottersmith", "platform": "grindr", "venue": "sauna", "lat": 52.5, "lon": -1.9},
    {"id": "b", "tattoo_site": "neck", "tattoo_motif": "rose", **HOME},
    {"id": "c", "phone": "07700900123", "act_on": "2026-01-01"},
]
NEW = {
    "id": "n",
    "handle": "otter_smith",
    "platform": "grindr",
    "tattoo_site": "neck",
    "phone": "0123",
    **HOME,
}


def test_each_member_gives_what_it_knows_best() -> None:
    """Account from one, mark and home from another, number from the third; more together than any alone."""
    index = index_of([*(extract(each, {}) for each in MEMBERS), *invented()])
    new = extract(NEW, {})
    found = {each.comparison: each.row for each in profile(new, index, weights(), [0, 1, 2])}
    assert found["account"] == 0
    assert found["tattoo"] == 1
    assert found["phone"] == 2
    assert [name for name in found if name.startswith("place")] == ["place_home_point"]
    together = sum(each.bits for each in profile(new, index, weights(), [0, 1, 2]))
    assert together > max(scan(new, index, weights())[:3])


def test_a_series_of_one_is_that_report() -> None:
    """The same bits as the scan gives it."""
    index = index_of([*(extract(each, {}) for each in MEMBERS), *invented()])
    new = extract(NEW, {})
    for row in range(3):
        alone = sum(each.bits for each in profile(new, index, weights(), [row]))
        assert alone == pytest.approx(float(scan(new, index, weights())[row]), abs=1e-4)


def test_what_fits_a_whole_series_comes_first_and_no_member_is_listed() -> None:
    """A report that shares one thing with each of three is nearer than one that shares one thing with one."""
    one = {"id": "one", "handle": "otter_smith", "platform": "grindr"}
    told = [*(extract(each, {}) for each in MEMBERS), *invented(), extract(NEW, {}), extract(one, {})]
    index = index_of(told)
    found = fitting([0, 1, 2], index, weights(), 200)
    assert found[0].id == "n"
    assert found[0].bits > next(each.bits for each in found if each.id == "one")
    assert not {"a", "b", "c"} & {each.id for each in found}
    assert {each.row for each in found[0].best} == {0, 1, 2}
    assert len(fitting([0, 1, 2], index_of([extract(each, {}) for each in MEMBERS]), weights(), 5)) == 0


@pytest.mark.parametrize("ids", [list, Uuids])
def test_members_are_found_however_their_ids_are_held(ids: Any) -> None:
    """In a list, and in numbers as the worker holds them; one that is dropped is found no more."""
    keys = [UUID(int=number) for number in range(1, 6)]
    index = Index(weights().behaviours, ids())
    index.add([extract({"id": str(key)}, {}) for key in keys])
    index.drop(1)
    assert index.rows_with([keys[4], keys[1], keys[0], UUID(int=9)]) == [0, 4]


def test_a_report_that_stands_no_more_fits_nothing() -> None:
    index = index_of([*(extract(each, {}) for each in MEMBERS), *invented(), extract(NEW, {})])
    index.drop(len(index) - 1)
    assert "n" not in {each.id for each in fitting([0, 1, 2], index, weights(), 50)}
