"""Where linkage compares the whole database: read by the settings, and by a word that needs no database."""

from nightdesk.site import env


def engine_and_master() -> tuple[str, str]:
    """The engine, and where Spark runs; an engine that there is not stops the start."""
    engine = env.text("NIGHTDESK_LINKAGE_ENGINE", "duckdb")
    if engine not in ("duckdb", "spark"):
        raise env.BadSetting(f"NIGHTDESK_LINKAGE_ENGINE is “{engine}”. Write duckdb or spark.")
    return engine, env.text("NIGHTDESK_SPARK_MASTER", "local[2]")
