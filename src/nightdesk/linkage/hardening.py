"""After every training: no field may veto all others, an agreement never counts against, nothing counts without bound.

Training sees few true pairs for rare fields and feeds itself. What it could not see is taken from a stated prior, and what
it saw of fields that men throw away (accounts, numbers, addresses) is drawn half-way to one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from nightdesk.linkage.comparisons import USUAL_KM, Comparison
from nightdesk.linkage.priors import CHANCE, PRIOR, SHRUNK, near_place
from nightdesk.linkage.weights import Weight

LEAST, MOST = -6.0, 16.0
UNSEEN = 1e-4  # an m under this was not learned
STUCK = 1e-6  # where training leaves a u that it never saw
RARE = 2e-5
MOVED = (-3.5, -1.0)  # bits for two homes far apart: against, and yet a man may move

Figures = Sequence[tuple[float | None, float | None]]


def harden(
    learned: Mapping[str, Figures], comparisons: Iterable[Comparison]
) -> dict[str, tuple[Weight, ...]]:
    """Weights of every level from what training said; a comparison it never saw gets its prior."""
    return {each.name: _one(each, learned.get(each.name, ())) for each in comparisons}


def _one(comparison: Comparison, figures: Figures) -> tuple[Weight, ...]:
    figures = list(figures) or [(None, None)] * len(comparison.levels)
    us = _chances(comparison, [u for _, u in figures])
    ms = _agreements(comparison, [m for m, _ in figures], us)
    bits = _ordered(comparison, [math.log2(m / u) for m, u in zip(ms, us, strict=True)])
    return tuple(
        Weight(level.name, round(_m(u, weight), 9), round(u, 9), round(weight, 3))
        for level, u, weight in zip(comparison.levels, us, bits, strict=True)
    )


def _m(u: float, bits: float) -> float:
    return min(u * math.exp2(bits), 1.0)


def _chances(comparison: Comparison, us: list[float | None]) -> list[float]:
    """u by arithmetic where a sample cannot see it."""
    known = CHANCE.get(comparison.name, ())
    found = []
    for number, u in enumerate(us):
        told = known[number] if number < len(known) else None
        found.append(told or (u if u and u > STUCK else RARE))
    if not us[-1] or us[-1] <= STUCK:
        found[-1] = max(1 - sum(found[:-1]), 0.5)
    return found


def _agreements(comparison: Comparison, ms: list[float | None], us: list[float]) -> list[float]:
    """m as learned, drawn to the prior where there is one, and from it where nothing was learned."""
    prior = near_place(comparison) if comparison.kind == "place" else PRIOR.get(comparison.name)
    found = []
    for number, (m, u) in enumerate(zip(ms, us, strict=True)):
        expected = prior[number] if prior else (3 * u if comparison.levels[number].agrees else 0.8 * u)
        if m is None or m < UNSEEN:
            found.append(expected)
        elif comparison.name in SHRUNK or comparison.kind == "place":
            found.append(math.sqrt(m * expected))
        else:
            found.append(m)
    return found


def _ordered(comparison: Comparison, bits: list[float]) -> list[float]:
    """Within bounds, and a better level never under a worse one."""
    last = len(bits) - 1
    held = []
    for number, weight in enumerate(bits):
        level = comparison.levels[number]
        low, high = LEAST, MOST
        if number == last:
            low, high = comparison.floor, 0.0
        elif level.agrees and not comparison.graded:
            low = 0.0
        if comparison.kind == "place" and (number == last or level.limit > USUAL_KM):
            low, high = MOVED if comparison.name.startswith("place_home") else (MOVED[0], high)
        held.append(min(max(weight, low), high))
    for number in range(last - 1, -1, -1):
        held[number] = max(held[number], held[number + 1])
    return held
