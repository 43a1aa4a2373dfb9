"""Spark in local mode finds the same pairs with the same bits as DuckDB, and leaves nothing in clear on disk."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nightdesk.jobs.splink_batch import compare_all, compare_parts, hold, pairs_of
from nightdesk.jobs.splink_engines import Engine, engine
from nightdesk.linkage.edges import Edges
from nightdesk.linkage.extract import extract
from tests.linkage.reports import composed, index_of, invented, weights

pytestmark = [
    pytest.mark.spark,
    # Spark's own: sockets that its driver closes late, and names that its next edition will drop.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
LEAST = 2.0
MARK = "quietotter31"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Spark may write."""
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def spark(scratch: Path) -> Iterator[Engine]:
    """Spark in this process."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_LOCAL_DIRS", str(scratch))
    patch.chdir(scratch)
    made = engine("spark")
    yield made
    made.session.stop()  # type: ignore[attr-defined]
    patch.undo()


def by_pair(edges: Edges) -> dict[tuple[str, str], float]:
    """The bits of each pair."""
    return {(one, two): bits for one, two, bits in edges.named()}


def test_every_level_of_every_comparison_is_read_alike(spark: Engine) -> None:
    """Every corner of the comparisons, each with each other."""
    held = [*composed(), *invented(rows=60)]
    index = index_of(held)
    theirs, ours = (
        pairs_of(held, index, weights(), rule="l.row <> r.row", engine=each) for each in (spark, None)
    )
    assert len(theirs.bits) == len(held) * (len(held) - 1) // 2
    one, two = (np.lexsort((each.earlier, each.later)) for each in (theirs, ours))
    for name in ours.levels:
        assert (theirs.levels[name][one] == ours.levels[name][two]).all(), name
    assert np.abs(theirs.bits[one] - ours.bits[two]).max() < 1e-9


def test_a_batch_gives_the_same_pairs_with_the_same_bits(spark: Engine) -> None:
    held = [*composed(), *invented()]
    ours, theirs = (compare_all(hold(held, weights(), each), LEAST) for each in (None, spark))
    assert theirs.build.engine == "spark"
    assert len(ours) > 50
    assert by_pair(theirs) == pytest.approx(by_pair(ours), abs=1e-9)


def test_every_pair_within_a_part_comes_back(spark: Engine) -> None:
    held = list(invented())
    parts = np.where(np.arange(len(held)) < 30, np.arange(len(held)) % 3, -1)
    ours, theirs = (compare_parts(hold(held, weights(), each), parts) for each in (None, spark))
    assert len(theirs) == 3 * 45
    assert by_pair(theirs) == pytest.approx(by_pair(ours), abs=1e-9)


def test_nothing_that_was_compared_lies_on_disk_in_clear(spark: Engine, scratch: Path) -> None:
    """What Spark spills and hands about is encrypted under a key that ends with it."""
    twins = [extract({"id": f"t{row}", "handle": MARK, "phone": "07700900555"}, {}) for row in range(2)]
    assert len(compare_all(hold([*invented(), *twins], weights(), spark), LEAST)) > 0
    files = [path for path in scratch.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if MARK.encode() in path.read_bytes()]
