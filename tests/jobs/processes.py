"""Real processes of the nightdesk command, each with a database and a folder of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds: how long anything may take on a busy machine; nobody waits longer than it takes


def environment(tmp_path: Path, database: str | None = None, **more: str) -> dict[str, str]:
    """What a process is given: nothing of the test's own settings but its keys and its secret key."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("NIGHTDESK_", "COV_"))}
    kept = {name: os.environ[name] for name in ("NIGHTDESK_KEYS", "NIGHTDESK_SECRET_KEY", "NIGHTDESK_HTTPS")}
    given |= kept | {
        "NIGHTDESK_DATA": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if database:
        given["NIGHTDESK_DATABASE"] = database
    return given | more


def nightdesk(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one word to its end."""
    return subprocess.run(
        [sys.executable, "-m", "nightdesk.site", *words], env=env, cwd=ROOT, capture_output=True, text=True,
        timeout=PATIENCE, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def begin(env: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """Start one word and let it run."""
    return subprocess.Popen(
        [sys.executable, "-m", "nightdesk.site", *words], env=env, cwd=ROOT, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def raising(env: dict[str, str], *words: str) -> str:
    """Run tests.jobs.raising; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.jobs.raising", *words],
        env=env | {"DJANGO_SETTINGS_MODULE": "nightdesk.site.settings"}, cwd=ROOT, capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Ask it to end; exit code and what it said on standard error."""
    process.terminate()
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something to become true; an assertion fails when it does not."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
