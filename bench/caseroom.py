"""`./dev bench caseroom`: the queue, a search and a case among 200,000 cases, on both databases.

Each page is asked through the whole stack but the socket, rendering included: first with a hundredth of the cases, then with
all. Printed: the median of each, the processor time of the server in it (what a busy machine leaves), and how many
statements it takes at both sizes (they must be equal). Most cases are over, a
few hundred of each unit stand in the queue; rows are written straight, what is opened is really sealed.
Options: --database sqlite|postgresql|both, --cases 200000, --json.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench._processes import load_average
from bench.intake import address_of, commit, prepared, python

KEYS: Final = ("queue_ms", "search_ms", "case_ms")
MOST_MS: Final = 150


def main(arguments: Sequence[str]) -> int:
    """Run, print; 1 when a page takes more statements among many cases than among few, or longer than MOST_MS."""
    words = argparse.ArgumentParser(prog="./dev bench caseroom", description=__doc__)
    words.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    words.add_argument("--cases", type=int, default=200_000)
    words.add_argument("--json", action="store_true")
    given = words.parse_args(arguments)
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    runs = [one_database(kind, given.cases) for kind in kinds]
    worst = {key: max((run[key] for run in runs if run[key] is not None), default=None) for key in KEYS}
    found = {"bench": "caseroom", "commit": commit(), "load": load_average(), "n": given.cases} | worst
    found["queries"] = max(run["queries"] for run in runs)
    if given.json:
        print(json.dumps(found | {"runs": runs}))
    else:
        _print(found, runs)
    slow = any(value is not None and value > MOST_MS for value in worst.values())
    return int(slow or not all(run["flat"] for run in runs))


def one_database(kind: str, cases: int) -> dict[str, Any]:
    """The figures of one database."""
    with (
        tempfile.TemporaryDirectory(prefix="nightdesk-bench-") as folder,
        address_of(kind, folder) as (address, _),
    ):
        environment = prepared(Path(folder), address) | {"DJANGO_SETTINGS_MODULE": "nightdesk.site.settings"}
        told = python(["-m", "bench._caseroom", str(cases)], environment)
        return {"database": kind, **json.loads(told.splitlines()[-1])}


def _print(found: dict[str, Any], runs: list[dict[str, Any]]) -> None:
    print("  ".join(f"{name} {value}" for name, value in found.items()))
    for run in runs:
        print(
            f"\n{run['database']}: {run['n']} cases, {run['in_queue']} in the queue, {run['rows']:,} rows"
            f" ({run['megabytes']:,} MB) built in {run['built_s']} s; few: {run['few']}"
        )
        print(f"{'page':<28}{'few: ms':>9}{'statements':>12}{'all: ms':>10}{'own cpu':>9}{'statements':>12}")
        for row in run["pages"]:
            print(
                f"{row['page']:<28}{row['few_ms']:>9.1f}{row['few_statements']:>12}{row['ms']:>10.1f}{row['cpu_ms']:>9.1f}{row['statements']:>12}"
            )
