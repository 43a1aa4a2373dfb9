"""Where Splink counts in batch: DuckDB in this process, or Spark when one machine's memory is outgrown."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from nightdesk.jobs.splink_tables import connection
from nightdesk.linkage.dialects import DUCKDB, ENGINES, settings_in

Columns = dict[str, NDArray[Any]]


class Engine(Protocol):
    """One of them: makes a linker over a table, and reads what Splink predicted as columns."""

    name: str

    def linker(self, rows: Any, wanted: dict[str, Any]) -> Linker: ...

    def read(self, predicted: Any, columns: dict[str, str]) -> Columns: ...


class OnDuckDB:
    """An embedded database in memory, one for each linker; nothing is written to a file."""

    name = DUCKDB

    def linker(self, rows: Any, wanted: dict[str, Any]) -> Linker:
        """Splink over these rows."""
        api = DuckDBAPI(connection())
        return Linker(api.register(rows), wanted, log_level="ERROR", validate_settings=False)

    def read(self, predicted: Any, columns: dict[str, str]) -> Columns:
        """The columns by name, each of its type."""
        asked = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in columns.items())
        found = predicted.as_duckdbpyrelation().project(asked).fetchnumpy()
        return {name: np.asarray(found[name]) for name in columns}


class NotStarted(RuntimeError):
    """Spark is here and does not start: no Java, or no master where it should be."""


def engine(name: str, master: str = "local[2]") -> Engine:
    """The engine of this name; `master` says where Spark runs.

    Raises ValueError for none, ImportError without Spark, NotStarted where it does not start.
    """
    if name not in ENGINES:
        raise ValueError(f"“{name}” is no engine of linkage. Choose from: {', '.join(ENGINES)}.")
    if name == DUCKDB:
        return OnDuckDB()
    from nightdesk.jobs.splink_spark import OnSpark

    try:
        made: Engine = OnSpark(master)
    except Exception as fault:  # Spark, its bridge to Java and the system each have kinds of their own
        raise NotStarted(type(fault).__name__) from fault
    return made


def in_engine(wanted: dict[str, Any], engine: Engine, rules: list[str]) -> dict[str, Any]:
    """Splink's settings for this engine, with the rules that bring pairs together."""
    return {
        **settings_in(wanted, engine.name),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": engine.name} for rule in rules
        ],
    }
