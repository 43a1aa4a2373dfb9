"""Columns keep each value once and find every row again."""

import numpy as np
import pytest

from nightdesk.linkage.columns import Column, KeyedColumn
from nightdesk.linkage.grid import Grid
from nightdesk.linkage.growing import Growing
from nightdesk.linkage.joint import Joint
from nightdesk.linkage.likeness import alike, similarity
from tests.linkage.reports import invented


def test_an_array_that_grows_keeps_what_it_had() -> None:
    """Over many doublings."""
    growing = Growing(np.int32)
    for start in range(0, 5000, 7):
        growing.extend(range(start, start + 7))
    assert growing.array.tolist() == list(range(5005))


@pytest.mark.parametrize("sparse", [False, True])
def test_figures_of_a_value_reach_every_row_that_carries_it(sparse: bool) -> None:
    """And no other; in one go or in parts."""
    column = Column(sparse=sparse)
    column.add(["fox", "", "oak"])
    column.add(["", "fox", None])
    total = np.zeros(6, dtype=np.float32)
    column.spread(np.array([0.0, 5.0, 7.0], dtype=np.float32), total)
    assert total.tolist() == [5, 0, 7, 0, 5, 0]
    assert column.codes_of(np.arange(6)).tolist() == [1, 0, 2, 0, 1, 0]


def test_a_share_is_of_the_rows_that_know_the_field() -> None:
    """Unknown rows do not make a value rare; one never seen counts as one row."""
    column = Column()
    column.add(["fox", "fox", "oak", "", "", "", "", ""])
    assert (column.carried("fox"), column.known) == (2, 3)
    assert column.carried("elm") == 0


def test_several_small_columns_are_read_as_one() -> None:
    """The sum is the same."""
    one, two = Column(), Column()
    joint = Joint(("one", "two"))
    joint.add({"one": one.add(["a", "b", "a"]), "two": two.add(["x", "x", ""])})
    joint.add({"one": one.add(["b"]), "two": two.add(["y"])})
    total = np.zeros(4, dtype=np.float32)
    figures = {"one": np.array([0, 1, 2], np.float32), "two": np.array([0, 10, 20], np.float32)}
    joint.spread(figures, total)
    assert total.tolist() == [11, 12, 1, 22]


@pytest.mark.parametrize("spread_km", [0.05, 1.0, 6.0])
def test_a_grid_counts_about_what_lies_near(spread_km: float) -> None:
    """Within a factor of two and a half of the true count, which is all that rarity needs."""
    random = np.random.default_rng(3)
    lat = 52 + random.normal(0, spread_km / 111, 4000)
    lon = -1 + random.normal(0, spread_km / 68, 4000)
    grid = Grid()
    grid.add(lat[:2000], lon[:2000])
    grid.add(lat[2000:], lon[2000:])
    km = np.hypot((lat - 52) * 111.2, (lon + 1) * 111.2 * np.cos(np.radians(52)))
    for radius, near in grid.near(52.0, -1.0).items():
        true = int((km <= radius).sum())
        if true > 200:
            assert true / 2.5 < near < 2.5 * true


def test_measuring_only_what_shares_letters_loses_nothing() -> None:
    """Against every handle of some hundreds, with repeated letters and none in common."""
    held = sorted({each.handle for each in invented() if each.handle} | {"aaaa", "aaab", "abab", "夜猫", "x"})
    column = KeyedColumn(3)
    column.add([(each, "", "") for each in held])
    for text in [*held[::5], "aaaaaaab", "babababa"]:
        everything = similarity(text, column.parts[0], 0.85)
        assert (alike(text, column, 0.85) == everything).all()
