"""What the templates of a series get: its reports numbered, drawings with tables beside them, gaps, history."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nightdesk.desks.series import charts_board, shown
from nightdesk.desks.series.gaps import gaps
from nightdesk.desks.series.shown_map import board_map
from nightdesk.desks.series.told import day_of, day_words, place_words
from nightdesk.desks.series.words_evidence import sentence
from nightdesk.queries.series import Member, SeriesSeen
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import LAST, STRONG, band
from nightdesk.rules.terms import ANALYST

SHARED = 4  # of each pair, on the board
WIDE, THIN = "5", "2"


def board(seen: SeriesSeen, reader: Reader) -> dict[str, Any]:
    """The board of one series."""
    numbers = {one.report.id: place for place, one in enumerate(seen.members, 1)}
    told = [(numbers[one.report.id], one.told) for one in seen.members]
    shared = shares(seen, numbers)
    return {
        "row": seen.row, "members": [member(one, numbers[one.report.id]) for one in seen.members],
        "analyst": reader.role == ANALYST,
        "timeline": charts_board.timeline([(numbers[one.report.id], _day(one)) for one in seen.members]),
        "map": board_map(told), "shares": shared,
        "network": charts_board.network(list(numbers.values()), [(s["one"], s["other"], s["width"]) for s in shared]),
        "gaps": gaps([one for _number, one in told]), "unseen": [one for one in seen.left if _waits(one)],
    }  # fmt: skip


def member(one: Member, number: int) -> dict[str, Any]:
    """A report of the series as a row."""
    return shown.report(one.report) | {
        "one": one, "number": number, "when": day_words(one.told), "where": place_words(one.told),
    }  # fmt: skip


def _day(one: Member) -> date:
    """When it was; when nobody knows, when it came in."""
    return day_of(one.told) or timezone.localtime(one.report.reported_at).date()


def shares(seen: SeriesSeen, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Which of the numbered reports share what."""
    return [_shared(link, numbers) for link in seen.links]


def _shared(link: Any, numbers: dict[str, int]) -> dict[str, Any]:
    """What two reports share, the strongest first, never by what he was taken for."""
    pieces = [one for one in link.evidence.speaks_for if one.comparison != LAST]
    strong = any(band(one.bits) == STRONG for one in pieces)
    return {
        "one": numbers[link.earlier], "other": numbers[link.new], "candidate": link.candidate,
        "texts": [sentence(one) for one in pieces[:SHARED]], "width": WIDE if strong else THIN,
    }  # fmt: skip


def _waits(one: Member) -> bool:
    """Whether it was taken out and no second analyst has seen that."""
    return bool(one.left_why) and not one.seen_by


def history(seen: SeriesSeen, reader: Reader) -> dict[str, Any]:
    """Who came in, and who left again: newest first; what still waits to be seen by a second analyst."""
    everybody = [*seen.members, *seen.left]
    events = [
        {
            "title": _("{report} came in").format(report=one.report.reference),
            "byline": "",
            "at": one.joined_at,
            "text": "",
        }
        for one in everybody
    ] + [_left(one) for one in seen.left]
    if seen.row.ended_at:
        title = _("The series ended")
        events.append({"title": title, "byline": "", "at": seen.row.ended_at, "text": ""})
    return {
        "row": seen.row, "events": sorted(events, key=lambda event: event["at"], reverse=True),
        "analyst": reader.role == ANALYST,
        "left": [(one, _waits(one)) for one in seen.left],
    }  # fmt: skip


def _left(one: Member) -> dict[str, Any]:
    if one.now_in and not one.left_why:
        title = _("{report} went on in series {series}").format(
            report=one.report.reference, series=one.now_in
        )
    else:
        title = _("{report} was taken out").format(report=one.report.reference)
    if not one.left_why and not one.now_in:
        title = _("{report} left: no link held it any more").format(report=one.report.reference)
    text = one.left_why
    if one.seen_by:
        text += "\n" + _("Seen by {name}.").format(name=one.seen_by)
    return {"title": title, "byline": one.left_by, "at": one.left_at, "text": text}
