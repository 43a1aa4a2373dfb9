"""A worker of the simulated month ends when the month does, whatever it is at."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from nightdesk.jobs.simulate_pager import Pager

NOW = datetime(2026, 10, 1, tzinfo=UTC)


class Still:
    """A world in which nothing happens by itself."""

    now, swept = NOW, False

    def __init__(self) -> None:
        self.acts: list[Callable[[], object]] = []

    def clock(self) -> datetime:
        """Always the same."""
        return NOW

    def later(self, at: datetime, act: Callable[[], object]) -> None:
        """Kept, to be done by hand."""
        self.acts.append(act)

    def acted(self) -> None:
        """Nothing follows."""

    def jobs(self) -> list[Any]:
        """None."""
        return []

    def is_out(self, *kinds: str) -> None:
        """Nothing is out."""

    def refuse_while_out(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """The database works."""
        return execute(sql, params, many, context)


@pytest.mark.parametrize("waits", [True, False])
def test_it_ends_also_while_it_waits_for_a_neighbour(waits: bool) -> None:
    """Else the month would never be over."""
    world = Still()
    pager = Pager(world, "worker_1", lambda pager, letter: "")

    def round_() -> bool:
        if waits:
            pager.hold(10)
        return True

    pager.worker = SimpleNamespace(try_round=round_, periodic=[])  # type: ignore[assignment]
    pager.begin(NOW)
    world.acts.pop(0)()  # it wakes, and is in the middle of a round when the month ends
    ending = threading.Thread(target=pager.end, daemon=True)
    ending.start()
    ending.join(20)
    assert not ending.is_alive()
