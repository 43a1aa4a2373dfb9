"""The scan loses nothing, explains itself, and weighs what it should."""

from dataclasses import fields, replace

import numpy as np
import pytest

from nightdesk.linkage.explain import bits_of, explain, levels_of
from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.rarity import level_bits
from nightdesk.linkage.scan import nearest, scan
from tests.linkage.reports import COMPOSED, composed, index_of, invented, weights

EMPTY = Extract(id="x")
TOGETHER = (
    {"handle", "stem"},
    {"phone", "phone6", "phone4"},
    {"email", "email_local"},
    {"lat", "lon", "precision"},
    {"vehicle", "plate"},
    {"done", "not_done"},
)


def test_every_bit_of_the_scan_is_explained() -> None:
    """For every pair: the sum over its comparisons is its score."""
    held = [*composed(), *invented()]
    index = index_of(held)
    rows = np.arange(len(held))
    for query in held[:60]:
        total = scan(query, index, weights())
        parts = bits_of(query, index, weights(), levels_of(query, index, weights(), rows))
        assert np.abs(total - sum(parts.values())).max() < 1e-4


def test_a_pair_is_explained_by_what_both_sides_know() -> None:
    """Largest first; what one side lacks is not there at all."""
    index = index_of(composed())
    found = explain(composed()[1], index, weights(), 2)
    assert {each.comparison for each in found} == {"account", "phone", "age", "venue", "place_home_point"}
    assert found[0].level in ("same handle, other app", "same last four", "within 0.12 km")
    assert [abs(each.bits) for each in found] == sorted((abs(each.bits) for each in found), reverse=True)


def test_an_index_that_grew_is_the_same_as_one_made_at_once() -> None:
    """Reports that come one by one are found like those that were there before."""
    held = [*composed(), *invented()]
    grown = Index(weights().behaviours)
    for each in held:
        grown.add([each])
    at_once = index_of(held)
    for query in held[::17]:
        assert np.abs(scan(query, grown, weights()) - scan(query, at_once, weights())).max() < 1e-5


def test_the_first_report_of_all_has_no_candidates() -> None:
    """An empty index answers."""
    assert nearest(composed()[1], Index(weights().behaviours), weights()) == []


def test_the_nearest_are_the_best_in_order() -> None:
    """As many as asked for, best first."""
    index = index_of(list(invented()))
    query = replace(invented()[100], id="new")
    found = nearest(query, index, weights(), most=20)
    assert found[0].row == 100
    assert [each.bits for each in found] == sorted(scan(query, index, weights()).tolist(), reverse=True)[:20]


def test_a_report_without_anything_is_no_evidence_either_way() -> None:
    """Unknown is not no."""
    assert not scan(EMPTY, index_of([*composed(), *invented()]), weights()).any()


@pytest.mark.parametrize("name", [each.name for each in fields(Extract) if each.name not in ("id", "kind")])
def test_leaving_a_field_out_changes_a_score_by_its_own_bits(name: str) -> None:
    """Two fields reach further, by design: a handle silences the app, the venue says which places are compared."""
    index = index_of([*composed(), *invented()])
    gone = next((group for group in TOGETHER if name in group), {name})
    query = composed()[1]
    less = replace(query, **{each: getattr(EMPTY, each) for each in gone})
    rows = np.arange(len(index))
    before = bits_of(query, index, weights(), levels_of(query, index, weights(), rows))
    after = bits_of(less, index, weights(), levels_of(less, index, weights(), rows))
    changed = {each for each in before if np.abs(before[each] - after[each]).max() > 1e-6}
    reach = {
        "handle": {"account", "app"},
        "stem": {"account", "app"},
        "setting": {"place"},
        "app": {"account", "app"},
    }
    assert len({each.split("_")[0] for each in changed} - reach.get(name, set())) <= 1


def test_what_few_share_says_more() -> None:
    """A handle that many carry says less than one that nobody else has."""
    common = [extract({"id": f"g{row}", "handle": "chill"}, {}) for row in range(50)]
    rare = [extract({"id": "o", "handle": "ottersmith"}, {})]
    index = index_of([*common, *rare])
    bits = [float(scan(each, index, weights()).max()) for each in (common[0], rare[0])]
    assert 0 <= bits[0] < bits[1] - 3


def test_a_near_place_says_less_where_many_reports_are() -> None:
    """A sauna in town, and a lane in the hills."""
    where = {"venue": "sauna", "place_precision": "point"}
    town = [extract({"id": f"t{row}", **where, "lat": 52.5, "lon": -1.9}, {}) for row in range(300)]
    hills = [extract({"id": "h", **where, "lat": 54.4, "lon": -2.6}, {})]
    index = index_of([*town, *hills])
    assert scan(town[0], index, weights())[1] < scan(hills[0], index, weights())[-1]


def test_agreeing_in_one_more_thing_never_lowers_a_score() -> None:
    """For identifiers, codes and behaviours."""
    base = {"id": "a", "drug": "ghb_gbl"}
    more = {
        "handle": "foxden",
        "phone": "07700900123",
        "email": "f@mail.test",
        "name_used": "milan",
        "hair": "grey",
    }
    held = extract({**base, **more, "behaviours": ["filmed"]}, {})
    index = index_of([held, *invented()])
    poor = float(scan(extract(base, {}), index, weights())[0])
    for key, value in more.items():
        rich = float(scan(extract({**base, key: value}, {}), index, weights())[0])
        assert rich >= poor
    assert len(COMPOSED) == len(composed())


def test_rarity_never_leaves_the_bounds() -> None:
    """A handle that one in very many has is worth no more than the most; what all share is never evidence against."""
    many = [extract({"id": f"m{row}", "drug": "ghb_gbl", "handle": f"h{row}x"}, {}) for row in range(3000)]
    index = index_of(many * 30)
    for comparison in weights().comparisons:
        bits = level_bits(comparison, weights().levels[comparison.name], many[0], index)
        assert -6 <= bits.min() <= bits.max() <= 16
        if comparison.name in ("drug", "account"):
            assert bits[0] >= 0
