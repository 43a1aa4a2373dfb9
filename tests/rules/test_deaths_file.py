"""A coroner's file: every line is kept or told with its number and why."""

from zoneinfo import ZoneInfo

import pytest

from nightdesk.rules.deaths_file import Line, read_deaths
from nightdesk.rules.readings_file import Unreadable

LONDON = ZoneInfo("Europe/London")
MARKERS = ("ghb", "note")


def read(text: str) -> tuple[list[Line], dict[int, str]]:
    lines, rejects = read_deaths(text.encode(), LONDON, MARKERS)
    return list(lines), {reject.line: reject.why for reject in rejects}


def test_a_line_becomes_a_death_with_its_codes_times_and_markers() -> None:
    found, rejects = read(
        "Number;Unit;Earliest;Latest;Where;Place kind;App;GHB;note\n"
        "C-1;A;2026-07-01;02/07/2026 03:10;By the wall, east;Their home;Grindr;Yes;\n"
    )
    assert rejects == {}
    (one,) = found
    assert (one.line, one.number, one.unit) == (2, "C-1", "A")
    assert one.values == {
        "earliest": "2026-06-30T23:00:00+00:00", "latest": "2026-07-02T02:10:00+00:00", "where": "By the wall, east",
        "place_kind": "their_home", "app": "grindr", "markers": {"ghb": "yes", "note": ""},
    }  # fmt: skip


def test_a_day_alone_as_the_end_is_its_last_minute() -> None:
    (one,), _ = read("number,unit,latest\nC-1,A,2026-12-01\n")
    assert one.values["latest"] == "2026-12-01T23:59:00+00:00"


def test_texts_over_several_lines_keep_the_numbers_of_the_lines_right() -> None:
    found, rejects = read('number,unit,words\nC-1,A,"two\nlines, here"\n\nC-2,,x\n')
    assert [one.values["words"] for one in found] == ["two\nlines, here"]
    assert rejects == {5: "This line has no unit."}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",A,,", "no number"),
        ("C-9,A,maybe,", "must be yes, no, or empty"),
        ("C-9,A,,yesterday", "This time can’t be read"),
        ("C-9,A,,2026-13-45", "This time can’t be read"),
        ("C-9,A,,,more,cells", "more cells than the heading"),
        ("c-1,A,yes,", "stands on line 2 already"),
    ],
)
def test_a_line_that_cannot_be_kept_is_told_and_holds_up_no_other(line: str, why: str) -> None:
    found, rejects = read(f"number,unit,ghb,earliest\nC-1,A,no,\n{line}\nC-2,A\n")
    assert [one.number for one in found] == ["C-1", "C-2"]
    assert why in rejects[3]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "number and unit is missing"),
        ("number,where\n", "unit is missing"),
        ("number,unit,surname\n", "No such column: surname"),
        ("number,unit,unit\n", "stands there twice"),
        ("number,unit\n\x00", "not a text file"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(text)
