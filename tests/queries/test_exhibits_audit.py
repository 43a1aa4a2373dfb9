"""What the auditor sees of exhibits: all units, who and when; never a description, a corrected value or a person."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.destruction import ask_for_destruction, decide_destruction, lift_hold, place_hold
from nightdesk.actions.exhibit_correction import correct_exhibit
from nightdesk.actions.stores import note_fault
from nightdesk.queries.exhibits_audit import STATES, audit_exhibit, audit_register
from nightdesk.records.exhibits import Custody, Exhibit
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.exhibit_correction import Facts
from tests.actions.exhibits import enter, fridge, move
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)


@pytest.fixture
def kept(cast: Any, now: datetime) -> Exhibit:
    """In a fridge that had a power cut; corrected, asked for, not allowed; under a hold that was lifted."""
    made, store = enter(cast, now, seal="MARKSEAL1"), fridge(cast, now)
    move(made, cast.priya, "stored", now, store.code)
    note_fault(actor=as_reader(cast.priya), at=now + HOUR, code=store.code, kind="power_cut")
    facts = replace(Facts("urine_pot", now, "", "MARKSEAL2"), description="MARKNEW")
    common = {"actor": as_reader(cast.sana), "at": now + HOUR, "code": made.code}
    correct_exhibit(**common, number=0, reason="misread", facts=facts)
    ask_for_destruction(**common, reason="spoilt")
    decide_destruction(actor=as_reader(cast.maud), at=now + 2 * HOUR, code=made.code, allowed=False)
    told = {"actor": as_reader(cast.maud), "reference": made.disclosure.reference}
    place_hold(**told, at=now + 3 * HOUR, reason="court")
    lift_hold(**told, at=now + 4 * HOUR)
    return made


def test_the_chain_with_whoever_noted_it_and_all_that_was_done(
    kept: Exhibit, cast: Any, now: datetime
) -> None:
    """Oldest first, each with its name and time."""
    seen = audit_exhibit(as_reader(cast.odile), kept.code, now + 5 * HOUR)
    assert seen
    assert [(link.what, link.noted_by) for link in seen.links] == [("taken", "Priya"), ("stored", "Priya")]
    assert [(step.what, step.which, step.by) for step in seen.steps] == [
        ("corrected", "seal", "Sana"), ("corrected", "description", "Sana"), ("asked", "spoilt", "Sana"),
        ("not_allowed", "spoilt", "Maud"), ("held", "court", "Maud"), ("lifted", "court", "Maud"),
    ]  # fmt: skip
    assert ([fault[1] for fault in seen.faults], seen.breaks) == (["power_cut"], ())


def test_nothing_that_was_written_is_in_it(kept: Exhibit, cast: Any, now: datetime) -> None:
    """Neither now nor before; nor a seal that was corrected."""
    odile = as_reader(cast.odile)
    shown = repr(audit_exhibit(odile, kept.code, now)) + repr(audit_register(odile, now))
    assert kept.code in shown
    for never in ("MARKPOT", "MARKNEW", "MARKSEAL2"):
        assert never not in shown


def test_every_exhibit_of_every_unit_is_counted(kept: Exhibit, cast: Any, now: datetime) -> None:
    """The counts match what each state lists."""
    enter(cast, now)
    whole = audit_register(as_reader(cast.odile), now + 30 * 24 * HOUR)
    assert (whole.total, whole.counts["links"], whole.counts["faults"], whole.counts["faulty"]) == (
        2,
        3,
        1,
        1,
    )
    assert (whole.counts["corrected"], whole.counts["asked"], whole.counts["overdue"]) == (1, 0, 2)
    for state in STATES:
        some = audit_register(as_reader(cast.odile), now + 30 * 24 * HOUR, state=state)
        assert len(some.rows) == some.total == whole.counts[state]
    found = audit_register(as_reader(cast.odile), now, text=kept.code[:7].lower())
    assert [row.code for row in found.rows] == [kept.code]


def test_a_chain_that_was_tampered_with_is_told(kept: Exhibit, cast: Any, now: datetime) -> None:
    """A link that ends earlier than the next begins leaves a gap."""
    Custody.objects.filter(number=1).update(until=now + HOUR)
    seen = audit_exhibit(as_reader(cast.odile), kept.code, now)
    assert seen
    assert seen.breaks == ("Link 1: it does not end where the next begins.",)


def test_nobody_else_is_answered(kept: Exhibit, cast: Any, now: datetime) -> None:
    """Whatever their role; an auditor asking for an unknown code finds nothing."""
    for name, member in cast.staff().items():
        if name == "odile":
            continue
        for ask in (lambda r: audit_register(r, now), lambda r: audit_exhibit(r, kept.code, now)):
            with pytest.raises(AccessRefused):
                ask(as_reader(member))
    assert audit_exhibit(as_reader(cast.odile), "E2222-22222", now) is None
