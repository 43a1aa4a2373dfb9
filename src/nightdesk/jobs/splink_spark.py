"""Splink on Spark: the same comparisons and the same pairs on many machines. Needs the extra `spark` and Java 17.

What is compared must not lie about in clear: nothing is written as a table, what Spark spills is encrypted under a key that
ends with the session, and there is no page and no log of events.
"""

import warnings
from functools import cache
from typing import Any

import numpy as np
from pyspark.sql import SparkSession
from splink import Linker
from splink.backends.spark import SparkAPI, similarity_jar_location

from nightdesk.jobs.splink_engines import Columns
from nightdesk.linkage.dialects import SPARK

API: Any = SparkAPI  # it says no types
KINDS = {"TINYINT": np.int8, "BIGINT": np.int64, "DOUBLE": np.float64}
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.eventLog.enabled": "false",
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.network.crypto.enabled": "true",
    "spark.authenticate": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.caseSensitive": "true",
}


@cache
def session(master: str) -> SparkSession:
    """One session in this process for each place to run. `local[2]` is this machine with two threads."""
    made = SparkSession.builder.master(master).appName("nightdesk linkage")
    made = made.config("spark.jars", similarity_jar_location())
    for name, value in SETTINGS.items():
        made = made.config(name, value)
    return made.getOrCreate()


class OnSpark:
    """Splink over a Spark session."""

    name = SPARK

    def __init__(self, master: str) -> None:
        self.session = session(master)
        self.session.sparkContext.setLogLevel("ERROR")

    def linker(self, rows: Any, wanted: dict[str, Any]) -> Linker:
        """Splink over these rows. Kept in memory between its steps, where its own way would write files."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Spark tells of its own older names
            api = API(spark_session=self.session, break_lineage_method="persist")
        frame = self.session.createDataFrame(rows)
        return Linker(api.register(frame), wanted, log_level="ERROR", validate_settings=False)

    def read(self, predicted: Any, columns: dict[str, str]) -> Columns:
        """The columns by name, each of its type."""
        asked = [f"CAST({name} AS {kind}) AS {name}" for name, kind in columns.items()]
        found = self.session.table(predicted.physical_name).selectExpr(*asked).toArrow()
        return {name: found[name].to_numpy().astype(KINDS[kind]) for name, kind in columns.items()}
