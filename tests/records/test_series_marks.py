"""A mark in what a report says, in evidence, grounds and reasons is in no table, log, statement, journal line or title."""

import logging
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate, LinkMove
from nightdesk.records.link_groups import LinkGroup
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.series import Series, SeriesMember
from tests.group_rows import group_of, kept, link
from tests.linkage_rows import DEN, FOUND, analyst, answered, candidate_row, evidence, report_row, told_to
from tests.people import make_cast, signed_in
from tests.records.test_marks import every_value

MARKS = ("markhandle", "MARKVALUE", "MARKGROUNDS", "MARKCAME", "MARKOUT", "MARKGROUP", "MARKASIDE")
SEALED = {
    "MARKVALUE": LinkCandidate,
    "MARKGROUNDS": LinkAnswer,
    "MARKCAME": LinkMove,
    "MARKOUT": SeriesMember,
    "MARKGROUP": LinkGroup,
    "MARKASIDE": LinkGroup,
}


def found_in(text: str) -> list[str]:
    """The marks in a text."""
    return [mark for mark in MARKS if mark in text]


def lived_through(now: datetime) -> list[Any]:
    """Asked for more, looked at again, linked, taken out, everything read; the answers of the site."""
    cast, ines = make_cast(now), analyst("ines", now)
    earlier = report_row(told_to(cast.priya, now), now, DEN | {"handle": "markhandle"})
    new = report_row(told_to(cast.tom, now), now, DEN)
    pair = candidate_row(
        new, earlier, now, evidence=evidence(found=(FOUND[0] | {"mine": "MARKVALUE"}, *FOUND[1:]))
    )
    client = signed_in(Client(), cast.wen)
    for answer in ("need_more", "linked"):
        for one in (cast.wen, ines):
            answered(one, now, pair, answer, f"MARKGROUNDS {answer}")
        if answer == "need_more":
            client.post(reverse("candidate_again", args=[pair.pk]), {"words": "MARKCAME"})
    number, member = Series.objects.get().reference, SeriesMember.objects.get(report=new)
    pages = [("candidates", []), ("candidate", [pair.pk]), ("candidate_history", [pair.pk]), ("link_report", [earlier.pk]),
             ("all_series", []), ("series", [number]), ("series_brief", [number])]  # fmt: skip
    seen = [client.get(reverse(name, args=args)) for name, args in pages]
    seen = [*_groups(client, [earlier, new], now), *seen]
    client.post(reverse("series_take_out", args=[number]), {"member": str(member.pk), "why": "MARKOUT"})
    return [*seen, client.get(reverse("series_history", args=[number]))]


def _groups(client: Client, reports: list[Any], now: datetime) -> list[Any]:
    """A group with marks, looked at and set aside; the answers of the site."""
    marked = link(*reports, evidence=evidence(found=(FOUND[0] | {"mine": "MARKGROUP"}, *FOUND[1:])))
    kept(now, group_of(reports, links=[marked]))
    key = LinkGroup.objects.get().pk
    before = client.get(reverse("link_group", args=[key]))
    client.post(reverse("link_group_aside", args=[key]), {"why": "MARKASIDE"})
    return [before, client.get(reverse("link_group", args=[key])), client.get(reverse("link_groups"))]


def test_no_mark_of_the_series_desk_is_stored_logged_or_named_in_clear(
    journey_db: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The database in clear, every statement, the log, the journal, headers and titles; opened, each of them is there."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(note):
        seen = lived_through(database_now())
    assert {answer.status_code for answer in seen} == {200}
    heard = capfd.readouterr()
    titles = " ".join(
        re.findall(r"<title>.*?</title>", answer.content.decode("latin-1"), re.S)[0]
        for answer in (*seen[:-2], seen[-1])
    )
    lines = "".join(f"{line.facts}{line.subject}" for line in JournalLine.objects.all())
    for text in (
        "".join(statements),
        caplog.text + heard.out + heard.err,
        lines,
        titles,
        str([a.headers for a in seen]),
    ):
        assert not found_in(text)
    assert not [where for where, value in every_value() if found_in(value)]
    assert all("no-store" in answer.headers["Cache-Control"] for answer in seen)
    assert not (missing := marks_that_do_not_open()), missing


def marks_that_do_not_open() -> list[str]:
    """The search itself works: opened, each mark is where it was put."""
    sealed = {"markhandle": LinkReport, **SEALED}
    return [
        mark
        for mark, model in sealed.items()
        if mark
        not in str([row.opened(name) for row in model.objects.all() for name in model.CLASSED["sealed"]])
    ]
