"""Serving: refused until everything is right, then really served, by both servers."""

import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from devtools.ports import free_port
from nightdesk.records import guard
from nightdesk.rules.pack import PackProblems
from nightdesk.site import cli_serve
from nightdesk.site.cli import main
from nightdesk.site.cli_start import Refused
from tests.jobs.processes import begin, ended, environment, nightdesk, wait_until


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=30) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_a_site_is_set_up_word_by_word_and_served_by_either_server(own_database: str, tmp_path: Path) -> None:
    env = environment(tmp_path, own_database, NIGHTDESK_KEYS=str(tmp_path / "keys"))
    for sentence, mending in (
        ("nightdesk keys make", "keys make"),
        ("nightdesk migrate", "migrate"),
        ("nightdesk static", "static"),
    ):
        refusal = nightdesk(env, "serve", "--port", str(free_port()))
        assert (refusal.returncode, sentence in refusal.stderr) == (1, True), refusal.stderr
        assert nightdesk(env, *mending.split()).returncode == 0
    for server in ("granian", "waitress"):
        port = free_port()
        process = begin(
            env, "serve", "--port", str(port), "--server", server, "--workers", "1", "--threads", "2"
        )
        try:
            wait_until(lambda at=port: answers(at))  # type: ignore[misc]
            if server == "granian":  # before either server is begun, it is the same question
                taken = nightdesk(env, "serve", "--port", str(port))
                assert "Choose another with --port" in taken.stderr
        finally:
            code, said = ended(process)
        assert (code, "Traceback" in said) == (0, False), said


def test_waitress_writes_nothing_of_a_request_or_an_answer_to_a_file(monkeypatch: Any) -> None:
    """It would, in clear, beyond what it is told to hold in memory."""
    from waitress import server

    asked: dict[str, Any] = {}

    class Served:
        def run(self) -> None:
            """At once over."""

    def create(app: Any, **given: Any) -> Served:
        asked.update(given)
        return Served()

    monkeypatch.setattr(server, "create_server", create)
    monkeypatch.setattr(cli_serve.signal, "signal", lambda *_: None)
    cli_serve.serve_waitress(None, 1)  # type: ignore[arg-type]
    assert asked["inbuf_overflow"] >= asked["max_request_body_size"] > 3 * 100_000_000
    assert asked["outbuf_overflow"] > asked["outbuf_high_watermark"] + 1_000_000


def test_nothing_is_served_without_the_journals_guard(db: None) -> None:
    guard.lift(connection)
    with pytest.raises(Refused, match="guard"):
        cli_serve.refuse_bad_start()
    guard.set_guard(connection)


def test_nothing_is_served_on_a_pack_with_errors(db: None, monkeypatch: Any) -> None:
    def half() -> None:
        raise PackProblems(["windows.toml is missing; add it."])

    monkeypatch.setattr("nightdesk.outside.current.lexicon", half)
    with pytest.raises(Refused, match="nightdesk pack check"):
        cli_serve.refuse_bad_start()


def test_a_failed_check_is_the_refusal(db: None, settings: Any) -> None:
    settings.SECRET_KEY = "demo-only-" + "0" * 50
    with pytest.raises(Refused, match="NIGHTDESK_SECRET_KEY"):
        cli_serve.refuse_bad_start()


@pytest.mark.parametrize("server", ["granian", "waitress"])
def test_each_server_gets_what_was_asked_for(
    db: None, settings: Any, tmp_path: Path, monkeypatch: Any, server: str
) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    seen: list[Any] = []
    monkeypatch.setattr(cli_serve, "serve_waitress", lambda held, threads: seen.append(("waitress", threads)))
    monkeypatch.setattr(cli_serve, "_serve_granian", lambda given: seen.append(("granian", given.threads)))
    assert main(["serve", "--server", server, "--threads", "3", "--port", str(free_port())]) == 0
    assert seen == [(server, 3)]


def test_a_worker_that_would_never_rest_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setenv("NIGHTDESK_WORKER_SECONDS", "0")
    with pytest.raises(SystemExit, match="at least 1"):
        cli_serve.worker_seconds()
    monkeypatch.setenv("NIGHTDESK_WORKER_SECONDS", "often")
    with pytest.raises(SystemExit, match="whole number"):
        cli_serve.worker_seconds()
