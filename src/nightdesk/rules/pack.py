"""A pack: everything a country or a force decides, as reviewed data (C15).

`build_pack` takes the parsed files and gives a Pack in which every reference holds, or raises PackProblems
with every problem at once. The lexicon of triage lies in the same folder and is compiled by
`nightdesk.rules.lexicon`; a Pack does not hold it. A file may open with [defaults] (owner, review_on,
edition): an entry that lacks one takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nightdesk.rules.pack_about import About
from nightdesk.rules.pack_entries import Entry
from nightdesk.rules.pack_found import Entries, UnknownEntry
from nightdesk.rules.pack_reading import entry_problems, read_table
from nightdesk.rules.pack_references import reference_problems
from nightdesk.rules.pack_shape import FILES, SECTIONS, Pack

__all__ = ["About", "Entries", "Pack", "PackProblems", "UnknownEntry", "build_pack"]
DEFAULT_KEYS = ("owner", "review_on", "edition")


class PackProblems(ValueError):
    """The pack cannot be used; `problems` are plain sentences, each naming file, entry and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def build_pack(files: Mapping[str, Mapping[str, Any]]) -> Pack:
    """The pack in `files` (file stem → parsed TOML); raises PackProblems with every problem found."""
    problems = [
        f"{stem}.toml is missing; add it (docs/packs.md says what it holds)."
        for stem in FILES
        if stem not in files
    ]
    problems += [
        f"{stem}.toml is not a file of a pack; use {', '.join(FILES)}." for stem in files if stem not in FILES
    ]
    parts: dict[str, Any] = {}
    if "pack" in files:
        parts["about"] = read_table(About, files["pack"], "pack.toml", problems)
    for stem in [stem for stem in FILES[1:] if stem in files]:
        problems += _file_problems(stem, files[stem])
        for _, table, attribute, kind in [section for section in SECTIONS if section[0] == stem]:
            parts[attribute] = Entries(_read_section(kind, stem, table, files[stem], problems))
    if not problems:
        problems = reference_problems(Pack(**parts))
    if problems:
        raise PackProblems(problems)
    return Pack(**parts)


def _file_problems(stem: str, raw: Mapping[str, Any]) -> list[str]:
    """Tables that the file may not have, and defaults that may not be given for a whole file."""
    tables = [table for file, table, _, _ in SECTIONS if file == stem]
    found = [
        f"{stem}.toml: unknown table [[{key}]]; remove it or use [[{']], [['.join(tables)}]]."
        for key in raw
        if key not in (*tables, "defaults")
    ]
    defaults = raw.get("defaults", {})
    if not isinstance(defaults, Mapping):
        return [*found, f"{stem}.toml: [defaults] must be a table."]
    return found + [
        f'{stem}.toml, [defaults]: "{key}" cannot be given for a whole file; put it in each entry.'
        for key in defaults
        if key not in DEFAULT_KEYS
    ]


def _read_section(
    kind: type[Entry], stem: str, table: str, raw: Mapping[str, Any], problems: list[str]
) -> list[Entry]:
    rows = raw.get(table, [])
    if not isinstance(rows, list) or not rows:
        problems.append(f"{stem}.toml: needs at least one [[{table}]].")
        return []
    given = raw.get("defaults", {})
    defaults = given if isinstance(given, Mapping) else {}  # _file_problems has said so
    usable = {key: value for key, value in defaults.items() if key in kind.__dataclass_fields__}
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows, start=1):
        row = {**usable, **row} if isinstance(row, Mapping) else row
        where = f"{stem}.toml, {table} {_name_of(row, number)}"
        entry = read_table(kind, row, where, problems)
        if entry is None:
            continue
        problems += entry_problems(entry, where)
        if entry.id in entries:
            problems.append(f"{where}: this id is already used in [[{table}]]; give each entry its own.")
        entries[entry.id] = entry
    return list(entries.values())


def _name_of(row: object, number: int) -> str:
    """How a sentence calls an entry: by its id, or by its place in the file when it has none."""
    known = row.get("id") if isinstance(row, Mapping) else None
    return f'"{known}"' if isinstance(known, str) and known else f"number {number}"
