"""A question and its answer as the page shows them."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.desks.series import explore_words as words
from nightdesk.desks.series.forms_explore import choices_of
from nightdesk.desks.series.shown import name
from nightdesk.queries.explorations import Asked, ExplorationSeen, Found
from nightdesk.rules.exploration import CHOICES, FACTS, LISTS

PIECE: Final = ((5.0, "strong"), (2.0, "fair"))  # bits of one piece of evidence from which it is called so


def state(asked: Asked) -> str:
    """Where a question stands, in words."""
    if asked.fault:
        return str(words.FAULTS[asked.fault])
    return _("The answer is there.") if asked.answered_at else _("Being compared.")


def row(asked: Asked) -> dict[str, Any]:
    """A line of the list."""
    return {"asked": asked, "state": state(asked), "href": reverse("exploration", args=[asked.id])}


def exploration(seen: ExplorationSeen) -> dict[str, Any]:
    """The page of an answer."""
    facts = [
        {"key": words.FACTS[name], "value": _value(name, seen.facts[name])}
        for name in FACTS
        if name in seen.facts
    ]
    return {
        "seen": seen,
        "facts": facts,
        "found": [_found(one) for one in seen.found],
        "state": state(seen.asked),
    }


def _value(name: str, value: Any) -> str:
    if name in LISTS:
        return ", ".join(str(words.BEHAVIOURS.get(code, code)) for code in value)
    if name in CHOICES:
        return dict(choices_of(name)).get(value, value)
    return _("about %(n)s cm") % {"n": value} if name == "height_cm" else str(value)


def _found(one: Found) -> dict[str, Any]:
    href = reverse("death", args=[one.reference]) if one.kind == "death" else ""
    speaks = sorted(one.reasons, key=lambda reason: -abs(reason[2]))
    return {
        "found": one, "name": name(one.reference, one.man), "list": reverse("link_report", args=[one.id]),
        "kind": words.KINDS[one.kind], "href": href,
        "speaks_for": _reasons(reason for reason in speaks if reason[2] > 0),
        "against": _reasons(reason for reason in speaks if reason[2] < 0),
    }  # fmt: skip


def _reasons(reasons: Iterable[tuple[str, str, float]]) -> list[dict[str, Any]]:
    return [
        {"compared": words.compared(name), "level": words.level(level), "band": words.BANDS[_band(bits)]}
        for name, level, bits in reasons
    ]


def _band(bits: float) -> str:
    return next((band for least, band in PIECE if abs(bits) >= least), "weak")
