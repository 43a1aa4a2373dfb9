"""What a page says: safe on a lock screen."""

import inspect

import pytest

from nightdesk.rules.messages import URGENCY_WORDS, page_notice

FORBIDDEN = ("offence", "sexual", "rape", "victim", "suspect", "drug", "chemsex", "assault")


@pytest.mark.parametrize("urgency", URGENCY_WORDS)
def test_a_page_says_where_how_soon_and_one_link(urgency: str) -> None:
    """And what to do when one can't."""
    notice = page_notice(station="Harrow Lane", reference="K7M2-Q9XR", urgency=urgency, link="http://x/t/")
    assert "Harrow Lane" in notice.body
    assert "K7M2-Q9XR" in notice.subject
    assert notice.body.count("http") == 1
    assert URGENCY_WORDS[urgency] in notice.body
    assert "the next person is told" in notice.body


@pytest.mark.parametrize("urgency", URGENCY_WORDS)
def test_a_page_says_nothing_of_the_offence(urgency: str) -> None:
    """Whoever reads the screen of a phone on a table learns nothing."""
    notice = page_notice(station="S", reference="R", urgency=urgency, link="L")
    assert not [word for word in FORBIDDEN if word in (notice.subject + notice.body).casefold()]


def test_nothing_of_a_person_can_reach_a_page() -> None:
    """There is no way in: these four are all it takes."""
    assert set(inspect.signature(page_notice).parameters) == {"station", "reference", "urgency", "link"}
