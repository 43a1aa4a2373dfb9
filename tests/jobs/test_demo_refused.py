"""Invented people are never written beside real ones."""

from datetime import datetime
from typing import Any

import pytest

from nightdesk.jobs.demo import DemoRefused, make_force
from nightdesk.records.staff import Staff


def test_no_force_is_made_outside_the_demo(db: None, now: datetime) -> None:
    with pytest.raises(DemoRefused, match="not a demo"):
        make_force(now=now, seed=22)
    assert not Staff.objects.exists()


def test_no_force_is_made_beside_real_accounts(cast: Any, settings: Any, now: datetime) -> None:
    settings.DEMO = True
    before = Staff.objects.count()
    with pytest.raises(DemoRefused, match="not of the demo"):
        make_force(now=now, seed=22)
    assert Staff.objects.count() == before


def test_too_few_disclosures_to_show_every_state_are_refused(db: None, settings: Any, now: datetime) -> None:
    settings.DEMO = True
    with pytest.raises(DemoRefused, match="40"):
        make_force(now=now, seed=22, count=39)


def test_a_force_that_is_ended_half_way_was_never_there(db: None, settings: Any, now: datetime) -> None:
    settings.DEMO = True

    def ended(acts: int) -> None:
        if acts == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_force(now=now, seed=22, count=40, tick=ended)
    assert not Staff.objects.exists()
    assert make_force(now=now, seed=22, count=40) == 40
