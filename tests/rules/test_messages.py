"""What a page says: safe on a lock screen."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from nightdesk.rules import messages
from nightdesk.rules.messages import URGENCY_WORDS, Notice, Waits, page_notice

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


# What a message may be made of: where, a reference, how urgent, a link, how many, a code, and when and where somebody is on;
# and what waits: labels of the pack with references.
MADE_OF = {
    "station",
    "reference",
    "urgency",
    "link",
    "count",
    "code",
    "unit",
    "layer",
    "starts",
    "since",
    "waits",
}
GIVEN = {
    "station": "S", "reference": "R", "urgency": "now", "link": "L", "count": 2, "code": "123456", "unit": "City team",
    "layer": "control room", "starts": "Wednesday 30 September, 22:00", "since": "02:10",
    "waits": [Waits("Task overdue", "K7M2-Q9XR")],
}  # fmt: skip
NOTICES = [
    maker
    for name, maker in vars(messages).items()
    if inspect.isfunction(maker) and not name.startswith("_")
    and maker.__annotations__.get("return") in (Notice, "Notice")
]  # fmt: skip


def test_no_message_of_any_kind_has_a_way_in_for_a_person() -> None:
    """Every function that makes one, also those that come later."""
    assert len(NOTICES) >= 9
    for maker in NOTICES:
        extra = set(inspect.signature(maker).parameters) - MADE_OF
        assert not extra, f"{maker.__name__} takes {extra}: could that be something of a person?"


@pytest.mark.parametrize("maker", NOTICES)
def test_every_message_is_safe_on_a_lock_screen(maker: Any) -> None:
    """In the long form and in the short one."""
    wanted = inspect.signature(maker).parameters
    notice = maker(**{name: GIVEN[name] for name in wanted})
    text = f"{notice.subject} {notice.body} {notice.short}".casefold()
    assert not [word for word in FORBIDDEN if word in text]
    assert notice.short
    room = 160 - (90 if "link" in wanted else 0)  # one text message; a link is up to 90 characters
    assert len(notice.short) < room
    assert notice.short.isascii()  # another sign would halve what fits


def test_messages_are_worded_in_one_place_alone() -> None:
    """Else one could be made that the tests above, and those of the marks, do not know."""
    house = Path(messages.__file__).parents[1]
    own = [
        path.name
        for path in house.rglob("*.py")
        if re.search(r"\bNotice\(", path.read_text(encoding="utf-8"))
    ]
    assert own == ["messages.py"]
