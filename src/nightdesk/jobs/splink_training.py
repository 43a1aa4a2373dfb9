"""Learn weights without labels: chance agreement from random pairs, agreement among true pairs by expectation maximisation.

A training that fails harms nothing: the old weights stay.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from statistics import median
from typing import Any

from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException

from nightdesk.jobs.splink_tables import connection, table
from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.splink_settings import settings

RANDOM_PAIRS = 2_000_000
BLOCK_PAIRS = 300_000
# Keys that bring pairs together strongly. A run cannot learn what its own key fixes, so the third names the places too.
KEYS = {
    "same phone": "l.phone = r.phone",
    "same account": "l.handle = r.handle AND l.app = r.app AND l.often = 0",
    "same name within 300 m": "l.name = r.name AND l.cell = r.cell AND l.x IS NOT NULL AND r.x IS NOT NULL",
}
ROUNDS = (20, 8, 3)
LOST = 1e-4  # an m under this is a run that fed itself
Figures = dict[str, list[float | None]]
Pair = tuple[float | None, float | None]
Learned = dict[str, list[Pair]]


def learn(
    extracts: Sequence[Extract], index: Index, comparisons: Sequence[Comparison], seed: int
) -> tuple[Learned, dict[str, str]]:
    """m and u of every level, each None where nothing was learned, and the keys that taught nothing, with why."""
    rows = table(extracts, index)
    linker = _linker(rows, settings(comparisons))
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    model = linker.misc.save_model_to_json()
    chances = _figures(model, "u_probability")
    runs, failed = [], {}
    for name, rule in KEYS.items():
        try:
            runs.append(_run(rows, model, rule))
        except (ValueError, EMTrainingException) as problem:
            failed[name] = type(problem).__name__
    return {each.name: _together(each, chances, runs) for each in comparisons}, failed


def _linker(rows: Any, wanted: dict[str, Any]) -> Linker:
    api = DuckDBAPI(connection())
    return Linker(api.register(rows), wanted, log_level="ERROR", validate_settings=False)


def _run(rows: Any, model: dict[str, Any], rule: str) -> Figures:
    """m from the pairs of one key, in a linker of its own: a run that fails leaves the one it was in without comparisons.

    It fails where a level's m falls to nothing, round after round; fewer rounds stop before.
    """
    for rounds in ROUNDS[:-1]:
        with suppress(ValueError):
            return _rounds(rows, model, rule, rounds)
    return _rounds(rows, model, rule, ROUNDS[-1])


def _rounds(rows: Any, model: dict[str, Any], rule: str, most: int) -> Figures:
    linker = _linker(rows, {**model, "max_iterations": most})
    linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=BLOCK_PAIRS)
    return _figures(linker.misc.save_model_to_json(), "m_probability")


def _figures(model: Mapping[str, Any], name: str) -> Figures:
    """One figure of each level of a model, by comparison; None where it is not there."""
    return {
        told["output_column_name"]: [
            each.get(name) for each in told["comparison_levels"] if not each.get("is_null_level")
        ]
        for told in model["comparisons"]
    }


def _together(comparison: Comparison, chances: Figures, runs: Sequence[Figures]) -> list[Pair]:
    """The median of what the runs say of each level; what one run lost altogether does not count."""
    found: list[Pair] = []
    for number in range(len(comparison.levels)):
        said = [run[comparison.name][number] for run in runs if comparison.name in run]
        seen = [m for m in said if m is not None and m >= LOST]
        found.append((median(seen) if seen else None, chances[comparison.name][number]))
    return found
