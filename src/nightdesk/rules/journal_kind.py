"""A kind of journal line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of line: the exact `keys` of its facts, the sentence shown, and the role that acts next ("" for nobody)."""

    keys: frozenset[str]
    sentence: str
    next_owner: str = ""


def kind(sentence: str, *keys: str, next_owner: str = "") -> Kind:
    """A kind with these keys and this sentence; `next_owner` is the role that acts next."""
    return Kind(frozenset(keys), sentence, next_owner)
