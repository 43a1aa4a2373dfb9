"""The folder of packs: reads the TOML files of a jurisdiction for the rules that check and compile them.

Packs lie beside the code as plain data. A file that cannot be read is reported with its line, never skipped.
"""

from __future__ import annotations

import gc
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nightdesk.rules.pack import Pack, PackProblems, build_pack

if TYPE_CHECKING:
    from nightdesk.rules.lexicon import Lexicon

DEFAULT_PACK = "england_wales"
LEXICON_FOLDER = "lexicon"
NAME_SHAPE = re.compile(r"[a-z0-9_]+\Z")


@dataclass(frozen=True)
class Report:
    """What `nightdesk pack check` prints: `errors` stop the pack's use, `warnings` are for its owners."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether the pack can be used as it is."""
        return not self.errors


def packs_folder() -> Path:
    """The folder that holds one folder for each pack."""
    return Path(__file__).resolve().parent.parent / "packs"


def pack_names() -> tuple[str, ...]:
    """The packs there are, sorted: each folder with a pack.toml."""
    return tuple(sorted(found.parent.name for found in packs_folder().glob("*/pack.toml")))


def time_zone_of(name: str) -> str:
    """The time zone of the pack `name` alone, for the settings: the rest of it is read later, where faults are told.

    UTC for a pack that cannot be read, or that names no zone that there is.
    """
    try:
        told = tomllib.loads((_pack_folder(name) / "pack.toml").read_text("utf-8"))["time_zone"]
        return ZoneInfo(told).key
    except (PackProblems, OSError, ValueError, KeyError, TypeError):
        return "UTC"


def read_pack(name: str) -> Pack:
    """The pack `name`, read from disk; raises PackProblems with a sentence for each thing wrong."""
    return build_pack(_read_folder(_pack_folder(name)))


@cache
def load_pack(name: str = DEFAULT_PACK) -> Pack:
    """As `read_pack`, read once for each process: a new edition is taken up by a restart."""
    return read_pack(name)


def read_lexicon(name: str) -> Lexicon:
    """The compiled lexicon of the pack `name`; raises PackProblems or the compiler's LexiconProblem."""
    from nightdesk.rules.lexicon import compile_lexicon  # here: pages that only show packs need no triage

    files = _read_folder(_pack_folder(name) / LEXICON_FOLDER)
    with _without_collector():
        return compile_lexicon(files)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Compiling makes some hundred thousand objects that all stay: looking for garbage among them takes a third longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def load_lexicon(name: str = DEFAULT_PACK) -> Lexicon:
    """As `read_lexicon`, compiled once for each process."""
    return read_lexicon(name)


def check_pack(name: str, on: date) -> Report:
    """Everything wrong with the pack `name`, and what its owners should look at on the day `on`."""
    errors: list[str] = []
    warnings: list[str] = []
    try:
        warnings = _pack_warnings(read_pack(name), on)
    except PackProblems as found:
        errors += found.problems
    if name in pack_names():
        try:
            read_lexicon(name)
        except ValueError as found:  # PackProblems and LexiconProblem
            errors += str(found).splitlines()
    return Report(tuple(errors), tuple(warnings))


def _pack_warnings(pack: Pack, on: date) -> list[str]:
    """One line for each owner, section and date overdue, and one for each section with unsigned entries."""
    late: dict[tuple[str, date, str], list[str]] = {}
    if pack.about.review_on < on:
        late["pack", pack.about.review_on, pack.about.owner] = ["pack.toml"]
    for attribute, entry in pack.overdue(on):
        late.setdefault((attribute, entry.review_on, entry.owner), []).append(entry.id)
    warnings = [
        f"{attribute}: the review was due on {review_on}; {owner} should review {', '.join(ids)}."
        for (attribute, review_on, owner), ids in late.items()
    ]
    for _, attribute, section in pack.sections():
        unsigned = [entry for entry in section if not entry.signed]
        doubtful = [entry.id for entry in unsigned if entry.to_be_confirmed]
        confirm = f"; to be confirmed: {', '.join(doubtful)}" if doubtful else ""
        if unsigned:
            warnings.append(f"{attribute}: {len(unsigned)} of {len(section)} entries not signed{confirm}.")
    return warnings + _translation_warnings(pack)


def _translation_warnings(pack: Pack) -> list[str]:
    """One line for each section and language: words not translated yet, translations not signed."""
    warnings = []
    for _, attribute, section in pack.sections():
        worded = [(entry.id, words) for entry in section for _, words in entry.worded()]
        started = any(words.others for _, words in worded)
        for language in [code for code in pack.about.languages if code != "en" and started]:
            missing = [entry_id for entry_id, words in worded if language not in words.others]
            held = [words.others[language] for _, words in worded if language in words.others]
            unsigned = sum(not translation.signed for translation in held)
            if missing:
                warnings.append(f"{attribute}, {language}: in English so far: {', '.join(missing)}.")
            if unsigned:
                warnings.append(f"{attribute}, {language}: {unsigned} translations not signed.")
    return warnings


def _pack_folder(name: str) -> Path:
    """The folder of a pack; the name is checked first, so that it never leads out of the folder of packs."""
    folder = packs_folder() / name
    if not NAME_SHAPE.match(name) or not (folder / "pack.toml").is_file():
        raise PackProblems(
            [f"There is no pack {name!r}; the packs here are {', '.join(pack_names()) or 'none'}."]
        )
    return folder


def _read_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """File stem → parsed TOML for every file of the folder; raises PackProblems naming file and line."""
    files: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            files[path.stem] = tomllib.loads(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            problems.append(f"{path.name}, line {line}: not UTF-8; save the file with UTF-8 encoding.")
        except tomllib.TOMLDecodeError as error:
            problems.append(_toml_sentence(path, str(error)))
    if problems:
        raise PackProblems(problems)
    return files


def _toml_sentence(path: Path, message: str) -> str:
    """tomllib ends with '(at line 3, column 5)' or '(at end of document)'; a person wants the line first."""
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    what = message[: found.start()] if found else message
    if found and found[1]:
        return f"{path.name}, line {found[1]}, column {found[2]}: {what}; mend the TOML."
    return f"{path.name}, last line: {what}; mend the TOML."
