"""rota simulate: a month of paging, with everything that goes out, in a throw-away database of its own."""

import argparse
import json
import logging
import multiprocessing
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nightdesk.rules.simulation_figures import figures
from nightdesk.site.cli_start import Refused, Words, start, table, whole_number, word

if TYPE_CHECKING:
    from nightdesk.jobs.simulate import Month
    from nightdesk.jobs.simulate_plan import Size
    from nightdesk.jobs.simulate_policies import Named

KEPT: Final = "NIGHTDESK_PACK"  # of a real site's settings nothing else is looked at
HEADS: Final = (
    "policy",
    "referrals",
    "acknowledged",
    "loud",
    "median",
    "P95",
    "max",
    "past policy",
    "sent twice",
)


def add_words(rota: Words) -> None:
    """rota simulate."""
    made = word(
        rota, "simulate", simulate, "Live through a month of paging, and prove that no page went nowhere."
    )
    made.add_argument(
        "--month",
        nargs="?",
        const=None,
        type=_month,
        metavar="YYYY-MM",
        help="the month (the one of the clock change)",
    )
    made.add_argument("--seed", type=whole_number(0, 10**9), default=1, help="another number, another month")
    made.add_argument(
        "--seeds", type=whole_number(1, 1000), default=1, metavar="N", help="so many months, from --seed on"
    )
    made.add_argument(
        "--policy", metavar="FILE", help="a policy of your own, in the shape of the pack's escalation.toml"
    )
    made.add_argument(
        "--only", metavar="NAME", help="one policy only: pack, tighter, slower, or the file's name"
    )
    made.add_argument("--referrals", type=whole_number(1, 5000), metavar="N", help="in the month (400)")
    made.add_argument("--days", type=whole_number(1, 31), default=31, help="a shorter stretch")
    made.add_argument("--json", action="store_true", help="for machines")


def simulate(given: argparse.Namespace) -> int:
    """Each policy through the same months; exit code 1 when a referral was not paged within its policy, or a page left
    twice."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="nightdesk-simulation-") as folder, _throw_away(Path(folder)):
        policies = _policies(given)
        months = _all_months(Path(folder), given, policies)
        seconds = round(time.perf_counter() - began, 1)
        report = _report(given, policies, months, seconds)
    print(json.dumps(report) if given.json else _words(report, policies))
    return int(
        any(run["past_policy"] or run["double_sends"] or run["not_referred"] for run in report["policies"])
    )


@contextmanager
def _throw_away(folder: Path) -> Iterator[None]:
    """Django on an empty database in `folder`, with keys of its own. Raises Refused when this process has another one
    open."""
    kept = {KEPT: os.environ[KEPT]} if KEPT in os.environ else {}
    for name in [name for name in os.environ if name.startswith("NIGHTDESK_")]:
        del os.environ[name]
    os.environ |= kept | {
        "NIGHTDESK_DATA": str(folder),
        "NIGHTDESK_DATABASE": f"sqlite:///{folder}/empty.sqlite3",
        "NIGHTDESK_SECRET_KEY": secrets.token_urlsafe(50),
    }
    start()
    from django.conf import settings
    from django.db import connections

    from nightdesk.outside.keys import make_key_files

    if os.environ["NIGHTDESK_DATABASE"] != settings.DATABASE_ADDRESS:
        raise Refused(
            "A month is simulated in a database of its own, never in one that is open. Run the word by itself."
        )
    make_key_files(Path(settings.NIGHTDESK_KEYS))
    options = connections["default"].settings_dict["OPTIONS"]
    options["init_command"] += (
        ";PRAGMA synchronous=OFF"  # it is thrown away: nothing in it need survive a power cut
    )
    yield
    connections.close_all()


def _policies(given: argparse.Namespace) -> "list[Named]":
    from nightdesk.jobs.simulate_policies import PolicyRefused, other_policies, pack_policy, read_policy

    try:
        own = [read_policy(Path(given.policy))] if given.policy else []
    except PolicyRefused as fault:
        raise Refused(str(fault)) from fault
    found = [pack_policy(), *other_policies(), *own]
    chosen = [named for named in found if given.only in (None, named.name)]
    if not chosen:
        raise Refused(
            f"There is no policy “{given.only}”. Choose from: {', '.join(named.name for named in found)}."
        )
    return chosen


def _size(given: argparse.Namespace) -> "Size":
    from nightdesk.jobs.simulate_plan import REFERRALS, Size

    referrals = given.referrals or max(1, round(REFERRALS * given.days / 31))
    return Size(referrals=referrals, days=given.days, **({"first": given.month} if given.month else {}))


def _all_months(folder: Path, given: argparse.Namespace, policies: "Sequence[Named]") -> "list[Month]":
    """Each policy through each seed, on as many cores as there are."""
    from nightdesk.outside.current import lexicon
    from nightdesk.site.tables import make_tables

    make_tables()
    lexicon()  # compiled once, before there are several of us
    size, seeds = _size(given), range(given.seed, given.seed + given.seeds)
    jobs = [(folder, size, seed, named) for seed in seeds for named in policies]
    most = min(os.cpu_count() or 1, len(jobs))
    with ProcessPoolExecutor(most, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_one_month, *zip(*jobs, strict=True)))


def _one_month(folder: Path, size: "Size", seed: int, named: "Named") -> "Month":
    """One month in a copy of the empty database."""
    import gc

    import structlog
    from django.db import connections

    from nightdesk.jobs.simulate import simulate as live
    from nightdesk.jobs.simulate_plan import make_plan

    # What the workers log of outages is all on purpose here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    path = folder / f"{named.name}-{seed}.sqlite3"
    shutil.copy(folder / "empty.sqlite3", path)
    connections["default"].settings_dict["NAME"] = str(path)
    gc.disable()  # many short-lived rows and no cycles
    month = live(make_plan(seed=seed, size=size), named)
    gc.enable()
    connections.close_all()
    path.unlink()
    return month


def _report(
    given: argparse.Namespace, policies: "Sequence[Named]", months: "Sequence[Month]", seconds: float
) -> dict[str, Any]:
    """The first policy's figures at the top (the pack's, unless --only says another), then each policy's, then each
    month's."""
    rows = []
    for named in policies:
        own = [month for month in months if month.policy == named.name]
        outcomes = [outcome for month in own for outcome in month.outcomes]
        added = ("double_sends", "left_again", "messages", "not_referred", "standstill_min")
        sums = {name: round(sum(getattr(month, name) for month in own), 1) for name in added}
        rows.append({"policy": named.name, **asdict(figures(outcomes)), **sums})
    return {
        **rows[0], "seeds": list(range(given.seed, given.seed + given.seeds)), "database": "sqlite", "seconds": seconds,
        "load": round(os.getloadavg()[0], 2), "policies": rows, "months": [month.figures() for month in months],
    }  # fmt: skip


def _words(report: dict[str, Any], policies: "Sequence[Named]") -> str:
    """The table and what follows from it, for people."""
    rows = [
        (
            named.title, *(str(run[name]) for name in ("referrals", "acknowledged", "loud")),
            *(f"{run[name]:.1f} min" if run[name] is not None else "–" for name in ("median_min", "p95_min", "max_min")),
            str(run["past_policy"]), str(run["double_sends"]),
        )
        for named, run in zip(policies, report["policies"], strict=True)
    ]  # fmt: skip
    said = [table(HEADS, rows), ""]
    for named, run in zip(policies, report["policies"], strict=True):
        said += [
            f"{named.title}: {number} × {lapse.replace('_', ' ')}" for lapse, number in run["lapses"].items()
        ]
    if not any(run["past_policy"] for run in report["policies"]):
        said.append(
            "Every referral ended with somebody, or on the loud step, and was paged within its policy."
        )
    said.append(
        f"No worker or no database was alive for {report['standstill_min']} minutes; what fell due then was done after it, "
        "and that time is counted in the minutes above."
    )
    if report["left_again"]:
        said.append(
            f"{report['left_again']} messages left again after the database or the worker had died on noting the first: "
            "they carry the same mark."
        )
    return "\n".join([*said, f"{report['seconds']} seconds."])


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month. Write it like 2026-10.") from fault
