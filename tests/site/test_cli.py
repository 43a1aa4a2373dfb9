"""The nightdesk command: each word does its one thing, and refuses with a sentence that says what to do."""

import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from nightdesk.site import cli, cli_rota, cli_start
from nightdesk.site.cli import main

GOOD = "four quiet otters under a bridge"


@pytest.fixture
def password(tmp_path: Path) -> list[str]:
    path = tmp_path / "password"
    path.write_text(f"{GOOD}\nnothing else of this file counts\n")
    return ["--password-file", str(path)]


def refused(capsys: Any, *words: str) -> str:
    """Run a word that must be refused; its sentence."""
    assert main(list(words)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return str(said.err)


@pytest.mark.parametrize(
    "words",
    [
        [], ["guess"], ["user"], ["user", "add"], ["serve", "--port", "0"], ["serve", "--port", "x"], ["rota", "show"],
        ["serve", "--server", "other"], ["demo", "--disclosures", "3"], ["user", "add", "a", "--name", "A", "--role", "b"],
    ],
)  # fmt: skip
def test_words_that_are_not_understood_end_with_two(words: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: nightdesk" in capsys.readouterr().err


def test_help_needs_no_settings_and_names_every_word() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nightdesk.site", "--help"], env={"PYTHONPATH": str(Path(cli.__file__).parents[2])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for word in ("serve", "worker", "demo", "user", "keys", "migrate", "static", "journal", "pack", "rota"):
        assert f"\n    {word} " in done.stdout


def test_an_account_is_made_with_its_journal_line(cast: Any, password: list[str], capsys: Any) -> None:
    words = [
        "user",
        "add",
        "jo",
        "--name",
        "Jo Lark",
        "--role",
        "counter",
        "--station",
        "hl",
        "--email",
        "jo@force.test",
    ]
    assert main([*words, *password]) == 0
    assert "Jo Lark can sign in as jo" in capsys.readouterr().out
    staff = Staff.objects.get(username="jo")
    assert (staff.station, staff.unit, staff.is_demo) == (cast.harrow_lane, cast.unit_a, False)
    assert staff.check_password(GOOD)
    line = JournalLine.objects.order_by("-seq").first()
    assert line
    assert (line.kind, line.role) == ("staff_added", "system")
    assert line.actor.startswith("command-line:")


def test_an_account_is_not_made_twice_or_with_a_weak_password(
    cast: Any, password: list[str], tmp_path: Path, capsys: Any
) -> None:
    assert "already" in refused(capsys, "user", "add", "PRIYA", "--name", "P", "--role", "counter", *password)
    weak = tmp_path / "weak"
    weak.write_text("password1234\n")
    words = ("user", "add", "jo", "--name", "Jo", "--role", "counter", "--password-file", str(weak))
    assert "common" in refused(capsys, *words)
    assert not Staff.objects.filter(username="jo").exists()


def test_unknown_units_and_stations_are_said_with_what_there_is(
    cast: Any, password: list[str], capsys: Any
) -> None:
    words = ("user", "add", "jo", "--name", "Jo", "--role", "soit")
    assert "Units: A, B" in refused(capsys, *words, "--unit", "Q", *password)
    assert "no station" in refused(capsys, *words, "--station", "Q", *password)
    assert "no unit" in refused(capsys, "rota", "show", "Q")


def test_a_password_nobody_can_be_asked_for_is_refused(cast: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "--password-file" in refused(capsys, "user", "set-password", "priya")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_password_file_that_can_not_be_read_is_said(
    cast: Any, content: bytes | None, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "password"
    if content:
        path.write_bytes(content)
    assert "can’t be read" in refused(capsys, "user", "set-password", "priya", "--password-file", str(path))


def test_two_passwords_that_differ_change_nothing(cast: Any, capsys: Any, monkeypatch: Any) -> None:
    typed = iter([GOOD, GOOD + "x"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(cli_start.getpass, "getpass", lambda prompt: next(typed))
    before = Staff.objects.get(username="priya").password
    assert "not the same" in refused(capsys, "user", "set-password", "priya")
    assert Staff.objects.get(username="priya").password == before


def test_a_new_password_replaces_the_old_one(cast: Any, password: list[str], capsys: Any) -> None:
    assert main(["user", "set-password", "Priya", *password]) == 0
    assert Staff.objects.get(username="priya").check_password(GOOD)
    line = JournalLine.objects.order_by("-seq").first()
    assert line
    assert (line.kind, line.facts) == ("staff_changed", {"username": "priya", "changed": ["password"]})
    assert GOOD not in capsys.readouterr().out


def test_a_new_password_for_nobody_or_a_weak_one_is_refused(
    cast: Any, password: list[str], tmp_path: Path, capsys: Any
) -> None:
    assert "no account" in refused(capsys, "user", "set-password", "nobody", *password)
    weak = tmp_path / "weak"
    weak.write_text("short")
    assert "12" in refused(capsys, "user", "set-password", "priya", "--password-file", str(weak))


def test_accounts_are_listed_without_secrets(cast: Any, capsys: Any) -> None:
    main(["user", "list"])
    said = capsys.readouterr().out
    assert all(name in said for name in cast.staff())
    assert cast.priya.password not in said


def test_no_accounts_is_said(db: None, capsys: Any) -> None:
    assert main(["user", "list"]) == 0
    assert "no accounts yet" in capsys.readouterr().out


def test_the_rota_shows_who_is_on_and_where_nobody_is(cast: Any, capsys: Any) -> None:
    from nightdesk.actions.rota import add_shifts

    now = database_now()
    span = (now - timedelta(hours=1), now + timedelta(hours=3))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.sana, "soit", *span)])
    assert main(["rota", "show", "a", "--days", "2"]) == 0
    soit = capsys.readouterr().out.split("\nsecond ")[0]
    assert cast.unit_a.ring in soit
    assert soit.index("Sana") < soit.index("NOBODY")


def test_gaps_before_between_and_after_shifts_are_shown(now: Any) -> None:
    hours = [now + timedelta(hours=h) for h in range(10)]
    spans = [(hours[1], hours[3], "Sana"), (hours[2], hours[4], "Rae"), (hours[6], hours[7], "Sana")]
    shown = cli_rota._with_gaps(spans, hours[0], hours[9])
    gaps = [(hours.index(a), hours.index(b)) for a, b, who in shown if who == "NOBODY"]
    assert gaps == [(0, 1), (4, 6), (7, 9)]


def test_the_pack_is_checked_and_an_unknown_one_refused(db: None, capsys: Any) -> None:
    assert main(["pack", "check"]) == 0
    assert "can be used: 0 errors" in capsys.readouterr().out
    assert main(["pack", "check", "atlantis"]) == 1
    assert "There is no pack" in capsys.readouterr().out


def test_keys_are_made_once_and_never_replaced(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.NIGHTDESK_KEYS = str(tmp_path / "keys")
    assert main(["keys", "make"]) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert set(before) == {"wrap.json", "blind.json"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert main(["keys", "make"]) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before


def test_keys_are_not_made_where_they_come_from_elsewhere_or_can_not_be_kept(
    tmp_path: Path, settings: Any, capsys: Any
) -> None:
    settings.NIGHTDESK_KEYS = "environment"
    assert "environment" in refused(capsys, "keys", "make")
    (tmp_path / "file").touch()
    settings.NIGHTDESK_KEYS = str(tmp_path / "file" / "keys")
    assert "can’t be written" in refused(capsys, "keys", "make")


def test_a_database_that_is_out_is_one_sentence(db: None, capsys: Any, monkeypatch: Any) -> None:
    def out(reader: Any) -> Any:
        raise OperationalError("host, user and password")

    monkeypatch.setattr("nightdesk.queries.force.accounts", out)
    said = refused(capsys, "user", "list")
    assert "NIGHTDESK_DATABASE" in said
    assert "host" not in said


def test_migrate_says_that_nothing_was_left_to_do(db: None, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("nightdesk.site.cli_serve.apply_migrations", lambda: None)
    assert main(["migrate"]) == 0
    assert "0 migrations" in capsys.readouterr().out


def test_every_word_is_in_the_docs() -> None:
    text = (Path(cli.__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
    for action in cli.parser()._subparsers._group_actions[0].choices:  # type: ignore[union-attr]
        assert f"`{action}" in text, action
