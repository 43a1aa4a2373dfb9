"""Killed at any statement of any act, what was done is whole or not there; done again it is there exactly once."""

import json
from pathlib import Path

from bench.intake import prepared, python


def test_whatever_a_process_dies_of_nothing_is_half_done(migrated_database: str, tmp_path: Path) -> None:
    """SIGKILL before each statement, before each commit and right after it, on a database with real commits."""
    environment = prepared(tmp_path, migrated_database, ())
    points = json.loads(python(["-m", "tests.faults.crash"], environment))
    assert set(points) == {
        "Keeping",
        "Accepting",
        "Correcting",
        "Paging",
        "Answering",
        "Declining",
        "Sending",
        "Expiring",
        "Reminding",
        "Offering",
        "Reassigning",
        "Receiving",
        "WorkerRound",
    }
    # Fewer would mean that the act was not watched: an acceptance alone writes nine kinds of rows.
    assert points["Accepting"] > 12, points
    assert points["WorkerRound"] > 20, points
    assert all(number > 6 for number in points.values()), points
