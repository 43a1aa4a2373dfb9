"""Page × role: what is not in the table is open to nobody."""

from itertools import product

import pytest

from nightdesk.rules.access import PAGES, SYSTEM, AccessRefused, may_open, refuse_unless_may_open
from nightdesk.rules.terms import ROLES

# Pages that show or take what a person said, and the only roles that may open them.
COUNTER_PAGES = (
    "counter", "counter_form", "counter_save", "counter_resume", "disclosure", "disclosure_live", "override", "person_left",
)  # fmt: skip
PERSONAL = {
    **{page: {"counter", "soit", "supervisor"} for page in COUNTER_PAGES},
    **{page: {"soit", "supervisor"} for page in ("queue", "case", "referral_move")},
    "journal": {"auditor"},
    **{
        page: {"counter", "soit", "supervisor"}
        for page in ("exhibits", "exhibit", "exhibits_csv", "exhibit_continuity")
    },
    "exhibit_destruction": {"soit", "supervisor"},
    **{page: {"supervisor"} for page in ("destructions", "exhibit_hold", "store_change")},
}


@pytest.mark.parametrize(("page", "role"), list(product(PERSONAL, [*ROLES, None, "system", "invented", ""])))
def test_a_persons_record_opens_to_exactly_these_roles(page: str, role: str | None) -> None:
    """Written out a second time, so that a slip in the table is seen."""
    assert may_open(page, role) is (role in PERSONAL[page])


@pytest.mark.parametrize("role", [*ROLES, None, "anyone"])
def test_a_page_that_nobody_placed_opens_to_nobody(role: str | None) -> None:
    """Fail closed."""
    assert not may_open("invented_page", role)
    with pytest.raises(AccessRefused, match="nobody"):
        refuse_unless_may_open("invented_page", role)


@pytest.mark.parametrize(("page", "role"), list(product(PAGES, [*ROLES, None])))
def test_a_refusal_says_who_may(page: str, role: str | None) -> None:
    """Or does nothing."""
    if may_open(page, role):
        refuse_unless_may_open(page, role)
        return
    with pytest.raises(AccessRefused) as refused:
        refuse_unless_may_open(page, role)
    assert all(allowed in str(refused.value) for allowed in PAGES[page])


def test_the_system_itself_opens_no_page() -> None:
    """It acts; it does not look."""
    assert not [page for page in PAGES if may_open(page, SYSTEM.role) and "anyone" not in PAGES[page]]
