"""The whole database in groups to look at: opened, compared in batch, kept as proposals that people decide about."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any, Final
from uuid import UUID

from nightdesk.actions.link_groups import BatchFound, GroupFound, keep_groups
from nightdesk.actions.link_reports import note_reports_opened
from nightdesk.jobs.linkage_groups import Batch, Proposed, batch
from nightdesk.jobs.splink_engines import Engine
from nightdesk.linkage.edges import Progress, silent
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.group_links import chosen, holding
from nightdesk.linkage.incident import incident
from nightdesk.linkage.index import Index
from nightdesk.linkage.plain import evidence, from_plain
from nightdesk.linkage.scan import place_of
from nightdesk.linkage.weights import Weights
from nightdesk.outside.current import pack
from nightdesk.queries.link_groups import (
    already,
    newest_change,
    pairs_decided,
    standing_count,
    waiting_reports,
)
from nightdesk.queries.link_held import Kept, standing_reports
from nightdesk.rules import link_group as rule
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.candidate import BATCH, NOT_LINKED, UNLINKED
from nightdesk.rules.pack_linkage import FEWEST

ONLY_LIKELY: Final = (
    math.inf
)  # pairs under even odds are in no group: not kept, or memory would grow with all that is compared


@dataclass(frozen=True)
class Opened:
    """Everything that stands, in order of coming: forms, ids, and of which change and source each is."""

    extracts: list[Extract]
    ids: list[UUID]
    seqs: list[int]
    sources: list[UUID]


@dataclass(frozen=True)
class Done:
    """What a batch came to."""

    reports: int
    compared: int
    counts: dict[str, int]


def open_all(progress: Progress = silent) -> Opened:
    """Open what stands, in the order in which it was told; what was destroyed is left out."""
    told: list[tuple[Kept, Extract]] = []
    for kept in standing_reports(SYSTEM):
        told += [(one, from_plain(one.plain, str(one.id))) for one in kept if one.plain is not None]
        progress("opened", len(told), len(told))
    told.sort(key=lambda each: (each[0].reported_at, each[0].id))
    return Opened(
        [extract for _one, extract in told], [one.id for one, _ in told], [one.seq for one, _ in told],
        [one.source for one, _ in told],
    )  # fmt: skip


def propose_groups(
    *,
    actor: Reader,
    clock: Callable[[], datetime],
    weights: Weights,
    engine: Engine | None = None,
    progress: Progress = silent,
) -> Done:
    """Compare everything with everything and keep the groups, in place of those of the batch before."""
    seq = newest_change(SYSTEM)  # before anything is opened: what comes meanwhile is for the next one
    note_reports_opened(actor=actor, at=clock(), why=BATCH, count=standing_count(SYSTEM))
    opened = open_all(progress)
    found = batch(
        opened.extracts, weights, least=ONLY_LIKELY, engine=engine, progress=progress, apart=_apart(opened),
        fewest=pack().link_limits[FEWEST].number,
    )  # fmt: skip
    wanted, left = _wanted(found, opened)
    kept = BatchFound(
        model=weights.version, engine=found.edges.build.engine, prior=found.edges.build.prior_bits,
        ethnicity=weights.ethnicity, reports=len(opened.ids), compared=found.edges.build.compared,
        seq=seq, groups=_groups(wanted, found, opened, weights, progress), left=left,
    )  # fmt: skip
    counts = keep_groups(actor=actor, at=clock(), found=kept)
    return Done(len(opened.ids), found.edges.build.compared, counts)


def _apart(opened: Opened) -> list[tuple[int, int]]:
    """Pairs of rows that are about two men: told of in one report, or decided so by analysts."""
    rows = {str(key): row for row, key in enumerate(opened.ids)}
    decided = pairs_decided(SYSTEM, NOT_LINKED, UNLINKED)
    found = [(rows[one], rows[two]) for one, two in decided if one in rows and two in rows]
    of_source: dict[UUID, list[int]] = {}
    for row, source in enumerate(opened.sources):
        of_source.setdefault(source, []).append(row)
    return found + [pair for same in of_source.values() for pair in combinations(same, 2)]


def _wanted(found: Batch, opened: Opened) -> tuple[list[Proposed], int]:
    """The groups that people have not decided about, largest and strongest first; how many are not shown.

    What waits already stays in, however many came before it: it was found again.
    """
    known = already(SYSTEM)
    decided = known.by_report()
    every = [(each, frozenset(str(opened.ids[row]) for row in each.group.rows)) for each in found.groups]
    fresh = [one for one in every if not rule.left_out(one[1], known, decided)]
    fresh.sort(key=lambda each: (-each[0].acts, -each[0].group.mean, each[0].group.rows))
    waits = waiting_reports(SYSTEM) if len(fresh) > rule.MOST_KEPT else frozenset()
    wanted = [
        each for place, (each, reports) in enumerate(fresh) if place < rule.MOST_KEPT or reports in waits
    ]
    return wanted, len(found.groups) - len(wanted)


def _groups(
    wanted: Sequence[Proposed], found: Batch, opened: Opened, weights: Weights, progress: Progress
) -> list[GroupFound]:
    """Each with the evidence of its pairs, as a candidate keeps it."""
    index = Index(weights.behaviours)
    index.add(opened.extracts if wanted else [])
    made = []
    for number, each in enumerate(wanted, start=1):
        pairs = Pairs(each.group.rows, opened, index, weights)
        members = tuple((opened.ids[row], opened.seqs[row]) for row in each.group.rows)
        links = list(pairs.links(found))
        group = each.group
        made.append(GroupFound(members, each.acts, group.weakest.bits, group.mean, group.full, links))
        progress("explained", number, len(wanted))
    return made


class Pairs:
    """All pairs of a group, explained as the worker explains a candidate."""

    def __init__(self, rows: Sequence[int], opened: Opened, index: Index, weights: Weights) -> None:
        self.opened, self.index, self.weights = opened, index, weights
        self.kept: dict[tuple[int, int], dict[str, Any]] = {}
        for later in rows:
            with self._uncounted(later):
                for earlier in (row for row in rows if row < later):
                    mine, theirs = opened.extracts[later], opened.extracts[earlier]
                    self.kept[earlier, later] = evidence(mine, theirs, index, weights, earlier)
        self.bits = {
            pair: float(sum(piece["bits"] for piece in kept["found"])) for pair, kept in self.kept.items()
        }

    @contextmanager
    def _uncounted(self, row: int) -> Iterator[None]:
        """Inside, what a report says itself makes nothing more common."""
        self.index.count(row, -1)
        try:
            yield
        finally:
            self.index.count(row, 1)

    def links(self, found: Batch) -> Iterator[dict[str, Any]]:
        """Those that people are shown; `rank`: of the earlier report in the list of the later one, else 0."""
        holds, ids = set(holding(self.bits)), self.opened.ids
        for pair in chosen(self.bits, found.bar.hold, rule.LINKS_KEPT, rule.AGAINST_KEPT):
            earlier, later = pair
            mine, theirs = self.opened.extracts[later], self.opened.extracts[earlier]
            yield {
                "new": str(ids[later]), "earlier": str(ids[earlier]), "holds": pair in holds,
                "contradicts": self.bits[pair] < found.bar.hold, "rank": self._rank(pair) if pair in holds else 0,
                "bits": self.bits[pair], "incident": incident(mine, theirs), "evidence": self.kept[pair],
            }  # fmt: skip

    def _rank(self, pair: tuple[int, int]) -> int:
        """As the worker finds it: among all, as the later one sees them, without other men of its source."""
        earlier, later = pair
        source = self.opened.sources[later]
        beside = [row for row, each in enumerate(self.opened.sources) if each == source]
        with self._uncounted(later):
            return place_of(self.opened.extracts[later], self.index, self.weights, earlier, beside)[0]
