"""A flag: a rule proposes, a person decides, nothing is asked twice on the same words, and a date brings it back."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules import flag as rule
from nightdesk.rules.flag import Decided, FlagRefused, Grounds
from nightdesk.rules.pack_flag import LABELS, LONGEST_REVIEW_DAYS, Flag, flag_problems, is_yes, proposed_flags
from nightdesk.rules.routing import weigh
from nightdesk.rules.triage import Proposal, Reason

BOTH = ("chemsex_context", "drug_facilitated_suspected")
TODAY = date(2026, 11, 26)
MOVES = ("raise", "decline", "keep", "lift", "invented")
ALLOWED = {
    ("proposed", "raise"): "raised", ("proposed", "decline"): "declined", ("raised", "keep"): "raised",
    ("raised", "lift"): "lifted",
}  # fmt: skip
REASON = Reason("chems", "chill-out", "what", 5, 14)


def made(**changes: Any) -> Flag:
    """A flag of a pack."""
    kept: dict[str, Any] = {
        "id": "chemsex_context", "label": "Chemsex", "meaning": "Means this", "raise_when": ("This",), "not_when": ("That",),
        "review_after_days": 180, "source": "A page", "source_label": "S", "owner": "Registrar", "review_on": TODAY,
        "proposed_by": ("chemsex_context",),
    }  # fmt: skip
    return Flag(**(kept | changes))


@pytest.mark.parametrize(("state", "move"), list(product(rule.STATES, MOVES)))
def test_every_move_in_every_state(state: str, move: str) -> None:
    """As the table says, or refused with what is possible instead."""
    if (state, move) in ALLOWED:
        assert rule.next_state(state, move) == ALLOWED[state, move]
    else:
        with pytest.raises(FlagRefused, match="Possible now: "):
            rule.next_state(state, move)


@given(st.lists(st.sampled_from(MOVES), max_size=12))
def test_whatever_is_tried_a_flag_that_is_over_stays_over(moves: list[str]) -> None:
    """And a flag is never raised without a person's raise, whatever the order of moves."""
    state, raised = rule.PROPOSED, False
    for move in moves:
        before = state
        try:
            state = rule.next_state(state, move)
        except FlagRefused:
            continue
        raised = raised or move == "raise"
        assert before in rule.OPEN
        assert state != rule.RAISED or raised
    assert state in rule.STATES


def test_a_rule_has_no_move_of_its_own() -> None:
    """Every move is a person's: whose turn it is never is the worker's."""
    assert set(rule.WHOSE_TURN.values()) == {"soit", "nobody"}


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ({"chemsex_context": "possible"}, {"chemsex_context"}),
        ({"chemsex_context": "likely", "drug_facilitated_suspected": "yes"}, set(BOTH)),
        ({"chemsex_context": "not_indicated", "drug_facilitated_suspected": "no"}, set()),
        ({"sexual_offence": "likely"}, set()),
        ({"sexual_offence": "possible", "under_18": "yes"}, {"child_sexual_abuse"}),
        ({"grooming": "yes"}, set()),
        ({"grooming": "yes", "under_18": "yes"}, {"child_sexual_exploitation"}),
        ({"image_abuse": "yes"}, {"online"}),
    ],
)  # fmt: skip
def test_the_labels_of_triage_propose_flags(levels: dict[str, str], found: set[str]) -> None:
    """Possible counts; where two labels are asked for, both must be there."""
    assert set(proposed_flags(load_pack().flags, levels)) == found


@given(
    st.dictionaries(
        st.sampled_from(LABELS), st.sampled_from(("no", "not_indicated", "possible", "likely", "yes"))
    )
)
def test_a_flag_is_proposed_only_by_labels_that_are_there(levels: dict[str, str]) -> None:
    """For any levels: each proposal names labels that say yes, and no flag that only people raise is proposed."""
    flags = load_pack().flags
    for code, labels in proposed_flags(flags, levels).items():
        assert labels
        assert all(is_yes(levels[label]) for label in labels)
        assert flags[code].proposed_by


def test_the_words_behind_every_label_are_the_grounds() -> None:
    """Both labels' words, each once; the strongest level."""
    flag = made(id="child", proposed_by=("sexual_offence+under_18",))
    proposals = [
        Proposal("sexual_offence", "possible", (REASON,)),
        Proposal("under_18", "yes", (REASON, Reason("age", "fifteen", "what", 0, 7))),
    ]
    (found,) = rule.grounds_of([flag], {"sexual_offence": "possible", "under_18": "yes"}, proposals)
    assert (found.code, found.level) == ("child", "likely")
    assert [reason.words for reason in found.reasons] == ["chill-out", "fifteen"]
    assert rule.kept_grounds(found)[0] == {
        "rule": "chems",
        "words": "chill-out",
        "field": "what",
        "start": 5,
        "end": 14,
    }


def test_what_staff_set_aside_is_still_proposed() -> None:
    """The proposal stays beside it, and the specialist decides; what staff added counts as well."""
    from nightdesk.rules.routing import Overriding

    assessment = weigh(
        {"chemsex_context": "likely", "under_18": "no"},
        [Overriding("chemsex_context", "not_indicated", ""), Overriding("under_18", "yes", "")],
    )
    levels = rule.levels_of(assessment)
    assert (levels["chemsex_context"], levels["under_18"]) == ("likely", "yes")


FOUND = Grounds("chemsex_context", "likely", (REASON,))
SAME_WORDS = frozenset({("chems", "chill-out"), ("other", "G")})


@pytest.mark.parametrize(
    ("earlier", "why"),
    [
        ([], ""),
        ([Decided("chemsex_context", "proposed", "e0", 1)], "open"),
        ([Decided("chemsex_context", "raised", "", 1)], "open"),
        ([Decided("chemsex_context", "declined", "e1", 2)], "decided"),
        ([Decided("chemsex_context", "lifted", "e1", 2)], "decided"),
        ([Decided("chemsex_context", "declined", "e0", 2)], ""),  # a new edition
        ([Decided("chemsex_context", "declined", "e1", 1)], ""),  # the account says more
        (
            [Decided("chemsex_context", "declined", "e0", 1, SAME_WORDS)],
            "decided",
        ),  # the same sentence as before
        ([Decided("chemsex_context", "declined", "e0", 1, frozenset({("chems", "G")}))], ""),
        ([Decided("online", "declined", "e1", 2)], ""),
    ],
)
def test_a_person_is_not_asked_twice_about_the_same(earlier: list[Decided], why: str) -> None:
    """Same edition and text, or the same words by the same rules; anything new is worth a look."""
    assert rule.stands_in_the_way(earlier, FOUND, "e1", 2) == why


def test_what_a_person_at_the_desk_added_has_no_words_to_compare() -> None:
    """So an earlier no on another text does not stand in the way."""
    assert (
        rule.stands_in_the_way([Decided("x", "declined", "e0", 1)], Grounds("x", "possible", ()), "e1", 2)
        == ""
    )


@given(st.integers(-800, 800))
def test_a_review_date_is_never_past_and_never_later_than_the_pack_allows(days: int) -> None:
    """Any day asked for is taken or refused; none chosen is the last possible."""
    asked = TODAY + timedelta(days=days)
    if 0 < days <= 180:
        assert rule.review_day(made(), TODAY, asked) == asked
    else:
        with pytest.raises(FlagRefused, match="not later than 25 May 2027"):
            rule.review_day(made(), TODAY, asked)
    assert rule.review_day(made(), TODAY) == TODAY + timedelta(days=180)


@pytest.mark.parametrize(("day", "due"), [(None, False), (TODAY, True), (TODAY + timedelta(days=1), False)])
def test_a_flag_is_due_from_its_day_on(day: date | None, due: bool) -> None:
    """Not before."""
    assert rule.is_due(day, TODAY) == due


@pytest.mark.parametrize("move", ["keep", "lift"])
def test_a_review_says_why(move: str) -> None:
    """Blanks say nothing; a whole statement belongs in the case."""
    with pytest.raises(FlagRefused, match="in a few words why"):
        rule.refuse_if_words_missing(move, " \n")
    with pytest.raises(FlagRefused, match="fewer"):
        rule.refuse_if_words_missing(move, "x" * 4001)
    rule.refuse_if_words_missing("decline", "")


@pytest.mark.parametrize("move", ["raise", "lift", "decline", "keep"])
@pytest.mark.parametrize("role", ["soit", "supervisor"])
def test_where_the_pack_says_so_a_supervisor_is_asked(role: str, move: str) -> None:
    """Before it is raised or lifted; a supervisor needs to ask nobody."""
    if role == "soit" and move in rule.CONSULTS:
        with pytest.raises(FlagRefused, match="Ask a supervisor first"):
            rule.refuse_if_not_consulted(made(consult=True), move, role=role, consulted=False)
    else:
        rule.refuse_if_not_consulted(made(consult=True), move, role=role, consulted=False)
    rule.refuse_if_not_consulted(made(consult=True), move, role=role, consulted=True)
    rule.refuse_if_not_consulted(made(), move, role=role, consulted=False)


@pytest.mark.parametrize(
    ("told", "way", "why_not", "fits"),
    [
        (True, "phone", "", True), (False, "", "not_safe", True), (True, "", "", False), (False, "", "", False),
        (True, "phone", "not_safe", False), (False, "phone", "not_safe", False), (True, "pigeon", "", False),
    ],
)  # fmt: skip
def test_a_telling_says_how_or_why_not(told: bool, way: str, why_not: str, fits: bool) -> None:
    """One of the two, by a code of the pack."""
    if fits:
        rule.refuse_telling(told, way, why_not, ("phone",), ("not_safe",))
    else:
        with pytest.raises(FlagRefused, match="Choose"):
            rule.refuse_telling(told, way, why_not, ("phone",), ("not_safe",))


@pytest.mark.parametrize(
    ("role", "own", "own_unit", "may"),
    [("soit", True, False, True), ("supervisor", False, True, True), ("soit", False, False, False),
     ("counter", True, True, False), ("auditor", False, True, False)],
)  # fmt: skip
def test_who_decides_about_flags(role: str, own: bool, own_unit: bool, may: bool) -> None:
    """The specialist of the case, and specialists and supervisors of its unit."""
    assert rule.may_work_on(role=role, own=own, own_unit=own_unit) == may


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"proposed_by": ("chemsex",)}, 'names "chemsex"'),
        ({"proposed_by": ("sexual_offence+child",)}, 'names "child"'),
        ({"review_after_days": 0}, "from 1 to 730"),
        ({"review_after_days": LONGEST_REVIEW_DAYS + 1}, "from 1 to 730"),
        ({"raise_when": ()}, "without written criteria"),
        ({"not_when": ()}, "without written criteria"),
    ],
)
def test_a_flag_that_could_never_work_is_said(changes: dict[str, Any], sentence: str) -> None:
    """With file, entry and what to do."""
    (found,) = flag_problems([made(**changes)])
    assert sentence in found
    assert not list(flag_problems([made()]))


def test_every_flag_of_the_pack_has_criteria_and_an_honest_source() -> None:
    """Both local flags are there; what has no source says so."""
    flags = load_pack().flags
    assert {"domestic_abuse", "honour_based_abuse", "child_sexual_abuse", "online", "alcohol"} <= set(
        flags.ids()
    )
    for flag in flags:
        assert flag.raise_when
        assert flag.not_when
        assert not flag.signed
        assert flag.source_label == "S" or "confirmed" in flag.note
