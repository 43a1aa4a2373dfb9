"""In which languages an account is read.

People mix languages, and a bare name of an app or drug is the same in all of them, so English is always read. The
phrases of another language count unless the account is plainly English: without this, an ordinary English word that
happens to be a word or a stem elsewhere (after, od, general) would start a proposal nobody's words support. The pack
lists the small everyday words by which each language is known (`common` in its file).
"""

from collections.abc import Iterable, Mapping

ALWAYS_READ = "en"
PLAINLY = 4  # so many English words, and more than twice those of the other language, make an account plainly English


def in_tongue(concept: str, language: str) -> str:
    """The name under which a phrase of a language stands in the net: the concept, and the language unless always read."""
    return concept if language in ("", ALWAYS_READ) else f"{concept} {language}"


def tongues(words: Iterable[str], common: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The languages besides English in which these words (in comparable form) are to be read."""
    said = list(words)
    counted = {language: sum(word in known for word in said) for language, known in common.items()}
    english = counted.pop(ALWAYS_READ, 0)
    return frozenset(
        language for language, count in counted.items() if english < PLAINLY or english <= 2 * count
    )


def concepts_read(found: Iterable[str], read: frozenset[str]) -> tuple[str, ...]:
    """The concepts among names in the net, without those of languages that are not read."""
    parted = [name.partition(" ") for name in found]
    return tuple(concept for concept, _, language in parted if not language or language in read)
