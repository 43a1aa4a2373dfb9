"""What the specialist's templates get: facts turned into words and rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.cases import CaseSeen, Queued
from nightdesk.queries.rota import OnNow
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.referral import MOVES

URGENCY: Final = {"now": gettext_lazy("Now"), "soon": gettext_lazy("As soon as you can")}
# Codes, so that no free text with a name ends in the journal; the case room adds words of its own in its step.
REASONS: Final = {
    "covering": gettext_lazy("I am covering for the unit or the owner"),
    "supervising": gettext_lazy("I supervise this work"),
    "same_person": gettext_lazy("I work on a case with the same person or place"),
    "asked": gettext_lazy("The owner or a supervisor asked me to look"),
}
MOVE_WORDS: Final = {
    "set_off": gettext_lazy("I’m on my way"),
    "arrive": gettext_lazy("I’m with the person"),
    "hand_over": gettext_lazy("Handed over"),
    "decline": gettext_lazy("I can’t take this after all"),
}
DONE_WORDS: Final = {
    "page": gettext_lazy("Told"),
    "acknowledge": gettext_lazy("Answered"),
    "set_off": gettext_lazy("On the way"),
    "arrive": gettext_lazy("With the person"),
    "hand_over": gettext_lazy("Handed over"),
    "decline": gettext_lazy("Could not take it"),
}


def queued(row: Queued, now: datetime) -> dict[str, Any]:
    """A line of the queue."""
    left = (row.first_window_ends_at - now).total_seconds() / 3600 if row.first_window_ends_at else None
    return {
        "reference": row.reference, "href": reverse("case", args=[row.reference]), "station": row.station,
        "opened_at": row.opened_at, "urgent": row.urgency == "now", "state": told.STATES[row.state],
        "waiting": row.state in ("raised", "paged"), "owner": row.owner, "mine": row.mine,
        "left": told.hours_left(left) if left is not None and left > 0 else _("Ask the SARC"),
        "closing": left is not None and 0 < left < told.CLOSING_HOURS,
    }  # fmt: skip


def case(seen: CaseSeen, now: datetime) -> dict[str, Any]:
    """Everything on the case page."""
    clocks = told.clock_rows(seen.clock)
    return {
        "seen": seen, "state": told.STATES[seen.state], "basics": basics_rows(seen.basics), "what": seen.basics.what,
        "suspects": [suspect_rows(suspect) for suspect in seen.basics.suspects],
        "proposals": told.proposal_rows(seen.proposed, seen.basics) if seen.proposed else [],
        "clocks": clocks[:2], "more_clocks": clocks[2:], "counting": seen.clock[0].counting if seen.clock else "",
        "people": told.paging_rows(seen.paging, now) if seen.paging else [],
        "moves": [(move, MOVE_WORDS[move]) for move in MOVES[seen.state] if move in MOVE_WORDS and move != "decline"],
        "may_decline": "decline" in MOVES[seen.state] and seen.state != "paged",
        "events": [
            {"title": DONE_WORDS[m["move"]], "byline": m["by"], "at": m["at"], "text": m["reason"]} for m in reversed(seen.moves)
        ],
    }  # fmt: skip


def basics_rows(basics: Basics) -> list[dict[str, Any]]:
    """Who, when and where as told; what was not asked is told apart from what was declined."""
    chosen = pack()
    when = chosen.times.get(basics.when_choice)
    place = chosen.place_kinds.get(basics.where_kind)
    ways = ", ".join(entry.text.en for entry in chosen.safe_contacts if entry.id in basics.safe_ways)
    sex = chosen.officer_sexes.get(basics.officer_sex)
    spoken = chosen.languages.get(basics.interpreter)
    pairs = (
        (_("What to call them"), basics.call_me or answer(basics, "who_person")),
        (_("Pronouns"), basics.pronouns),
        (_("Speaking for them"), basics.on_behalf),
        (_("When"), basics.when_words or (when.text.en if when else answer(basics, "when"))),
        (_("Where"), basics.where_words or answer(basics, "where")),
        (_("Kind of place"), place.text.en if place else ""),
        (_("Phone"), basics.contact_phone),
        (_("E-mail"), basics.contact_email),
        (_("Safe ways to reach them"), ways),
        (_("What to watch for"), basics.contact_notes),
        (_("Interpreter"), spoken.text.en if spoken else ""),
        (_("Officer they would rather speak to"), sex.text.en if sex else ""),
        (_("LGBT+ adviser"), {"yes": _("Yes"), "no": _("No")}.get(basics.adviser, "")),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def answer(basics: Basics, question: str) -> str:
    """Why there is no answer, in words."""
    words = {
        "dont_know": _("Does not know"),
        "rather_not": _("Would rather not say"),
        "not_asked": _("Not asked"),
    }
    return str(words.get(basics.state_of(question), ""))


def suspect_rows(suspect: Suspect) -> list[dict[str, Any]]:
    """What is known of one person who did it."""
    platform = pack().platforms.get(suspect.platform)
    handle = (
        f"{suspect.handle} ({platform.text.en})"
        if platform and suspect.handle
        else suspect.handle or (platform.text.en if platform else "")
    )
    pairs = (
        (_("Name used"), suspect.name_used), (_("App and handle"), handle), (_("Phone"), suspect.phone), (_("E-mail"), suspect.email),
        (_("Address"), suspect.address), (_("Vehicle"), suspect.vehicle), (_("Description"), suspect.description),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in pairs if value]


def on_now(units: Iterable[tuple[str, str, tuple[OnNow, ...]]]) -> list[dict[str, Any]]:
    """Per unit: each layer with who is on and until when, or that nobody is."""
    return [
        {
            "name": name, "ring": ring,
            "layers": [{"layer": told.LAYER_WORDS[entry.layer], "staff": entry.staff} for entry in layers],
        }
        for name, ring, layers in units
    ]  # fmt: skip
