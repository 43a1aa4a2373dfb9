"""The pairs of a group that people are shown: those that hold it together, and those that speak most against it."""

from collections.abc import Mapping

Pair = tuple[int, int]


def holding(bits: Mapping[Pair, float]) -> list[Pair]:
    """The strongest pairs that still hold everybody together: one fewer than there are reports, strongest first."""
    part = {row: {row} for pair in bits for row in pair}
    found = []
    for pair in sorted(bits, key=lambda each: (-bits[each], each)):
        one, two = part[pair[0]], part[pair[1]]
        if one is not two:
            found.append(pair)
            one |= two
            part |= dict.fromkeys(two, one)
    return found


def chosen(bits: Mapping[Pair, float], hold: float, most: int, against: int) -> list[Pair]:
    """What is shown of all pairs: what holds, then what contradicts (under `hold` bits, worst first), then the strongest."""
    first = holding(bits)
    rest = sorted((pair for pair in bits if pair not in set(first)), key=lambda each: (bits[each], each))
    worst = [pair for pair in rest if bits[pair] < hold][:against]
    others = [pair for pair in reversed(rest) if pair not in worst]
    return [*first, *worst, *others][: max(most, len(first) + len(worst))]
