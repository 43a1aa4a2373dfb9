"""Who may see the series desk, what links do to series, and what is left of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import series as rule
from nightdesk.rules.series import SeriesRefused
from nightdesk.rules.terms import ANALYST, ROLES, SOIT, SUPERVISOR


@pytest.mark.parametrize("role", ROLES)
def test_analysts_and_named_officers_see_the_desk_and_nobody_else(role: str) -> None:
    """A supervisor sees it as little as anybody, unless another one named them."""
    assert rule.may_see(role, named=False) is (role == ANALYST)
    assert rule.may_see(role, named=True) is (role in (ANALYST, SOIT, SUPERVISOR))


@pytest.mark.parametrize("role", ROLES)
def test_only_officers_who_work_cases_are_named_and_nobody_names_themselves(role: str) -> None:
    """Never the counter, a partner or the admin."""
    with pytest.raises(SeriesRefused, match="another supervisor"):
        rule.refuse_if_not_to_be_named(role, oneself=True)
    if role in (SOIT, SUPERVISOR):
        rule.refuse_if_not_to_be_named(role, oneself=False)
    else:
        with pytest.raises(SeriesRefused, match="Only specialists"):
            rule.refuse_if_not_to_be_named(role, oneself=False)


@pytest.mark.parametrize(
    ("one", "other", "effect"),
    [
        ("", "", "opened"),
        ("A", "", "joined"),
        ("", "B", "joined"),
        ("A", "A", "nothing"),
        ("A", "B", "merged"),
    ],
)
def test_a_link_opens_joins_or_merges(one: str, other: str, effect: str) -> None:
    """By the series that each report is in."""
    assert rule.effect_of_link(one, other) == effect


def test_a_report_taken_out_of_the_middle_leaves_two_halves() -> None:
    """The larger one stays; whoever is linked to nobody stands alone."""
    assert rule.parts("abcde", [("c", "e"), ("d", "c")]) == (("c", "d", "e"), ("a",), ("b",))
    assert rule.parts("abcd", [("c", "d"), ("b", "a")]) == (("a", "b"), ("c", "d"))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_every_member_is_in_one_group_and_linked_ones_are_together(links: list[tuple[str, str]]) -> None:
    """Whatever the links."""
    found = rule.parts("abcdef", links)
    assert sorted(member for group in found for member in group) == list("abcdef")
    home = {member: group for group in found for member in group}
    assert all(home[one] == home[other] for one, other in links)
    assert [len(group) for group in found] == sorted(map(len, found), reverse=True)
