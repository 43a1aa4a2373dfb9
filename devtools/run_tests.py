"""`./dev test`: everything on SQLite, then what touches the database on PostgreSQL (but for what is marked `once`).

`./dev test --coverage` also prints the branches of rules and actions that no test takes (it takes twice as long).

`./dev test PYTEST...` hands the words to pytest, on SQLite only and without setting anything up (add --database=postgresql
for PostgreSQL). Linkage on Spark runs where ./dev spark has set it up, and always in CI.

The last lines say what ran, what was not run and how to get it. In CI, anything not run is a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from devtools.chromium import ChromiumMissing, find_chromium
from devtools.postgres import Postgres, PostgresMissing, find_programs

ROOT: Final = Path(__file__).resolve().parents[1]
ON_POSTGRES: Final = ("records", "actions", "queries", "desks", "jobs", "site", "faults", "journeys")
NEEDED: Final = {
    "postgresql": "postgresql",
    "chromium": "chromium fonts-liberation fonts-noto-core",
    "java": "openjdk-17-jre-headless",
}  # as Debian names them


@dataclass
class Report:
    """What is said at the end."""

    ran: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    passed: int = 0
    failed: int = 0
    broken: bool = False  # a run of pytest that ended badly without a failed test

    def exit_code(self, in_ci: bool) -> int:
        """0 only when nothing failed, and in CI only when everything ran."""
        return int(bool(self.failed or self.broken or not self.passed or (in_ci and self.not_run)))

    def lines(self, in_ci: bool) -> list[str]:
        """The closing lines, in plain words."""
        said = [f"Ran: {what}" for what in self.ran] + [f"NOT RUN: {what}" for what in self.not_run]
        if in_ci and self.not_run:
            said.append("In CI everything must run: this is a failure.")
        if self.broken:
            said.append("A run ended badly: read the lines above.")
        return [*said, f"{self.passed} passed, {self.failed} failed"]


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that PostgreSQL is stopped
    os.chdir(ROOT)
    covered = list(arguments) == ["--coverage"]
    if arguments and not covered:
        return _some(list(arguments))
    report, started = Report(), time.monotonic()
    in_ci = os.environ.get("CI", "").lower() == "true"
    set_up(missing() + (["java"] if in_ci and not shutil.which("java") else []))
    left_out = _left_out(report)
    with tempfile.TemporaryDirectory(prefix="nightdesk-coverage-") as folder:
        environment = {"COVERAGE_FILE": f"{folder}/coverage"}
        _pass(report, "everything on SQLite", ["tests", *left_out], environment, covered)
        _on_postgres(report, left_out)
        _on_spark(report, in_ci)
        if covered:
            _coverage(environment)
    print(f"\n{time.monotonic() - started:.0f} seconds")
    print("\n".join(report.lines(in_ci)))
    return report.exit_code(in_ci)


def missing() -> list[str]:
    """Of NEEDED, what this machine does not have."""
    gone = []
    for name, find, fault in (
        ("postgresql", find_programs, PostgresMissing),
        ("chromium", find_chromium, ChromiumMissing),
    ):
        try:
            find()
        except fault:
            gone.append(name)
    return gone


def set_up(gone: Sequence[str]) -> None:
    """Install what is absent through apt, when we may; quietly, and only then."""
    if not gone or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    packages = [package for name in gone for package in NEEDED[name].split()]
    print(f"Installing {', '.join(packages)} (once; about a minute) ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"apt-get {command[0]} failed:\n{done.stderr[-1000:]}", flush=True)


def _some(arguments: list[str]) -> int:
    if "--database=postgresql" not in arguments:
        return _pytest(arguments, {})
    arguments.remove("--database=postgresql")
    with Postgres(durable=False) as server:
        return _pytest(arguments, {"NIGHTDESK_DATABASE": server.address})


def _pytest(arguments: Sequence[str], environment: dict[str, str], before: Sequence[str] = ()) -> int:
    command = [sys.executable, *before, "-m", "pytest", *arguments]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


def _left_out(report: Report) -> list[str]:
    """Options of pytest that leave out what this machine can't run, each said in the report."""
    gone, unable = missing(), []
    if "chromium" in gone:
        unable.append("journey")
        report.not_run.append(
            "the browser journeys, because Chromium is not here. Install it (apt-get install chromium) and run again."
        )
    if "postgresql" in gone:
        unable.append("postgresql")
    return ["-m", " and ".join(f"not {mark}" for mark in unable)] if unable else []


def _on_postgres(report: Report, left_out: list[str]) -> None:
    folders = [f"tests/{name}" for name in ON_POSTGRES if list(Path("tests", name).glob("test_*.py"))]
    if not folders:
        report.not_run.append("PostgreSQL, because no test touches the database yet.")
    elif "postgresql" in missing():
        report.not_run.append(
            "PostgreSQL, because it is not here. Install it (apt-get install postgresql) and run again."
        )
    else:
        with Postgres(durable=False) as server:
            environment = {"NIGHTDESK_DATABASE": server.address}
            marks = " and ".join(["not once", *left_out[1:]])
            _pass(report, f"{', '.join(folders)} on PostgreSQL", [*folders, "-m", marks], environment)


def _on_spark(report: Report, in_ci: bool) -> None:
    """Linkage on Spark, in an environment of its own: where it was set up, and always in CI."""
    if not shutil.which("java"):
        report.not_run.append(
            "linkage on Spark, because Java is not here. Install it (apt-get install openjdk-17-jre-headless) and run again."
        )
    elif not in_ci and not (ROOT / ".venv-spark").exists():
        report.not_run.append(
            "linkage on Spark, which is 450 MB to fetch. Set it up once (./dev spark) and run again."
        )
    else:
        print("\n== linkage on Spark", flush=True)
        _noted(report, "linkage on Spark", _spark)


def _spark(results: Path) -> int:
    return subprocess.run(["./dev", "spark", f"--junitxml={results}"], check=False).returncode


def _pass(
    report: Report, name: str, arguments: list[str], environment: dict[str, str], covered: bool = False
) -> None:
    print(f"\n== {name}", flush=True)
    before = ["-m", "coverage", "run"] if covered else []
    # worksteal: each worker begins with one half in order, so that what a file makes once is made once.
    words = ["-n", "2", "--dist", "worksteal", *arguments]
    _noted(report, name, lambda results: _pytest([*words, f"--junitxml={results}"], environment, before))


def _noted(report: Report, name: str, run: Callable[[Path], int]) -> None:
    """Run tests that write their results to a file, and count them."""
    with tempfile.TemporaryDirectory(prefix="nightdesk-results-") as folder:
        results = Path(folder, "results.xml")
        code = run(results)
        passed, failed = count(results)
    report.ran.append(f"{name}: {passed} passed, {failed} failed")
    report.passed += passed
    report.failed += failed
    report.broken |= code not in (0, 1) or (code == 1 and not failed)


def count(results: Path) -> tuple[int, int]:
    """Passed and failed (errors with them) in a file of results; a skipped test counts as failed: there are none."""
    if not results.exists():
        return 0, 0
    suites = ElementTree.parse(results).iter("testsuite")  # noqa: S314  our own file
    total = bad = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        bad += sum(int(suite.get(name, 0)) for name in ("failures", "errors", "skipped"))
    return max(total - bad, 0), bad


def _coverage(environment: dict[str, str]) -> None:
    print("\n== branches of rules and actions that no test takes", flush=True)
    for command in (["combine", "-q"], ["report", "--skip-covered", "--show-missing"]):
        subprocess.run(
            [sys.executable, "-m", "coverage", *command], env=os.environ | environment, check=False
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
