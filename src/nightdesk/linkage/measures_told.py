"""Figures in lines for people: one a line, and a table for each way of grouping reports."""

from collections.abc import Mapping
from typing import Any

WITH, WITHOUT = "with_ethnicity", "without_ethnicity"
HEADS = ("reports", "asked", "hit@10", "without ethnicity", "false per 100", "without ethnicity")
NAMES = {
    "reporter": "By who reported",
    "ethnicity": "By the ethnicity that was recorded",
    "all": "All together",
}


def told(result: Mapping[str, Any]) -> list[str]:
    """Every figure; by group with and without the comparison of ethnicity, each with its interval."""
    plain = [f"{key:32} {_one(value)}" for key, value in result.items() if key != "fairness"]
    return [
        *plain,
        *(line for name, ways in result.get("fairness", {}).items() for line in _table(name, ways)),
    ]


def _one(value: Any) -> str:
    return "-" if value is None else str(value)


def _table(name: str, ways: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """One row a group."""
    rows = [
        (
            group,
            str(figures["reports"]),
            str(figures["queries"]),
            _share(figures),
            _share(ways[WITHOUT][group]),
            _rate(figures),
            _rate(ways[WITHOUT][group]),
        )
        for group, figures in ways[WITH].items()
    ]
    lines = [(NAMES.get(name, name), *HEADS), *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS) + 1)]
    folded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )
    return ["", *(line.rstrip() for line in folded)]


def _share(figures: Mapping[str, Any]) -> str:
    return _between(figures["hit_at_10"], figures["hit_at_10_interval"], 3)


def _rate(figures: Mapping[str, Any]) -> str:
    return _between(figures["false_per_100"], figures["false_per_100_interval"], 1)


def _between(value: float | None, ends: tuple[float, float] | None, places: int) -> str:
    """A figure with its interval."""
    if value is None or ends is None:
        return "-"
    low, high = ends
    return f"{value:.{places}f} ({low:.{places}f} to {high:.{places}f})"
