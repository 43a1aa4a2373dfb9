"""Learn weights without labels: chance agreement from random pairs, agreement among true pairs by expectation maximisation.

A training that fails harms nothing: the old weights stay.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from splink import DuckDBAPI, Linker

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
Learned = dict[str, list[tuple[float | None, float | None]]]


def learn(
    extracts: Sequence[Extract], index: Index, comparisons: Sequence[Comparison], seed: int
) -> tuple[Learned, dict[str, Any]]:
    """m and u of every level, each None where nothing was learned, and what each run said of m."""
    rows = table(extracts, index)
    api = DuckDBAPI(connection())
    linker = Linker(api.register(rows), settings(comparisons), log_level="ERROR", validate_settings=False)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    runs: dict[str, Any] = {}
    for name, rule in KEYS.items():
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=BLOCK_PAIRS)
        except Exception as problem:
            runs[name] = type(problem).__name__
    return _read(linker.misc.save_model_to_json(), comparisons), runs


def _read(model: Mapping[str, Any], comparisons: Sequence[Comparison]) -> Learned:
    """The figures of a model by comparison and level."""
    found: Learned = {}
    for comparison, told in zip(comparisons, model["comparisons"], strict=True):
        levels = [each for each in told["comparison_levels"] if not each.get("is_null_level")]
        found[comparison.name] = [(each.get("m_probability"), each.get("u_probability")) for each in levels]
    return found
