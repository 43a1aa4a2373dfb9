"""Figures are given with what they leave open, and by whom they are."""

import numpy as np
import pytest

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.measures import by_group, of_groups, per_hundred, recorded, wilson
from nightdesk.linkage.measures_told import told
from nightdesk.linkage.protocol import Outcome, _note
from tests.linkage.reports import weights


def test_a_share_has_the_interval_of_wilson() -> None:
    """As printed in the tables: 8 of 10; none and all of few leave much open."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 4) == pytest.approx((0.0, 0.4899), abs=1e-4)
    assert wilson(4, 4) == pytest.approx((0.5101, 1.0), abs=1e-4)
    assert wilson(0, 0) is None


def test_a_rate_for_a_hundred_reports_counts_how_unevenly_they_come() -> None:
    even, uneven = [1] * 100, [10] * 10 + [0] * 90
    assert per_hundred(even)[0] == per_hundred(uneven)[0] == 100.0
    wide = per_hundred(uneven)[1]
    assert wide is not None
    assert wide[0] < 60 < 140 < wide[1]
    assert per_hundred([0, 0, 0]) == (0.0, (0.0, 123.0))
    assert per_hundred([]) == (None, None)


def test_other_men_at_even_odds_or_above_are_counted_for_each_query() -> None:
    even = -weights().prior_bits(100)
    outcome, bits = Outcome(), np.zeros(100, dtype=np.float32)
    bits[:4] = even + 1, even + 0.01, even - 0.1, even + 2
    _note(outcome, 100, bits, np.arange(100) == 0, weights())
    assert outcome.wrong == {100: 2}


def test_groups_of_queries_are_counted_apart() -> None:
    outcome = Outcome(ranks={1: 3.0, 2: 40.0, 4: 1.0}, wrong={1: 0, 2: 5, 3: 1, 4: 0})
    found = by_group(outcome, {1: "victim", 2: "victim", 3: "victim", 4: "agency"})
    assert {name: (each["reports"], each["queries"], each["hit_at_10"]) for name, each in found.items()} == {
        "victim": (3, 2, 0.5),
        "agency": (1, 1, 1.0),
    }
    assert found["victim"]["false_per_100"] == 200.0


def test_who_records_no_ethnicity_is_a_group_of_its_own() -> None:
    held = [Extract("a", ethnicity="white"), Extract("b")]
    assert recorded(held, [0, 1]) == {0: "white", 1: "not recorded"}


def test_groups_are_pure_where_all_are_one_mans_and_pairs_are_counted() -> None:
    """Of seven reports about three men: a pure three, a mixed pair, one alone."""
    suspects = np.array([1, 1, 1, 1, 2, 2, 3])
    assert of_groups([[0, 1, 2], [3, 4], [5]], suspects) == {
        "groups": 2,
        "groups_pure": 0.5,
        "groups_largest": 3,
        "groups_pair_precision": 0.75,
        "groups_pair_recall": round(3 / 7, 4),
    }
    assert of_groups([], suspects, "components")["components_pure"] is None


def test_lines_for_people_show_both_ways_and_what_is_not_known() -> None:
    figures = {
        "reports": 9,
        "queries": 4,
        "hit_at_10": 0.5,
        "hit_at_10_interval": (0.2, 0.8),
        "false_per_100": 11.0,
    }
    one = {**figures, "false_per_100_interval": (0.0, 30.0)}
    other = {**one, "hit_at_10": None, "hit_at_10_interval": None}
    by = {"with_ethnicity": {"victim": one}, "without_ethnicity": {"victim": other}}
    lines = told({"n": 9, "train_s": None, "fairness": {"reporter": by}})
    assert lines[0].split() == ["n", "9"]
    assert lines[1].split() == ["train_s", "-"]
    assert lines[-1].split("  ")[0] == "victim"
    assert "0.500 (0.200 to 0.800)" in lines[-1]
    assert "11.0 (0.0 to 30.0)" in lines[-1]
