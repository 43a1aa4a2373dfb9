"""link evaluate: figures on a file whose truth is known, and a sentence where it can't."""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bench._linkage_reports import reports
from nightdesk.site.cli import main

pytestmark = pytest.mark.once("nothing of it touches the database")


def written(path: Path, rows: int = 300) -> str:
    """A file of made-up reports, gzipped."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(each) + "\n" for each in reports(rows, 5))
    return str(path)


def test_the_figures_of_the_protocol_are_given_for_machines(tmp_path: Path, capsys: Any) -> None:
    asked = ["link", "evaluate", written(tmp_path / "r.gz"), "--weights", "shipped", "--json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["n"], found["asked"], found["weights"]) == (300, 225, "shipped-2")
    assert 0 <= found["hit_at_1"] <= found["hit_at_10"] <= 1
    assert found["exact_hit_at_10"] <= found["hit_at_10"]
    assert {
        "batch_s",
        "batch_pairs",
        "groups_pure",
        "components_pure",
        "train_s",
        "death_hit_at_10",
    } <= found.keys()
    groups = found["fairness"]["reporter"]["with_ethnicity"]
    assert sum(each["reports"] for each in groups.values()) == 225
    assert sum(each["queries"] for each in groups.values()) == found["queries"]


def test_people_get_a_table_by_who_reported_and_by_ethnicity(tmp_path: Path, capsys: Any) -> None:
    asked = [
        "link",
        "evaluate",
        written(tmp_path / "r.gz"),
        "--weights",
        "shipped",
        "--no-batch",
        "--queries",
        "60",
    ]
    assert main(asked) == 0
    said = capsys.readouterr().out
    for words in (
        "hit_at_10 ",
        "By who reported",
        "By the ethnicity that was recorded",
        "victim ",
        "not recorded ",
    ):
        assert words in said
    assert "groups_pure" not in said


def test_weights_are_learned_from_the_file_unless_the_shipped_ones_are_asked_for(
    tmp_path: Path, capsys: Any
) -> None:
    file = written(tmp_path / "r.gz", rows=400)
    assert main(["link", "evaluate", file, "--no-batch", "--queries", "20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["weights"] == "trained on the file"
    assert found["train_s"] > 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file"),
        (b"", "holds no reports"),
        (b'{"id": "a", "suspect": "m"}\n{"id": "b"}\n', "line 2: not a report with an id and a suspect"),
        (b"nonsense\n", "line 1: not a report"),
        (b"[1]\n", "line 1: not a report"),
        (b'{"MARKVALUE": 1}\n', "line 1: not a report with an id and a suspect (KeyError)"),
        (
            b'{"id": "a", "suspect": "m"}\nMARKVALUE \xff\n',
            "line 2: not a report with an id and a suspect (Uni",
        ),
        (b'{"id": "a", "suspect": "m", "act_on": "MARKVALUE"}\n', "a suspect (ValueError)"),
    ],
)
def test_a_file_that_is_none_is_said_with_its_line(
    tmp_path: Path, capsys: Any, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "reports.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert main(["link", "evaluate", str(path)]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert "MARKVALUE" not in said


def test_a_gzip_file_that_is_cut_off_or_damaged_is_said(tmp_path: Path, capsys: Any) -> None:
    whole = Path(written(tmp_path / "r.gz"))
    packed = whole.read_bytes()
    for damaged in (packed[:-400], packed[:400] + b"\xff" * 400 + packed[800:]):
        whole.write_bytes(damaged)
        assert main(["link", "evaluate", str(whole)]) == 1
        assert "it is not whole" in capsys.readouterr().err


def test_an_engine_that_is_not_here_is_said(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTDESK_LINKAGE_ENGINE", "spark")
    monkeypatch.setitem(sys.modules, "nightdesk.jobs.splink_spark", None)
    assert main(["link", "evaluate", written(tmp_path / "r.gz")]) == 1
    assert "Install the extra “spark”" in capsys.readouterr().err


def test_an_unknown_engine_or_pack_stops_it(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTDESK_LINKAGE_ENGINE", "abacus")
    with pytest.raises(SystemExit, match="Write duckdb or spark"):
        main(["link", "evaluate", written(tmp_path / "r.gz")])
    monkeypatch.setenv("NIGHTDESK_LINKAGE_ENGINE", "duckdb")
    monkeypatch.setenv("NIGHTDESK_PACK", "atlantis")
    assert main(["link", "evaluate", written(tmp_path / "r.gz")]) == 1
    assert "no pack “atlantis”" in capsys.readouterr().err
