"""`./dev bench rota`: simulated months of paging with everything going out, as `nightdesk rota simulate` lives through them.

Options: --database sqlite|postgresql, --seed 1, --seeds 1, --referrals 400, --days 31, --policy FILE, --only NAME,
--json. On SQLite it is the command itself; on PostgreSQL each month has a database of its own, and what commits is on disk.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench._processes import load_average
from bench.intake import commit, prepared
from devtools.postgres import Postgres, drop_database, make_database

ROOT: Final = Path(__file__).resolve().parents[1]
SHOWN: Final = (
    "database", "policy", "referrals", "acknowledged", "loud", "ended_loud", "expired", "past_policy", "double_sends",
    "left_again", "messages", "median_min", "p95_min", "max_min", "standstill_min", "seconds",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run, print; 1 when a referral was not paged within its policy, or a page left twice."""
    given, rest = _options(arguments)
    before = load_average()
    report = _on_postgresql(given) if given.database == "postgresql" else _command(given, rest)
    report |= {
        "bench": "rota", "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(),
        "cores": os.cpu_count(), "load_average_before": before, "load_average": load_average(),
        "size": {"referrals": given.referrals, "days": given.days},
    }  # fmt: skip
    if given.json:
        print(json.dumps(report))
    else:
        for row in report["policies"]:
            row |= {"database": given.database, "seconds": report["seconds"]}
            print("\n".join(f"{name:>16}  {row[name]}" for name in SHOWN), end="\n\n")
    return int(any(row["past_policy"] or row["double_sends"] for row in report["policies"]))


def _options(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    reader = argparse.ArgumentParser(prog="./dev bench rota")
    reader.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--seeds", type=int, default=1)
    reader.add_argument("--referrals", type=int, default=400)
    reader.add_argument("--days", type=int, default=31)
    reader.add_argument("--json", action="store_true")
    given, rest = reader.parse_known_args(arguments)
    if rest and given.database == "postgresql":
        reader.error("On PostgreSQL the pack's policy is measured only.")
    return given, rest


def _command(given: argparse.Namespace, rest: list[str]) -> dict[str, Any]:
    """What `nightdesk rota simulate --month --json` prints."""
    words = ["rota", "simulate", "--month", "--json", *rest]
    for name in ("seed", "seeds", "referrals", "days"):
        words += [f"--{name}", str(getattr(given, name))]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "nightdesk.site", *words], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if not done.stdout:
        raise SystemExit(done.returncode or 1)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _on_postgresql(given: argparse.Namespace) -> dict[str, Any]:
    """The pack's policy, a database for each seed."""
    rows, seconds = [], 0.0
    with Postgres() as server:
        for seed in range(given.seed, given.seed + given.seeds):
            address = make_database(server.address, f"simulated_{seed}")
            with tempfile.TemporaryDirectory(prefix="nightdesk-bench-") as folder:
                environment = prepared(Path(folder), address)
                began = time.perf_counter()
                rows.append(_month(environment, given, seed))
                seconds += time.perf_counter() - began
            drop_database(address)
    return {
        **rows[0],
        "seeds": [row["seed"] for row in rows],
        "seconds": round(seconds, 1),
        "policies": rows,
        "months": rows,
    }


def _month(environment: dict[str, str], given: argparse.Namespace, seed: int) -> dict[str, Any]:
    size = [str(given.referrals), str(given.days), str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "bench._month", *size],
        env=environment | {"DJANGO_SETTINGS_MODULE": "nightdesk.site.settings"}, cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, check=True,
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
