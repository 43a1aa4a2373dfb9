"""`./dev bench exhibits`: the register, a store and an exhibit when there are many, on both databases.

Each page is asked five times through the whole stack but the socket, first with a tenth of the exhibits and then with all.
Printed for each: the median at both sizes, how many statements it takes, and the ratio of the two medians (10 would be
a page that reads everything). Options: --database sqlite|postgresql|both, --exhibits 20000 (five links each), --json.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench._processes import load_average
from bench.intake import address_of, commit, prepared, python


def main(arguments: Sequence[str]) -> int:
    """Run, print; the exit code."""
    words = argparse.ArgumentParser(prog="./dev bench exhibits", description=__doc__)
    words.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    words.add_argument("--exhibits", type=int, default=20_000)
    words.add_argument("--json", action="store_true")
    given = words.parse_args(arguments)
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    found = {"bench": "exhibits", "commit": commit(), "load": load_average()}
    runs = []
    for kind in kinds:
        with (
            tempfile.TemporaryDirectory(prefix="nightdesk-bench-") as folder,
            address_of(kind, folder) as (address, _),
        ):
            environment = prepared(Path(folder), address) | {
                "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings"
            }
            told = python(["-m", "bench._exhibits", str(given.exhibits)], environment)
            runs.append({"database": kind, **json.loads(told.splitlines()[-1])})
    if given.json:
        print(json.dumps(found | {"runs": runs}))
        return 0
    print("  ".join(f"{name} {value}" for name, value in found.items()))
    for run in runs:
        print(
            f"\n{run['database']}: {run['exhibits']} exhibits, {run['links']} links, {run['inside']} in one store"
        )
        print(f"{'page':<26}{'statements':>11}{'ms, a tenth':>13}{'ms, all':>10}{'ratio':>7}")
        for row in run["pages"]:
            print(
                f"{row['page']:<26}{row['statements']:>11}{row['few_ms']:>13.1f}{row['many_ms']:>10.1f}{row['ratio']:>7.1f}"
            )
    return 0
