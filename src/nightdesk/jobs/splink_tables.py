"""Extracts as a table that DuckDB reads in place: the only form in which Splink sees a report."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from nightdesk.linkage.extract import Extract
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
    known = np.array([each.lat is not None for each in extracts])
    for name, axis in zip("xyz", index.places.xyz, strict=True):
        columns[name] = pa.array(axis.array, pa.float32(), mask=~known)
    columns["cell"] = pa.array([_cell(each) for each in extracts], pa.string())
    return pa.table(columns)


def _cell(extract: Extract) -> str | None:
    """The square of 300 m a place lies in; only for places known well enough."""
    if extract.lat is None or extract.lon is None or extract.precision > 1:
        return None
    return f"{int(extract.lat // CELL)} {int(extract.lon // (CELL * 1.6))}"


def connection(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """An embedded database in memory; nothing is written to a file."""
    return duckdb.connect(":memory:", config={"threads": threads, "temp_directory": ""})
