"""The tools behind ./dev do what they say: a red run is red, what was not run is said, PostgreSQL leaves nothing behind."""

import os
from pathlib import Path

import psycopg
import pytest

from devtools import checks, run_tests
from devtools.chromium import ChromiumMissing, find_chromium
from devtools.postgres import Postgres, PostgresMissing, drop_database, find_programs, make_database
from nightdesk.site.env import database

RESULTS = '<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/></testsuites>'
ONE_FAILED = RESULTS.format(tests=4, failures=1, errors=0, skipped=0)


@pytest.mark.parametrize(
    ("passed", "failed", "broken", "not_run", "in_ci", "code"),
    [
        (9, 0, False, [], False, 0),
        (9, 0, False, [], True, 0),
        (9, 1, False, [], False, 1),
        (9, 0, True, [], False, 1),
        (0, 0, False, [], False, 1),
        (9, 0, False, ["PostgreSQL, because it is not here."], False, 0),
        (9, 0, False, ["PostgreSQL, because it is not here."], True, 1),
    ],
)
def test_a_run_is_green_only_when_all_is_well(
    passed: int, failed: int, broken: bool, not_run: list[str], in_ci: bool, code: int
) -> None:
    """What was not run is a failure in CI, and is said everywhere."""
    report = run_tests.Report(passed=passed, failed=failed, broken=broken, not_run=not_run)
    assert report.exit_code(in_ci) == code
    assert report.lines(in_ci)[-1] == f"{passed} passed, {failed} failed"
    assert [line for line in report.lines(in_ci) if line.startswith("NOT RUN")] == [
        f"NOT RUN: {what}" for what in not_run
    ]


@pytest.mark.parametrize(
    ("tests", "failures", "errors", "skipped", "counted"),
    [(10, 0, 0, 0, (10, 0)), (10, 2, 1, 0, (7, 3)), (10, 0, 0, 1, (9, 1)), (0, 0, 0, 0, (0, 0))],
)
def test_results_are_counted(
    tmp_path: Path, tests: int, failures: int, errors: int, skipped: int, counted: tuple[int, int]
) -> None:
    """A skipped test is no passed test."""
    file = tmp_path / "results.xml"
    file.write_text(RESULTS.format(tests=tests, failures=failures, errors=errors, skipped=skipped))
    assert run_tests.count(file) == counted
    assert run_tests.count(tmp_path / "absent.xml") == (0, 0)


def test_a_machine_without_the_programs_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the package."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("devtools.postgres.HOMES", "/nowhere")
    with pytest.raises(ChromiumMissing, match="apt-get install chromium"):
        find_chromium()
    with pytest.raises(PostgresMissing, match="apt-get install postgresql"):
        find_programs()
    assert run_tests.missing() == ["postgresql", "chromium"]


def test_journeys_run_in_the_shell_of_the_browser_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
        assert find_chromium() == str(tmp_path / name)


@pytest.mark.parametrize(("java", "made", "in_ci", "said"), [
    (False, True, True, ["linkage on Spark, because Java is not here"]),
    (True, False, False, ["linkage on Spark, which is 450 MB to fetch"]),
    (True, True, False, []),
    (True, False, True, []),
])  # fmt: skip
def test_linkage_on_spark_runs_where_it_is_set_up_and_always_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, java: bool, made: bool, in_ci: bool, said: list[str]
) -> None:
    """Where it does not run, it is said, with what to do; where it does, its failures count."""
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/java" if java else None)
    monkeypatch.setattr(run_tests, "ROOT", tmp_path)
    monkeypatch.setattr(run_tests, "_spark", lambda results: results.write_text(ONE_FAILED) and 1)
    if made:
        (tmp_path / ".venv-spark").mkdir()
    report = run_tests.Report()
    run_tests._on_spark(report, in_ci)
    assert [line.split(".")[0] for line in report.not_run] == said
    assert (report.passed, report.failed) == ((0, 0) if said else (3, 1))


def test_a_failing_check_fails_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """One line each; what failed in full at the end."""
    good = checks.Check("good", ("true",), "")
    bad = checks.Check("bad", ("sh", "-c", "echo what is wrong; exit 3"), "Mend it so.")
    assert checks.main([good]) == 0
    assert checks.main([good, bad]) == 1
    said = capsys.readouterr().out
    assert "FAIL bad" in said
    assert "what is wrong\n→ Mend it so." in said


@pytest.mark.postgresql
def test_postgres_is_private_durable_and_gone_at_the_end() -> None:
    """No port, what commits is on disk, nothing left; a made database is there and can be dropped."""
    with Postgres() as server:
        folder = server.folder
        made = make_database(server.address, "a_second")
        with _connected(made) as connection:
            shown = [connection.execute(f"SHOW {name}").fetchone() for name in ("listen_addresses", "fsync")]  # type: ignore[call-overload]
            assert shown == [("",), ("on",)]
        drop_database(made)
        with pytest.raises(psycopg.OperationalError):
            _connected(made)
        assert Path(f"/proc/{server.pid()}").exists()
    assert not folder.exists()


def _connected(address: str) -> psycopg.Connection[tuple[str]]:
    settings = database(address)
    return psycopg.connect(user=settings["USER"], host=settings["HOST"], dbname=settings["NAME"])


def test_the_tests_use_nothing_of_the_caller(settings: object) -> None:
    """Keys, data and secret of the run itself; no demo; loopback only."""
    folder = os.environ["TEST_FOLDER_OF_NIGHTDESK"]
    assert getattr(settings, "NIGHTDESK_KEYS", "").startswith(folder)
    assert getattr(settings, "DEMO", True) is False


def test_the_network_is_shut() -> None:
    """A test that asks the outside fails at once."""
    import socket

    from pytest_socket import SocketConnectBlockedError

    with socket.socket() as line, pytest.raises((SocketConnectBlockedError, UserWarning)):
        line.connect(("192.0.2.1", 80))
