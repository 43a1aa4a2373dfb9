"""The whole database in groups that people may look at: pairs, then every pair within what hangs together, then groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from nightdesk.jobs.splink_batch import compare_all, compare_parts, hold
from nightdesk.jobs.splink_engines import Engine
from nightdesk.linkage.edges import Edges, Progress, silent
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.groups import Bar, Group, fields, groups
from nightdesk.linkage.incident import incidents
from nightdesk.linkage.weights import Weights


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
) -> Batch:
    """Compare all reports, given in order of coming. `least`: the bits of the weakest pair that is kept."""
    held = hold(extracts, weights, engine, progress)
    even = -weights.prior_bits(len(extracts))  # groups need the pairs from even odds on
    edges = compare_all(held, min(least, even), progress)
    bar = Bar.of(edges.build)
    field_of = fields(edges, bar)
    found = groups(compare_parts(held, field_of, progress), field_of, bar)
    told = (Proposed(each, incidents([extracts[row] for row in each.rows])) for each in found)
    return Batch(edges, bar, tuple(told))
