"""Routing: in doubt a specialist is asked, and nothing that staff set aside can lower it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import lexicon_rules
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.routing import (
    GRADED,
    NOTHING,
    RELATED,
    YES_NO,
    Overriding,
    account_of,
    assess,
    refuse_if_no_such_level,
    weigh,
)
from nightdesk.rules.triage import Proposal, Reason, TriageResult

REASON = (Reason("rule", "words", "what", 0, 5),)
LABELS = tuple(NOTHING)


def result(**levels: str) -> TriageResult:
    """What triage hands over; related offences carry their prefix, as the lexicon writes them."""
    named = {("related." + label if label in RELATED else label): level for label, level in levels.items()}
    return TriageResult(
        tuple(Proposal(label, level, REASON) for label, level in named.items()), "test edition"
    )


def yes(label: str) -> str:
    """The lowest level at which `label` counts."""
    return "possible" if label in GRADED else "yes"


SPECIALIST = [
    ({"sexual_offence": "possible"}, ("sexual_offence",)),
    ({"sexual_offence": "likely"}, ("sexual_offence",)),
    ({"grooming": "yes"}, ("grooming",)),
    ({"child_images": "yes"}, ("child_images",)),
    ({"image_abuse": "yes", "blackmail": "yes"}, ("image_abuse",)),
    (
        {"drug_facilitated_suspected": "yes", "chemsex_context": "possible"},
        ("drug_facilitated_suspected",),
    ),
    ({"drug_facilitated_suspected": "yes", "spiking": "yes"}, ("drug_facilitated_suspected",)),
    (
        {"drug_facilitated_suspected": "yes", "death": "yes", "chemsex_context": "likely"},
        ("drug_facilitated_suspected", "chemsex_context"),
    ),
    ({"chemsex_context": "likely", "death": "yes"}, ("chemsex_context",)),
    ({"drug_facilitated_suspected": "yes", "robbery": "yes"}, ()),
    ({"chemsex_context": "likely"}, ()),
    ({"theft": "yes"}, ()),
    ({"medical_emergency": "yes"}, ()),
    ({}, ()),
]


@pytest.mark.parametrize(("levels", "because"), SPECIALIST)
def test_a_specialist_is_asked_on_these_grounds(levels: dict[str, str], because: tuple[str, ...]) -> None:
    """And on no others: a theft from someone drunk stays with the counter."""
    assessment = assess(result(**levels), Basics(what="x"))
    assert assessment.because == because
    assert assessment.specialist is bool(because)


@pytest.mark.parametrize("flag", ["medical_emergency", "immediate_danger", "under_18"])
@pytest.mark.parametrize("ticked", [True, False])
def test_life_danger_and_children_are_now(flag: str, ticked: bool) -> None:
    """Said in words or ticked: the same."""
    boxes = {
        "medical_emergency": Basics(red_flags=("not_waking",)),
        "immediate_danger": Basics(danger_now="yes"),
        "under_18": Basics(under_18="yes"),
    }
    levels = {"sexual_offence": "possible"} | ({} if ticked else {flag: "yes"})
    assessment = assess(result(**levels), boxes[flag] if ticked else Basics())
    assert (assessment.urgency, assessment.levels[flag]) == ("now", "yes")
    assert assess(result(sexual_offence="likely"), Basics()).urgency == "soon"


@pytest.mark.parametrize("answer", ["", "no", "dont_know"])
def test_an_answer_that_is_not_yes_lowers_nothing(answer: str) -> None:
    """Words that say "I'm fifteen" stand against a ticked no."""
    said = result(sexual_offence="likely", under_18="yes", immediate_danger="yes")
    assert assess(said, Basics(under_18=answer, danger_now=answer)).urgency == "now"


@given(st.dictionaries(st.sampled_from(LABELS), st.booleans()), st.data())
def test_staff_can_never_lower_routing(present: dict[str, bool], data: st.DataObject) -> None:
    """Whatever is set aside: the specialist, the grounds and the urgency stay."""
    levels = {label: yes(label) for label, is_there in present.items() if is_there}
    overridings = data.draw(
        st.lists(
            st.sampled_from(
                [
                    Overriding(label, level, "why")
                    for label in LABELS
                    for level in GRADED.get(label, ("no", "yes"))
                ]
            ),
            max_size=6,
        )
    )
    before, after = assess(result(**levels), Basics()), assess(result(**levels), Basics(), overridings)
    assert set(before.because) <= set(after.because)
    assert after.specialist >= before.specialist
    assert not (before.urgency == "now" and after.urgency == "soon")
    assert after.proposed == before.proposed


def test_the_latest_word_of_staff_is_what_counts_on_the_page() -> None:
    """And what triage proposed stands beside it."""
    earlier, later = (
        Overriding("chemsex_context", "not_indicated", ""),
        Overriding("chemsex_context", "likely", ""),
    )
    assessment = assess(result(chemsex_context="possible"), Basics(), [earlier, later])
    assert assessment.levels["chemsex_context"] == "likely"
    assert assessment.proposed["chemsex_context"] == "possible"


@pytest.mark.parametrize("label", LABELS)
def test_what_staff_add_routes_as_if_triage_had_proposed_it(label: str) -> None:
    """One definition of routing: said by words, or added by a person."""
    added = weigh(NOTHING, [Overriding(label, yes(label), "why")])
    said = assess(result(**{label: yes(label)}), Basics())
    assert (added.because, added.urgency) == (said.because, said.urgency)


def test_the_higher_of_two_levels_counts() -> None:
    """Words say it, and it was ticked too."""
    twice = TriageResult(
        (Proposal("sexual_offence", "likely", REASON), Proposal("sexual_offence", "possible", REASON)), "e"
    )
    assert assess(twice, Basics()).levels["sexual_offence"] == "likely"


def test_related_offences_are_named_without_their_prefix() -> None:
    """Stored, shown and overridden under one name."""
    assessment = assess(result(robbery="yes", blackmail="yes", sexual_offence="likely"), Basics())
    assert assessment.related() == ("blackmail", "robbery")
    assert {proposal.label for proposal in assessment.proposals} == {"robbery", "blackmail", "sexual_offence"}


def test_routing_knows_every_label_that_triage_can_propose() -> None:
    """A label without a place here would stop a disclosure at the counter."""
    for label, levels in lexicon_rules.LEVELS.items():
        assert label in NOTHING
        assert set(levels) <= set(GRADED.get(label, ("no", "yes")))
    for label in lexicon_rules.RELATED:
        assert NOTHING[label] == "no"


def test_triage_reads_everything_that_was_told() -> None:
    """All four questions, whoever did it, and who is speaking."""
    basics = Basics(
        what="w", when_choice="last_night", where_kind="private_home", where_words="a flat", call_me="Jo",
        pronouns="they", on_behalf="A friend", suspects=(Suspect(handle="owl", description="tall"),),
    )  # fmt: skip
    account = account_of(basics, "phone")
    assert account.who == "A friend. Jo. they. owl, tall"
    assert (account.what, account.when, account.where) == ("w", "last night", "private home: a flat")
    assert account.channel == "phone"
    assert account_of(Basics(when_choice="last_week", when_words="Tuesday"), "phone").when == "Tuesday"


def test_only_levels_that_the_page_offers_can_be_set() -> None:
    """Anything else is refused with a sentence."""
    for label, level in product(LABELS, ("not_indicated", "possible", "likely", "no", "yes")):
        if level in GRADED.get(label, ("no", "yes")):
            refuse_if_no_such_level(label, level)
        else:
            with pytest.raises(ValueError, match="Choose one that the page offers"):
                refuse_if_no_such_level(label, level)
    with pytest.raises(ValueError, match="knows no level"):
        refuse_if_no_such_level("invented", "yes")
    assert set(LABELS) == {*GRADED, *YES_NO, *RELATED}
