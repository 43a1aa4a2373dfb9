"""Nothing grows too long to be read in one go (style reference 7.1). The list of exceptions may only shrink."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.codebase.reading import (
    PACKAGE,
    ROOT,
    functions,
    named,
    parsed,
    python_files,
    templates,
    text_of,
    tracked,
)

TEMPLATE_LINES = 100
TEMPLATE_MEDIAN = 40


@dataclass(frozen=True)
class Limit:
    """Most lines of a function and of a file."""

    function: int
    file: int


LIMITS = {
    "rules": Limit(30, 200),
    "linkage": Limit(30, 200),
    "actions": Limit(40, 300),
    "queries": Limit(40, 300),
    "records": Limit(15, 250),
    "outside": Limit(40, 300),
    "jobs": Limit(40, 300),
    "site": Limit(40, 300),
    "desks": Limit(25, 200),
}
FORMS = 30  # a form cleans and builds facts, a presenter makes rows: a little longer than a page
TESTS = Limit(30, 400)

# path, or path:function. Start: empty.
EXCEPTIONS: frozenset[str] = frozenset()


def limit_of(path: Path) -> Limit:
    """The limit for a file of the product."""
    layer = path.relative_to(PACKAGE).parts[0]
    limit = LIMITS.get(layer, Limit(40, 300))
    is_form = layer == "desks" and (path.stem.startswith(("forms", "shown")) or "furniture" in path.parts)
    return Limit(FORMS, limit.file) if is_form else limit


def too_long(path: Path, limit: Limit, tree: ast.Module | None = None, lines: int | None = None) -> list[str]:
    """Functions and the file itself, where they pass the limit."""
    length = text_of(path).count("\n") if lines is None else lines
    found = [f"{named(path)}: {length} lines, most is {limit.file}"] if length > limit.file else []
    for function in functions(path, tree):
        if function.lines > limit.function:
            found.append(f"{named(path)}:{function.name}: {function.lines} lines, most is {limit.function}")
    return found


def every_excess() -> list[str]:
    """Of the whole tree."""
    own = [fault for path in python_files() for fault in too_long(path, limit_of(path))]
    tests = [path for path in tracked() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"]
    tools = [
        path for path in tracked() if named(path).startswith(("bench/", "devtools/")) and path.suffix == ".py"
    ]
    return [
        *own,
        *(fault for path in tests for fault in too_long(path, TESTS)),
        *(fault for path in tools for fault in too_long(path, Limit(40, 300))),
    ]


def test_functions_and_files_stay_short() -> None:
    """Cut by idea, not by line: name the part and give it a file of its own."""
    found = [fault for fault in every_excess() if fault.rsplit(": ", 1)[0] not in EXCEPTIONS]
    assert not found, "\n".join(found)


def test_the_exceptions_are_still_too_long() -> None:
    """What has become short enough leaves the list."""
    assert {fault.rsplit(": ", 1)[0] for fault in every_excess()} >= EXCEPTIONS


def test_templates_stay_short() -> None:
    """At most 100 lines each, half of them at most 40."""
    lengths = {named(path): text_of(path).count("\n") for path in templates()}
    assert lengths
    found = [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > TEMPLATE_LINES]
    assert not found, "\n".join(found)
    assert sorted(lengths.values())[len(lengths) // 2] <= TEMPLATE_MEDIAN


def test_the_readme_can_be_read_standing_up() -> None:
    """At most 60 lines; CONTRIBUTING at most 200."""
    for name, most in (("README.md", 60), ("CONTRIBUTING.md", 200)):
        assert text_of(ROOT / name).count("\n") <= most, f"{name} is longer than {most} lines."


@pytest.mark.parametrize("folder", ["rules", "actions", "queries", "records"])
def test_every_public_function_says_what_it_means(folder: str) -> None:
    """A docstring for every public function of the layers that others build on."""
    found = [
        str(function)
        for path in python_files(folder)
        for function in functions(path)
        if not function.name.startswith("_")
        and not ast.get_docstring(function.node)
        and not _is_protocol(path, function.node)
    ]
    assert not found, "\n".join(found)


def _is_protocol(path: Path, node: ast.AST) -> bool:
    """A method of a Protocol, or a function inside a function: its outside says it."""
    for outer in ast.walk(parsed(path)):
        if isinstance(outer, ast.ClassDef) and node in outer.body:
            return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in outer.bases)
    return node not in parsed(path).body


def test_a_long_function_and_a_long_file_are_found() -> None:
    """The tester can fail."""
    tree = ast.parse("def long():\n" + "    pass\n" * 30 + "def short():\n    pass\n")
    found = too_long(Path(__file__), Limit(30, 200), tree, lines=201)
    assert [fault.split(": ", 1)[1] for fault in found] == ["201 lines, most is 200", "31 lines, most is 30"]
    assert ":long" in found[1]
