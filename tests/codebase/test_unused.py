"""A rule that nobody asks is no rule: every public function of rules/ is used by the product, not by its tests alone."""

import ast
from collections.abc import Iterable

import pytest

from tests.codebase.reading import ROOT, named, parsed, python_files, tracked

# function → why it stands there although only tests use it
SPARE = {
    "src/nightdesk/rules/custody.py: holder_at": "one holder at every moment is what a chain promises; shown by it",
    "src/nightdesk/rules/pack_directory.py: is_open": "the hours of every service of a pack are tried by it",
    "src/nightdesk/rules/triage.py: rules_that_fire": "every rule of a pack is tried by its own example with it",
}


def called_beside(tree: ast.Module, own: str) -> bool:
    """Whether a file uses its function `own` outside that function's own body."""
    beside = [part for part in tree.body if not (isinstance(part, ast.FunctionDef) and part.name == own)]
    nodes = [node for part in beside for node in ast.walk(part)]
    return any(isinstance(node, ast.Name) and node.id == own for node in nodes)


def unused(rules: dict[str, ast.Module], others: Iterable[ast.Module]) -> set[str]:
    """The public functions of these files that neither their own file nor another uses by name."""
    taken = {name: imported(tree) for name, tree in rules.items()}
    anywhere = set().union(*(imported(tree) for tree in others))
    return {
        f"{name}: {part.name}"
        for name, tree in rules.items()
        for part in tree.body
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_")
        and part.name not in anywhere and not called_beside(tree, part.name)
        and not any(part.name in names for other, names in taken.items() if other != name)
    }  # fmt: skip


def imported(tree: ast.Module) -> set[str]:
    """The names that a file takes from another: by an import, or through a module."""
    nodes = list(ast.walk(tree))
    taken = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return taken | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_every_public_rule_is_used_outside_tests() -> None:
    """Delete what nobody asks, or say in SPARE why it stays."""
    rules = {named(path): parsed(path) for path in python_files("rules")}
    files = [path for path in tracked() if path.suffix == ".py" and not path.is_relative_to(ROOT / "tests")]
    others = [parsed(path) for path in files if named(path) not in rules]
    assert unused(rules, others) == set(SPARE)


@pytest.mark.parametrize(
    ("user", "found"),
    [
        ("", {"a.py: may_go"}),
        ("from nightdesk.rules.a import may_go", set()),
        ("from nightdesk.rules import a\nx = a.may_go(1)", set()),
        ("may_go = 1\nprint(may_go)", {"a.py: may_go"}),
    ],
)
def test_a_rule_that_nobody_asks_is_found(user: str, found: set[str]) -> None:
    """A function that only calls itself, or whose name somebody else has for something of their own, is unused."""
    rule = ast.parse("def may_go(n):\n    return may_go(n - 1)\n\n\ndef _own():\n    return 1\n")
    assert unused({"a.py": rule}, [ast.parse(user)]) == found
