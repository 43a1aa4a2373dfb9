"""Words as the person typed them, made comparable, with the way back to the original text.

Case, accents, apostrophes, stretched letters, full-width forms, zero-width and control characters never change what
somebody said, so they never change what is found. Each word keeps its offsets in the text as typed, because staff are
shown the person's own words as the reason for a proposal (design/product.md C2).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_IGNORED = (
    "\u00ad\u034f\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f"
)
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4\u2032"
_LETTERS = f"(?:[^\\W_]++[{_IGNORED}]*+)++"
_WORD = re.compile(f"{_LETTERS}(?:[{_APOSTROPHES}*@]+{_LETTERS})*+|[\u00a3$\u20ac]")
_STRIP = re.compile(f"[{_IGNORED}{_APOSTROPHES}]+")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_NUMBER_AND_UNIT = re.compile(r"(\d+)(yo|yrs?|y|am|pm|st|nd|rd|th|hrs?|h|k|m|f|ans|lat|ani|anos)$")
_SEX_AND_AGE = re.compile(r"([mf])(\d{1,2})$")
_STOP = re.compile(r"[.!?;\n\r\u2026\u3002\u061f]")
_PAUSE = re.compile(r"[,:()\u2013\u2014/]|\s-\s")
_UNFOLDED = str.maketrans(
    {"\u0142": "l", "\u0111": "d", "\u00f8": "o", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i"}
)
_SHORTENED = frozenset(
    ("approx", "mr", "mrs", "ms", "dr", "poss", "susp", "unk", "sgt", "abt", "temp", "nr", "ok")
)
SENTENCE_LIMIT = 5000  # words; text without a single full stop is still read in pieces of bounded size


class Word(NamedTuple):
    """One word: its comparable form, its offsets in the text as typed, and the clause it stands in."""

    text: str
    start: int
    end: int
    clause: int


def plain(raw: str) -> str:
    """The comparable form of one word: no case, accents, apostrophes, stretched letters or invisible characters."""
    if raw.isascii():
        folded = raw.lower()
    else:
        opened = unicodedata.normalize("NFKD", raw.casefold())
        folded = "".join(c for c in opened if not unicodedata.combining(c)).casefold().translate(_UNFOLDED)
    return _STRETCHED.sub(r"\1\1", _STRIP.sub("", folded))


def _parts(raw: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A typed run as one word, or as two when a number and its unit are written together (15yo, 4am, f22)."""
    text, end = plain(raw), start + len(raw)
    joined = _NUMBER_AND_UNIT.match(text) or _SEX_AND_AGE.match(text)
    if joined is None or len(text) != len(raw):
        if text:
            yield text, start, end
        return
    middle = start + len(joined[1])
    yield joined[1], start, middle
    yield joined[2], middle, end


def _breaks(text: str, before: str, gap_start: int, gap_end: int) -> tuple[bool, bool]:
    """Whether the signs between two words end the sentence, and whether they end the clause."""
    gap = text[gap_start:gap_end]
    if gap == " ":
        return False, False
    if gap.startswith(".") and (before in _SHORTENED or (gap == "." and before.isdigit())):
        gap = gap[1:]
    stops = _STOP.search(gap) is not None
    return stops, stops or _PAUSE.search(gap) is not None


def sentences(text: str, merges: Mapping[tuple[str, str], str]) -> Iterator[list[Word]]:
    """The sentences of one field, each a list of words; pairs in merges (did not) become one word (didnt)."""
    sentence: list[Word] = []
    clause, gap_start = 0, 0
    for found in _WORD.finditer(text):
        before = sentence[-1].text if sentence else ""
        stops, pauses = _breaks(text, before, gap_start, found.start()) if before else (False, False)
        clause += pauses
        if stops or len(sentence) >= SENTENCE_LIMIT:
            yield sentence
            sentence = []
        for word, start, end in _parts(found[0], found.start()):
            _append(sentence, Word(word, start, end, clause), merges)
        gap_start = found.end()
    if sentence:
        yield sentence


def _append(sentence: list[Word], word: Word, merges: Mapping[tuple[str, str], str]) -> None:
    """Add a word, or join it to the one before when the pair is written apart for one meaning."""
    last = sentence[-1] if sentence else None
    merged = merges.get((last.text, word.text)) if last is not None and last.clause == word.clause else None
    if merged is None or last is None:
        sentence.append(word)
    else:
        sentence[-1] = Word(merged, last.start, word.end, word.clause)
