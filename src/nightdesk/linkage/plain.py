"""Extracts and evidence as plain values, as they are sealed: sets and tuples as sorted lists."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from nightdesk.linkage.explain import explain
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index, value_of
from nightdesk.linkage.places import kilometres
from nightdesk.linkage.weights import Weights

KNOWN = tuple(field.name for field in fields(Extract) if field.name != "id")
PLACE_OR_TIME = ("place", "time")
COLUMN_OF = {
    "account": "handle",
    "time": "day",
}  # where a comparison asks for another column than its name says


def to_plain(report: Extract) -> dict[str, Any]:
    """An extract as JSON holds it."""
    values = ((name, getattr(report, name)) for name in ("id", *KNOWN))
    return {name: sorted(value) if isinstance(value, (frozenset, tuple)) else value for name, value in values}


def from_plain(plain: Mapping[str, Any], report: str) -> Extract:
    """The extract of `report`; keys of a later edition are ignored, absent ones unknown."""
    values = {name: plain[name] for name in KNOWN if name in plain}
    values["tattoo"] = tuple(values.get("tattoo", ()))
    for key in ("done", "not_done"):
        values[key] = frozenset(values.get(key, ()))
    return Extract(id=report, **values)


def evidence(mine: Extract, theirs: Extract, index: Index, weights: Weights, row: int) -> dict[str, Any]:
    """Everything found between a new report and a stored one (`row` of the index), in the form that is kept."""
    found = explain(mine, index, weights, row)
    known = {each.comparison.split("_")[0] for each in found}
    return {
        "found": [
            {
                "comparison": each.comparison, "level": each.level, "bits": round(each.bits, 3),
                "rarity": round(each.rarity, 3), **_said(each.comparison, mine, theirs, index),
            }
            for each in found
        ],
        "unknown": {"mine": _missing(mine, known), "theirs": _missing(theirs, known)},
        "alone": round(sum(each.bits for each in found if each.comparison.split("_")[0] not in PLACE_OR_TIME), 3),
    }  # fmt: skip


def _said(comparison: str, mine: Extract, theirs: Extract, index: Index) -> dict[str, Any]:
    """What each of the two says, and how many others say what the stored one does. The new one is not counted in `index`."""
    if comparison.startswith("place"):
        return {"mine": "", "theirs": f"{kilometres(mine, theirs):.1f} km", "others": None}
    if comparison.startswith("did_"):
        code = comparison.removeprefix("did_")
        here, there = (code if code in each.done else "" for each in (mine, theirs))
        return {"mine": here, "theirs": there, "others": None}
    name = COLUMN_OF.get(comparison, comparison)
    column = index.columns[name]
    number = column.vocabulary.number(value_of(name, theirs))
    others = int(column.counts.array[number]) - 1 if number > 0 else None
    return {
        "mine": value_words(comparison, mine),
        "theirs": value_words(comparison, theirs),
        "others": others,
    }


def value_words(comparison: str, report: Extract) -> str:
    """What a report says to one comparison, as a short text; "" for nothing."""
    value = {
        "account": report.handle,
        "app": report.app,
        "phone": report.phone or report.phone6 or report.phone4,
        "email": report.email,
        "vehicle": " ".join(filter(None, (report.vehicle, report.plate))),
        "tattoo": ", ".join(mark.partition(":")[2] for mark in report.tattoo),
        "time": report.day,
    }.get(comparison, getattr(report, comparison, ""))
    return "" if value is None else str(value)


def _missing(report: Extract, known: set[str]) -> list[str]:
    """Comparisons that say nothing because this report says nothing."""
    asked = ("account", "app", "phone", "email", "name", "vehicle", "age", "height", "build", "hair", "tattoo", "time",
             "drug", "delivery", "venue")  # fmt: skip
    missing = [name for name in asked if name not in known and not value_words(name, report)]
    return missing + (["place"] if report.lat is None else [])
