"""Groups of reports that may all be about one man: proposals for people, by evidence, not by whatever hangs together.

Joining all that is linked by any chain makes one group of strangers out of a sauna. Here a link that the rest of the group
contradicts counts for less, and two groups become one only where, over all pairs across them, enough speaks for it.
Everything is in bits of evidence; what is enough follows from how many reports there are, never from one file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.edges import Build, Edges

MARGIN = 6.0  # bits above even odds for a link to begin or join a group: 64 to 1
MOST = 40  # reports in a group; more than that is told, not joined
MOST_TOGETHER = 1_500  # reports that are looked at as one field; a larger one is cut at a higher bar first
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Bar:
    """What is enough, in bits without the prior."""

    even: float  # at even odds
    start: float  # for a link
    hold: float  # on average over all pairs across two groups; a pair under it contradicts

    @staticmethod
    def of(build: Build, margin: float = MARGIN) -> "Bar":
        """From the prior of a build."""
        even = -build.prior_bits
        return Bar(even, even + margin, even / 2)


@dataclass(frozen=True)
class Link:
    """Two rows and their bits."""

    earlier: int
    later: int
    bits: float


@dataclass(frozen=True)
class Group:
    """Rows in order of coming; the link without which it falls apart; the mean of all pairs; whether it was too large."""

    rows: tuple[int, ...]
    weakest: Link
    mean: float
    full: bool = False


def fields(edges: Edges, bar: Bar, most: int = MOST_TOGETHER) -> NDArray[np.int64]:
    """The number of the field of each row, minus one for none: what hangs together by even odds, in pieces not too large."""
    least, rows = bar.even, np.full(len(edges.ids), -1, np.int64)
    left = edges.at_least(least)
    found = 0
    while len(left):
        roots = connected(len(edges.ids), left)
        sizes = np.bincount(roots, minlength=len(edges.ids))[roots]
        done = (sizes > 1) & (sizes <= most)
        _, numbers = np.unique(roots[done], return_inverse=True)
        rows[done] = numbers + found
        found = int(rows.max(initial=-1)) + 1
        least += 1.0
        wide = left.at_least(least)
        keep = sizes[wide.earlier] > most
        left = Edges(wide.build, wide.ids, wide.earlier[keep], wide.later[keep], wide.bits[keep])
    return rows


def connected(count: int, edges: Edges) -> NDArray[np.int64]:
    """The smallest row that each row hangs together with, by any chain."""
    roots = np.arange(count)
    while True:
        least = np.minimum(roots[edges.earlier], roots[edges.later])
        before = roots.copy()
        np.minimum.at(roots, roots[edges.earlier], least)
        np.minimum.at(roots, roots[edges.later], least)
        while (roots[roots] != roots).any():
            roots = roots[roots]
        if (roots == before).all():
            return roots


def groups(within: Edges, field_of: NDArray[np.int64], bar: Bar, most: int = MOST) -> list[Group]:
    """The groups of every field; `within` holds all of its pairs, whatever speaks against them."""
    return [group for rows, bits in _matrices(within, field_of) for group in _groups(rows, bits, bar, most)]


def _matrices(within: Edges, field_of: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], Matrix]]:
    """The rows of each field and the bits of all its pairs."""
    order = np.argsort(field_of[within.earlier], kind="stable")
    numbers = field_of[within.earlier][order]
    for some in np.split(order, np.flatnonzero(np.diff(numbers)) + 1) if len(order) else ():
        rows = np.unique(np.concatenate([within.earlier[some], within.later[some]]))
        one, two = (np.searchsorted(rows, side[some]) for side in (within.earlier, within.later))
        bits = np.zeros((len(rows), len(rows)))
        bits[one, two] = bits[two, one] = within.bits[some]
        yield rows, bits


def contradicted(bits: Matrix, bar: Bar) -> Matrix:
    """The bits of each pair, less one for every doubling of those whom one of them is linked with and the other is not."""
    linked = bits >= bar.even
    against = bits < bar.hold
    for each in (linked, against):
        np.fill_diagonal(each, False)
    counts = linked.astype(np.float32) @ against.astype(np.float32)
    less: Matrix = bits - np.log2(1 + np.maximum(counts, counts.T))
    return less


def _groups(rows: NDArray[np.int64], bits: Matrix, bar: Bar, most: int) -> Iterator[Group]:
    """Links from the strongest down; two groups become one where the pairs across them bear it."""
    counted = contradicted(bits, bar)
    member = {place: [place] for place in range(len(rows))}
    full: set[int] = set()
    ones, twos = np.nonzero(np.triu(counted >= bar.start, 1))
    for at in np.argsort(-counted[ones, twos], kind="stable"):
        one, two = member[int(ones[at])], member[int(twos[at])]
        if one is two or counted[np.ix_(one, two)].mean() < bar.hold:
            continue
        if len(one) + len(two) > most:
            full |= {*one, *two}
            continue
        one.extend(two)
        member |= dict.fromkeys(two, one)
    for group in {id(each): each for each in member.values()}.values():
        if len(group) > 1:
            yield _told(rows, bits, sorted(group), full=bool(full & set(group)))


def _told(rows: NDArray[np.int64], bits: Matrix, places: list[int], *, full: bool) -> Group:
    """A group with its weakest link: the least of the links that hold it together at best."""
    inner = bits[np.ix_(places, places)]
    inside, best = [0], inner[0].copy()
    source = np.zeros(len(places), int)
    weakest = (np.inf, 0, 0)
    while len(inside) < len(places):
        best[inside] = -np.inf
        new = int(np.argmax(best))
        one, two = sorted((int(source[new]), new))
        weakest = min(weakest, (float(best[new]), one, two))
        inside.append(new)
        better = inner[new] > best
        best, source = np.where(better, inner[new], best), np.where(better, new, source)
    weak, one, two = weakest
    mean = float(inner[np.triu_indices(len(places), 1)].mean())
    link = Link(int(rows[places[one]]), int(rows[places[two]]), weak)
    return Group(tuple(int(rows[place]) for place in places), link, mean, full)
