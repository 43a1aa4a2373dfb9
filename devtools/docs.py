"""`./dev docs`: writes the documents that are made from the code. `--check` only says whether they are fresh.

docs/flow.md comes from the tables of moves and of whose turn it is; docs/access.md from the page × role table; the
catalogues of translation from every sentence in the code and the templates (devtools/catalogues.py).
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from devtools import catalogues
from nightdesk.rules import (
    access,
    case,
    duty,
    flag,
    interest,
    journal_kinds,
    opening,
    passing_on,
    referral,
    shared_pack,
    task,
    turned_away,
)
from nightdesk.rules.terms import ROLES

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
MADE: Final = "<!-- Made by ./dev docs from {source}. Change the code, not this page. -->"
TURN: Final = {"nobody": "nobody: it is done", "worker": "the worker (within seconds)"}


def flow() -> str:
    """States, moves and whose turn it is, and which line of the journal hands on to whom."""
    parts = [
        "# How things move, and whose turn it is",
        MADE.format(source="the tables of moves in rules/ and rules/journal_kinds.py"),
    ]
    for title, module in (
        ("A referral", referral), ("A case", case), ("A duty", duty), ("A flag", flag),
        ("A decision on the public interest", interest),
        ("A report of being turned away", turned_away),
        ("A task", task),
        ("An opening of another’s case", opening),
        ("Passing on", passing_on),
        ("A hand-over pack", shared_pack),
    ):  # fmt: skip
        parts += [f"## {title}", _states(module.STATES, module.MOVES, module.WHOSE_TURN)]
    parts += ["## Who acts after a line of the journal", _next_owners()]
    return "\n\n".join(parts) + "\n"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _states(states: Sequence[str], moves: Mapping[str, Mapping[str, str]], turn: Mapping[str, str]) -> str:
    rows = ["| state | whose turn | possible moves |", "| --- | --- | --- |"]
    for state in states:
        possible = ", ".join(f"{_words(move)} → {_words(to)}" for move, to in moves[state].items()) or "none"
        rows.append(f"| {_words(state)} | {TURN.get(turn[state], turn[state])} | {possible} |")
    return "\n".join(rows)


def _next_owners() -> str:
    rows = ["| line | sentence | next to act |", "| --- | --- | --- |"]
    for name, kind in sorted(journal_kinds.KINDS.items()):
        rows.append(f"| `{name}` | {kind.sentence} | {kind.next_owner or '–'} |")
    return "\n".join(rows)


def access_table() -> str:
    """Which role may open which page."""
    head = "| page | " + " | ".join(("anyone", *ROLES)) + " |"
    rows = [head, "| --- |" + " :-: |" * (len(ROLES) + 1)]
    for page, allowed in access.PAGES.items():
        marks = ["✓" if role in allowed else "" for role in ("anyone", *ROLES)]
        rows.append(f"| `{page}` | " + " | ".join(marks) + " |")
    note = (
        "“Anyone” means without signing in: such a page shows nothing personal. A page that is missing here is\n"
        "served to nobody, and a test fails. Opening a page is not seeing every record: queries narrow to the\n"
        "reader’s unit, station and cases."
    )
    return (
        "\n\n".join(
            ["# Who may open which page", MADE.format(source="rules/access.py"), note, "\n".join(rows)]
        )
        + "\n"
    )


PAGES: Final[Mapping[str, Callable[[], str]]] = {"flow.md": flow, "access.md": access_table}


def stale(folder: Path = DOCS) -> list[str]:
    """Names of the generated documents that are absent or differ from what the code says now."""
    return [
        name
        for name, make in PAGES.items()
        if not (folder / name).exists() or (folder / name).read_text() != make()
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the documents, or with --check say which are stale; the exit code."""
    if "--check" in arguments:
        for name in (old := [f"docs/{name}" for name in stale()] + catalogues.stale()):
            print(f"{name} is stale. Run ./dev docs and commit it.")
        return int(bool(old))
    for name, make in PAGES.items():
        (DOCS / name).write_text(make())
        print(f"docs/{name}")
    print("\n".join(catalogues.write()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
