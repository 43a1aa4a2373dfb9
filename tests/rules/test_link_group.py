"""Which groups are shown to analysts, how strong they are called, and what is refused."""

import pytest

from nightdesk.rules import link_group as rule
from nightdesk.rules.link_group import Already, LinkGroupRefused

TWO, THREE, FOUR = (frozenset("abcd"[:many]) for many in (2, 3, 4))
IN_ONE = dict.fromkeys("abc", "S1")


@pytest.mark.parametrize(
    ("members", "already", "why"),
    [
        (THREE, Already(), ""),
        (THREE, Already(series=IN_ONE), rule.IN_SERIES),
        (FOUR, Already(series=IN_ONE), ""),  # one more may belong to it
        (FOUR, Already(series=IN_ONE | {"d": "S2"}), ""),  # two series that may be one
        (THREE, Already(decided=(THREE,)), rule.DECIDED),
        (TWO, Already(decided=(THREE,)), rule.DECIDED),
        (FOUR, Already(decided=(THREE,)), ""),  # a report joined it
        (THREE, Already(decided=(frozenset("abx"), frozenset("xyz"))), ""),
        (TWO, Already(pairs=frozenset({TWO})), rule.SIDE_BY_SIDE),
        (THREE, Already(pairs=frozenset({TWO})), ""),
    ],
)
def test_what_people_have_decided_does_not_come_back_unless_a_report_joined(
    members: frozenset[str], already: Already, why: str
) -> None:
    assert rule.left_out(members, already, already.by_report()) == why


@pytest.mark.parametrize(("mean", "said"), [(10.0, "strong"), (9.9, "fair"), (6.0, "fair"), (5.9, "weak")])
def test_a_group_is_as_strong_as_its_average_pair(mean: float, said: str) -> None:
    assert rule.strength(mean, -10.0) == said


@pytest.mark.parametrize(("decision", "replaced", "words"), [
    ("aside", False, "has decided"), ("raised", True, "has decided"), ("", True, "newer comparison"),
])  # fmt: skip
def test_a_group_that_is_decided_or_no_more_is_refused(decision: str, replaced: bool, words: str) -> None:
    with pytest.raises(LinkGroupRefused, match=words):
        rule.refuse_unless_open(decision, replaced=replaced)


def test_an_open_group_with_a_reason_is_not_refused() -> None:
    rule.refuse_unless_open("", replaced=False)
    rule.refuse_without_reason("x" * rule.LONGEST_WHY)


@pytest.mark.parametrize("why", ["", "  \n", "x" * (rule.LONGEST_WHY + 1)])
def test_it_is_not_set_aside_without_a_reason_or_with_a_book(why: str) -> None:
    with pytest.raises(LinkGroupRefused):
        rule.refuse_without_reason(why)
