"""What nobody saw in time: each death among 20,000 other reports finds its earlier relatives at the moment it is entered."""

from functools import cache
from typing import Any

import pytest

from bench._linkage_reports import reports
from nightdesk.linkage.extract import extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import nearest
from nightdesk.linkage.weights import shipped
from nightdesk.outside.nicknames import load_nicknames
from tests.linkage.scenario import COMPOSED, DEATHS

SHOWN = 10


@cache
def _others(seed: int) -> list[dict[str, Any]]:
    return reports(20_000, seed)


def _shown(seed: int) -> dict[str, list[str]]:
    """The first ten of each report of the series, as it came in: everything reported before it is there, nothing later."""
    weights, nicknames = shipped(), load_nicknames()
    index, shown = Index(weights.behaviours), {}
    ours = {told["id"] for told in COMPOSED}
    waiting = []
    for told in sorted([*_others(seed), *COMPOSED], key=lambda each: str(each["reported_on"])):
        report = extract(told, nicknames)
        if told["id"] in ours:
            index.add(waiting)
            waiting = []
            shown[told["id"]] = [found.id for found in nearest(report, index, weights, SHOWN)]
        waiting.append(report)
    return shown


@pytest.mark.parametrize("seed", [77, 78])
def test_each_death_finds_its_earlier_relatives_when_it_is_entered(seed: int) -> None:
    """The first death finds two disclosures; the second, of which only drug, place and app are known, three reports."""
    shown = _shown(seed)
    earlier = [told["id"] for told in COMPOSED]
    for death in DEATHS:
        before = set(earlier[: earlier.index(death["id"])])
        assert len(before & set(shown[death["id"]])) >= 2, death["id"]
    assert {"early2", "death1"} <= set(shown["death2"])
    assert {"death1", "death2"} <= set(shown["death3"])
