"""`./dev check`: format, lint, types, contracts, migrations and generated documents, one line each, in seconds.

Two at a time. What fails is shown in full with what to do; the exit code is 1 when anything failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = "src/nightdesk/desks"
STRICT: Final = ("rules", "actions", "queries", "linkage", "records", "outside", "jobs")


@dataclass(frozen=True)
class Check:
    """One check: what it is called, the program, and what to do when it fails."""

    name: str
    command: tuple[str, ...]
    remedy: str


CHECKS: Final = (
    Check(
        "types",
        (sys.executable, "-m", "mypy", *(f"src/nightdesk/{layer}" for layer in STRICT), "devtools", "bench"),
        "Give the types that mypy asks for.",
    ),
    Check(
        "layers",
        ("lint-imports", "--no-cache"),
        "Move the import to the layer it belongs to (CONTRIBUTING.md); there are no exceptions.",
    ),
    Check("lint", ("ruff", "check", "."), "Run ./dev fix, and mend by hand what is left."),
    Check("format", ("ruff", "format", "--check", "."), "Run ./dev fix."),
    Check("templates", ("djlint", TEMPLATES, "--lint", "--quiet"), "Mend the template as the line says."),
    Check(
        "migrations",
        (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
        "Run .venv-test/bin/python -m devtools.migrations NAME, read what it wrote, commit it with the model.",
    ),
    Check(
        "documents",
        (sys.executable, "-m", "devtools.docs", "--check"),
        "Run ./dev docs and commit what changed.",
    ),
)


@dataclass(frozen=True)
class Outcome:
    """How a check ended: seconds taken and what it said."""

    check: Check
    passed: bool
    seconds: float
    said: str


def environment() -> dict[str, str]:
    """The caller's environment with the settings that loading Django needs; nothing is served and nothing is opened."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings",
        "NIGHTDESK_SECRET_KEY": "checks-only-" + "0" * 50,
        "NIGHTDESK_DATABASE": "sqlite:////nonexistent/checks.sqlite3",
        "PYTHONWARNINGS": "ignore",
    }


def run(check: Check) -> Outcome:
    """Run one check in a process of its own."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(check, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)


def main(checks: Sequence[Check] = CHECKS) -> int:
    """Run all checks, say how each ended; the exit code."""
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, checks):
            word = "ok  " if outcome.passed else "FAIL"
            print(f"{word} {outcome.check.name:<12} {outcome.seconds:5.1f} s", flush=True)
            if not outcome.passed:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n== {outcome.check.name}\n{outcome.said.strip()[-6000:]}\n→ {outcome.check.remedy}")
    print("\nEverything is in order." if not failed else f"\n{len(failed)} of {len(checks)} checks failed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
