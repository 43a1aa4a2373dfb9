"""The map of a board with its words: which reports lie in the force, and what is said when its outline can't be drawn."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.series.charts_map import Told, places
from nightdesk.outside.outline import OutlineRefused, outline
from nightdesk.rules.outline import EDGE, INSIDE, OUTSIDE, Outline

LIES: Final = (
    (INSIDE, gettext_lazy("Inside the force:")),
    (EDGE, gettext_lazy("So near its outline that it may be on either side:")),
    (OUTSIDE, gettext_lazy("Outside the force:")),
)


def board_map(told: Told) -> dict[str, Any] | None:
    """The map of the numbered reports; None without a place. A file that went bad since the start takes no board away."""
    found, fault = _outline()
    drawn = places(told, found)
    if drawn is None:
        return None
    return drawn | {"fault": fault, "where": _where(drawn.get("lies", {}))}


def _outline() -> tuple[Outline | None, str]:
    try:
        return outline(), ""
    except OutlineRefused:
        return None, _(
            "The outline of the force can’t be read, so it is not drawn. Tell whoever runs this service."
        )


def _where(lies: dict[int, str]) -> list[dict[str, Any]]:
    """What the drawing shows of the outline, in words: each answer with the reports of which it holds."""
    rows = [(words, [number for number, where in lies.items() if where == code]) for code, words in LIES]
    return [{"words": words, "numbers": ", ".join(map(str, numbers))} for words, numbers in rows if numbers]
