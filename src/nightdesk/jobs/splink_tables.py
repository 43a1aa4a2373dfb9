"""Extracts as a table that DuckDB reads in place: the only form in which Splink sees a report."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.forms import generic_from
from nightdesk.linkage.index import Index

TEXTS = (
    "handle", "stem", "app", "phone", "phone6", "phone4", "email", "email_local", "name", "build", "ethnicity",
    "hair", "vehicle", "plate", "venue", "drug", "delivery",
)  # fmt: skip
NUMBERS = ("age", "height", "day", "precision", "setting")
CELL = 0.003  # degrees of latitude: about 300 m


def table(extracts: Sequence[Extract], index: Index) -> pa.Table:
    """One row for each extract, in the order of the index, unknown as null."""
    columns: dict[str, Any] = {"row": pa.array(range(len(extracts)), pa.int64())}
    for name in TEXTS:
        columns[name] = pa.array([getattr(each, name) or None for each in extracts], pa.string())
    for name in NUMBERS:
        columns[name] = pa.array([getattr(each, name) for each in extracts], pa.int32())
    columns["tattoo"] = pa.array([list(each.tattoo) or None for each in extracts], pa.list_(pa.string()))
    masks = [index.masks(each) for each in extracts]
    columns["done"] = pa.array([mask and mask[0] for mask in masks], pa.int64())
    columns["absent"] = pa.array([mask and mask[1] for mask in masks], pa.int64())
    known = np.array([each.lat is not None for each in extracts], dtype=bool)
    for name, axis in zip("xyz", index.places.xyz, strict=True):
        columns[name] = pa.array(axis.array, pa.float32(), mask=~known)
    columns["cell"] = pa.array([_cell(each) if each.precision < 2 else None for each in extracts])
    columns["often"] = pa.array(_often(extracts, index), pa.int8())
    return pa.table(columns)


def _often(extracts: Sequence[Extract], index: Index) -> list[int]:
    """One where a handle is carried by too many to bring pairs of one man together."""
    most = generic_from(len(extracts))
    column = index.columns["handle"]
    counts = column.counts.array
    return [
        int(bool(each.handle) and counts[column.vocabulary.number(each.handle)] > most) for each in extracts
    ]


def _cell(extract: Extract) -> str | None:
    """The square a place lies in."""
    if extract.lat is None or extract.lon is None:
        return None
    return f"{int(extract.lat // CELL)} {int(extract.lon // (CELL * 1.6))}"


def connection(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """An embedded database in memory; nothing is written to a file."""
    return duckdb.connect(":memory:", config={"threads": threads, "temp_directory": ""})
