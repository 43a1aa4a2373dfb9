"""The catalogues of translation: `./dev docs` reads every sentence out of the code and the templates, merges it into
locale/LANGUAGE/LC_MESSAGES/django.po and compiles django.mo. No program of the gettext family is needed.

A translation is kept as long as its English sentence stands. A sentence that vanished is set aside (obsolete), and comes
back with its translation when the sentence does. A changed sentence is a new one: nothing is guessed from a similar one,
because here a sentence that is nearly right can be wrong. The files say nothing about when or where they were made.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import polib  # type: ignore[import-untyped]
from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parents[1] / "src" / "nightdesk"
LOCALE: Final = PACKAGE / "locale"
DEVELOPERS: Final = "gallery.html"  # shows every component to developers; nobody at a counter opens it

# Plural rules of the Unicode CLDR (version 46), in gettext's words; Spanish without its form for whole millions.
LANGUAGES: Final[Mapping[str, tuple[str, str]]] = {
    "cy": ("Welsh", "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"),
    "es": ("Spanish", "nplurals=2; plural=(n != 1);"),
    "pt_BR": ("Portuguese (Brazil)", "nplurals=2; plural=(n > 1);"),
    "pl": (
        "Polish",
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    ),
    "ar": (
        "Arabic",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
}
UNSIGNED: Final = (
    "{name}. Every translation here is unsigned: no native speaker who knows the field has confirmed it\n"
    "yet. See docs/translation.md for how to correct and sign it. Made by ./dev docs; change only msgstr."
)
# Name of the gettext function → which of its arguments are context, sentence and plural.
FUNCTIONS: Final[Mapping[str, tuple[int | None, int, int | None]]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALL: Final = re.compile(r"(?<!\w)(n?p?gettext|_)\(")
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]")


@dataclass(frozen=True)
class Message:
    """One English sentence to translate; `context` tells equal words apart, `plural` is "" when nothing is counted."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows a sentence by: its context and its singular."""
        return (self.context, self.singular)


def messages_of_python(source: str) -> list[Message]:
    """Every sentence given to gettext and its kin (also the lazy ones and under other names), in order.

    Raises ValueError when the sentence is not written out in the call: nobody could translate it.
    """
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name.removesuffix("_lazy") for alias in node.names}
    calls = (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    named = [(node, names.get(node.func.id, "")) for node in calls if isinstance(node.func, ast.Name)]
    named.sort(key=lambda found: (found[0].lineno, found[0].col_offset))
    return [_message(node, name) for node, name in named if name in FUNCTIONS]


def messages_of_template(source: str) -> list[Message]:
    """Every sentence of translate, blocktranslate and _() in a template, in order."""
    flat = templatize(source)
    return [
        _message(node, "gettext" if name == "_" else name)
        for found in CALL.finditer(flat)
        if (name := found[1]) and (node := _call_at(flat, found.start())) is not None
    ]


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins at `start`: the shortest piece up to a closing bracket that reads as Python."""
    end = text.find(")", start)
    while end != -1:
        try:
            node = ast.parse(text[start : end + 1], mode="eval").body
            return node if isinstance(node, ast.Call) else None
        except SyntaxError:
            end = text.find(")", end + 1)
    return None


def _message(node: ast.Call, name: str) -> Message:
    context, singular, plural = FUNCTIONS[name]
    parts = {}
    for part, place in (("context", context), ("singular", singular), ("plural", plural)):
        if place is None:
            continue
        argument = node.args[place] if place < len(node.args) else None
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise ValueError(
                f"line {node.lineno}: write the sentence out inside {name}(), or it is never translated."
            )
        parts[part] = argument.value
    return Message(**parts)


@cache
def messages() -> Mapping[Message, tuple[str, ...]]:
    """Every sentence of the product with the files it stands in, in the order of the files.

    Raises ValueError naming the file when a sentence can't be read, or stands once with a plural and once without.
    """
    found: dict[Message, list[str]] = {}
    for path in _sources():
        read = messages_of_python if path.suffix == ".py" else messages_of_template
        where = str(path.relative_to(PACKAGE))
        try:
            listed = read(path.read_text(encoding="utf-8"))
        except ValueError as fault:
            raise ValueError(f"src/nightdesk/{where}, {fault}") from fault
        for message in listed:
            if where not in found.setdefault(message, []):
                found[message].append(where)
    return {message: tuple(places) for message, places in _with_plurals(found)}


def _sources() -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in sorted(PACKAGE.rglob(pattern)):
            parts = path.relative_to(PACKAGE).parts
            if (
                (path.suffix == ".py" or "templates" in parts)
                and path.name != DEVELOPERS
                and "static" not in parts
            ):
                yield path


def _with_plurals(found: Mapping[Message, list[str]]) -> Iterator[tuple[Message, list[str]]]:
    """A catalogue holds one entry for a sentence: where it is counted somewhere, that entry serves the uncounted use."""
    counted = {message.key: message for message in found if message.plural}
    for message, places in found.items():
        other = counted.get(message.key, message)
        if message.plural and other != message:
            raise ValueError(f"{places[0]}: “{message.singular}” has two different plurals. Make them one.")
        if other == message:
            yield message, places


def path_of(language: str, ending: str = "po") -> Path:
    """Where the catalogue of a language is: "po" for translators, "mo" for the program."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{ending}"


def kept(language: str) -> Any:
    """The catalogue as it stands in its file; an empty one for a language that has none yet."""
    path = path_of(language)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def merged(language: str) -> Any:
    """The catalogue with every sentence of the code, and the translations that its file has of them."""
    name, plural_rule = LANGUAGES[language]
    forms = int(plural_rule.split(";")[0].removeprefix("nplurals="))
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in kept(language)}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.header = UNSIGNED.format(name=name)
    catalogue.metadata = {
        "Project-Id-Version": "Nightdesk",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_rule,
    }
    current = messages()
    catalogue.extend(
        _entry(message, places, old.get(message.key), forms) for message, places in current.items()
    )
    known = {message.key for message in current}
    gone = (
        entry
        for key, entry in sorted(old.items())
        if key not in known and (entry.msgstr or entry.msgstr_plural)
    )
    catalogue.extend(_set_aside(entry) for entry in gone)
    return catalogue


def _entry(message: Message, places: tuple[str, ...], old: Any, forms: int) -> Any:
    entry = polib.POEntry(
        msgid=message.singular, msgid_plural=message.plural, msgctxt=message.context or None,
        occurrences=[(place, "") for place in places],
        flags=["python-format"] if PLACEHOLDER.search(message.singular + message.plural) else [],
    )  # fmt: skip
    if old is not None:
        entry.tcomment = old.tcomment
        entry.msgstr = "" if message.plural else old.msgstr
    if message.plural:
        said = old.msgstr_plural if old is not None else {}
        entry.msgstr_plural = {form: said.get(form, "") for form in range(forms)}
    return entry


def _set_aside(entry: Any) -> Any:
    entry.obsolete, entry.occurrences = True, []
    return entry


def stale() -> list[str]:
    """What is not as ./dev docs would write it: the catalogues (against the code), and what is compiled from them."""
    old = []
    for language in LANGUAGES:
        catalogue, po, mo = merged(language), path_of(language), path_of(language, "mo")
        if not po.exists() or po.read_text(encoding="utf-8") != f"{catalogue}":
            old.append(f"locale/{language} (.po)")
        if not mo.exists() or mo.read_bytes() != catalogue.to_binary():
            old.append(f"locale/{language} (.mo)")
    return old


def write() -> list[str]:
    """Write every catalogue and its compiled form; a line for each with how much of it is translated, in per cent."""
    said = []
    for language in LANGUAGES:
        catalogue = merged(language)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_text(f"{catalogue}", encoding="utf-8")
        path_of(language, "mo").write_bytes(catalogue.to_binary())
        said.append(f"locale/{language}: {share(catalogue):.1%} of {len(messages())} sentences")
    return said


def share(catalogue: Any) -> float:
    """How much is translated, 0 to 1: sentences with every form against all that stand in the code."""
    live = [entry for entry in catalogue if not entry.obsolete]
    return sum(bool(entry.translated()) for entry in live) / max(len(live), 1)
