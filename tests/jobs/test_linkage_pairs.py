"""A pair has one figure, whichever of its two reports was compared: as the later one sees it, for the alert and as kept."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from nightdesk.actions.link_candidates import Finding, Pair
from nightdesk.jobs.linkage import LISTED, OTHER_WAY, LinkageWorker
from nightdesk.jobs.linkage_held import Held
from nightdesk.linkage.plain import to_plain
from nightdesk.linkage.scan import nearest
from nightdesk.linkage.weights import chance
from nightdesk.outside.current import pack
from nightdesk.queries.link_held import Kept
from nightdesk.rules.candidate import ARRIVAL, DEATH, RERANK
from nightdesk.rules.pack_linkage import ALERT_PERCENT, DEATH_BITS
from tests.linkage.reports import invented, weights

pytestmark = pytest.mark.once("nothing of it is kept in a database")
ROWS = 240
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


class Compared:
    """Some invented reports held in memory, and every pair that comparing all of them made, by what was compared."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[Finding] = []
        monkeypatch.setattr("nightdesk.jobs.linkage.keep_candidates", self._keep)
        self.worker = LinkageWorker(threading.Event(), weights=weights(), now=lambda: FIRST)
        self.worker.reports.take(
            Kept(UUID(int=row + 1), UUID(int=row + 1), each.kind, FIRST + timedelta(hours=row), row + 1, to_plain(each))
            for row, each in enumerate(invented(ROWS, 11))
        )  # fmt: skip

    def _keep(self, *, at: datetime, found: Finding) -> dict[str, int]:
        self.found.append(found)
        return {}

    def pairs(self, why: str) -> Iterator[tuple[Held, Pair]]:
        """What was compared, and each pair of it."""
        for one in self.everyone():
            self.worker.compare(one, DEATH if one.extract.kind == "death" and why == ARRIVAL else why)
            for pair in self.found[-1].pairs:
                yield one, pair

    def everyone(self) -> list[Held]:
        """All that are held."""
        return [self.worker.reports.at(row) for row in range(ROWS)]

    def prior(self) -> float:
        """The prior of a pair."""
        return self.found[-1].prior


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Nothing compared yet."""
    return Compared(monkeypatch)


def listed(worker: LinkageWorker, one: Held) -> dict[UUID, tuple[int, float]]:
    """The list of a report: place and bits of each."""
    with worker.reports.uncounted(one):
        found = nearest(
            one.extract, worker.reports.index, worker.reports.weights, ROWS, worker.reports.beside(one)
        )
    return {UUID(each.id): (place, each.bits) for place, each in enumerate(found, 1)}


def is_likely(bits: float, prior: float) -> bool:
    return chance(bits, prior) * 100 >= pack().link_limits[ALERT_PERCENT].number


def test_a_pair_has_the_figure_of_its_later_report_whichever_was_compared(compared: Compared) -> None:
    """Bits, place in the list, evidence and alert are of one comparison; a report that was corrected finds no other pair."""
    lists = {one.id: listed(compared.worker, one) for one in compared.everyone()}
    from_earlier = 0
    for one, pair in compared.pairs(ARRIVAL):
        place, bits = lists[pair.new][pair.earlier]
        assert pair.bits == pytest.approx(bits, abs=1e-4)
        assert pair.bits == pytest.approx(sum(each["bits"] for each in pair.evidence["found"]), abs=0.02)
        assert abs(place - pair.rank) <= 3  # equals stand in any order
        shown_death = one.extract.kind == "death" and pair.bits >= pack().link_limits[DEATH_BITS].number
        assert is_likely(pair.bits, compared.prior()) or shown_death
        from_earlier += one.id == pair.earlier and abs(lists[pair.earlier][pair.new][1] - bits) > 0.5
    assert from_earlier > 5  # pairs that had another figure when the earlier report asked


def test_no_pair_is_missed_though_only_one_of_the_two_asks_at_night(compared: Compared) -> None:
    """Every pair that is likely to its later report is raised, once; the margin holds for what the earlier one asks."""
    wanted, nearby = set(), 0.0
    everyone = {one.id: one for one in compared.everyone()}
    for one in everyone.values():
        for other, (place, bits) in listed(compared.worker, one).items():
            if everyone[other].order < one.order and place <= LISTED:
                prior = compared.worker.reports.weights.prior_bits(2000)
                wanted |= {(one.id, other)} if is_likely(bits, prior) else set()
    made: list[Any] = [(pair.new, pair.earlier) for one, pair in compared.pairs(RERANK) if one.id == pair.new]
    assert len(made) == len(set(made))
    assert wanted <= set(made)
    assert len(wanted) > 20
    lists = {one.id: listed(compared.worker, one) for one in compared.everyone()}
    for new, others in lists.items():
        for other, (_place, bits) in others.items():
            if bits > 0:
                nearby = max(nearby, bits - lists[other][new][1])
    assert 0.5 < nearby < OTHER_WAY
