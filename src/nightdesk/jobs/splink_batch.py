"""The whole database at once: Splink on DuckDB weighs every pair that shares a strong key. Never used at intake."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from nightdesk.jobs.splink_tables import connection, table
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.splink_settings import settings
from nightdesk.linkage.weights import Weights

# Keys that bring pairs together in batch. They hold about an eighth of all true pairs: good for groups, not for intake.
KEYS = (
    "l.handle = r.handle AND l.often = 0 AND r.often = 0",
    "l.stem = r.stem AND l.often = 0 AND r.often = 0",
    "l.phone = r.phone",
    "l.phone6 = r.phone6",
    "l.email = r.email",
    "l.plate = r.plate",
    "l.cell = r.cell AND l.name = r.name",
    "l.cell = r.cell AND l.drug = r.drug AND l.venue = r.venue",
    "l.phone4 = r.phone4 AND l.name = r.name",
    "l.district = r.district AND l.name = r.name AND l.app = r.app",
)


@dataclass(frozen=True)
class Batch:
    """Pairs of rows, the later report second, with the bits of the model; the rarity of values is added after."""

    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    bits: NDArray[np.float64]
    levels: dict[str, NDArray[np.int8]]


def every_pair_with_a_key(extracts: Sequence[Extract], index: Index, weights: Weights, least: float) -> Batch:
    """All pairs that share a key and reach so many bits."""
    rules = [{"blocking_rule": key, "sql_dialect": "duckdb"} for key in KEYS]
    linker = _linker(extracts, index, weights, rules)
    return _read(linker.inference.predict(threshold_match_weight=least), weights)


def pairs_of(
    extracts: Sequence[Extract], index: Index, weights: Weights, rule: str = "l.row % 97 = r.row % 97"
) -> Batch:
    """Every pair that one rule brings together: for comparing Splink with the scan."""
    linker = _linker(extracts, index, weights, [{"blocking_rule": rule, "sql_dialect": "duckdb"}])
    return _read(linker.inference.predict(), weights)


def _linker(
    extracts: Sequence[Extract], index: Index, weights: Weights, rules: list[dict[str, str]]
) -> Linker:
    wanted = settings(weights.comparisons, weights.levels)
    wanted["blocking_rules_to_generate_predictions"] = rules
    api = DuckDBAPI(connection())
    return Linker(api.register(table(extracts, index)), wanted, log_level="ERROR", validate_settings=False)


def _read(predicted: Any, weights: Weights) -> Batch:
    """Rows, bits and levels. Splink counts levels up from the worst, we from the best; unknown is minus one in both."""
    wanted = ["row_l", "row_r", "match_weight", *(f"gamma_{each.name}" for each in weights.comparisons)]
    found = predicted.as_duckdbpyrelation().project(", ".join(wanted)).fetchnumpy()
    first, second = found["row_l"].astype(np.int64), found["row_r"].astype(np.int64)
    levels = {}
    for each in weights.comparisons:
        gamma = found[f"gamma_{each.name}"].astype(np.int8)
        levels[each.name] = np.where(gamma < 0, -1, len(each.levels) - 1 - gamma).astype(np.int8)
    return Batch(np.minimum(first, second), np.maximum(first, second), found["match_weight"], levels)
