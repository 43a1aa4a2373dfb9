"""`./dev bench intake`: many counters send whole disclosures at once, to the real server, on both databases.

Each accepted disclosure went through the form, sealing, triage, evidence clock, referral, case and journal. Afterwards the
database is looked through: every accepted one must be there exactly once, and the journal's chain whole. Then one sender
alone saves as it types. Options: --database sqlite|postgresql|both, --senders 64, --seconds 30, --seed 7, --json.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from bench._processes import cpu_seconds, load_average, peak_rss_mb, percentile
from bench._senders import ACCOUNTS, Sender, all_together, warm_up
from devtools.ports import free_port
from devtools.postgres import Postgres
from nightdesk.outside.keys import make_key_files

ROOT: Final = Path(__file__).resolve().parents[1]
SINGLE_SAVES: Final = 200
START_SECONDS: Final = 180
SHOWN: Final = (
    "database", "senders", "seconds", "accepted", "failed", "retried", "lost", "doubled", "incomplete", "chain_ok",
    "per_second", "p50_ms", "p95_ms", "single_p50_ms", "single_p95_ms", "cpu_ms_per_accepted",
    "database_cpu_ms_per_accepted", "peak_rss_mb",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run, print; 1 when anything failed, was lost or doubled, or the chain is broken."""
    given = options(arguments)
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    head = {
        "bench": "intake", "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(),
        "cores": os.cpu_count(), "load_average_before": load_average(), "seconds_wanted": given.seconds,
        "seed": given.seed, "workers": given.workers, "threads": given.threads,
    }  # fmt: skip
    runs = [one_database(kind, given) for kind in kinds]
    if given.json:
        print(json.dumps(head | {"runs": runs}))
    else:
        print("  ".join(f"{name} {value}" for name, value in head.items()))
        for name in SHOWN:
            print(f"{name:<30}" + "".join(f"{run[name]!s:>16}" for run in runs))
    return int(any(run["failed"] or run["lost"] or run["doubled"] or not run["chain_ok"] for run in runs))


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    words = argparse.ArgumentParser(prog="./dev bench intake", description=__doc__)
    words.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    words.add_argument("--senders", type=int, default=64)
    words.add_argument("--seconds", type=float, default=30)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--workers", type=int, default=2, help="processes of the server")
    words.add_argument("--threads", type=int, default=4, help="threads in each")
    words.add_argument("--pager", action="store_true", help="also run the worker that pages, as a force does")
    words.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return words.parse_args(arguments)


def commit() -> str:
    """The commit that is measured; "unknown" outside a checkout."""
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "unknown"


def one_database(kind: str, given: argparse.Namespace) -> dict[str, Any]:
    """The figures of one database."""
    with (
        tempfile.TemporaryDirectory(prefix="nightdesk-bench-") as folder,
        address_of(kind, folder) as (address, pid),
    ):
        found = measured(Path(folder), address, pid, given)
    return {"database": kind, **found, "load_average": load_average()}


def measured(
    folder: Path, address: str, database: int, given: argparse.Namespace, *, migrated: bool = False
) -> dict[str, Any]:
    """Make a force in an empty database, serve it, send, look through what is there. `database`: its server's process."""
    environment = prepared(folder, address, ("static",) if migrated else ("migrate", "static"))
    cookies = json.loads(python(["-m", "bench._force", "make", str(given.senders)], environment))["cookies"]
    with serving(environment, given) as (server, port):
        figures = many(server, database, port, cookies, given)
        figures |= alone(port, cookies[0], given)
        figures["peak_rss_mb"] = peak_rss_mb(server)
    serials = folder / "accepted"
    serials.write_text("\n".join(figures.pop("serials")))
    checked: dict[str, Any] = json.loads(python(["-m", "bench._force", "check", str(serials)], environment))
    return figures | checked


@contextmanager
def address_of(kind: str, folder: str) -> Iterator[tuple[str, int]]:
    """NIGHTDESK_DATABASE, and the process id of the database's own server (0: there is none)."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/intake.sqlite3", 0
        return
    with Postgres() as server:
        yield server.address, server.pid()


def prepared(folder: Path, address: str, words: Sequence[str] = ("migrate", "static")) -> dict[str, str]:
    """An environment of its own, with keys, styles and an empty database in this edition's shape.

    `words` that were done already, or that nobody needs, can be left out.
    """
    make_key_files(folder / "keys")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTDESK_")}
    environment = kept | {
        "NIGHTDESK_DATA": str(folder),
        "NIGHTDESK_DATABASE": address,
        "NIGHTDESK_KEYS": str(folder / "keys"),
        "NIGHTDESK_SECRET_KEY": secrets.token_urlsafe(50),
        "NIGHTDESK_HTTPS": "0",
        "NIGHTDESK_IDLE_SECONDS": "3600",
        "NIGHTDESK_MAIL": "",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    for word in words:
        python(["-m", "nightdesk.site", word], environment)
    return environment


def python(arguments: list[str], environment: dict[str, str]) -> str:
    """Standard output of a Python process; raises RuntimeError with what it said when it failed."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def serving(environment: dict[str, str], given: argparse.Namespace) -> Iterator[tuple[int, int]]:
    """The real server, as `nightdesk serve` starts it (and the worker with --pager): its process id and port."""
    port = free_port()
    command = [sys.executable, "-m", "nightdesk.site"]
    size = ["--workers", str(given.workers), "--threads", str(given.threads), "--port", str(port)]
    with open(Path(environment["NIGHTDESK_DATA"]) / "said", "wb") as said:
        started = [
            subprocess.Popen([*command, "serve", *size], env=environment, cwd=ROOT, stdout=said, stderr=said)
        ]
        if given.pager:
            started.append(
                subprocess.Popen([*command, "worker"], env=environment, cwd=ROOT, stdout=said, stderr=said)
            )
        try:
            wait_for(port, started[0], Path(said.name))
            yield started[0].pid, port
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=30)


def wait_for(port: int, server: subprocess.Popen[bytes], said: Path) -> None:
    """Return when the server answers; raises RuntimeError when it ended or is silent."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)  # the second process of the server comes up a moment later
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{said.read_text()[-3000:]}")


def many(
    server: int, database: int, port: int, cookies: list[str], given: argparse.Namespace
) -> dict[str, Any]:
    """All senders at once."""
    run = uuid4().hex[:6] + "x"
    senders = [Sender(port, cookie, run, number, given.seed) for number, cookie in enumerate(cookies)]
    with closing_all(senders):
        return _many(server, database, senders, given)


def _many(server: int, database: int, senders: list[Sender], given: argparse.Namespace) -> dict[str, Any]:
    warm_up(senders)
    before = cpu_seconds(server), cpu_seconds(database) if database else 0.0
    taken = all_together(senders, given.seconds)
    spent = cpu_seconds(server) - before[0], (cpu_seconds(database) if database else 0.0) - before[1]
    times = [value for sender in senders for value in sender.tally.milliseconds]
    serials = [serial for sender in senders for serial in sender.tally.accepted]
    faults = [fault for sender in senders for fault in sender.tally.failed]
    each = max(len(times), 1)
    return {
        "senders": len(senders), "seconds": round(taken, 2), "accepted": len(times),
        "warm_up": len(serials) - len(times), "failed": len(faults),
        "failed_with": sorted(set(faults)), "retried": sum(sender.tally.retried for sender in senders),
        "per_second": round(len(times) / taken, 1), "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1), "p99_ms": round(percentile(times, 0.99), 1),
        "cpu_ms_per_accepted": round(1000 * spent[0] / each, 2),
        "database_cpu_ms_per_accepted": round(1000 * spent[1] / each, 2),
        "serials": serials,
    }  # fmt: skip


@contextmanager
def closing_all(senders: list[Sender]) -> Iterator[None]:
    """Whatever happens, no connection stays open."""
    try:
        yield
    finally:
        for sender in senders:
            sender.close()


def alone(port: int, cookie: str, given: argparse.Namespace) -> dict[str, Any]:
    """One counter, saving as it types: each save holds a few words more."""
    sender = Sender(port, cookie, "alone", 0, given.seed)
    times = []
    with closing_all([sender]):
        sender.open_form()
        for number in range(SINGLE_SAVES):
            if number % 20 == 0:
                key, words = str(uuid4()), ACCOUNTS[number // 20 % len(ACCOUNTS)].split()
            times.append(sender.save_one(key, " ".join(words[: 1 + number % 20])))
    return {
        "single_saves": SINGLE_SAVES, "single_p50_ms": round(percentile(times, 0.5), 1),
        "single_p95_ms": round(percentile(times, 0.95), 1),
    }  # fmt: skip
