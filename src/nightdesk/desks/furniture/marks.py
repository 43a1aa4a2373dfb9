"""Cuts a text at the words that led to a proposal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """A run of text; ``reasons`` are the numbers (from 1) of the marks that cover it, empty when none does."""

    text: str
    reasons: tuple[int, ...] = ()


def cut_at_marks(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """The whole text as pieces in order; spans are (start, end) character positions and may overlap.

    Spans outside the text are clipped; empty ones mark nothing. Joining the pieces gives the text back.
    """
    kept = [(n, max(0, start), min(len(text), end)) for n, (start, end) in enumerate(spans, start=1)]
    edges = sorted({0, len(text), *(e for _, start, end in kept if start < end for e in (start, end))})
    return [
        Piece(text[left:right], tuple(n for n, start, end in kept if start <= left and right <= end))
        for left, right in pairwise(edges)
    ]
