"""What a pack says of search and openings: shapes that can be read, limits that count, reasons there are."""

from typing import Any

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.outside.search_words import words_of
from nightdesk.rules.pack import PackProblems, build_pack
from tests.rules.pack_files import small_files


def problems(change: Any) -> list[str]:
    """What is wrong with the smallest pack after `change`."""
    files = small_files()
    change(files)
    try:
        build_pack(files)
    except PackProblems as found:
        return list(found.problems)
    return []


def test_the_smallest_pack_is_right() -> None:
    """The faults below are the only ones."""
    assert problems(lambda files: None) == []


@pytest.mark.parametrize(
    ("file", "table", "key", "value", "says"),
    [
        ("search", "shape", "pattern", "[a-", "can't be read"),
        ("openings", "limit", "hours", 0, "must be 1 or more"),
        ("openings", "limit", "number", 0, "must be 1 or more"),
    ],
)
def test_a_fault_is_told(file: str, table: str, key: str, value: object, says: str) -> None:
    """With its file and entry."""
    found = problems(lambda files: files[file][table][-1].update({key: value}))
    assert len(found) == 1
    assert says in found[0]
    assert f"{file}.toml" in found[0]


def test_a_pack_without_reasons_or_limits_is_not_used() -> None:
    """Nobody could ever open another's case, or for ever."""
    assert any("[[reason]]" in one for one in problems(lambda files: files["openings"].update(reason=[])))
    assert any("opening_holds" in one for one in problems(lambda files: files["openings"]["limit"].pop(0)))


def test_the_words_of_england_and_wales_are_ready_for_search() -> None:
    """Nicknames both ways, particles, shapes, platforms by every name they have."""
    words = words_of(load_pack("england_wales"))
    assert "elizabeth" in words.names.groups["liz"]
    assert {"christopher", "christine"} <= set(words.names.groups["chris"])
    assert "de" in words.names.left_out
    assert "street" in words.place_left_out
    assert words.postcode
    assert ("gridnr", "grindr") in words.platforms
