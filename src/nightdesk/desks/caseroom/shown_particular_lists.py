"""The lists of a case's particulars with their links, what the first account offers, and the counts of the case page."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.caseroom import shown_particulars as shown
from nightdesk.queries.particulars import Counted, LinkSeen, ParticularSeen
from nightdesk.rules.particular_account import Part
from nightdesk.rules.particular_link import links_between


def lists(
    entries: Sequence[ParticularSeen], links: Iterable[LinkSeen], reference: str
) -> list[dict[str, Any]]:
    """Six lists: people by role, never mixed; objects, places, events. What was withdrawn comes last."""
    linked = list(links)
    found = []
    for sort, (_one, heading, none) in words.SORTS.items():
        mine = [one for one in entries if shown.sort_of(one.kind, one.role) == sort]
        mine.sort(key=lambda one: one.withdrawn_at is not None)
        rows = [
            shown.entry(one, reference) | {"links": links_at(one.id, entries, linked, reference)}
            for one in mine
        ]
        found.append({"sort": sort, "heading": heading, "none": none, "rows": rows, "add": words.ADD[sort]})
    return found


def links_at(
    at: UUID, entries: Iterable[ParticularSeen], links: Iterable[LinkSeen], reference: str
) -> list[dict[str, Any]]:
    """The links of one entry, read from its end, standing ones first."""
    known = {one.id: one for one in entries}
    found = [
        _link(link, known[link.other if link.one == at else link.one], from_one=link.one == at, reference=reference)
        for link in links
        if at in (link.one, link.other)
    ]  # fmt: skip
    return sorted(found, key=lambda row: row["taken_back"])


def _link(link: LinkSeen, other: ParticularSeen, *, from_one: bool, reference: str) -> dict[str, Any]:
    return {
        "words": words.LINKS[link.kind][0 if from_one else 1], "name": shown.name_of(other, other.newest.values),
        "sort": words.SORTS[shown.sort_of(other.kind, other.role)][0], "withdrawn": other.withdrawn_at is not None,
        "href": reverse("particular", args=[reference, other.id]), "link": link,
        "basis": words.BASIS_TAGS[link.basis], "tone": words.BASIS_COLOURS.get(link.basis, "grey"),
        "taken_back": link.taken_back_at is not None, "back": reverse("particular_unlink", args=[reference, link.id]),
    }  # fmt: skip


def ways_to_link(seen: ParticularSeen, entries: Iterable[ParticularSeen]) -> list[tuple[str, str]]:
    """(value, words) of each kind of link from this entry or to it, with each standing entry that it may join."""
    ways = []
    for other in entries:
        if other.id == seen.id or other.withdrawn_at is not None:
            continue
        name = shown.name_of(other, other.newest.values)
        sort = words.SORTS[shown.sort_of(other.kind, other.role)][0]
        for code in links_between(seen.kind, other.kind):
            ways.append((f"{code}:to:{other.id}", f"{words.LINKS[code][0]}: {name} ({sort})"))
        if seen.kind != other.kind:
            for code in links_between(other.kind, seen.kind):
                ways.append((f"{code}:from:{other.id}", f"{words.LINKS[code][1]}: {name} ({sort})"))
    return ways


def read_way(value: str, own: UUID) -> tuple[str, UUID, UUID]:
    """(kind of link, the one, the other) of a chosen way."""
    code, direction, other = value.split(":")
    return (code, own, UUID(other)) if direction == "to" else (code, UUID(other), own)


def offered(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """(code, words) of what can be taken over from the first account."""
    return [(part.code, _offer(part)) for part in parts]


def _offer(part: Part) -> str:
    sort = words.SORTS[shown.sort_of(part.kind, part.role)][0]
    name, short = shown.name_of(part, part.values), shown.in_short(part, part.values)
    return f"{sort}: {name}" + (f" ({short})" if short else "")


def section(counted: Counted) -> dict[str, Any]:
    """What the case page says: how many of each, and how much of the first account could be taken over."""
    counts = [
        f"{heading}: {number}"
        for sort, (_one, heading, _none) in words.SORTS.items()
        if (
            number := sum(
                n for (kind, role), n in counted.standing.items() if shown.sort_of(kind, role) == sort
            )
        )
    ]
    return {"counts": " · ".join(counts), "offered": counted.offered}
