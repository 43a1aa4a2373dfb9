"""A confirmed series is compared as one man: the best of what its members say."""

import pytest

from nightdesk.linkage.extract import extract
from nightdesk.linkage.scan import scan
from nightdesk.linkage.series import profile
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
