"""What a new training changes: every level before and after, what it could not learn, and where confirmed links now stand.

A person reads this before new weights go live.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.hardening import UNSEEN, Figures
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights

FAR = 1.0  # bits: twice as much, or half
LISTED = 10  # a list shows so many first


@dataclass(frozen=True)
class Level:
    """One level before and after; None where one of the two does not compare it."""

    comparison: str
    level: str
    old: float | None
    new: float | None

    @property
    def by(self) -> float:
        """How many bits more."""
        return (self.new or 0.0) - (self.old or 0.0)

    @property
    def kept(self) -> bool:
        """Whether both compare it."""
        return self.old is not None and self.new is not None


@dataclass(frozen=True)
class Rank:
    """A confirmed link: where the earlier report stands in the list of the later one."""

    earlier: str
    later: str
    old: float
    new: float


@dataclass(frozen=True)
class Changes:
    """From one version to another. `unknown`: confirmed links of which a report is not among those at hand."""

    old: str
    new: str
    levels: tuple[Level, ...]
    not_learned: tuple[str, ...]
    ranks: tuple[Rank, ...] = ()
    unknown: int = 0

    @property
    def moved(self) -> tuple[Level, ...]:
        """Levels that moved far, furthest first."""
        far = (each for each in self.levels if each.kept and abs(each.by) > FAR)
        return tuple(sorted(far, key=lambda each: -abs(each.by)))

    def listed(self) -> tuple[int, int]:
        """Confirmed links in the first ten, before and after."""
        return sum(each.old <= LISTED for each in self.ranks), sum(each.new <= LISTED for each in self.ranks)


def not_learned(learned: Mapping[str, Figures], comparisons: Iterable[Comparison]) -> list[str]:
    """The levels of which training saw nothing among true pairs: hardening took them from the prior."""
    return [
        f"{each.name}: {level.name}"
        for each in comparisons
        for level, (m, _) in zip(each.levels, learned.get(each.name, ()), strict=False)
        if m is None or m < UNSEEN
    ]


def compare(old: Weights, new: Weights, ranks: Sequence[Rank] = (), unknown: int = 0) -> Changes:
    """The changes between two versions."""
    before, after = _bits(old), _bits(new)
    levels = tuple(Level(*key, before.get(key), after.get(key)) for key in {**after, **before})
    compared = {f"{each.name}: {level.name}" for each in new.comparisons for level in each.levels}
    unseen = tuple(each for each in new.about.get("not_learned", ()) if each in compared)
    return Changes(old.version, new.version, levels, unseen, tuple(ranks), unknown)


def _bits(weights: Weights) -> dict[tuple[str, str], float]:
    """By comparison and level; only what is compared."""
    names = (each.name for each in weights.comparisons)
    return {(name, each.level): each.bits for name in names for each in weights.levels[name]}


def ranks_of(extracts: Sequence[Extract], weights: Weights, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Where the earlier row of each pair stands among all rows before the later one; ties count half."""
    index = Index(weights.behaviours)
    index.add(extracts)
    found = []
    for earlier, later in pairs:
        index.count(later, -1)  # what a report says itself makes nothing more common
        bits = scan(extracts[later], index, weights)[:later]
        index.count(later, 1)
        mine = bits[earlier]
        found.append(1 + float((bits > mine).sum()) + float((bits == mine).sum() - 1) / 2)
    return found


def text(changes: Changes) -> str:
    """For a person to read, who may not be one of the series desk: ranks, never of which reports."""
    before, after = changes.listed()
    gone = [each for each in changes.levels if not each.kept]
    lines = [
        f"From {changes.old} to {changes.new}: {len(changes.levels)} levels, "
        f"{len(changes.moved)} moved by more than {FAR:g} bit.",
        *(_line(each) for each in changes.moved),
        *(_line(each) for each in gone),
        f"Not learned, taken from what is expected: {len(changes.not_learned)} levels.",
        *(f"  {each}" for each in changes.not_learned),
        f"Confirmed links in the first {LISTED}: {before} before, {after} after, of {len(changes.ranks)}.",
        *(f"  a confirmed link: {each.old:g} -> {each.new:g}" for each in _worse(changes)),
    ]
    if changes.unknown:
        lines.append(
            f"Confirmed links that could not be looked at: {changes.unknown}. A report of theirs is not here."
        )
    return "\n".join(lines)


def _line(each: Level) -> str:
    old, new = ("not compared" if bits is None else f"{bits:+.1f}" for bits in (each.old, each.new))
    return f"  {each.comparison}, {each.level}: {old} -> {new}"


def _worse(changes: Changes) -> list[Rank]:
    """Confirmed links that stand lower than before, those that fell furthest first."""
    return sorted(
        (each for each in changes.ranks if each.new > each.old), key=lambda each: each.old - each.new
    )
