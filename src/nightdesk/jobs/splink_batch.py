"""The whole database at once: Splink weighs every pair that shares a key. Never used at intake.

Pairs are made and weighed in parts of half a million, so that memory does not grow with their number; after each, how far it
is. What a shared value is worth by its rarity is added here, as the scan adds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker

from nightdesk.jobs.splink_engines import Columns, Engine, OnDuckDB, in_engine
from nightdesk.jobs.splink_tables import table
from nightdesk.linkage.blocking import NONE, blocks
from nightdesk.linkage.edges import Build, Edges, Progress, silent
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.pairs import Rarity
from nightdesk.linkage.splink_settings import settings
from nightdesk.linkage.weights import Weights

PAIRS_AT_ONCE = 500_000
MOST_RARITY = 12.0  # rarity lifts a pair by so many bits at most, or it is not looked at


@dataclass(frozen=True)
class Batch:
    """Pairs of rows, the later report second, with the bits of the model; the rarity of values is added after."""

    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    bits: NDArray[np.float64]
    levels: dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class Held:
    """The reports of one batch, and what is worked out once for all of its passes."""

    extracts: Sequence[Extract]
    index: Index
    weights: Weights
    rarity: Rarity
    engine: Engine
    fewest: int = 0  # fewer reports count as so many

    @property
    def prior_bits(self) -> float:
        """What stands against every pair."""
        return self.weights.prior_bits(max(len(self.extracts), self.fewest))

    def build(self, compared: int, left_out: dict[str, int]) -> Build:
        """The facts that a score can be worked out from again."""
        count, weights, prior = len(self.extracts), self.weights, self.prior_bits
        return Build(count, weights.version, prior, weights.ethnicity, self.engine.name, compared, left_out)


def hold(
    extracts: Sequence[Extract],
    weights: Weights,
    engine: Engine | None = None,
    progress: Progress = silent,
    fewest: int = 0,
) -> Held:
    """Make a batch ready. Reports are given in order of coming."""
    index = Index(weights.behaviours)
    index.add(extracts)
    progress("counting", 0, 1)
    rarity = Rarity(extracts, index, weights)
    progress("counting", 1, 1)
    return Held(extracts, index, weights, rarity, engine or OnDuckDB(), fewest)


def compare_all(held: Held, least: float, progress: Progress = silent) -> Edges:
    """Every pair that shares a key and has so much evidence, without the prior."""
    found = blocks(held.extracts)
    rules = [f"l.key_{key} = r.key_{key}" for key in found.columns]
    rows = table(held.extracts, held.index)
    for key, codes in found.columns.items():
        rows = rows.append_column(f"key_{key}", pa.array(codes, mask=codes == NONE))
    return _compare(held, rows, rules, found.pairs, least, progress, found.left_out)


def compare_parts(held: Held, parts: NDArray[np.int64], progress: Progress = silent) -> Edges:
    """Every pair within a part, whatever its evidence. `parts`: the number of each report's part, minus one for none."""
    within = np.flatnonzero(parts >= 0)
    sizes = np.bincount(parts[within]) if len(within) else np.zeros(1, np.int64)
    pairs = int((sizes * (sizes - 1) // 2).sum())
    rows = table(held.extracts, held.index).append_column("key_part", pa.array(parts))
    rows = rows.take(pa.array(within))
    return _compare(held, rows, ["l.key_part = r.key_part"], pairs, None, progress, {})


def _compare(
    held: Held,
    rows: pa.Table,
    rules: list[str],
    pairs: int,
    least: float | None,
    progress: Progress,
    left_out: dict[str, int],
) -> Edges:
    """In parts, each read and let go before the next."""
    parts = max(-(-pairs // PAIRS_AT_ONCE), 1)
    linker = _linker(held, rows, rules) if pairs else None
    found: list[tuple[NDArray[Any], ...]] = []
    progress("comparing", 0, parts)
    for part in range(1, parts + 1 if linker else 1):
        chunk = linker.inference.predict_chunk(  # type: ignore[union-attr]
            left_chunk=(part, parts),
            right_chunk=(1, 1),
            threshold_match_weight=None if least is None else least - MOST_RARITY,
        )
        found.append(_kept(held, read(held.engine, chunk, held.weights), least))
        chunk.drop_table_from_database_and_remove_from_cache()
        progress("comparing", part, parts)
    earlier, later, bits = (
        (np.concatenate(each) for each in zip(*found, strict=True)) if found else _nothing()
    )
    ids = [each.id for each in held.extracts]
    return Edges(held.build(pairs, left_out), ids, earlier, later, bits)


def _nothing() -> tuple[NDArray[Any], ...]:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def _kept(held: Held, batch: Batch, least: float | None) -> tuple[NDArray[Any], ...]:
    """Those with so much evidence once rarity is counted."""
    bits = batch.bits + held.rarity.more(batch.later, batch.levels)
    keep = bits >= (-np.inf if least is None else least)
    return batch.earlier[keep], batch.later[keep], bits[keep]


def pairs_of(
    extracts: Sequence[Extract],
    index: Index,
    weights: Weights,
    rule: str = "l.row % 97 = r.row % 97",
    engine: Engine | None = None,
) -> Batch:
    """Every pair that one rule brings together, before rarity: for comparing engines with the scan."""
    on = engine or OnDuckDB()
    wanted = in_engine(settings(weights.comparisons, weights.levels), on, [rule])
    return read(on, on.linker(table(extracts, index), wanted).inference.predict(), weights)


def _linker(held: Held, rows: pa.Table, rules: list[str]) -> Linker:
    wanted = settings(held.weights.comparisons, held.weights.levels)
    return held.engine.linker(rows, in_engine(wanted, held.engine, rules))


def read(engine: Engine, predicted: Any, weights: Weights) -> Batch:
    """Rows, bits and levels. Splink counts levels up from the worst, we from the best; unknown is minus one in both."""
    gammas = {f"gamma_{each.name}": "TINYINT" for each in weights.comparisons}
    found: Columns = engine.read(
        predicted, {"row_l": "BIGINT", "row_r": "BIGINT", "match_weight": "DOUBLE", **gammas}
    )
    first, second = found["row_l"], found["row_r"]
    levels = {}
    for each in weights.comparisons:
        gamma = found[f"gamma_{each.name}"]
        levels[each.name] = np.where(gamma < 0, -1, len(each.levels) - 1 - gamma).astype(np.int8)
    return Batch(np.minimum(first, second), np.maximum(first, second), found["match_weight"], levels)
