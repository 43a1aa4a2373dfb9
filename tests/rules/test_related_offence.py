"""Further offences: suggested by what triage and flags say, never what is recorded already; refused with what is missing."""

from typing import Any

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.rules import related_offence as rule
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.recording import Pointers
from nightdesk.rules.related_offence import Added

PACK = load_pack()


def suggested(
    labels: set[str], flags: tuple[str, ...] = (), recorded: tuple[str, ...] = ()
) -> dict[str, tuple[str, ...]]:
    """Class → grounds."""
    known = rule.pointing(Pointers(labels=frozenset(labels)), flags)
    return {
        one.entry.id: one.labels for one in rule.still_suggested(PACK.related_classes, known, set(recorded))
    }


def test_each_tag_of_triage_that_is_an_offence_points_to_one() -> None:
    """A death is no offence by itself, and a sexual offence is not a further one."""
    silent = [entry.id for entry in PACK.related_offences if not suggested({entry.id})]
    assert silent == ["death"]
    assert suggested({"sexual_offence", "chemsex_context"}) == {}


def test_a_flag_points_too_and_is_told_from_a_label() -> None:
    """The best grounded first."""
    found = suggested({"spiking"}, ("drug_facilitated_suspected",))
    assert next(iter(found)) == "related_substance"
    assert found["related_substance"] == ("spiking", "flag.drug_facilitated_suspected")
    assert "related_substance" not in suggested({"drug_facilitated_suspected"})


def test_what_is_recorded_is_not_suggested_again() -> None:
    """Until it is withdrawn."""
    assert "related_robbery" in suggested({"robbery"})
    assert "related_robbery" not in suggested({"robbery"}, recorded=("related_robbery",))


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({}, None), ({"offence_class": "invented"}, "offence_class"), ({"why": " "}, "why"), ({"why": "x" * 4001}, "why"),
        ({"police_number": "x" * 41}, "police_number"),
    ],
)  # fmt: skip
def test_what_a_further_offence_needs(change: dict[str, Any], about: str | None) -> None:
    """A class of the pack that somebody chose, and what it rests on."""
    added = Added(**({"offence_class": "related_robbery", "why": "The wallet"} | change))
    if about is None:
        rule.refuse_if_incomplete(added, PACK.related_classes.ids())
        return
    with pytest.raises(CaseRefused) as refused:
        rule.refuse_if_incomplete(added, PACK.related_classes.ids())
    assert refused.value.about == about


def test_a_withdrawal_of_an_offence_says_why() -> None:
    """Not in too many words."""
    rule.refuse_if_unsaid("It was found at home")
    for why in ("", "x" * 4001):
        with pytest.raises(CaseRefused):
            rule.refuse_if_unsaid(why)
