"""`nightdesk rota simulate`: in a database of its own, with figures for people and for machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from nightdesk.jobs.simulate_policies import PolicyRefused, other_policies, read_policy
from nightdesk.records.referrals import Referral
from nightdesk.site.cli import main
from tests.jobs.processes import environment, nightdesk

SMALL = ("rota", "simulate", "--month", "--days", "1", "--referrals", "4")
ONCE = pytest.mark.once("the command makes a SQLite database of its own, whatever the site has")
KEYS = {
    "referrals", "acknowledged", "loud", "past_policy", "double_sends", "median_min", "p95_min", "max_min", "seconds",
    "load",
    "seeds", "database",
}  # fmt: skip


@ONCE
def test_a_real_database_is_never_opened_and_nothing_stays(tmp_path: Path) -> None:
    """Settings of a real site, whose database can't even be reached, make no difference."""
    real = environment(tmp_path, "postgresql://nobody@127.0.0.1:9/real", TMPDIR=str(tmp_path))
    done = nightdesk(real, *SMALL, "--json", "--only", "pack", "--seeds", "2")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report.keys() >= KEYS
    assert (report["referrals"], report["past_policy"], report["double_sends"]) == (8, 0, 0)
    assert report["seeds"] == [1, 2]
    assert [row["policy"] for row in report["policies"]] == ["pack"]
    assert list(tmp_path.iterdir()) == []


@ONCE
def test_people_read_a_table_of_policies_and_what_follows(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        'title = "Ours"\n[[step]]\nlayer = "soit"\nafter_minutes = 0\n[[step]]\nlayer = "control_room"\nafter_minutes = 4\n'
    )
    done = nightdesk(environment(tmp_path), *SMALL, "--policy", str(own))
    assert done.returncode == 0, done.stderr
    for said in (
        "Ours",
        "The pack’s",
        "Tighter",
        "Slower",
        "Every referral ended",
        "No worker or no database was alive",
    ):
        assert said in done.stdout


def test_it_is_refused_in_a_process_that_has_a_database_open(
    cast: Any, capsys: Any, monkeypatch: Any
) -> None:
    import os

    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert main(["rota", "simulate", "--month"]) == 1
    assert "never in one that is open" in capsys.readouterr().err
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[step", "not TOML"),
        ("", "needs its steps"),
        ("step = [1]", "needs its steps"),
        ('[[step]]\nlayer = "boss"\nafter_minutes = 0', "Step 1: layer"),
        ('[[step]]\nlayer = "soit"\nafter_minutes = -1', "Step 1: after_minutes"),
        ('[[step]]\nlayer = "soit"\nafter_minutes = 0', "last step"),
        ('[[step]]\nlayer = "control_room"\nafter_minutes = 3', "first at minute 0"),
        ('[[step]]\nlayer = "control_room"\nafter_minutes = 0\n[[hold]]\nminutes = 0', "[[hold]]"),
    ],
)
def test_a_policy_that_can_not_be_used_is_refused_with_what_is_wrong(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(PolicyRefused) as refused:
        read_policy(path)
    assert sentence in str(refused.value)


@ONCE
def test_a_policy_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = nightdesk(environment(tmp_path), *SMALL, "--policy", str(tmp_path / "none.toml"))
    assert (done.returncode, "can’t be read" in done.stderr) == (1, True)


def test_the_policies_to_compare_with_can_be_used() -> None:
    assert [named.name for named in other_policies()] == ["tighter", "slower"]


@ONCE
@pytest.mark.parametrize(
    ("words", "sentence"), [(("--only", "best"), "no policy"), (("--month", "May"), "not a month")]
)
def test_what_is_not_there_is_said(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    done = nightdesk(environment(tmp_path), "rota", "simulate", *words)
    assert done.returncode in (1, 2)
    assert sentence in done.stderr
