"""A small fictional force, for the tests that look at one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db import transaction

from nightdesk.jobs.demo import make_force
from tests.databases import Remembered

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
COUNT = 90
KEPT: list[
    Remembered
] = []  # of this process: making the force takes most of a minute, putting its rows back a second


@pytest.fixture(scope="module")
def force(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small force, made once for all tests that look at one, and taken back at the end of each file."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(live_settings, "DEMO", True)
        if KEPT:
            KEPT[0].back()
        else:
            assert make_force(now=NOW, seed=22, count=COUNT) == COUNT
            KEPT.append(Remembered(None))
        yield
        transaction.set_rollback(True)
