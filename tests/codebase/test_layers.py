"""Layers point down. Each contract is broken on purpose in a copy, to see it bite (style reference 4.4)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.codebase.reading import PACKAGE, ROOT

# what is planted: file, line, the contract that must catch it
BREAKS = {
    "Django in a rule": (
        "rules/terms.py",
        "import django.utils.timezone",
        "rules and linkage know no Django",
    ),
    "a desk writes a record": (
        "desks/counter/__init__.py",
        "from nightdesk.records import staff",
        "desks and jobs write only through actions",
    ),
    "a rule against the flow": (
        "rules/terms.py",
        "from nightdesk.rules import access",
        "rules run in the order of the flow",
    ),
    "one desk knows another": (
        "desks/counter/__init__.py",
        "from nightdesk.desks import caseroom",
        "desks do not know each other",
    ),
    "the web starts the engine": (
        "queries/__init__.py",
        "from nightdesk import linkage",
        "only jobs start the linkage engine",
    ),
    "a folder that nobody placed": ("stray/__init__.py", "", "layers point down"),
    "a record knows an action": ("records/apps.py", "import nightdesk.actions", "layers point down"),
}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the tree in `folder`."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "200",
    }
    command = [str(program), "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def broken(said: str) -> set[str]:
    """Names of the contracts that were broken."""
    return {line.removesuffix("BROKEN").strip() for line in said.splitlines() if line.endswith("BROKEN")}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the Python of the product."""
    only_python = shutil.ignore_patterns("packs", "locale", "static", "templates", "__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "src" / "nightdesk", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    """Without exceptions: an exception is a decision record, not a line."""
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(), (
        "The list of exceptions stays empty."
    )


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_contract_is_caught(tree: Path, name: str) -> None:
    """Plant one wrong import, or one unplaced folder, and look for the contract that says so."""
    file, line, contract = BREAKS[name]
    path = tree / "src" / "nightdesk" / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text() if path.exists() else '"""Planted."""\n'
    path.write_text(f"{before}\n{line}\n")
    done = contracts(tree)
    assert done.returncode != 0, f"{name} passed unnoticed:\n{done.stdout}"
    assert contract in broken(done.stdout), done.stdout + done.stderr
