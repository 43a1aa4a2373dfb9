"""Every kind of journal line about a case has a sentence on its timeline, or a reason why it has none."""

import ast
import re
from collections.abc import Iterator

import pytest

from nightdesk.desks.caseroom import words_timeline as words
from nightdesk.rules.journal_kinds import KINDS
from tests.codebase.reading import parsed, python_files

FACT = re.compile(r"%\((\w+)\)s")


def about_something(tree: ast.AST) -> Iterator[str]:
    """The kinds of entries that are given a subject, in the call or later in the block (line.subject = ...)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.With):
            continue
        later = any(
            isinstance(inner, ast.Attribute) and inner.attr == "subject" and isinstance(inner.ctx, ast.Store)
            for inner in ast.walk(node)
        )
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "entry" and call.args:
                given = any(keyword.arg == "subject" for keyword in call.keywords)
                if (given or later) and isinstance(call.args[0], ast.Constant):
                    yield str(call.args[0].value)


def test_every_kind_about_a_case_has_a_sentence_or_a_reason() -> None:
    """A new kind: write its sentence in desks/caseroom/words_timeline.py, or why it is not on the timeline."""
    found = {kind for path in python_files("actions") for kind in about_something(parsed(path))}
    known = set(words.SENTENCES) | set(words.NOT_HERE)
    assert not (missing := found - known), f"Write a sentence for {sorted(missing)} in words_timeline.py."
    assert not (spare := known - found), f"Nothing writes {sorted(spare)} about a case: take them out."
    assert not set(words.SENTENCES) & set(words.NOT_HERE)
    assert all(words.NOT_HERE.values())


@pytest.mark.parametrize("kind", words.SENTENCES)
def test_a_sentence_uses_the_facts_of_its_kind_alone(kind: str) -> None:
    """And bears a line of another edition, which has none of them."""
    sentence = words.SENTENCES[kind]
    used = set(FACT.findall(str(sentence.text)))
    assert used <= KINDS[kind].keys, f"{kind} has no {sorted(used - KINDS[kind].keys)}"
    assert set(sentence.words) <= used
    assert sentence.group in words.GROUPS
    assert sentence.said({}).strip()
    assert "None" not in sentence.said(dict.fromkeys(KINDS[kind].keys, "x_y"))
    assert "_" not in sentence.said(dict.fromkeys(KINDS[kind].keys, "x_y"))


def test_every_code_has_words_whatever_its_form() -> None:
    """Lists, yes or no, nothing: as lines hold them."""
    for kind, sentence in words.SENTENCES.items():
        for value in ("", [], ["a_b", "c"], True, False, 3, None):
            assert sentence.said(dict.fromkeys(KINDS[kind].keys, value)), kind


def test_the_shield_says_that_it_was_opened_and_nothing_else() -> None:
    """Not what for, not by which reason, not how many versions; what else is of the shield is not on the timeline."""
    (kind,) = words.kinds_of(words.SHIELD, reads=True)
    facts = dict.fromkeys(KINDS[kind].keys, "MARK")
    assert (kind, words.SENTENCES[kind].said(facts)) == ("shield_opened", "The shield was opened")


def test_who_looked_is_for_some_and_only_when_asked_for() -> None:
    """Not among everything that happened; not at all for others."""
    assert "record_read" not in words.kinds_of("", reads=True)
    assert words.kinds_of(words.READING, reads=True) == {
        "record_read", "access_refused", "other_case_opened", "opening_moved", "attachment_downloaded", "pack_given_out",
    }  # fmt: skip
    assert words.kinds_of(words.READING, reads=False) == frozenset()


PLANTED = """
def one(*, actor, at):
    with entry("first", actor=actor, at=at, subject=reference): pass
    with entry("second", actor=actor, at=at) as line: line.subject = number
    with entry("third", actor=actor, at=at): pass
"""


def test_the_tester_finds_what_has_a_subject() -> None:
    """Given in the call or later."""
    assert list(about_something(ast.parse(PLANTED))) == ["first", "second"]
