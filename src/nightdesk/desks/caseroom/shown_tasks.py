"""Tasks in words: of one case with their titles, across cases by their kind."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom.shown_contact import text
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.tasks import Moved, TaskLine, TaskSeen
from nightdesk.rules.task import DONE, DROPPED, OPEN

STATES: Final = {
    OPEN: (gettext_lazy("To do"), "blue"),
    DONE: (gettext_lazy("Done"), "green"),
    DROPPED: (gettext_lazy("Dropped"), "grey"),
}
MOVES: Final = {
    "do": gettext_lazy("Done"),
    "drop": gettext_lazy("Dropped"),
    "hand_on": gettext_lazy("Handed on to %(name)s"),
    "re_date": gettext_lazy("Another time: %(after)s instead of %(before)s"),
    "take_back": gettext_lazy("To be done after all"),
}


def task(row: TaskSeen, reference: str) -> dict[str, Any]:
    """One task; `before` are the times it had, oldest first."""
    state, tone = STATES[row.state]
    made = {"title": _("Made"), "byline": row.made_by, "at": row.made_at, "text": ""}
    return {
        "row": row, "href": reverse("task", args=[reference, row.id]), "kind": text(pack().task_kinds, row.kind),
        "state": state, "tone": tone, "before": [move.due_before for move in row.moves if move.move == "re_date"],
        "moves": [*(_moved(move) for move in reversed(row.moves)), made], "newest": row.moves[-1] if row.moves else None,
    }  # fmt: skip


def _moved(move: Moved) -> dict[str, Any]:
    given = {
        "name": move.to_whom, "after": told.moment_words(move.due_at), "before": told.moment_words(move.due_before),
    }  # fmt: skip
    return {"title": MOVES[move.move] % given, "byline": move.by, "at": move.at, "text": move.words}


def line(row: TaskLine) -> dict[str, Any]:
    """A line across cases."""
    state, tone = STATES[row.state]
    return {
        "row": row, "kind": text(pack().task_kinds, row.kind), "href": reverse("task", args=[row.reference, row.id]),
        "state": state, "tone": tone, "over": row.state != OPEN,
    }  # fmt: skip


def choices(counts: Mapping[tuple[str, str], int], chosen: tuple[str, str]) -> list[dict[str, Any]]:
    """The choices of the list, each with how many there are."""
    words = {
        ("mine", "overdue"): _("Mine, overdue"), ("mine", "open"): _("Mine, to do"), ("mine", "over"): _("Mine, over"),
        ("unit", "overdue"): _("My unit’s, overdue"), ("unit", "open"): _("My unit’s, to do"),
        ("unit", "over"): _("My unit’s, over"),
    }  # fmt: skip
    return [
        {
            "href": f"{reverse('my_tasks')}?whose={whose}&which={which}", "text": words[whose, which], "count": count,
            "chosen": (whose, which) == chosen,
        }
        for (whose, which), count in counts.items()
    ]  # fmt: skip
