"""Splink and the scan read one file: the same pairs get the same levels and the same bits."""

import numpy as np

from nightdesk.jobs.splink_batch import pairs_of
from nightdesk.linkage.explain import levels_of
from tests.linkage.reports import composed, index_of, invented, weights

MOST = 1e-4


def test_splink_and_the_scan_give_every_pair_the_same_bits() -> None:
    """Tens of thousands of pairs, every corner of every comparison among them, before the rarity of values is added."""
    held = [*composed(), *invented(rows=220)]
    index = index_of(held)
    batch = pairs_of(held, index, weights(), rule="l.row <> r.row")
    assert len(batch.bits) == len(held) * (len(held) - 1) // 2
    for row in range(1, len(held)):
        mine = np.flatnonzero(batch.later == row)
        ours = levels_of(held[row], index, weights(), batch.earlier[mine])
        bits = np.zeros(len(mine))
        for name, levels in ours.items():
            assert (levels == batch.levels[name][mine]).all(), name
            bits += np.array([*(level.bits for level in weights().levels[name]), 0.0])[levels]
        assert np.abs(bits - batch.bits[mine]).max(initial=0.0) < MOST
