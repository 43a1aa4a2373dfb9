"""Correcting an exhibit: what differs, who may, and what no correction says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from nightdesk.rules import exhibit_correction as rule
from nightdesk.rules.custody import DESTROYED, STAFF, CustodyRefused, Holder, Link
from nightdesk.rules.exhibit import Nearness
from nightdesk.rules.exhibit_correction import Facts
from nightdesk.rules.terms import COUNTER, EXHIBIT_FACTS, ROLES, SOIT, SUPERVISOR

NOW = datetime(2026, 3, 1, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEPT = Facts("urine_pot", NOW - 3 * HOUR + timedelta(seconds=12), "", "B1", "a pot")


def chain(*holders: str) -> list[Link]:
    """A link an hour, the first three hours ago."""
    return [Link(n, "x", NOW - (4 - n) * HOUR, Holder(kind), NOW) for n, kind in enumerate(holders, 1)]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"taken_at": NOW - 3 * HOUR}, ()),  # the page gives minutes
        ({"description": None}, ()),
        ({"description": ""}, ("description",)),
        ({"kind": "blood_tube", "seal": ""}, ("kind", "seal")),
        ({"taken_at": NOW - 4 * HOUR, "taken_where": "sarc"}, ("taken_at", "taken_where")),
    ],
)
def test_only_what_differs_is_corrected(change: dict[str, object], wrong: tuple[str, ...]) -> None:
    """Everything else stays as it is."""
    assert rule.differing(KEPT, replace(KEPT, **change)) == wrong  # type: ignore[arg-type]


def test_a_description_is_never_kept_in_clear() -> None:
    """Every other fact is, as a code, a time or a number."""
    shown = {name: rule.plain_words(KEPT, name) for name in EXHIBIT_FACTS}
    assert shown["description"] == ""
    assert shown["taken_at"] == KEPT.taken_at.isoformat()
    assert (shown["kind"], shown["seal"], shown["taken_where"]) == ("urine_pot", "B1", "")
    for never in ("code", "court_ref", "number"):
        with pytest.raises(ValueError, match="Correct one of"):
            rule.plain_words(KEPT, never)


@pytest.mark.parametrize(
    ("holders", "change", "reason", "sentence"),
    [
        ((STAFF, DESTROYED), {}, "mistyped", "was destroyed"),
        ((STAFF,), {}, "because", "Choose why"),
        ((STAFF,), {"taken_at": NOW + HOUR}, "mistyped", "lies ahead"),
        ((STAFF, "store"), {"taken_at": NOW - HOUR}, "mistyped", "moved before that time"),
        ((STAFF,), {"taken_at": datetime(1900, 1, 1, tzinfo=UTC)}, "mistyped", "Look at the year"),
    ],
)
def test_what_no_correction_says(
    holders: tuple[str, ...], change: dict[str, object], reason: str, sentence: str
) -> None:
    """Each refusal says what to do."""
    with pytest.raises(CustodyRefused, match=sentence):
        rule.refuse_if_not_correctable(chain(*holders), replace(KEPT, **change), reason, NOW)  # type: ignore[arg-type]


def test_a_time_up_to_the_next_step_is_taken() -> None:
    """Also in the very minute of that step, and what was given back to the person is still corrected."""
    given = replace(KEPT, taken_at=NOW - 2 * HOUR)
    rule.refuse_if_not_correctable(chain(STAFF, "person"), given, "misread", NOW)


def test_whoever_entered_it_and_specialists_of_the_case_correct() -> None:
    """Nobody because they hold it or keep the fridge; no other role at all."""
    for role, mine, unit, case, held in product(ROLES, *[(False, True)] * 4):
        near = Nearness(role, with_me=held, here=held, taken_by_me=mine, case_of_my_unit=unit, case_mine=case)
        wanted = (role in (SOIT, SUPERVISOR) and (mine or unit or case)) or (role == COUNTER and mine)
        assert rule.may_correct(near) is wanted
