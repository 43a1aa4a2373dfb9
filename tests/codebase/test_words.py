"""Words: one per idea, none that doubts the person, nothing left for later, no test that does not run."""

import re
from pathlib import Path

import pytest

from tests.codebase.reading import PACKAGE, ROOT, named, python_files, templates, text_of, tracked

# Words that put the person in doubt, in code, templates and catalogues (the lexicon knows them: people type them).
DOUBTING = re.compile(
    r"(?<![a-z])(alleged|allegedly|alleges|claims|complainants?|story|stories)(?![a-z])", re.IGNORECASE
)
LEFT_FOR_LATER = re.compile(
    r"\b(TODO|FIXME|HACK|XXX)\b|(?<!asked )\bfor now\b|\bnot (yet )?implemented\b|raise NotImplementedError",
    re.IGNORECASE,
)
GRAB_BAGS = re.compile(
    r"^(handle|process|do|perform)_|_(manager|utils|helper|helpers)$|^(utils|helpers|common|misc)$"
)
NOT_RUN = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip")

# Files about words: they must name what they forbid.
ABOUT_WORDS = {"src/nightdesk/packs", "docs/glossary.md"}


def doubting(text: str) -> list[str]:
    """Lines with a word that doubts the person."""
    return [
        f"line {number}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        if DOUBTING.search(line)
    ]


def spoken() -> list[Path]:
    """Everything that is shown or read: code, templates, scripts, catalogues."""
    kinds = {".py", ".html", ".txt", ".js", ".po"}
    return [
        path
        for path in tracked()
        if path.is_relative_to(PACKAGE) and path.suffix in kinds and not named(path).startswith(tuple(ABOUT_WORDS))
        and "govuk" not in path.stem and not path.stem.startswith("lexicon")
    ]  # fmt: skip


def test_no_word_doubts_the_person() -> None:
    """Say: victim on staff screens, survivor on public pages, person or discloser in code; account, what was told."""
    found = [f"{named(path)} {fault}" for path in spoken() for fault in doubting(text_of(path))]
    assert not found, "\n".join(found)


def test_nothing_is_left_for_later() -> None:
    """What is not done is an issue, not a comment."""
    ours = [
        path
        for path in tracked()
        if path.suffix in (".py", ".html", ".js") and path != Path(__file__) and "govuk" not in path.stem
    ]
    found = [
        f"{named(path)}: {match.group()}" for path in ours for match in LEFT_FOR_LATER.finditer(text_of(path))
    ]
    assert not found, "\n".join(found)


def test_every_test_runs() -> None:
    """A skipped test is a promise nobody checks; what a machine lacks is said by ./dev test."""
    tests = [
        path
        for path in tracked()
        if path.is_relative_to(ROOT / "tests") and path.suffix == ".py" and path != Path(__file__)
    ]
    found = [f"{named(path)}: {match.group()}" for path in tests for match in NOT_RUN.finditer(text_of(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "folder", ["rules", "actions", "queries", "records", "desks", "jobs", "outside", "linkage"]
)
def test_names_say_what_a_thing_is(folder: str) -> None:
    """No grab-bag word for a function or a file (style reference 6.4)."""
    found = [
        named(path)
        for path in python_files(folder)
        for name in (path.stem, *re.findall(r"^\s*def (\w+)", text_of(path), re.MULTILINE))
        if GRAB_BAGS.search(name)
    ]
    assert not found, found


def test_staff_templates_say_victim_and_never_user() -> None:
    """A person is not a user, and a specialist is a SOIT."""
    shown = {
        path: re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", " ", text_of(path), flags=re.DOTALL)
        for path in templates()
    }
    found = [named(path) for path, text in shown.items() if re.search(r"\busers?\b", text, re.IGNORECASE)]
    assert not found, found


@pytest.mark.parametrize("text", ["an alleged act", "She claims that", "THE COMPLAINANT", "her_story"])
def test_a_doubting_word_is_found(text: str) -> None:
    """The tester can fail."""
    assert doubting(text)


@pytest.mark.parametrize(
    "text", ["history of the case", "claim_message(at=at)", "storybook", "a claimed message"]
)
def test_an_innocent_word_passes(text: str) -> None:
    """History is not a story; a worker may claim a message."""
    assert not doubting(text)


@pytest.mark.parametrize(
    "text", ["# TO" + "DO: later", "good enough for" + " now", "raise NotImplemented" + "Error"]
)
def test_work_left_for_later_is_found(text: str) -> None:
    """The tester can fail."""
    assert LEFT_FOR_LATER.search(text)
    assert NOT_RUN.search("@pytest.mark." + "skip")
    assert GRAB_BAGS.search("handle_form")
    assert not GRAB_BAGS.search("hand_over_case")
