"""Who must say why before opening a case, and one case with everything in it. The queue: test_queue.py."""

from datetime import datetime
from typing import Any

from nightdesk.actions.referrals import acknowledge_page
from nightdesk.queries import cases
from tests.actions.paging import MINUTE, raise_one, step, token_of
from tests.people import as_reader
from tests.records.taking import MARKED, take


def test_who_must_say_why_before_opening(cast: Any, now: datetime) -> None:
    """The owner and the unit's specialists need not; everybody else must; an unknown case is none."""
    told = raise_one(cast, now)
    needs = {
        name: cases.needs_reason(as_reader(staff), told.reference) for name, staff in cast.staff().items()
    }
    assert {name for name, must in needs.items() if not must} == {"sana", "rae", "maud"}
    assert cases.needs_reason(as_reader(cast.sana), "AAAA-AAAA") is None


def test_a_case_has_everything_that_a_specialist_needs(cast: Any, now: datetime) -> None:
    """Opened after the reading was journalled."""
    told = take(cast, now, MARKED)
    step(now)
    acknowledge_page(at=now + MINUTE, token=token_of(cast.sana))
    seen = cases.case(as_reader(cast.sana), told.reference, now + MINUTE)
    assert seen is not None
    assert (seen.basics, seen.station, seen.channel, seen.owner, seen.mine) == (
        MARKED,
        "Harrow Lane",
        "counter",
        "Sana",
        True,
    )
    assert seen.clock is not None
    assert (seen.versions, seen.clock.time_known, seen.clock.runs_from) == (((1, now, "Priya"),), False, now)
    assert [(m["move"], m["by"]) for m in seen.moves] == [("page", ""), ("acknowledge", "Sana")]
    assert seen.paging is not None
    assert seen.paging.answered_by == "Sana"
    assert seen.proposed is not None
    assert cases.case(as_reader(cast.sana), "AAAA-AAAA", now) is None
