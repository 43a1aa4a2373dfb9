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
    told = [(numbers[one.report.id], one.told) for one in seen.members if not one.report.gone]
    shared = shares(seen, numbers)
    return {
        "row": seen.row, "members": [member(one, numbers[one.report.id]) for one in seen.members],
        "analyst": reader.role == ANALYST,
        "timeline": charts_board.timeline([(numbers[one.report.id], _day(one)) for one in seen.members]),
        "map": board_map(told), "shares": shared,
        "network": charts_board.network(list(numbers.values()), [(s["one"], s["other"], s["width"]) for s in shared]),
        "twice": twice(seen), "gaps": gaps([one for _number, one in told]),
        "unseen": [one for one in seen.left if _waits(one)],
    }  # fmt: skip


def twice(seen: SeriesSeen) -> list[str]:
    """References of which two men are in the series: whoever told of them told them apart."""
    named = [one.report.reference for one in seen.members]
    return sorted({name for name in named if named.count(name) > 1})


def member(one: Member, number: int) -> dict[str, Any]:
    """A report of the series as a row."""
    return shown.report(one.report) | {
        "one": one, "number": number, "when": day_words(one.told), "where": place_words(one.told),
    }  # fmt: skip


def _day(one: Member) -> date:
    """When it was; when nobody knows, when it came in."""
    return day_of(one.told) or timezone.localtime(one.report.reported_at).date()


def shares(seen: SeriesSeen, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Which of the numbered reports share what, in the order of their numbers."""
    rows = [_shared(link, numbers) for link in seen.links]
    return sorted(rows, key=lambda row: (row["one"], row["other"]))


def _shared(link: Any, numbers: dict[str, int]) -> dict[str, Any]:
    """What two reports share, the strongest first, never by what he was taken for."""
    found = link.evidence.speaks_for if link.evidence else ()
    pieces = [one for one in found if one.comparison != LAST]
    strong = any(band(one.bits) == STRONG for one in pieces)
    texts = [sentence(one) for one in pieces[:SHARED]]
    return {
        "one": numbers[link.earlier], "other": numbers[link.new], "candidate": link.candidate,
        "texts": texts if link.evidence else [_("What they shared was destroyed with one of them.")],
        "width": WIDE if strong else THIN,
    }  # fmt: skip


def _waits(one: Member) -> bool:
    """Whether it was taken out and no second analyst has seen that."""
    return bool(one.left_why) and not one.seen_by


def history(seen: SeriesSeen, reader: Reader) -> dict[str, Any]:
    """Who came in, and who left again: newest first; what still waits to be seen by a second analyst."""
    everybody = [*seen.members, *seen.left]
    events = [
        {
            "title": _("{report} came in").format(report=shown.name(one.report.reference, one.report.man)),
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
        "left": [(one, shown.report(one.report)["name"], _waits(one)) for one in seen.left],
    }  # fmt: skip


def _left(one: Member) -> dict[str, Any]:
    if one.now_in and not one.left_why:
        title = _("{report} went on in series {series}").format(
            report=shown.name(one.report.reference, one.report.man), series=one.now_in
        )
    else:
        title = _("{report} was taken out").format(report=shown.name(one.report.reference, one.report.man))
    if not one.left_why and not one.now_in:
        title = _("{report} left: no link held it any more").format(
            report=shown.name(one.report.reference, one.report.man)
        )
    if one.lost and not one.now_in:
        title = _("{report} left; why was destroyed with it").format(
            report=shown.name(one.report.reference, one.report.man)
        )
    text = one.left_why
    if one.seen_by:
        text += "\n" + _("Seen by {name}.").format(name=one.seen_by)
    return {"title": title, "byline": one.left_by, "at": one.left_at, "text": text}
