"""What the pages of the case room take: `python -m bench._caseroom CASES`, in the empty database of NIGHTDESK_DATABASE."""

import json
import logging
import statistics
import sys
import time
from typing import Any, Final, NamedTuple
from uuid import UUID

from bench._caseroom_copies import filling, multiply, size
from bench._caseroom_keys import RARE, Pools, pools, write
from bench._caseroom_rows import Force, cases, force

COPIES: Final = 100  # a hundredth first; then each of them that often
FEWEST: Final = 500  # or at least so many first
TIMES: Final = 9


def main(arguments: list[str]) -> int:
    """Fill a part, ask; fill the rest, ask again; print one line of JSON."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    many = int(arguments[0])
    first = max(FEWEST, many // COPIES)
    began = time.perf_counter()
    here, drawn, done = force(), pools(), set[UUID]()
    with filling():
        cases(here, first)
        write(here, drawn, done)
    few = _asked(here, drawn)
    with filling():
        multiply(here, max(many // first, 1) - 1)
        write(here, drawn, done)
    built = time.perf_counter() - began
    print(json.dumps(_figures(few, _asked(here, drawn)) | {"built_s": round(built), "few": first} | size()))
    return 0


class Taken(NamedTuple):
    """What one page took."""

    ms: float
    cpu_ms: float
    statements: int


def _figures(few: dict[str, Taken], all_of_them: dict[str, Taken]) -> dict[str, Any]:
    """The keys of the proof, and each page by itself."""
    from nightdesk.records.cases import Case

    def slowest(word: str) -> float | None:
        return max((taken.ms for name, taken in all_of_them.items() if name.startswith(word)), default=None)

    return {
        "queue_ms": slowest("queue"), "search_ms": slowest("search"), "case_ms": slowest("case"),
        "queries": max(taken.statements for taken in all_of_them.values()),
        "flat": all(few[name].statements >= taken.statements for name, taken in all_of_them.items()),
        "n": Case.objects.count(), "in_queue": Case.objects.filter(in_queue=True).count(),
        "pages": [
            {"page": name, "few_ms": few[name].ms, "few_statements": few[name].statements, **taken._asdict()}
            for name, taken in all_of_them.items()
        ],
    }  # fmt: skip


def _asked(here: Force, drawn: Pools) -> dict[str, Taken]:
    """Page → what it took."""
    pages = (
        *QUEUE,
        ("case", "soit", f"/staff/cases/{here.opened}/"),
        ("case, timeline", "supervisor", f"/staff/cases/{here.opened}/timeline/"),
    )
    return {name: _measured(here, who, path) for name, who, path in pages} | _search(here, drawn)


def _search(here: Force, drawn: Pools) -> dict[str, Taken]:
    """The page that looks for a case: by what one has, few have, and very many have."""
    from nightdesk.records.search import SearchMade

    asked, taken = (
        ("reference", here.opened), ("phone", "07700 900123"), ("handle", "@nightowl"), ("name", RARE),
        ("name", drawn.common), ("name", drawn.common.split()[0]), ("place", drawn.place), ("date", "3 Mar 2026"),
    ), {}  # fmt: skip
    for name, (kind, text) in zip(SEARCHED, asked, strict=True):
        SearchMade.objects.all().delete()  # nobody may search that often
        sent = {"kind": kind, "text": text}
        taken[f"search, {name}"] = _measured(here, "soit", "/staff/cases/search/", sent)
    return taken


def _measured(here: Force, who: str, path: str, sent: dict[str, str] | None = None) -> Taken:
    """Median milliseconds on the wall, and of this process's own processor time; statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(here.staff[who])

    def ask() -> None:
        answer = client.get(path) if sent is None else client.post(path, sent)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")

    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = len(captured)  # now: the next request empties what was captured
    wall, own = [], []
    for _ in range(TIMES):
        began, spent = time.perf_counter(), time.process_time()
        ask()
        wall.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - spent) * 1000)
    return Taken(round(statistics.median(wall), 1), round(statistics.median(own), 1), statements)


SEARCHED: Final = ("reference", "phone", "handle", "rare name", "common name", "first name", "place", "day")
QUEUE: Final = (
    ("queue", "soit", "/staff/cases/"),
    ("queue, supervisor", "supervisor", "/staff/cases/"),
    ("queue, last page", "soit", "/staff/cases/?page=99999"),
    ("queue, mine", "soit", "/staff/cases/?show=mine"),
    ("queue, missed", "soit", "/staff/cases/?show=missed"),
    ("queue, waits", "supervisor", "/staff/cases/?show=supervisor"),
    ("queue, flagged", "soit", "/staff/cases/?show=chemsex"),
    ("queue, over", "soit", "/staff/cases/?show=closed"),
    ("queue, over, last page", "soit", "/staff/cases/?show=closed&page=99999"),
    ("queue, away", "supervisor", "/staff/cases/away/"),
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
