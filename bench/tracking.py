"""`./dev bench tracking`: how long the person's page takes to say no, by why it says no. It must not tell.

A wrong word for a known number, an unknown number, a kit without a card and what is no number are asked in turns, in a new
random order each round, each from an address of its own, through the whole stack but the socket. For each reason against all
others together: the difference of the medians, and the rank statistic z (Mann and Whitney): beyond ±4 a stranger with that
many tries could tell them apart. Options: --rounds 200, --seed 7, --json.
"""

import argparse
import json
import logging
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench._processes import load_average
from nightdesk.outside.keys import make_key_files

REASONS: Final = ("wrong words", "unknown number", "no card", "no number")
TELLS: Final = 4.0  # standard deviations


def main(arguments: Sequence[str]) -> int:
    """Run, print; 1 when a reason can be told from the others by the clock."""
    words = argparse.ArgumentParser(prog="./dev bench tracking", description=__doc__)
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--json", action="store_true")
    given = words.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        numbers = _force(Path(folder))
        taken = _ask(numbers, given.rounds, random.Random(given.seed))
    found = {reason: _against_others(taken, reason) for reason in REASONS}
    if given.json:
        print(
            json.dumps(
                {"bench": "tracking", "rounds": given.rounds, "load": load_average(), "reasons": found}
            )
        )
    else:
        print(f"rounds {given.rounds}  load {load_average()}")
        print(f"{'reason':<16}{'median ms':>11}{'others ms':>11}{'z':>8}")
        for reason, row in found.items():
            print(f"{reason:<16}{row['median_ms']:>11.2f}{row['others_ms']:>11.2f}{row['z']:>8.2f}")
    return int(any(abs(row["z"]) > TELLS for row in found.values()))


def _force(folder: Path) -> dict[str, str]:
    """A new embedded database with two kits, one with a card; a number for each reason."""
    make_key_files(folder / "keys")
    (folder / "static").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings", "NIGHTDESK_DATA": str(folder), "NIGHTDESK_HTTPS": "0",
        "NIGHTDESK_DATABASE": f"sqlite:///{folder / 'bench.sqlite3'}", "NIGHTDESK_KEYS": str(folder / "keys"),
        "NIGHTDESK_SECRET_KEY": secrets.token_hex(32),
    }  # fmt: skip
    import django
    from django.conf import settings

    django.setup()
    logging.disable(logging.WARNING)  # each "no" is a 422, and would be a line
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return _kits()


def _kits() -> dict[str, str]:
    from uuid import uuid4

    from nightdesk.actions import kits
    from nightdesk.actions.intake import keep_basics
    from nightdesk.actions.staff import add_staff, add_station, add_unit
    from nightdesk.outside.codes import new_kit_number
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.readers import reader_of
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.basics import Basics

    at = database_now()
    unit = add_unit(actor=SYSTEM, at=at, code="B", name="Unit B", ring="Control room")
    station = add_station(actor=SYSTEM, at=at, code="BN", name="Bench", unit=unit)
    staff = add_staff(
        actor=SYSTEM, at=at, username="taker", name="Taker", role="counter", unit=unit, station=station
    )
    taker = reader_of(staff)
    numbers = []
    for _ in range(2):
        kept = keep_basics(
            actor=taker, at=at, sender_key=uuid4(), channel="counter", basics=Basics(what="words")
        )
        numbers.append(kits.open_kit(actor=taker, at=at, reference=kept.reference).number)
    kits.make_card(actor=taker, at=at, reference=kept.reference, number=numbers[1], key=uuid4(), before="")
    return dict(zip(REASONS, (numbers[1], new_kit_number(), numbers[0], "nonsense"), strict=True))


def _ask(numbers: dict[str, str], rounds: int, dice: random.Random) -> dict[str, list[float]]:
    """Milliseconds of each answer, by reason; the first rounds, in which everything is read anew, are left out."""
    from django.test import Client

    client = Client()
    taken: dict[str, list[float]] = {reason: [] for reason in numbers}
    for number in range(rounds + 5):
        for place, reason in enumerate(dice.sample(REASONS, len(REASONS))):
            address = (
                f"198.18.{number % 250}.{place}"  # each reason from each address, so that nobody is slowed
            )
            sent = {"number": numbers[reason], "words": "acorn bridge camel daisy"}
            began = time.perf_counter()
            answer = client.post("/kit/", sent, REMOTE_ADDR=address)
            milliseconds = (time.perf_counter() - began) * 1000
            if answer.status_code != 422:
                sys.exit(f"{reason}: {answer.status_code}")
            if number >= 5:
                taken[reason].append(milliseconds)
    return taken


def _against_others(taken: dict[str, list[float]], reason: str) -> dict[str, float]:
    mine, others = taken[reason], [value for other in taken if other != reason for value in taken[other]]
    ranks = {value: rank for rank, value in enumerate(sorted([*mine, *others]), 1)}
    n, m = len(mine), len(others)
    u = sum(ranks[value] for value in mine) - n * (n + 1) / 2
    z = (u - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5
    return {"median_ms": statistics.median(mine), "others_ms": statistics.median(others), "z": z}
