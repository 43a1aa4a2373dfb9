"""How the tests about the code read the code: tracked files, functions, templates, addresses."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "nightdesk"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows or would take (new ones with them, ignored ones without)."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, listed)) if (path := ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """The text of a file; empty for pictures and archives."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def named(path: Path) -> str:
    """The path as it is written in a message."""
    return str(path.relative_to(ROOT))


def python_files(*folders: str) -> list[Path]:
    """The product's own Python files in the named layers (all of them when none is named), migrations left out."""
    within = [PACKAGE / folder for folder in folders] or [PACKAGE]
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and any(path.is_relative_to(folder) for folder in within)
        and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Every template of the product."""
    return [
        path
        for path in tracked()
        if path.suffix in (".html", ".txt") and "templates" in path.parts and path.is_relative_to(PACKAGE)
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(text_of(path))


@dataclass(frozen=True)
class Function:
    """A function as written: where, its name, its node, and how many lines it has (its docstring with them)."""

    path: Path
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    lines: int

    def __str__(self) -> str:
        return f"{named(self.path)}:{self.node.lineno} {self.name}"


def functions(path: Path, tree: ast.Module | None = None) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(tree or parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(path, node.name, node, (node.end_lineno or node.lineno) - node.lineno + 1)


def called(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Name and node of every call inside `node`: `entry(...)` and `x.entry(...)` are both “entry”."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            if isinstance(inner.func, ast.Name):
                yield inner.func.id, inner
            elif isinstance(inner.func, ast.Attribute):
                yield inner.func.attr, inner


def decorated_with(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names of the decorators of a function."""
    bare = [
        decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list
    ]
    return {
        part.id if isinstance(part, ast.Name) else part.attr
        for part in bare
        if isinstance(part, ast.Name | ast.Attribute)
    }


@dataclass(frozen=True)
class Address:
    """One address of the site: its name, and its arguments with their converters."""

    name: str
    arguments: tuple[tuple[str, str], ...]


def addresses() -> list[Address]:
    """Every address of the staff site that is ours."""
    from django.urls import get_resolver

    return list(_addresses(get_resolver(), ()))


def _addresses(resolver: Any, above: tuple[tuple[str, str], ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = above + tuple((name, type(kind).__name__) for name, kind in pattern.pattern.converters.items())
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern, here)
        else:
            yield Address(pattern.name or str(pattern.pattern), here)
