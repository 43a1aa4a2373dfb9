"""The lexicon: what people say, as concepts, and the rules that join concepts into proposals.

It is pack data (packs/*/lexicon/*.toml): each file names its owner, its source and the day it must be reviewed, and
each rule carries worked examples. This module reads those files into one compiled Lexicon and refuses, with a sentence
for every fault, what it cannot read. Nothing here knows a language or a law; the pack does.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nightdesk.rules.lexicon_net import Node, Walker, vocabulary
from nightdesk.rules.lexicon_phrases import PhraseProblem, add_phrase
from nightdesk.rules.lexicon_rules import Rule, read_rules
from nightdesk.rules.lexicon_spelling import meant_words, spelling_index, words_written
from nightdesk.rules.lexicon_tongues import in_tongue
from nightdesk.rules.wording import plain

REQUIRED = ("owner", "source", "review_on")
NEGATION = "NEGATION"
_CLASS = re.compile(r"<\w+>")
SPELLING_LANGUAGE = (
    "en"  # words typed wrongly are only mended here: in other languages endings carry the meaning
)
_KNOWN = {
    *REQUIRED,
    "language",
    "title",
    "common",
    "classes",
    "aliases",
    "merges",
    "real_words",
    "concepts",
    "rule",
    "signed",
}
_CONCEPT_KEYS = {"phrases", "hides", "negatable", "source", "owner", "review_on", "note"}


class LexiconProblem(ValueError):
    """The lexicon files cannot be used; problems holds one sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Lexicon:
    """Everything triage needs, compiled once and read only: the phrase tree, word forms, rules and edition."""

    edition: str = ""
    root: Node = field(default_factory=Node)
    walker: Walker = field(init=False)
    rules: tuple[Rule, ...] = ()
    merges: dict[tuple[str, str], str] = field(default_factory=dict)
    hides: dict[str, set[str]] = field(default_factory=dict)
    negatable: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    longest_stem: int = 0
    real_words: set[str] = field(default_factory=set)
    spelling: dict[str, tuple[str, ...]] = field(default_factory=dict)
    common: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.walker = Walker(self.root)

    def keys_of(self, word: str) -> tuple[str, ...]:
        """Under which keys a word of an account is looked up: itself, its classes, its stems, what it was meant to be."""
        known = self.keys.get(word, ())
        stems = [
            word[:n] + "*" for n in range(3, min(len(word), self.longest_stem) + 1) if word[:n] in self.stems
        ]
        if known or stems or word in self.real_words:
            return (*known, *stems)
        meant = meant_words(word, self.spelling) or meant_words(
            word.replace("*", "").replace("@", "a"), self.spelling
        )
        return tuple(dict.fromkeys(key for right in meant for key in self.keys.get(right, ())))


def compile_lexicon(files: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Compile parsed TOML files (file stem to content) into a Lexicon. Raises LexiconProblem with every fault found."""
    problems: list[str] = []
    lexicon = Lexicon(edition=_edition(files))
    for stem, content in files.items():
        problems += _header_problems(stem, content)
        lexicon.merges |= {_pair(apart): plain(joined) for apart, joined in content.get("merges", {}).items()}
        lexicon.real_words |= {plain(word) for word in content.get("real_words", "").split()}
        if content.get("common"):
            lexicon.common[str(content.get("language"))] = frozenset(map(plain, content["common"].split()))
    classes = _classes(files)
    for stem, content in files.items():
        for name, concept in content.get("concepts", {}).items():
            language = str(content.get("language", ""))
            problems += _add_concept(lexicon, classes, f"{stem}: {name}", in_tongue(name, language), concept)
    _index_words(lexicon, classes, files)
    rules, rule_problems = read_rules(files, lexicon.concepts)
    lexicon.rules = tuple(rules)
    problems += rule_problems + _hidden_problems(lexicon)
    if problems:
        raise LexiconProblem(problems)
    return lexicon


def _edition(files: Mapping[str, Mapping[str, Any]]) -> str:
    """A short fingerprint of the content, so that a stored result names exactly the lexicon that gave it."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]


def _header_problems(stem: str, content: Mapping[str, Any]) -> list[str]:
    missing = [
        f"{stem}: '{key}' is missing; add it at the top of the file"
        for key in REQUIRED
        if not content.get(key)
    ]
    return missing + [
        f"{stem}: '{key}' is not known here; remove or rename it" for key in content if key not in _KNOWN
    ]


def _pair(apart: str) -> tuple[str, str]:
    first, _, second = apart.partition(" ")
    return plain(first), plain(second)


def _classes(files: Mapping[str, Mapping[str, Any]]) -> dict[str, set[str]]:
    """Word classes, joined over all files: class key to its words."""
    classes: dict[str, set[str]] = {}
    for content in files.values():
        for name, words in content.get("classes", {}).items():
            classes.setdefault(f"<{name}>", set()).update(plain(word) for word in words.split())
    return classes


def _add_concept(
    lexicon: Lexicon, classes: Mapping[str, set[str]], at: str, name: str, concept: Mapping[str, Any]
) -> list[str]:
    """Put a concept's phrases in the tree; returns what is wrong with it."""
    problems = [
        f"{at}: '{key}' is not known here; remove or rename it" for key in concept if key not in _CONCEPT_KEYS
    ]
    plain_name = name.partition(" ")[0]
    lexicon.concepts.add(plain_name)
    lexicon.hides.setdefault(plain_name, set()).update(concept.get("hides", ()))
    if concept.get("negatable"):
        lexicon.negatable.add(plain_name)
    for phrase in str(concept.get("phrases", "")).splitlines():
        if not phrase.strip():
            continue
        used = sorted(set(_CLASS.findall(phrase)) - {*classes})
        problems += [f"{at}: '{phrase}' uses {key}, which no file defines under [classes]" for key in used]
        try:
            add_phrase(lexicon.root, phrase, name, lexicon.merges)
        except PhraseProblem as problem:
            problems.append(f"{at}: {problem}")
    return problems


def _index_words(
    lexicon: Lexicon, classes: Mapping[str, set[str]], files: Mapping[str, Mapping[str, Any]]
) -> None:
    """Collect the words the tree knows, with their classes and short forms, and the index for words typed wrongly."""
    keys: dict[str, list[str]] = {}
    for key in vocabulary(lexicon.root):
        if key.endswith("*"):
            lexicon.stems.add(key[:-1])
        elif key.isalnum() or key in "\u00a3$\u20ac":
            keys[key] = [key]
    for name, words in classes.items():
        for word in words:
            keys.setdefault(word, [word]).append(name)
    lexicon.spelling = spelling_index(words_written(files, SPELLING_LANGUAGE).intersection(keys))
    for content in files.values():
        for short, full in content.get("aliases", {}).items():
            meant = [key for word in full.split() for key in keys.get(plain(word), ())]
            keys.setdefault(plain(short), [plain(short)]).extend(meant)
    lexicon.keys = {word: tuple(dict.fromkeys(known)) for word, known in keys.items()}
    lexicon.longest_stem = max((len(stem) for stem in lexicon.stems), default=0)


def _hidden_problems(lexicon: Lexicon) -> list[str]:
    return [
        f"{name} hides {hidden}, which no file defines under [concepts]"
        for name, all_hidden in lexicon.hides.items()
        for hidden in sorted(all_hidden - lexicon.concepts)
    ]
