"""Pages never touch the records: they ask queries, and write through actions (style reference 4.4, 7.3)."""

import ast
import re
from pathlib import Path

import pytest

from tests.codebase.reading import PACKAGE, named, parsed, python_files, templates, text_of

# What contracts can't see: a write on an object that a query returned.
# (The session saves itself, and so may a drawing into a file: `.save(x)`.)
ORM = re.compile(
    r"\.objects\b|(?<!session)\.save\((\)|\w+=)"
    r"|\.(delete|create|bulk_create|update_or_create|get_or_create|select_for_update)\("
)

DESKS = python_files("desks", "jobs")


def orm_uses(text: str) -> list[str]:
    """Lines that use the ORM."""
    return [
        f"line {number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if ORM.search(line)
    ]


def imports_of(tree: ast.AST) -> set[str]:
    """Names of the modules that a file imports, inside functions too."""
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def forbidden_imports(tree: ast.AST) -> set[str]:
    """Imports of records or of models. (A job may know that a database can fail, and close its connections.)"""
    return {name for name in imports_of(tree) if name.startswith(("nightdesk.records", "django.db.models"))}


@pytest.mark.parametrize("path", DESKS, ids=named)
def test_a_desk_never_touches_the_orm(path: Path) -> None:
    """A page that writes by itself leaves no line in the journal."""
    found = orm_uses(text_of(path))
    assert not found, (
        f"{path}\n" + "\n".join(found) + "\nWrite through nightdesk.actions, read through nightdesk.queries."
    )


@pytest.mark.parametrize("path", DESKS, ids=named)
def test_a_desk_never_imports_records(path: Path) -> None:
    """Not even inside a function."""
    assert not (found := forbidden_imports(parsed(path))), f"{path}: {sorted(found)}"


@pytest.mark.parametrize("path", python_files("rules", "linkage"), ids=named)
def test_a_rule_knows_no_clock_and_no_dice(path: Path) -> None:
    """The same facts give the same result, tonight and in court."""
    text = text_of(path)
    imported = {name.split(".")[0] for name in imports_of(parsed(path))}
    assert not imported & {"random", "secrets", "time", "os", "socket", "sqlite3", "logging", "subprocess"}, (
        path
    )
    assert not re.search(r"\.(now|utcnow|today)\(", text), f"{path}: the time comes in as an argument"


NAMES_OF_RECORDS = {"reference", "code", "number"}
# A key in a link stands for whoever holds it: there is no reader to ask.
BY_KEY = {"page_by_token", "feed_shifts"}


def without_reader(tree: ast.Module) -> set[str]:
    """Public queries that open a record by its name and do not ask first who reads."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
            if names[:1] != ["reader"] and {*names} & (NAMES_OF_RECORDS | {"token", "secret"}):
                found.add(node.name)
    return found


@pytest.mark.parametrize("path", python_files("queries"), ids=named)
def test_a_query_of_a_record_asks_first_who_reads(path: Path) -> None:
    """So that who may know can be decided where it is read, and not only on the page."""
    assert without_reader(parsed(path)) <= BY_KEY, path


def test_a_query_without_a_reader_is_found() -> None:
    """The tester can fail."""
    assert without_reader(ast.parse("def case(reference, now): ...")) == {"case"}
    assert without_reader(ast.parse("def case(reader, reference): ...\ndef _row(code): ...")) == set()


INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "text marked safe": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def unsafe_in(text: str) -> list[str]:
    """What the content policy would block, or what would let typed text run."""
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    """The strict policy forbids them; a browser would drop them without a word."""
    assert not (found := unsafe_in(text_of(path))), f"{path}: {', '.join(found)}"


PLANTED = {
    "inline script": "<script>alert(1)</script>",
    "inline style": '<p style="color:red">',
    "event handler": '<p onclick="x()">',
    "javascript: address": '<a href="javascript:x()">',
    "another host": '<img src="//elsewhere.test/x.png">',
    "text marked safe": "{{ what|safe }}",
}


@pytest.mark.parametrize("name", PLANTED)
def test_an_unsafe_template_is_found(name: str) -> None:
    """The tester can fail; a script of our own passes."""
    assert name in unsafe_in(PLANTED[name])
    assert not unsafe_in(
        '<script src="{% static \'x.js\' %}" type="module"></script><a href="/staff/" data-once="1">On</a>'
    )


def test_a_page_that_writes_is_found() -> None:
    """The tester can fail; a session and a drawing may save themselves."""
    planted = ["a = Disclosure.objects.get()", "b.save()", "c.save(update_fields=[])", "d.delete()"]
    innocent = ["actions.save_draft()", "request.session.save()", "picture.save(out)", "created = when"]
    assert [len(orm_uses(line)) for line in planted] == [1, 1, 1, 1]
    assert not orm_uses("\n".join(innocent))
    tree = ast.parse("def page():\n    from nightdesk.records import staff\n    import django.db.models\n")
    assert forbidden_imports(tree) == {"nightdesk.records", "nightdesk.records.staff", "django.db.models"}
