"""Weights are learned from the reports at hand, without anybody saying which are about one man."""

from nightdesk.jobs.linkage_training import train
from tests.linkage.reports import invented
from tests.linkage.test_hardening import faults


def test_weights_learned_from_a_few_hundred_reports_are_fit_for_use() -> None:
    """Most levels are never seen in so few: what is missing comes from the prior, and all of it is hard."""
    weights = train(invented(rows=600, seed=9), seed=1, version="few")
    assert weights.about["reports"] == 600
    for comparison in weights.comparisons:
        assert not faults(comparison, [each.bits for each in weights.levels[comparison.name]])
    assert weights.levels["name"][0].bits > 2 > 0 > weights.levels["name"][-1].bits
    assert weights.levels["place_home_point"][0].bits > 6
