"""What the engine found between two reports, as it is kept with a candidate: read, put in order, and said in bands.

Bands instead of percentages: the figures behind them come from invented reports until a force has its own, and a percentage
about a man is taken for more than it is. One piece of evidence is weak under 2 bits (four to one), fair under 5, strong from
there (thirty-two to one). A pair is strong from even odds, fair from one in sixteen, weak below, the rarity of such pairs
(its prior) included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

WEAK: Final = "weak"
FAIR: Final = "fair"
STRONG: Final = "strong"
BANDS: Final = (WEAK, FAIR, STRONG)
PIECE: Final = (2.0, 5.0)  # bits from which one piece is fair, strong
PAIR: Final = (-4.0, 0.0)  # bits with the prior from which a pair is fair, strong
MATTERS: Final = 1.0  # bits by which evidence must have grown before people are asked again
LAST: Final = "ethnicity"  # never leads: it says of a whole community what it says of one man


@dataclass(frozen=True)
class Found:
    """One comparison: its level, its bits for (negative: against), what each says, how many others say the same."""

    comparison: str
    level: str
    bits: float
    rarity: float
    mine: str
    theirs: str
    others: int | None


@dataclass(frozen=True)
class Evidence:
    """All of it. `alone`: bits without place and time."""

    found: tuple[Found, ...]
    unknown_mine: tuple[str, ...]
    unknown_theirs: tuple[str, ...]
    alone: float

    @property
    def speaks_for(self) -> tuple[Found, ...]:
        """What speaks for one man, the strongest first."""
        return in_order(one for one in self.found if one.bits > 0)

    @property
    def speaks_against(self) -> tuple[Found, ...]:
        """What speaks against it, the strongest first."""
        return in_order(one for one in self.found if one.bits < 0)


def evidence_of(kept: Mapping[str, Any]) -> Evidence:
    """The evidence as it was kept; parts that are missing are empty."""
    unknown = kept.get("unknown") or {}
    return Evidence(
        found=tuple(_found(one) for one in kept.get("found", ())),
        unknown_mine=tuple(unknown.get("mine", ())),
        unknown_theirs=tuple(unknown.get("theirs", ())),
        alone=float(kept.get("alone", 0.0)),
    )


def without(comparison: str, kept: Evidence) -> tuple[Evidence, float]:
    """The evidence without one comparison, and the bits that went with it."""
    bits = sum(one.bits for one in kept.found if one.comparison == comparison)
    left = replace(
        kept, found=tuple(one for one in kept.found if one.comparison != comparison), alone=kept.alone - bits,
        unknown_mine=tuple(one for one in kept.unknown_mine if one != comparison),
        unknown_theirs=tuple(one for one in kept.unknown_theirs if one != comparison),
    )  # fmt: skip
    return left, bits


def _found(one: Mapping[str, Any]) -> Found:
    others = one.get("others")
    return Found(
        comparison=str(one["comparison"]), level=str(one["level"]), bits=float(one["bits"]),
        rarity=float(one.get("rarity", 0.0)), mine=str(one.get("mine") or ""), theirs=str(one.get("theirs") or ""),
        others=None if others is None else int(others),
    )  # fmt: skip


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """The largest first, either way; ethnicity after everything else, whatever its bits."""
    return tuple(sorted(found, key=lambda one: (one.comparison == LAST, -abs(one.bits))))


def band(bits: float) -> str:
    """How much one piece of evidence says, either way."""
    return _band(abs(bits), PIECE)


def band_of_pair(bits: float, prior: float) -> str:
    """How likely two reports are about one man, among all that are held."""
    return _band(bits + prior, PAIR)


def _band(bits: float, limits: tuple[float, float]) -> str:
    return BANDS[sum(bits >= limit for limit in limits)]


def family(comparison: str) -> str:
    """What a comparison is about: the nine of places are one, and so is everything he did."""
    start = comparison.partition("_")[0]
    return start if start in ("place", "did") else comparison


def comes_back(old_evidence: Mapping[str, Any], new_evidence: Mapping[str, Any]) -> bool:
    """Whether a pair that people decided not to be one man is shown to them again.

    Only when one of the reports says something else than before and that speaks more for a link (or less against it) than
    what it said then. What only became rarer or more common since, and what speaks more against, brings nothing back.
    """
    old, new = _by_subject(old_evidence), _by_subject(new_evidence)
    changed = {key for key in old.keys() | new.keys() if _said(old.get(key)) != _said(new.get(key))}
    return any(_bits(new.get(key)) - _bits(old.get(key)) >= MATTERS for key in changed)


def _by_subject(kept: Mapping[str, Any]) -> dict[str, Found]:
    """By what it is about, since a place that becomes better known changes its comparison; each habit for itself."""
    found = evidence_of(kept).found
    return {
        one.comparison if one.comparison.startswith("did_") else family(one.comparison): one for one in found
    }


def _said(one: Found | None) -> tuple[str, ...]:
    return (one.level, one.mine, one.theirs) if one else ()


def _bits(one: Found | None) -> float:
    return one.bits if one else 0.0
