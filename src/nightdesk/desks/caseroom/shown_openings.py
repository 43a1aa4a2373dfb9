"""Openings of others' cases in words: who, when, why, whether it was seen, what was asked and answered."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom.forms_openings import FINDINGS, AnswerForm, AskForm
from nightdesk.outside.current import pack
from nightdesk.queries.openings import Move, OnCase, Opened, OpeningRead
from nightdesk.queries.searches import Habit
from nightdesk.rules import opening as rule
from nightdesk.rules.pack_search import OPENING_HOLDS

STATES: Final = {
    rule.ASKED: (gettext_lazy("Asked why"), "yellow"),
    rule.ANSWERED: (gettext_lazy("Answered"), "green"),
}
MOVES: Final = {"ask": gettext_lazy("Asked why"), "answer": gettext_lazy("Answered")}


def reason(code: str) -> str:
    """The words of a reason; its code when the pack dropped it."""
    entry = pack().opening_reasons.get(code)
    return str(entry.text_in(get_language() or "en")) if entry else code.replace("_", " ")


def holds_hours() -> int:
    """For how many hours a reason holds."""
    return pack().opening_limits[OPENING_HOLDS].hours


def opened(seen: Opened) -> dict[str, Any]:
    """One opening, without its words."""
    words, colour = STATES.get(seen.state, ("", ""))
    return {
        "id": str(seen.id), "reference": seen.reference, "href": reverse("case_openings", args=[seen.reference]),
        "at": seen.at, "by": f"{seen.by}, {seen.by_unit}" if seen.by_unit else seen.by, "reason": reason(seen.reason),
        "unseen": not seen.seen, "state": words, "colour": colour, "owner": seen.owner, "away": seen.owner_away,
        "mine": seen.mine,
    }  # fmt: skip


def openings(rows: Iterable[Opened]) -> list[dict[str, Any]]:
    """Several of them."""
    return [opened(row) for row in rows]


def on_case(seen: OnCase | None) -> dict[str, Any] | None:
    """The section of the case page; None for whoever opened it with a reason."""
    if seen is None:
        return None
    return {
        "count": ngettext("Opened by others %(n)s time", "Opened by others %(n)s times", seen.count) % {"n": seen.count},
        "none": not seen.count, "unseen": seen.unseen, "newest": openings(seen.newest), "may_read": seen.may_read,
    }  # fmt: skip


def read(seen: OpeningRead, typed: dict[str, Any]) -> dict[str, Any]:
    """One opening with its words, its thread, and the form that this reader may fill; `typed`: forms by opening and move."""
    key, count = str(seen.opened.id), len(seen.moves)
    forms = {
        "ask": AskForm(initial={"seen": count}, prefix=key) if seen.may_ask else None,
        "answer": AnswerForm(initial={"seen": count}, prefix=key) if seen.may_answer else None,
    }  # fmt: skip
    kept = {name: typed.get((key, name), form) for name, form in forms.items() if form is not None}
    return {
        **opened(seen.opened),
        "words": seen.words,
        "thread": [_move(move) for move in seen.moves],
        **kept,
    }


def _move(move: Move) -> dict[str, Any]:
    finding = str(dict(FINDINGS).get(move.finding, ""))
    return {"title": MOVES[move.move], "finding": finding, "at": move.at, "by": move.by, "words": move.words}


def habit(seen: Habit) -> dict[str, Any]:
    """How often somebody searched and opened, and what is pointed out."""
    marks = ((seen.many_searches, _("Many searches")), (seen.many_openings, _("Many openings")))
    return {"seen": seen, "marks": [words for is_so, words in marks if is_so]}
