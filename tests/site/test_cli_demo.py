"""`nightdesk demo`: from nothing to an address and a table of who can sign in, in a folder of its own."""

import os
import re
import socket
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from nightdesk.site import cli_demo
from nightdesk.site.cli_start import Refused
from tests.jobs.processes import PATIENCE, begin, ended, environment, nightdesk

SMALL = ("--disclosures", "40")


ONCE = pytest.mark.once("the demo makes a SQLite database of its own")


def demo_environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return environment(tmp_path, **more)


def said_until_address(process: Any) -> list[str]:
    """What it printed, up to and with the address; fails when it ends before."""
    lines: list[str] = []
    stopper = threading.Timer(PATIENCE, process.kill)
    stopper.start()
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith("http://"):
            break
    stopper.cancel()
    assert lines, process.stderr.read()
    assert lines[-1].startswith("http://"), lines
    return lines


@ONCE
def test_the_demo_ends_with_who_can_sign_in_and_an_address_that_answers(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = begin(demo_environment(tmp_path), "demo", "--port", str(port), *SMALL)
        try:
            lines = said_until_address(process)
            with urllib.request.urlopen(f"{lines[-1]}health/", timeout=60) as response:  # noqa: S310  our own address
                assert response.status == 200
        finally:
            code, said = ended(process)
    assert (code, "Traceback" in said) == (0, False), said
    assert f"Port {port} is taken; using " in "\n".join(lines)
    assert any("nightdesk demo" in line for line in lines)
    for role in ("counter", "soit", "supervisor", "auditor", "admin"):
        assert any(re.search(rf"\b{role}\b", line) for line in lines)


@ONCE
def test_a_force_stays_until_a_fresh_one_is_asked_for(tmp_path: Path) -> None:
    env = demo_environment(
        tmp_path, NIGHTDESK_MAIL="smtp://mail.invalid:25", NIGHTDESK_KEYS=str(tmp_path / "real-keys")
    )
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "somebody's notes").touch()
    first = nightdesk(env, "demo", "--no-serve", *SMALL)
    assert "was made, with 40 disclosures" in first.stdout, first.stderr
    assert "as you left it" in nightdesk(env, "demo", "--no-serve", *SMALL).stdout
    again = nightdesk(env, "demo", "--no-serve", "--fresh", *SMALL)
    assert "was made, with 40 disclosures" in again.stdout, again.stderr
    assert (tmp_path / "demo" / "somebody's notes").exists()
    assert not (tmp_path / "real-keys").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"demo"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"NIGHTDESK_DEMO": "0"}, "NIGHTDESK_DEMO is off"),
        ({"NIGHTDESK_DATABASE": "sqlite:////var/lib/nightdesk.sqlite3"}, "without “demo” in its name"),
        ({"NIGHTDESK_DATABASE": "postgresql://demo@db/nightdesk"}, "without “demo” in its name"),
    ],
)
def test_the_demo_is_refused_where_real_work_is_set_up(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    done = nightdesk(demo_environment(tmp_path, **settings), "demo", "--no-serve", *SMALL)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_refused_in_a_database_with_real_accounts(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'demo_looking.sqlite3'}"
    env = demo_environment(tmp_path, NIGHTDESK_DATABASE=database)
    assert nightdesk(env, "migrate").returncode == 0
    (tmp_path / "password").write_text("four quiet otters under a bridge")
    words = (
        "user",
        "add",
        "jo",
        "--name",
        "Jo",
        "--role",
        "admin",
        "--password-file",
        str(tmp_path / "password"),
    )
    assert nightdesk(env, *words).returncode == 0
    done = nightdesk(env, "demo", "--no-serve", *SMALL)
    assert done.returncode == 1
    assert "not of the demo" in done.stderr


def test_a_fresh_force_can_not_replace_one_that_is_running(tmp_path: Path) -> None:
    with cli_demo.made_alone(tmp_path, fresh=False):
        pass  # as a demo that serves: the lock is kept for as long as the process lives
    with pytest.raises(Refused, match="End it first"), cli_demo.made_alone(tmp_path, fresh=True):
        pass
    with cli_demo.made_alone(tmp_path, fresh=False):
        pass


def test_settings_of_a_real_site_are_dropped(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ |= {
        "NIGHTDESK_SECRET_KEY_FILE": "/secret",
        "NIGHTDESK_MAIL": "smtp://real",
        "NIGHTDESK_KEYS": "environment",
    }
    cli_demo.set_environment(tmp_path, 8001)
    assert os.environ["NIGHTDESK_ADDRESS"] == "http://127.0.0.1:8001"
    assert not {"NIGHTDESK_SECRET_KEY_FILE", "NIGHTDESK_MAIL", "NIGHTDESK_KEYS"} & set(os.environ)


def test_when_no_port_is_free_it_is_said(monkeypatch: Any) -> None:
    def taken(host: str, port: int) -> Any:
        raise OSError

    monkeypatch.setattr(cli_demo, "listen", taken)
    with pytest.raises(Refused, match="--port"):
        cli_demo.free_port(65500)
