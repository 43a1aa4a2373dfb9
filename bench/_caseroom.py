"""What the pages of the case room take: `python -m bench._caseroom CASES`, in the empty database of NIGHTDESK_DATABASE."""

import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from bench._caseroom_rows import Force, cases, force, multiply

FEW: Final = 100  # a hundredth first; then each of them that often
TIMES: Final = 15


def main(arguments: list[str]) -> int:
    """Fill a hundredth, ask; fill the rest, ask again; print one line of JSON."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    many = int(arguments[0])
    here = force()
    cases(here, many // FEW)
    few = _asked(here)
    began = time.perf_counter()
    multiply(here, FEW - 1)
    built = time.perf_counter() - began
    print(json.dumps(_figures(few, _asked(here)) | {"built_s": round(built)}))
    return 0


def _figures(few: dict[str, tuple[float, int]], all_of_them: dict[str, tuple[float, int]]) -> dict[str, Any]:
    """The keys of the proof, and each page by itself."""
    from nightdesk.records.cases import Case

    def slowest(word: str) -> float | None:
        return max((taken for name, (taken, _) in all_of_them.items() if name.startswith(word)), default=None)

    return {
        "queue_ms": slowest("queue"), "search_ms": slowest("search"), "case_ms": slowest("case"),
        "queries": max(statements for _, statements in all_of_them.values()),
        "flat": all(few[name][1] == all_of_them[name][1] for name in few),
        "n": Case.objects.count(), "in_queue": Case.objects.filter(in_queue=True).count(),
        "pages": [
            {
                "page": name, "few_ms": few[name][0], "few_statements": few[name][1], "ms": taken,
                "statements": statements,
            }
            for name, (taken, statements) in all_of_them.items()
        ],
    }  # fmt: skip


def _asked(here: Force) -> dict[str, tuple[float, int]]:
    """Page → median milliseconds and statements."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    found = {
        name: _measured(here, who, lambda client, path=path: client.get(path))
        for name, who, path in (*QUEUE, *CASE(here))
    }
    return found | _search(here)


def CASE(here: Force) -> tuple[tuple[str, str, str], ...]:
    """The pages of one case that is really sealed."""
    return (
        ("case", "soit", f"/staff/cases/{here.opened}/"),
        ("case, timeline", "supervisor", f"/staff/cases/{here.opened}/timeline/"),
    )


def _search(here: Force) -> dict[str, tuple[float, int]]:
    """The page that looks for a case, by what the sealed one holds; nothing while this edition has no such page."""
    from django.urls import NoReverseMatch, reverse

    try:
        address = reverse("search")
    except NoReverseMatch:
        return {}
    return {
        f"search, {name}": _measured(here, "soit", lambda client, sent=sent: client.post(address, sent))
        for name, sent in (("reference", {"text": here.opened}), ("phone", {"text": "07700 900123"}))
    }


def _measured(here: Force, who: str, ask: Callable[[Any], Any]) -> tuple[float, int]:
    from django.db import connection
    from django.test import Client

    client = Client()
    client.force_login(here.staff[who])
    statements: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: (statements.append(sql), run(sql, *rest))[1]):
        _answered(ask(client))
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        _answered(ask(client))
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), len(statements)


def _answered(answer: Any) -> None:
    if answer.status_code != 200:
        raise SystemExit(f"{answer.request['PATH_INFO']}: {answer.status_code}")


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
