"""Compiling a lexicon: what it understands, and the sentences it refuses with."""

from typing import Any

import pytest

from nightdesk.rules.lexicon import LexiconProblem, compile_lexicon
from nightdesk.rules.lexicon_net import Node, Walker
from nightdesk.rules.lexicon_phrases import PhraseProblem, add_phrase, inflected
from nightdesk.rules.lexicon_spelling import meant_words, slips, spelling_index
from nightdesk.rules.triage import Account, TriageResult, triage

HEAD = {"owner": "Force lead", "source": "Label guideline", "review_on": "2027-05-22", "language": "en"}
RULE = {
    "id": "t.touch",
    "label": "sexual_offence",
    "level": "likely",
    "all": ["TOUCH"],
    "examples": ["touched"],
}


def files(
    concepts: dict[str, Any] | None = None, rules: list[dict[str, Any]] | None = None, **more: Any
) -> Any:
    """A lexicon of one file."""
    named = {"TOUCH": {"phrases": "touch~ (me|her)?", "negatable": True}} if concepts is None else concepts
    return {"one": {**HEAD, "concepts": named, "rule": [RULE] if rules is None else rules, **more}}


def problems(content: Any) -> str:
    """Everything wrong with a lexicon, as it is told to its owner."""
    with pytest.raises(LexiconProblem) as refusal:
        compile_lexicon(content)
    return "\n".join(refusal.value.problems)


def found(what: str, content: Any) -> TriageResult:
    """What a lexicon proposes for what was said."""
    return triage(Account(what=what), compile_lexicon(content))


@pytest.mark.parametrize("missing", ["owner", "source", "review_on"])
def test_a_file_must_name_its_owner_source_and_review_day(missing: str) -> None:
    content = files()
    del content["one"][missing]
    assert f"'{missing}' is missing" in problems(content)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"all": []}, "'all' is empty"),
        ({"all": ["NOTHING"]}, "no file defines NOTHING"),
        ({"examples": []}, "no worked example"),
        ({"level": "certain"}, "level 'certain'"),
        ({"label": "gossip"}, "label 'gossip'"),
        ({"gives": "MORE"}, "either 'label' or 'gives'"),
        ({"within": "page"}, "'within' must be"),
        ({"all": ["attic:TOUCH"]}, "place 'attic'"),
        ({"examples": [{"why": "x"}]}, "field 'why'"),
        ({"colour": "red"}, "'colour' is not known"),
        ({"id": ""}, "has no id"),
    ],
)
def test_a_rule_is_refused_with_a_sentence(change: dict[str, Any], sentence: str) -> None:
    assert sentence in problems(files(rules=[{**RULE, **change}]))


def test_two_rules_of_one_name_are_refused() -> None:
    assert "written twice" in problems(files(rules=[RULE, RULE]))


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("_ touched", "begins with any word"),
        ("touched _0-3", "ends with any word"),
        ("touched?", "may be empty"),
        ("(touched", "leaves a bracket open"),
        ("touched)", "never opened"),
        ("<who> touched", "no file defines under [classes]"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str, sentence: str) -> None:
    assert sentence in problems(files({"TOUCH": {"phrases": phrase}}))


def test_every_fault_is_told_at_once() -> None:
    content = files({"TOUCH": {"phrases": "_ a", "hides": ["NO_SUCH"], "size": 3}}, surprise=1)
    told = problems(content)
    assert all(part in told for part in ("any word", "NO_SUCH", "'size'", "'surprise'"))


@pytest.mark.parametrize(
    ("phrase", "fits", "misses"),
    [
        ("touch~", ["touched", "touching", "touches"], ["untouched"]),
        ("toc*", ["tocaron", "toc"], ["to", "stoc"]),
        ("put _0-2 hand", ["put hand", "put his big hand"], ["put a very big hand"]),
        ("(said no|refused) twice?", ["said no", "refused twice"], ["said twice"]),
        ("grab~ (him|her)?", ["grabbed", "grabs her"], ["crab"]),
        ("on|under it", ["on", "under it"], ["it"]),
    ],
)
def test_a_phrase_fits_what_it_says(phrase: str, fits: list[str], misses: list[str]) -> None:
    content = files({"TOUCH": {"phrases": phrase}})
    assert [found(text, content).level("sexual_offence") for text in fits] == ["likely"] * len(fits)
    assert [found(text, content).level("sexual_offence") for text in misses] == ["not_indicated"] * len(
        misses
    )


def test_what_is_denied_in_the_same_clause_is_not_found() -> None:
    concepts = {"TOUCH": {"phrases": "touch~", "negatable": True}, "NEGATION": {"phrases": "never|not"}}
    content = files(concepts)
    assert found("he never touched me", content).level("sexual_offence") == "not_indicated"
    assert found("never, he touched me", content).level("sexual_offence") == "likely"


def test_a_rule_may_ask_for_what_is_denied() -> None:
    concepts = {"TOUCH": {"phrases": "touch~", "negatable": True}, "NEGATION": {"phrases": "never"}}
    content = files(concepts, [{**RULE, "all": ["no:TOUCH"], "examples": ["never touched"]}])
    assert found("never touched", content).level("sexual_offence") == "likely"
    assert found("touched", content).level("sexual_offence") == "not_indicated"


def test_a_false_friend_hides_the_words_it_covers() -> None:
    content = files({"TOUCH": {"phrases": "touch~"}, "FRIEND": {"phrases": "in touch", "hides": ["TOUCH"]}})
    assert found("kept in touch", content).level("sexual_offence") == "not_indicated"


@pytest.mark.parametrize(("within", "near"), [(3, False), (8, True), ("sentence", False), ("field", True)])
def test_a_rule_keeps_its_reach(within: int | str, near: bool) -> None:
    concepts = {"A": {"phrases": "alpha"}, "B": {"phrases": "beta"}}
    rule = {**RULE, "all": ["A", "B"], "within": within, "examples": ["alpha beta"]}
    level = found("alpha one two three. Four five beta", files(concepts, [rule])).level("sexual_offence")
    assert (level == "likely") is near


def test_a_rule_keeps_its_order_and_its_exceptions() -> None:
    concepts = {"A": {"phrases": "alpha"}, "B": {"phrases": "beta"}, "C": {"phrases": "gamma"}}
    rule = {**RULE, "all": ["A", "B"], "ordered": True, "unless_near": ["C"], "examples": ["alpha beta"]}
    content = files(concepts, [rule])
    levels = [
        found(text, content).level("sexual_offence")
        for text in ("alpha beta", "beta alpha", "alpha beta gamma")
    ]
    assert levels == ["likely", "not_indicated", "not_indicated"]


def test_words_typed_wrongly_are_mended_unless_they_are_ordinary_words() -> None:
    content = files({"TOUCH": {"phrases": "stripped"}}, real_words="striped")
    assert found("he strippd me", content).level("sexual_offence") == "likely"
    assert found("a striped shirt", content).level("sexual_offence") == "not_indicated"


def test_a_short_form_means_its_full_word() -> None:
    content = files({"TOUCH": {"phrases": "boyfriend"}}, aliases={"bf": "boyfriend"})
    assert found("my bf", content).level("sexual_offence") == "likely"


def test_the_edition_names_the_content() -> None:
    one, other = compile_lexicon(files()), compile_lexicon(files(real_words="other"))
    assert one.edition == compile_lexicon(files()).edition != other.edition


@pytest.mark.parametrize(
    ("base", "ending"),
    [("grope", "groping"), ("grab", "grabbed"), ("try", "tried"), ("push", "pushes"), ("stay", "stayed")],
)
def test_english_endings(base: str, ending: str) -> None:
    assert ending in inflected(base)


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [("sexaul", "sexual", 1), ("assult", "assault", 1), ("same", "same", 0), ("ab", "cd", 2)],
)
def test_slips_are_counted(typed: str, meant: str, count: int) -> None:
    assert slips(typed, meant) == count


def test_a_word_too_short_or_too_far_is_not_mended() -> None:
    index = spelling_index(["assaulted", "unconscious"])
    assert meant_words("asaulted", index) == ("assaulted",)
    assert meant_words("unconsious", index) == ("unconscious",)
    assert meant_words("salt", index) == meant_words("xssaulted", index) == ()


def test_what_the_walker_forgets_it_finds_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nightdesk.rules.lexicon_net.REMEMBERED", 1)
    root = Node()
    add_phrase(root, "alpha beta", "AB", {})
    walker = Walker(root)
    for _ in range(3):
        first = walker.step(walker.start, ("alpha",))
        assert first is not None
        second = walker.step(first, ("beta",))
        assert second is not None
        assert second.ends == ("AB",)


def test_a_bracket_that_says_nothing_is_refused() -> None:
    with pytest.raises(PhraseProblem):
        add_phrase(Node(), "()", "X", {})
