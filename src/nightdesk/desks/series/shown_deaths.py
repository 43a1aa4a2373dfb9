"""A death as its pages show it: the indicator card, what is known, and what each version changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from nightdesk.desks.series import deaths_words as words
from nightdesk.outside.current import pack
from nightdesk.queries.deaths import DeathRow, DeathSeen, Version
from nightdesk.rules.death import FIELDS, MARKER, answers


def row(found: DeathRow) -> dict[str, Any]:
    """A line of the list."""
    return {
        "row": found,
        "href": reverse("death", args=[found.reference]),
        "source": words.SOURCES[found.source],
    }


def lists(found: DeathRow, known: Mapping[str, list[UUID]] | None) -> dict[str, Any]:
    """Links to the reports most like it, for whoever sees the series desk; `compares`: whether they do."""
    keys = (known or {}).get(found.reference, ())
    return {"compares": known is not None, "lists": [reverse("link_report", args=[key]) for key in keys]}


def death(seen: DeathSeen) -> dict[str, Any]:
    """The page of one."""
    return {
        "seen": seen, "source": words.SOURCES[seen.row.source], "card": _card(seen) if seen.met else None,
        "known": _known(seen), "versions": [_version(one) for one in reversed(seen.versions)],
    }  # fmt: skip


def _card(seen: DeathSeen) -> dict[str, Any]:
    language, held = get_language() or "en", pack()
    markers = [held.death_markers[code] for code in seen.met]
    entries = [*markers, *held.death_steps]
    return {
        "markers": [_entry(one, language) for one in markers],
        "steps": [_entry(one, language) for one in held.death_steps],
        "unsigned": not all(one.signed for one in entries),
    }  # fmt: skip


def _entry(one: Any, language: str) -> dict[str, Any]:
    return {
        "text": one.text_in(language), "why": one.why.wording_in(language).words, "source": one.source,
        "confirm": one.to_be_confirmed, "note": one.note,
    }  # fmt: skip


def _known(seen: DeathSeen) -> list[dict[str, Any]]:
    rows = [
        {"key": words.FIELDS[name], "value": words.value_words(name, seen.values[name])}
        for name in FIELDS
        if name in seen.values
    ]
    marked = [
        {"key": words.field_words(f"{MARKER}{code}"), "value": words.SAID[said]}
        for code, said in answers(seen.values).items()
    ]
    return [*rows, *marked]


def _version(one: Version) -> dict[str, Any]:
    changed = [
        {
            "field": words.field_words(name), "before": words.value_words(name, before),
            "after": words.value_words(name, after),
        }
        for name, before, after in one.changed
    ]  # fmt: skip
    return {"number": one.number, "at": one.at, "by": one.by, "changed": changed}
