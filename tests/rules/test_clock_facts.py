"""What became better known: codes only, and every way of not knowing runs every clock."""

import json
from itertools import product

import pytest

from nightdesk.rules.clock_facts import (
    NOTHING_KNOWN,
    KnownOfAct,
    UnknownCode,
    from_sealed,
    refuse_if_unknown,
    sealed_parts,
    why_anew,
)
from nightdesk.rules.terms import ANSWER_STATES

ORAL = KnownOfAct(sites=("oral",), sites_state="given")
GHB = KnownOfAct(drugs=("ghb",), drugs_state="given")


@pytest.mark.parametrize(("state", "sites"), [*product(ANSWER_STATES, [(), ("oral",), ("oral", "skin")])])
def test_only_what_was_given_and_nothing_more_to_come_narrows_the_clocks(state, sites):
    chosen = KnownOfAct(sites=sites, sites_state=state).sites_to_run()
    assert chosen == (frozenset(sites) if state == "given" and sites else None)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (NOTHING_KNOWN, NOTHING_KNOWN, ()),
        (NOTHING_KNOWN, ORAL, ("act",)),
        (NOTHING_KNOWN, GHB, ("drug",)),
        (ORAL, GHB, ("act", "drug")),
        (ORAL, ORAL, ()),
        (ORAL, KnownOfAct(sites=("oral",), sites_state="dont_know"), ("act",)),
    ],
)
def test_what_changed_is_named(before, after, why):
    assert why_anew(before, after) == why


@pytest.mark.parametrize(
    "strange",
    [
        KnownOfAct(sites=("elbow",), sites_state="given"),
        KnownOfAct(drugs=("water",), drugs_state="given"),
        KnownOfAct(sites_state="perhaps"),
        KnownOfAct(drugs_state="perhaps"),
    ],
)
def test_a_code_that_the_pack_does_not_have_is_refused(strange):
    refuse_if_unknown(ORAL, sites=("oral",), drugs=())
    with pytest.raises(UnknownCode, match="Choose from the answers on the page"):
        refuse_if_unknown(strange, sites=("oral",), drugs=("ghb",))


@pytest.mark.parametrize("known", [NOTHING_KNOWN, ORAL, GHB])
def test_what_is_sealed_comes_back(known):
    sites, drugs = json.loads(json.dumps(sealed_parts(known)))
    assert from_sealed(sites, drugs) == known
