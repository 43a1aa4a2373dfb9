"""Shares with intervals; small numbers, and what would give them away, stay hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import fairness as rule
from nightdesk.rules.fairness import Asked, Counted, Live, share, shares


def test_a_share_lies_between_known_limits() -> None:
    """Wilson’s interval of 50 of 100, as in any table of it."""
    found = share(50, 100)
    assert (round(found.low, 3), found.share, round(found.high, 3)) == (0.404, 0.5, 0.596)
    assert (share(0, 10).low, round(share(10, 10).high, 9)) == (0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (3, 2), (-1, 5)])
def test_a_part_of_nothing_is_no_share(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(part, whole)


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_share_is_always_inside_its_interval(part: tuple[int, int]) -> None:
    found = share(*part)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ([(50, 100), (40, 90)], [True, True]),
        ([(4, 100), (40, 90)], [False, False]),  # one alone would be given away by the whole
        ([(4, 100), (40, 90), (10, 20)], [False, True, False]),
        ([(98, 100), (3, 90), (10, 20)], [False, False, True]),  # two hide each other
        ([(0, 0)], [False]),
        ([(2, 3), (50, 100)], [False, False]),
        ([], []),
    ],
)
def test_small_numbers_and_what_gives_them_away_are_hidden(
    parts: list[tuple[int, int]], seen: list[bool]
) -> None:
    assert [one is not None for one in shares(parts)] == seen


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_a_hidden_count_cannot_be_had_from_the_whole(counts: list[int]) -> None:
    """Either nothing is hidden, or at least two are; nothing small is ever shown."""
    shown = rule.counts_shown(counts)
    assert shown.count(None) != 1
    assert all(one is None or one >= rule.LEAST for one in shown)


def asked(reporter: str, rank: float | None, times: int, *, wrong: bool = False) -> list[Asked]:
    return [Asked(reporter, "white", rank, wrong)] * times


def test_it_is_counted_by_reporter_and_by_group_and_stored_plainly() -> None:
    rows = [
        *asked("victim", 1, 6),
        *asked("victim", 11, 5, wrong=True),
        *asked("agency", 7.5, 3),
        *asked("agency", None, 2),
    ]
    counts = rule.counted(rows, ethnicity=False)
    assert counts == [
        Counted("reporter", "agency", False, 5, 3, 0, 3, 0),
        Counted("reporter", "victim", False, 11, 11, 6, 6, 5),
        Counted("group", "white", False, 16, 14, 6, 9, 5),
    ]
    assert rule.from_plain(rule.to_plain(counts)) == counts


def test_with_and_without_ethnicity_stand_side_by_side() -> None:
    rows = asked("victim", 1, 20) + asked("victim", 30, 20)
    counts = [*rule.counted(rows, ethnicity=False), *rule.counted(rows[:30], ethnicity=True)]
    found = rule.table(counts, "reporter", "ten")
    without, with_it = found["victim"][False], found["victim"][True]
    assert without is not None and with_it is not None  # noqa: PT018
    assert (without.share, without.of, round(with_it.share, 2), with_it.of) == (0.5, 40, 0.67, 30)


def test_live_work_is_audited_with_its_small_numbers_hidden() -> None:
    rows = [
        *[Live("disclosure", "A", True, 10.0)] * 6, *[Live("disclosure", "A", False, 30.0)] * 6,
        *[Live("disclosure", "A", None, None)] * 3, *[Live("death", "B", True, 2.0)] * 2,
    ]  # fmt: skip
    death, disclosure = rule.audited(rows, "kind")
    assert (death.raised, death.accepted, death.hours) == (None, None, None)
    assert (disclosure.raised, disclosure.accepted, disclosure.hours) == (None, None, 20.0)
    (alone,) = rule.audited(rows[:-2], "unit")
    assert alone.accepted is not None
    assert (alone.code, alone.raised, alone.accepted.share) == ("A", 15, 0.5)
