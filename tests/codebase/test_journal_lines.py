"""Every write leaves exactly one line; every line is declared with its exact keys, a sentence and a next owner."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from nightdesk.rules.journal_kinds import KINDS
from nightdesk.rules.terms import ROLES
from tests.codebase.reading import called, decorated_with, functions, named, parsed, python_files

FRAME = {"actor", "at", "subject"}  # what every line has, beside its own keys

# Public functions of actions/ that write no line of their own, each with its reason. This list may only shrink.
NO_LINE = {
    "cases.follow_clock": "part of starting a clock, inside that entry",
    "link_candidates.kept_pairs": "part of the act that found the pairs, inside that entry",
    "messages.tell": "part of the act that the message is about, inside that entry",
    "worker.beat": "that a worker is alive is no act on a record",
    "worker.on_duty": "reads the rota for the step that is being taken",
    "outbox.claim_message": "a claim only; the line follows when the message left or could not",
    "outbox.send_due_messages": "a loop: each message has its own line in note_sent or note_failed",
    "periodic.claim_job": "that a job is due is no act on a record; what it does has its own lines",
    "periodic.note_job_done": "the same",
    "queue.move_windows_on": "a kept time follows the clock; the clock that was started has its line",
    "receipts.note_receipts": "a loop: each receipt has its own line",
}


def entries(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of entry(...)."""
    return (call for name, call in called(tree) if name == "entry")


def together_names(tree: ast.Module) -> set[str]:
    """Functions of a file that are declared compositions."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if "together" in decorated_with(node)}


def without_one_line(tree: ast.Module, stem: str, excused: set[str]) -> list[str]:
    """Public functions of an actions file that neither open exactly one entry nor are, or hand on to, a composition.

    `refuse_...` functions are left out: they raise or do nothing.
    """
    compositions, found = together_names(tree), []
    for node in tree.body:
        if (
            not isinstance(node, ast.FunctionDef)
            or node.name.startswith(("_", "refuse_"))
            or f"{stem}.{node.name}" in excused
        ):
            continue
        mentioned = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        if node.name in compositions or mentioned & compositions:
            continue
        if (count := len(list(entries(node)))) != 1:
            found.append(f"{stem}.{node.name} opens {count} journal entries")
    return found


def wrong_keys(tree: ast.Module) -> list[str]:
    """Calls of entry(...) whose kind is not declared, or whose keys are not those of the kind."""
    found = []
    for node in ast.walk(tree):
        for call in [item.context_expr for item in node.items] if isinstance(node, ast.With) else []:
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "entry":
                filled_later = (
                    any(item.optional_vars for item in node.items) if isinstance(node, ast.With) else False
                )
                found += _wrong_keys_of(call, filled_later)
    return found


def _wrong_keys_of(call: ast.Call, filled_later: bool) -> list[str]:
    kind = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if kind not in KINDS:
        return [f"line {call.lineno}: kind {kind!r} is not declared in rules/journal_kinds.py"]
    given = {keyword.arg or "**" for keyword in call.keywords} - FRAME
    if (filled_later and not given) or given == KINDS[kind].keys:
        return []
    return [f"line {call.lineno}: {kind} has {sorted(given)}, declared are {sorted(KINDS[kind].keys)}"]


ACTIONS = [path for path in python_files("actions") if not path.name.startswith("_")]


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.stem)
def test_every_action_leaves_exactly_one_line(path: Path) -> None:
    """A write without a line could be denied later; two lines would be two acts."""
    found = without_one_line(parsed(path), path.stem, set(NO_LINE))
    assert not found, (
        "\n".join(found) + "\nWrite `with entry(...)` once, or declare a composition with @together."
    )


def test_the_excused_still_exist_and_still_need_it() -> None:
    """The list may only shrink."""
    needed = {
        fault.split(" ")[0] for path in ACTIONS for fault in without_one_line(parsed(path), path.stem, set())
    }
    assert set(NO_LINE) == needed & set(NO_LINE), f"Take off the list: {sorted(set(NO_LINE) - needed)}"


@pytest.mark.parametrize("path", python_files("actions", "jobs", "site", "desks"), ids=named)
def test_every_line_has_exactly_its_declared_keys(path: Path) -> None:
    """Found when the tests run, not when somebody reports at night."""
    assert not (found := wrong_keys(parsed(path))), f"{named(path)}\n" + "\n".join(found)


def test_every_declared_kind_is_used() -> None:
    """A kind that nothing writes is a promise that nobody keeps."""
    calls = [
        call for path in python_files("actions", "site", "jobs", "desks") for call in entries(parsed(path))
    ]
    used = {call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)}
    assert not (unused := set(KINDS) - used), (
        f"Write these lines or take the kinds out of rules/journal_kinds.py: {sorted(unused)}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sentence_of_its_own_keys_and_a_known_next_owner(kind: str) -> None:
    """The sentence can be filled from the line alone."""
    declared = KINDS[kind]
    fields = {name for _, name, _, _ in string.Formatter().parse(declared.sentence) if name}
    assert declared.sentence[0].isupper() or declared.sentence[0] == "{"
    assert fields <= declared.keys, f"The sentence of {kind} needs {sorted(fields - declared.keys)}."
    assert declared.next_owner in ("", *ROLES)


def test_kinds_are_said_in_the_past() -> None:
    """A line tells what happened."""
    happened = ("ed", "en", "made", "back", "sent", "left", "read", "on", "out", "in", "set", "begun", "drawn",
                "found", "told")  # fmt: skip
    assert not [kind for kind in KINDS if not kind.endswith(happened)]


PLANTED = """
def take(*, actor, at):
    with entry("disclosure_taken", actor=actor, at=at, channel="counter"):
        pass
def quiet(*, actor, at): return 1
def twice(*, actor, at):
    with entry("signed_out", actor=actor, at=at): pass
    with entry("signed_out", actor=actor, at=at): pass
@together
def both(*, actor, at): take(actor=actor, at=at)
def handed_on(*, actor, at): return both(actor=actor, at=at)
def invented(*, actor, at):
    with entry("never_heard_of", actor=actor, at=at): pass
"""


def test_a_missing_line_and_a_missing_key_are_found() -> None:
    """The tests above can fail."""
    tree = ast.parse(PLANTED)
    assert without_one_line(tree, "x", set()) == [
        "x.quiet opens 0 journal entries",
        "x.twice opens 2 journal entries",
    ]
    assert without_one_line(tree, "x", {"x.quiet", "x.twice"}) == []
    missing_key, invented = wrong_keys(tree)
    assert "disclosure_taken has ['channel']" in missing_key
    assert "'never_heard_of' is not declared" in invented
    assert next(functions(Path(__file__), tree)).name == "take"
