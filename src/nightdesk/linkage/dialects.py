"""The comparisons in the words of each engine. DuckDB's text is the one source; another engine's is made from it.

What differs is listed, never written twice: a level that is changed for one engine is changed for all of them.
"""

from collections.abc import Mapping
from typing import Any, Final

DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
ENGINES: Final = (DUCKDB, SPARK)
# Jaro-Winkler and Damerau-Levenshtein on Spark come from the archive that Splink brings along.
WORDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    DUCKDB: (),
    SPARK: (
        ("jaro_winkler_similarity(", "jaro_winkler("),
        ("len(list_intersect(", "size(array_intersect("),
        ('"', "`"),
    ),
}


def in_dialect(text: str, engine: str) -> str:
    """A condition written for DuckDB, as the engine reads it."""
    for ours, theirs in WORDS[engine]:
        text = text.replace(ours, theirs)
    return text


def settings_in(settings: Mapping[str, Any], engine: str) -> dict[str, Any]:
    """Splink's settings with every condition as the engine reads it."""
    return {
        **settings,
        "comparisons": [
            {
                **comparison,
                "comparison_levels": [
                    {**level, "sql_condition": in_dialect(level["sql_condition"], engine)}
                    for level in comparison["comparison_levels"]
                ],
            }
            for comparison in settings["comparisons"]
        ],
    }
