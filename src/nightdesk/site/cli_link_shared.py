"""What the words of linkage share: the engine and the weights of the settings, and how far a long step is."""

import sys
from typing import Any

from nightdesk.site.cli_start import Refused
from nightdesk.site.env_linkage import engine_and_master

NO_SPARK = "Spark is not here. Install the extra “spark” and Java 17, or set NIGHTDESK_LINKAGE_ENGINE=duckdb."
NO_START = (
    "Spark could not be started ({fault}). Check Java 17 and NIGHTDESK_SPARK_MASTER, or set "
    "NIGHTDESK_LINKAGE_ENGINE=duckdb."
)
NO_WEIGHTS = "{fault}. Check NIGHTDESK_LINK_WEIGHTS; without it the shipped weights are used."


def engine() -> Any:
    """The engine of the settings. Raises Refused where Spark or its Java is not here."""
    from nightdesk.jobs import splink_engines

    try:
        return splink_engines.engine(*engine_and_master())
    except ImportError as fault:
        raise Refused(NO_SPARK) from fault
    except splink_engines.NotStarted as fault:
        raise Refused(NO_START.format(fault=fault)) from fault


def weights() -> Any:
    """The weights in force, after start(). Raises Refused where their file is none."""
    from nightdesk.jobs.linkage import weights_in_force
    from nightdesk.linkage.weights import NoWeights

    try:
        return weights_in_force()
    except NoWeights as fault:
        raise Refused(NO_WEIGHTS.format(fault=fault)) from fault


def shown(phase: str, done: int, of: int) -> None:
    """How far a long step is, apart from what comes of it; of many small ones every hundredth."""
    if of > 1 and (done == of or done % max(of // 100, 1) == 0):
        print(f"{phase}: {done} of {of}", file=sys.stderr, flush=True)
