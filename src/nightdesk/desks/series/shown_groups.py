"""What the templates of the groups to look at get: rows, numbered reports, pairs with their words either way."""

from typing import Any

from django.urls import reverse

from nightdesk.desks.furniture.paged import paged
from nightdesk.desks.series import shown, words
from nightdesk.desks.series import words_groups as ours
from nightdesk.desks.series.told import day_words, place_words
from nightdesk.desks.series.words_evidence import sentence
from nightdesk.queries.link_groups import VIEWS, GroupLink, GroupMember, GroupRow, Groups, GroupSeen

REASONS = 4  # of each kind and pair; the page of the candidate has all


def groups(found: Groups, view: str) -> dict[str, Any]:
    """The list of one view, and the links to the others."""
    address = reverse("link_groups")
    none, then = ours.EMPTY[view]
    return {
        "views": [
            {
                "text": ours.VIEWS[name], "count": found.counts[name], "href": f"{address}?show={name}",
                "current": name == view,
            }
            for name in VIEWS
        ],
        "view": ours.VIEWS[view], "total": found.counts[view], "rows": [row(one) for one in found.rows],
        "batch": found.batch, "none": none, "then": then,
        "paged": paged(found.number, found.pages, lambda number: f"{address}?show={view}&page={number}"),
    }  # fmt: skip


def row(one: GroupRow) -> dict[str, Any]:
    """A group as a card."""
    decision, tone = ours.DECISIONS.get(one.decision, ("", ""))
    return {
        "row": one, "href": reverse("link_group", args=[one.id]), "units": ", ".join(one.units),
        "band": words.BANDS[one.strength], "band_tone": words.TONES[one.strength],
        "strength": ours.STRENGTHS[one.strength], "decision": decision, "tone": tone,
    }  # fmt: skip


def group(seen: GroupSeen) -> dict[str, Any]:
    """The page of one group."""
    numbers = {one.report.id: place for place, one in enumerate(seen.members, 1)}
    links = [(one, _link(one, numbers)) for one in seen.links]
    holds = [link for one, link in links if one.holds]
    return row(seen.row) | {
        "seen": seen, "members": [_member(one, numbers[one.report.id]) for one in seen.members], "holds": holds,
        "against": [link for one, link in links if one.contradicts and not one.holds],
        "others": [link for one, link in links if not one.holds and not one.contradicts],
        "fresh": sum(not link["candidate_href"] for link in holds),
        "switched_off": ours.SWITCHED_OFF,
        "is_open": not (seen.row.decision or seen.row.replaced),
    }  # fmt: skip


def _member(one: GroupMember, number: int) -> dict[str, Any]:
    return shown.report(one.report) | {
        "one": one, "number": number, "when": day_words(one.told), "where": place_words(one.told),
    }  # fmt: skip


def _link(one: GroupLink, numbers: dict[str, int]) -> dict[str, Any]:
    """A pair by the numbers of its reports, the earlier first."""
    state, tone = words.STATES.get(one.state, ("", ""))
    return {
        "one": numbers[one.earlier], "other": numbers[one.new], "band": words.BANDS[one.band],
        "band_tone": words.TONES[one.band], "incident": words.INCIDENT.get(one.incident, ""), "state": state, "tone": tone,
        "speaks_for": [sentence(piece) for piece in one.evidence.speaks_for[:REASONS]],
        "speaks_against": [sentence(piece) for piece in one.evidence.speaks_against[:REASONS]],
        "candidate_href": reverse("candidate", args=[one.candidate]) if one.candidate else "",
    }  # fmt: skip
