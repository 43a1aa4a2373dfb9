"""The demo has groups to look at without anybody giving a command."""

import threading
from typing import Any

import pytest

from nightdesk.jobs import demo_groups
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_groups import LinkGroup
from tests.jobs.test_linkage import KARL, told


@pytest.fixture
def ended(cast: Any, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Three reports of one man are here, and the demo is about to end; its thread would close the test's connection."""
    monkeypatch.setattr(demo_groups.LinkageWorker, "run", lambda worker: None)
    for _time in range(3):
        told(cast.priya, KARL)
    stop = threading.Event()
    stop.set()
    return stop


def test_when_all_is_compared_groups_are_proposed_once(ended: threading.Event) -> None:
    demo_groups.run_linkage(ended)
    assert LinkGroup.objects.get().members.count() == 3
    assert JournalLine.objects.filter(kind="groups_proposed").count() == 1


def test_without_groups_the_demo_goes_on(
    ended: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**given: Any) -> Any:
        raise ValueError("MARKVALUE")

    monkeypatch.setattr(demo_groups, "propose_groups", fails)
    demo_groups.run_linkage(ended)
    assert JournalLine.objects.filter(kind="linkage_begun").count() == 1
    assert "MARKVALUE" not in caplog.text
