"""A coroner's file and fairness from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from nightdesk.records.deaths import Death, DeathVersion
from nightdesk.records.link_evaluations import LinkEvaluation
from nightdesk.site.cli import main
from tests.jobs.test_linkage_fairness import told

pytestmark = pytest.mark.django_db
HEAD = "number,unit,where,drug,app,ghb,age\n"


def run(capsys: Any, *words: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_a_file_is_tried_read_in_and_read_in_again(cast: Any, capsys: Any, tmp_path: Path) -> None:
    """Each line that is not taken is told by number; nothing that a line holds is printed."""
    path = tmp_path / "deaths.csv"
    path.write_text(
        HEAD
        + "C-1,A,SECRETPLACE,ghb,grindr,yes,22\nC-2,Z,SECRETPLACE,,,,\nC-3,B,x,tea,,,\nC-4,B,,,,,\nC-5,B,y,,,,300\n"
    )
    code, said = run(capsys, "link", "deaths", str(path), "--dry-run")
    assert (code, Death.objects.count()) == (1, 0)
    for words in (
        "Line 3: There is no unit", "Line 4: “drug” holds a code", "Line 5: Nothing is filled in", "Line 6: “age” must be",
        "1 deaths would be entered, 0 corrected, 0 as before, 4 lines not taken.",
    ):  # fmt: skip
        assert words in said
    assert "SECRETPLACE" not in said
    assert "1 deaths entered, 0 corrected, 0 as before" in run(capsys, "link", "deaths", str(path))[1]
    path.write_text(HEAD + "c-1 ,A,SECRETPLACE,ghb,grindr,yes,23\n")
    assert run(capsys, "link", "deaths", str(path), "--dry-run")[1].startswith(
        "0 deaths would be entered, 1 corrected"
    )
    assert run(capsys, "link", "deaths", str(path)) == (
        0, "0 deaths entered, 1 corrected, 0 as before, 0 lines not taken.\n",
    )  # fmt: skip
    assert run(capsys, "link", "deaths", str(path))[1].startswith(
        "0 deaths entered, 0 corrected, 1 as before"
    )
    assert (Death.objects.count(), DeathVersion.objects.count()) == (1, 2)


def test_a_file_that_is_not_there_or_has_no_heading_is_refused(
    cast: Any, capsys: Any, tmp_path: Path
) -> None:
    assert "can’t be read" in run(capsys, "link", "deaths", str(tmp_path / "none.csv"))[1]
    path = tmp_path / "deaths.csv"
    path.write_text("where\n")
    code, said = run(capsys, "link", "deaths", str(path))
    assert code == 1
    assert "number and unit is missing" in said


def test_fairness_is_measured_and_kept_under_the_name_of_the_file(
    cast: Any, capsys: Any, tmp_path: Path
) -> None:
    path = tmp_path / "past.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in told()))
    assert run(capsys, "link", "fairness", str(path), "--every", "5")[0] == 0
    row = LinkEvaluation.objects.get()
    assert (row.of, row.reports) == ("past.jsonl", 40)
    path.write_text('{"id": "1"}')
    assert "has no 'suspect'" in run(capsys, "link", "fairness", str(path))[1]
    path.write_text("no json")
    assert "is no JSON" in run(capsys, "link", "fairness", str(path))[1]
    assert LinkEvaluation.objects.count() == 1
