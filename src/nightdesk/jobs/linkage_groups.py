"""The whole database in groups that people may look at: pairs, then every pair within what hangs together, then groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nightdesk.jobs.splink_batch import compare_all, compare_parts, hold
from nightdesk.jobs.splink_engines import Engine
from nightdesk.linkage.edges import Edges, Progress, silent
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.groups import Bar, Group, fields, groups
from nightdesk.linkage.incident import incidents
from nightdesk.linkage.weights import Weights

APART: Final = -1000.0  # bits of two reports that are known to be about two men: no group bears that


@dataclass(frozen=True)
class Proposed:
    """A group with how many acts it tells of: one act told twice does not make a series longer."""

    group: Group
    acts: int


@dataclass(frozen=True)
class Batch:
    """What one batch found; `edges` are without the prior."""

    edges: Edges
    bar: Bar
    groups: tuple[Proposed, ...]


def batch(
    extracts: Sequence[Extract],
    weights: Weights,
    *,
    least: float = 0.0,
    engine: Engine | None = None,
    progress: Progress = silent,
    apart: Sequence[tuple[int, int]] = (),
    fewest: int = 0,
) -> Batch:
    """Compare all reports, given in order of coming. `least`: the bits of the weakest pair that is kept.

    `apart`: pairs of rows that are known to be about two men; no group has both. Fewer reports than `fewest` count as
    so many.
    """
    held = hold(extracts, weights, engine, progress, fewest)
    even = -held.prior_bits  # groups need the pairs from even odds on
    edges = _without(compare_all(held, min(least, even), progress), apart)
    bar = Bar.of(edges.build)
    field_of = fields(edges, bar)
    found = groups(_contradicted(compare_parts(held, field_of, progress), apart), field_of, bar)
    told = (Proposed(each, incidents([extracts[row] for row in each.rows])) for each in found)
    return Batch(edges, bar, tuple(told))


def _without(edges: Edges, apart: Sequence[tuple[int, int]]) -> Edges:
    keep = ~edges.among(apart)
    return replace(edges, earlier=edges.earlier[keep], later=edges.later[keep], bits=edges.bits[keep])


def _contradicted(edges: Edges, apart: Sequence[tuple[int, int]]) -> Edges:
    return replace(edges, bits=np.where(edges.among(apart), APART, edges.bits))
