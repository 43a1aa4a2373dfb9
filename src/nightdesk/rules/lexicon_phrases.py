"""The small language in which phrases are written in a pack.

word        that word                       grope~      English verb or noun with its usual endings
a|b|c       any of these                    toc*        any word that begins so (other languages' endings)
(a b|c)     any of these, of several words  <poss>      any word of a class (my, his, her...)
x?          may be missing                  _  _0-3     any one word; from none to three words
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

from nightdesk.rules.lexicon_net import ANY_WORD, Node, Path
from nightdesk.rules.wording import plain

_GAP = re.compile(r"_(\d)-(\d)$")
_VOWELS = "aeiou"
Merges = Mapping[tuple[str, str], str]


class PhraseProblem(ValueError):
    """A phrase that cannot be read; the message says what is wrong with it."""


def add_phrase(root: Node, phrase: str, concept: str, merges: Merges) -> None:
    """Weave a line of phrases into the net. Raises PhraseProblem with a sentence when it cannot be read."""
    for alternative in _split(phrase, "|"):
        _add_one(root, alternative, concept, merges)


def _add_one(root: Node, phrase: str, concept: str, merges: Merges) -> None:
    """Weave one phrase into the net, item by item."""
    items = _joined(_split(phrase, " "), merges)
    frontier = [root]
    for item in items:
        gap = _GAP.match(item)
        if frontier[0] is root and (gap or item == ANY_WORD):
            raise PhraseProblem(f"'{phrase}' begins with any word; begin it with a word or a class")
        frontier = (
            _past_gap(frontier, int(gap[1]), int(gap[2])) if gap else _past(frontier, _options(item, merges))
        )
    if root in frontier or not items or _GAP.match(items[-1]) or items[-1] == ANY_WORD:
        raise PhraseProblem(
            f"'{phrase}' may be empty or ends with any word; end it with a word that must be there"
        )
    for node in frontier:
        node.ends.add(concept)


def _past_gap(frontier: list[Node], fewest: int, most: int) -> list[Node]:
    """The nodes reached from a frontier by fewest to most words of any kind."""
    reached = frontier if fewest == 0 else []
    for count in range(1, most + 1):
        after = Node()
        for node in frontier:
            node.edges.setdefault(ANY_WORD, []).append(after)
        frontier = [after]
        if count >= fewest:
            reached = [*reached, after]
    return reached


def _past(frontier: list[Node], options: list[Path]) -> list[Node]:
    """The nodes reached from a frontier by any of the options; the frontier itself too when nothing is one of them."""
    after = Node()
    for path in options:
        for node in frontier if path else ():
            node.lead(path, after)
    return [*frontier, after] if () in options else [after]


def inflected(base: str) -> set[str]:
    """An English word with its usual endings: grab, grabs, grabbed, grabbing."""
    if base.endswith("e"):
        return {base, base + "s", base + "d", base[:-1] + "ing"}
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    forms = {base, base + "s", base + "ed", base + "ing"}
    if base.endswith(("s", "sh", "ch", "x", "z")):
        forms.add(base + "es")
    if len(base) > 2 and base[-1] not in _VOWELS + "wxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
        forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return forms


def _split(text: str, mark: str) -> list[str]:
    """The text cut at a mark wherever no bracket is open; at a space also before and after each bracket."""
    if "(" not in text and ")" not in text:
        return [part for part in text.split(mark) if part.strip()]
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            raise PhraseProblem(f"'{text}' closes a bracket that was never opened")
        if letter == mark and depth == 0:
            parts.append("")
            continue
        opens = letter == "(" and depth == 1
        follows = depth == 0 and letter not in "?)" and parts[-1].endswith((")", ")?"))
        if mark == " " and (opens or follows):
            parts.append("")
        parts[-1] += letter
    if depth:
        raise PhraseProblem(f"'{text}' leaves a bracket open")
    return [part for part in parts if part.strip()]


def _options(item: str, merges: Merges) -> list[Path]:
    """What one item of a phrase may stand for; the empty path when it may be missing."""
    options: list[Path] = [()] if item.endswith("?") else []
    inner = item.rstrip("?")
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    for alternative in _split(inner, "|"):
        if alternative.isalpha() or (alternative[:-1].isalpha() and alternative[-1] in "~*"):
            options += [(key,) for key in _keys(alternative)]
            continue
        words = _joined(_split(alternative, " "), merges)
        if len(words) == 1 and "(" not in words[0] and not words[0].endswith("?"):
            options += [(key,) for key in _keys(words[0])]
            continue
        if words == [item]:
            raise PhraseProblem(f"'{item}' cannot be read; check its brackets")
        for combined in product(*(_options(word, merges) for word in words)):
            options.append(tuple(key for path in combined for key in path))
    if not any(options):
        raise PhraseProblem(f"'{item}' says nothing; write words in its brackets or remove it")
    return list(dict.fromkeys(options))


@cache
def _keys(word: str) -> tuple[str, ...]:
    """The keys of one word as written in a phrase."""
    if word == ANY_WORD or (word.startswith("<") and word.endswith(">")):
        return (word,)
    if word.endswith("~"):
        return tuple(sorted(inflected(plain(word[:-1]))))
    if word.endswith("*"):
        return (plain(word[:-1]) + "*",)
    return (plain(word),)


def _joined(words: list[str], merges: Merges) -> list[str]:
    """The words with pairs joined exactly as the reader of accounts joins them (did not: didnt)."""
    joined: list[str] = []
    for word in words:
        merged = merges.get((joined[-1], word)) if joined else None
        if merged is None:
            joined.append(word)
        else:
            joined[-1] = merged
    return joined
