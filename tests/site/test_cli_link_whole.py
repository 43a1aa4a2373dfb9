"""link batch and link train: groups proposed, and weights learned into a file that nobody uses yet."""

import errno
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench._linkage_reports import reports
from nightdesk.jobs import linkage_learn
from nightdesk.linkage.weights import load, shipped
from nightdesk.outside.current import pack
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_groups import LinkGroup
from nightdesk.records.link_reports import VAULT, LinkReport
from nightdesk.records.sealed import Vault
from nightdesk.rules.pack_linkage import LEARN_FEWEST
from nightdesk.site.cli import main
from tests.linkage_rows import candidate_row, kept, told_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast: Any) -> list[Any]:
    """Four hundred made-up reports, all of one disclosure so that they are quickly made; two of them linked by analysts."""
    from nightdesk.linkage.extract import extract

    at = database_now()
    source = told_to(cast.priya, at)
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save()
    rows = [
        LinkReport(
            vault=vault, kind="disclosure", disclosure=source, who=str(place), reported_at=at + timedelta(seconds=place),
            made_at=at, seq=1, extract=kept(extract(each, {})),
        )
        for place, each in enumerate(reports(400, 5))
    ]  # fmt: skip
    for row in rows:
        row.save(force_insert=True)
    candidate_row(rows[9], rows[2], at, state="linked")
    return rows


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack for which three hundred are enough."""
    limits = pack().link_limits
    enough = replace(limits[LEARN_FEWEST], number=300)
    held = SimpleNamespace(link_limits={LEARN_FEWEST: enough})
    monkeypatch.setattr(linkage_learn, "pack", lambda: held)


def run(capsys: Any, *words: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was said beside it."""
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_weights_are_learned_into_a_file_with_what_they_would_change(
    told: list[Any], few: None, capsys: Any, tmp_path: Path
) -> None:
    """One line; the file can be read as weights, its report stands beside it; nothing in force has changed."""
    from nightdesk.jobs.linkage import weights_in_force

    before, out = weights_in_force(), tmp_path / "own.json"
    code, said, beside = run(capsys, "link", "train", "--out", str(out), "--seed", "7")
    assert code == 0
    made = load(out)
    assert (made.about["seed"], made.about["reports"], made.ethnicity) == (7, 400, True)
    assert {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {
        "own.json": 0o600,
        "own.json.changes.txt": 0o600,
    }
    assert made.version.startswith("own 20")
    assert made.version.endswith("400 reports, seed 7")
    assert made.levels.keys() >= shipped().levels.keys() - {
        each for each in shipped().levels if each.startswith("did_")
    }
    report = (tmp_path / "own.json.changes.txt").read_text()
    assert report.strip() in said
    for words in ("From shipped-2 to own 20", "Not learned", "Confirmed links in the first 10", "of 1."):
        assert words in report
    assert "ranking: 2 of 3" in beside
    assert weights_in_force() == before
    facts = JournalLine.objects.get(kind="weights_learned").facts
    assert (facts["reports"], facts["outcome"], facts["confirmed"]) == (400, "learned", 1)
    compared = [each for each in made.about["not_learned"] if not each.startswith("ethnicity")]
    assert facts["not_learned"] == len(compared)  # what the pack has switched off is not counted


def test_with_too_few_reports_nothing_is_read_and_the_sentence_says_how_many(
    cast: Any, capsys: Any, tmp_path: Path
) -> None:
    code, _said, beside = run(capsys, "link", "train", "--out", str(tmp_path / "own.json"))
    assert code == 1
    assert "There are 0 reports and 10000 are needed" in beside
    assert not list(tmp_path.iterdir())
    assert not JournalLine.objects.filter(kind="weights_learned").exists()


def test_a_training_that_fails_leaves_a_line_and_no_file(
    told: list[Any], few: None, capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: Any, **more: Any) -> Any:
        raise ValueError("MARKVALUE of a report")

    monkeypatch.setattr(linkage_learn, "retrain", fails)
    code, said, beside = run(capsys, "link", "train", "--out", str(tmp_path / "own.json"))
    assert (code, said) == (1, "")
    assert "Nothing could be learned from these reports (ValueError)." in beside
    assert "MARKVALUE" not in beside
    assert not list(tmp_path.iterdir())
    assert JournalLine.objects.get(kind="weights_learned").facts["outcome"] == "failed"


def test_a_training_that_is_broken_off_has_its_line_and_leaves_no_file(
    told: list[Any], few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(linkage_learn, "open_all", broken)
    assert main(["link", "train", "--out", str(tmp_path / "own.json")]) != 0
    line = JournalLine.objects.get(kind="linkage_opened")
    assert line.facts == {"why": "training", "count": 400}
    assert line.actor.startswith("command-line:")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_never_written_over(cast: Any, capsys: Any, tmp_path: Path) -> None:
    out = tmp_path / "own.json"
    out.write_text("in use")
    assert "is there already" in run(capsys, "link", "train", "--out", str(out))[2]
    assert out.read_text() == "in use"
    assert [each.name for each in tmp_path.iterdir()] == ["own.json"]
    assert "There is no folder" in run(capsys, "link", "train", "--out", str(tmp_path / "no" / "own.json"))[2]


def test_a_file_that_appears_while_it_learns_is_not_written_over(
    told: list[Any], few: None, capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both names are taken from the beginning: nobody else can make a file of one of them meanwhile."""
    held: list[str] = []
    opened = linkage_learn.open_all

    def looked(progress: Any) -> Any:
        held.extend(sorted(each.name for each in tmp_path.iterdir()))
        return opened(progress)

    monkeypatch.setattr(linkage_learn, "open_all", looked)
    (tmp_path / "own.json.changes.txt").symlink_to(tmp_path / "elsewhere")
    out = str(tmp_path / "own.json")
    assert "own.json.changes.txt is there already" in run(capsys, "link", "train", "--out", out)[2]
    assert [each.name for each in tmp_path.iterdir()] == ["own.json.changes.txt"]
    (tmp_path / "own.json.changes.txt").unlink()
    assert run(capsys, "link", "train", "--out", out)[0] == 0
    assert held == ["own.json", "own.json.changes.txt"]


def test_on_a_full_disk_nothing_half_written_stays(
    told: list[Any], few: None, capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code, said, beside = run(capsys, "link", "train", "--out", str(tmp_path / "own.json"))
    assert (code, said) == (1, "")
    assert "can’t be written (No space left on device). Nothing was kept" in beside
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", [".", "/", "..", ""])
def test_what_is_no_name_of_a_file_is_said(cast: Any, capsys: Any, out: str) -> None:
    code, _said, beside = run(capsys, "link", "train", "--out", out)
    assert (code, "is no name for a file" in beside) == (1, True)


@pytest.mark.parametrize("words", [["train", "--out", "own.json"], ["batch"], ["worker", "--once"]], ids=str)
@pytest.mark.parametrize("content", [None, "MARKVALUE"])
def test_weights_that_cannot_be_read_are_said(
    cast: Any, capsys: Any, tmp_path: Path, settings: Any, words: list[str], content: str | None
) -> None:
    """Before anything is opened or made."""
    settings.NIGHTDESK_LINK_WEIGHTS = str(tmp_path / "w.json")
    if content:
        (tmp_path / "w.json").write_text(content)
    words = [str(tmp_path / each) if each == "own.json" else each for each in words]
    code, _said, beside = run(capsys, "link", *words)
    assert code == 1
    assert "w.json" in beside
    assert "Check NIGHTDESK_LINK_WEIGHTS" in beside
    assert "MARKVALUE" not in beside
    assert not (tmp_path / "own.json").exists()
    assert not JournalLine.objects.filter(kind__in=["linkage_opened", "linkage_begun"]).exists()


def test_a_batch_says_how_far_it_is_and_what_it_found(told: list[Any], capsys: Any) -> None:
    """All of one disclosure: told as so many men, they are no groups; the counts say so."""
    code, said, beside = run(capsys, "link", "batch")
    assert code == 0
    assert "opened: 400 of 400" in beside
    assert "opened" not in said
    assert said.startswith("400 reports, ")
    assert "Groups to look at: 0 new, 0 as before; 0 no more, 0 not shown." in said
    assert not LinkGroup.objects.exists()


def test_a_batch_on_spark_without_java_says_what_to_do(
    cast: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(master: str) -> Any:
        raise RuntimeError("MARKVALUE: JAVA_GATEWAY_EXITED")

    monkeypatch.setenv("NIGHTDESK_LINKAGE_ENGINE", "spark")
    monkeypatch.setitem(sys.modules, "nightdesk.jobs.splink_spark", SimpleNamespace(OnSpark=without))
    code, _said, beside = run(capsys, "link", "batch")
    assert code == 1
    assert "Spark could not be started (RuntimeError). Check Java 17" in beside
    assert "MARKVALUE" not in beside


def test_a_batch_on_spark_without_spark_says_what_to_do(
    cast: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nightdesk.jobs import splink_engines

    def without(*given: Any) -> Any:
        raise ImportError("pyspark")

    monkeypatch.setattr(splink_engines, "engine", without)
    code, _said, beside = run(capsys, "link", "batch")
    assert (code, "Spark is not here." in beside) == (1, True)
