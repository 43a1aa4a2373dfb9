"""What the templates of the queue and of a report’s list get: rows and words."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nightdesk.desks.furniture.paged import paged
from nightdesk.desks.series import words
from nightdesk.desks.series.told import DID, DID_NOT, WHEN, WHERE, told_rows
from nightdesk.desks.series.words_evidence import sentence
from nightdesk.queries.candidates import VIEWS, Queue, ReportRow, Row
from nightdesk.queries.link_reports import Ranked, ReportSeen
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import Found
from nightdesk.rules.terms import ANALYST

FIRST = 10  # of a list are shown at once, and all that were put side by side
REASONS = 3  # of each kind, in a list; the page of the candidate has all
NOT_ALIKE = (WHEN, WHERE, DID, DID_NOT)  # two days or places that differ speak against nothing by that alone
FOR_ANALYSTS = ("my_answer", "mine", "waits")


def queue(found: Queue, view: str, reader: Reader) -> dict[str, Any]:
    """The queue: its views with their counts, the rows of this one, the links to its other pages."""
    address = reverse("candidates")
    views = [name for name in VIEWS if reader.role == ANALYST or name not in FOR_ANALYSTS]
    return {
        "views": [
            {
                "text": words.VIEWS[name], "count": found.counts[name], "href": f"{address}?show={name}",
                "current": name == view,
            }
            for name in views
        ],
        "view": words.VIEWS[view], "rows": [row(one) for one in found.rows], "total": found.counts[view],
        "paged": paged(found.number, found.pages, lambda number: f"{address}?show={view}&page={number}"),
        "analyst": reader.role == ANALYST,
    }  # fmt: skip


def row(one: Row) -> dict[str, Any]:
    """A candidate as a card of the queue."""
    waits = one.answered and one.state == "one_in"
    state, tone = words.WAITS_FOR_ANOTHER if waits else words.STATES[one.state]
    return {
        "row": one, "href": reverse("candidate", args=[one.id]), "state": state, "tone": tone, "why": words.WHY[one.why],
        "new": report(one.new), "earlier": report(one.earlier), "units": units(one), "kinds": kinds(one),
        "band": words.BANDS[one.band],
        "band_tone": words.TONES[one.band], "incident": words.INCIDENT.get(one.incident, ""),
    }  # fmt: skip


def report(one: ReportRow) -> dict[str, Any]:
    """A report as a line."""
    return {
        "report": one,
        "name": name(one.reference, one.man),
        "kind": words.KINDS.get(one.kind, one.kind),
        "href": reverse("link_report", args=[one.id]),
        "lost": lost(one),
    }


def name(reference: str, man: tuple[int, int] | None) -> str:
    """The reference of a report, and which man of it where it tells of several."""
    if man is None:
        return reference
    return _("{report}, man {number} of {of}").format(report=reference, number=man[0], of=man[1])


def lost(one: ReportRow) -> str:
    """What is said in the place of what a report said that does not stand any more; "" for one that does."""
    if one.destroyed_at:
        day = date_format(localtime(one.destroyed_at), "j F Y")
        return _("It was destroyed on {day} by the retention rule.").format(day=day)
    return _("It is no longer there: it was taken back or corrected.") if one.gone else ""


def kinds(one: Row) -> str:
    """What kinds of report the two are, each once."""
    return ", ".join(
        dict.fromkeys(str(words.KINDS.get(each.kind, each.kind)) for each in (one.new, one.earlier))
    )


def units(one: Row) -> str:
    """The units of both reports, each once."""
    return ", ".join(dict.fromkeys(unit for unit in (one.new.unit, one.earlier.unit) if unit))


def ranked(seen: ReportSeen) -> dict[str, Any]:
    """A report with its list, best first."""
    entries = [_entry(place, one, seen) for place, one in enumerate(seen.ranked, 1)]
    first = max([FIRST, *(entry["place"] for entry in entries if entry["candidate_href"])])
    return report(seen.report) | {
        "seen": seen, "told": told_rows(seen.told), "once": [report(one.report) | {"one": one} for one in seen.lost],
        "entries": entries[:first], "more": entries[first:], "alone": not all(entry["candidate_href"] for entry in entries),
    }  # fmt: skip


def _entry(place: int, one: Ranked, seen: ReportSeen) -> dict[str, Any]:
    state, tone = words.STATES.get(one.state, ("", ""))
    if one.evidence is None:
        speaks_for, against = _compared(seen.told, one.told)
    else:
        speaks_for, against = _said(one.evidence.speaks_for), _said(one.evidence.speaks_against)
    return report(one.report) | {
        "place": place, "one": one, "band": words.BANDS[one.band], "band_tone": words.TONES[one.band], "state": state,
        "tone": tone, "speaks_for": speaks_for[:REASONS], "against": against[:REASONS],
        "candidate_href": reverse("candidate", args=[one.candidate]) if one.candidate else "",
    }  # fmt: skip


def _said(found: tuple[Found, ...]) -> list[str]:
    return [sentence(one) for one in found]


def _compared(mine: Any, theirs: Any) -> tuple[list[str], list[str]]:
    """What both say and where they differ, for two that were not put side by side: as told, without a weight."""
    here, there = (
        {str(name): value for name, value in told_rows(told) if name not in NOT_ALIKE}
        for told in (mine, theirs)
    )
    both = [name for name in here if name in there]
    same = [
        _("Both say: {what} {value}.").format(what=name, value=here[name])
        for name in both
        if here[name] == there[name]
    ]
    differ = [
        _("{what}: one says {mine}, the other {theirs}.").format(
            what=name, mine=here[name], theirs=there[name]
        )
        for name in both
        if here[name] != there[name]
    ]
    return same, differ
