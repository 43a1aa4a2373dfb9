"""The pack's words of descriptions, for rules/link_words.py."""

import tomllib
from functools import cache

from nightdesk.outside.nicknames import FOLDER
from nightdesk.rules.identifiers import plain
from nightdesk.rules.link_words import KINDS, Words


@cache
def load_link_words(pack: str = "england_wales") -> Words:
    """Kind → code → words. Raises ValueError for a word of one kind that stands under two codes, or for none of a kind."""
    raw = tomllib.loads((FOLDER / pack / "linkage" / "words.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in KINDS:
        seen: dict[str, str] = {}
        for code, words in raw.get(kind, {}).items():
            for word in words:
                if word != plain(word) or seen.setdefault(word, code) != code:
                    raise ValueError(f"words.toml, {kind}: “{word}” stands twice, or not small and plain.")
        if not seen:
            raise ValueError(f"words.toml has no words of {kind}. Add some.")
        found[kind] = {code: tuple(words) for code, words in raw[kind].items()}
    return found
