"""link batch and link train: groups proposed, and weights learned into a file that nobody uses yet."""

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
    assert "There is no folder" in run(capsys, "link", "train", "--out", str(tmp_path / "no" / "own.json"))[2]


def test_a_batch_says_how_far_it_is_and_what_it_found(told: list[Any], capsys: Any) -> None:
    """All of one disclosure: told as so many men, they are no groups; the counts say so."""
    code, said, _beside = run(capsys, "link", "batch")
    assert code == 0
    assert said.startswith("400 reports, ")
    assert "Groups to look at: 0 new, 0 as before; 0 no more, 0 not shown." in said
    assert not LinkGroup.objects.exists()


def test_a_batch_on_spark_without_spark_says_what_to_do(
    cast: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nightdesk.jobs import splink_engines

    def without(*given: Any) -> Any:
        raise ImportError("pyspark")

    monkeypatch.setattr(splink_engines, "engine", without)
    code, _said, beside = run(capsys, "link", "batch")
    assert (code, "Spark is not here." in beside) == (1, True)
