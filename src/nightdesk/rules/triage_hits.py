"""Where an account says something the lexicon knows: every hit, with its words and whether it is said not to be so."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nightdesk.rules.lexicon import NEGATION, Lexicon
from nightdesk.rules.lexicon_net import Place, Walker
from nightdesk.rules.lexicon_tongues import concepts_read, tongues
from nightdesk.rules.wording import Word, sentences

NEGATION_REACH = 5  # words between "never" and what was never done, inside one clause
HITS_KEPT = 200  # of one concept in one field: bounds the work on very long texts; the first ones are kept


class Hit(NamedTuple):
    """A concept found in a field: offsets in the text as typed, position in words, and whether it is denied."""

    concept: str
    field: str
    sentence: int
    first: int
    last: int
    start: int
    end: int
    denied: bool


Hits = dict[str, list[Hit]]


def hits_in(fields: Mapping[str, str], lexicon: Lexicon) -> Hits:
    """Every concept said in the fields, in the order of the text."""
    hits: Hits = {}
    keys: dict[str, tuple[str, ...]] = {}
    read = {name: list(sentences(text, lexicon.merges)) for name, text in fields.items()}
    spoken = (word.text for all_said in read.values() for sentence in all_said for word in sentence)
    languages = tongues(spoken, lexicon.common)
    for name, all_said in read.items():
        kept: dict[str, int] = {}
        position = 0
        for number, sentence in enumerate(all_said):
            for hit in _hits_of(sentence, name, number, position, lexicon, keys, languages):
                kept[hit.concept] = kept.get(hit.concept, 0) + 1
                if kept[hit.concept] <= HITS_KEPT:
                    hits.setdefault(hit.concept, []).append(hit)
            position += len(sentence)
    return hits


def _hits_of(
    sentence: list[Word],
    field: str,
    number: int,
    position: int,
    lexicon: Lexicon,
    keys: dict[str, tuple[str, ...]],
    languages: frozenset[str],
) -> Iterator[Hit]:
    """The hits of one sentence, without those that a false friend covers."""
    for word in sentence:
        if word.text not in keys:
            keys[word.text] = lexicon.keys_of(word.text)
    every = _spans([keys[word.text] for word in sentence], lexicon.walker, languages)
    spans = _uncovered(every, lexicon)
    negations = [(first, last) for name, first, last in spans if name == NEGATION]
    for name, first, last in spans:
        denied = name in lexicon.negatable and _denied(sentence, first, negations)
        start, end = sentence[first].start, sentence[last - 1].end
        yield Hit(name, field, number, position + first, position + last, start, end, denied)


def _spans(
    keys: list[tuple[str, ...]], walker: Walker, languages: frozenset[str]
) -> set[tuple[str, int, int]]:
    """Every phrase of the languages read that fits, as (concept, first word, word after the last)."""
    spans: set[tuple[str, int, int]] = set()
    count = len(keys)
    for first in range(count):
        place: Place | None = walker.start
        at = first
        while place is not None and at < count:
            word = keys[at]
            place = place.onward[word] if word in place.onward else walker.step(place, word)
            at += 1
            if place is not None and place.ends:
                spans.update((name, first, at) for name in concepts_read(place.ends, languages))
    return spans


def _uncovered(spans: set[tuple[str, int, int]], lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The spans in text order, leaving out those that overlap a phrase which hides them."""
    hiding = [(lexicon.hides[name], first, last) for name, first, last in spans if lexicon.hides[name]]
    kept = [
        (name, first, last)
        for name, first, last in spans
        if not any(name in names and first < until and since < last for names, since, until in hiding)
    ]
    return sorted(kept, key=lambda span: (span[1], span[2], span[0]))


def _denied(sentence: list[Word], first: int, negations: Iterable[tuple[int, int]]) -> bool:
    """Whether the same clause says no, not or never shortly before."""
    clause = sentence[first].clause
    return any(
        until <= first <= until + NEGATION_REACH and sentence[until - 1].clause == clause
        for _, until in negations
    )
