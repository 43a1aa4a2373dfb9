"""What the counter's templates get: facts turned into words and rows."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.disclosures import Paging, Row, Taken
from nightdesk.rules.evidence_clock import Window
from nightdesk.rules.pack import Pack

FEW = 6  # lines shown at once: what a tired person reads; the rest opens on demand
ADDABLE = (
    "sexual_offence.likely", "sexual_offence.possible", "chemsex_context.likely", "chemsex_context.possible",
    "drug_facilitated_suspected.yes", "medical_emergency.yes", "under_18.yes", "immediate_danger.yes",
)  # fmt: skip
SET_ASIDE = (
    "sexual_offence.not_indicated", "chemsex_context.not_indicated", "drug_facilitated_suspected.no", "medical_emergency.no",
    "under_18.no", "immediate_danger.no",
)  # fmt: skip
TONES = {"draft": "yellow", "left": "orange", "no_referral": "grey", "raised": "blue", "paged": "blue"}


def row(row: Row) -> dict[str, Any]:
    """A line of the counter's list."""
    address = reverse("counter_resume" if row.state == "draft" else "disclosure", args=[row.reference])
    return {
        "reference": row.reference, "opened_at": row.opened_at, "href": address,
        "state": told.STATES[row.state], "tone": TONES.get(row.state, "green"),
    }  # fmt: skip


def lines(chosen: Pack) -> dict[str, Any]:
    """The few things to say aloud and the few never to say, in the language of the page, with whether the force signed them."""
    language = get_language() or "en"
    unsigned = not all(line.signed for line in (*chosen.say, *chosen.never_say, *chosen.never_ask))
    say = [line.wording_in(language) for line in chosen.say]
    never = [line.wording_in(language) for line in (*chosen.never_say, *chosen.never_ask)]
    return {
        "say": say[:FEW], "more_say": say[FEW:], "never": never[:FEW], "more_never": never[FEW:],
        "unsigned": unsigned, "edition": chosen.edition,
    }  # fmt: skip


def paging(reference: str, paging: Paging | None, now: datetime) -> dict[str, Any]:
    """Who was told and who answered."""
    if paging is None:
        return {"paging": None}
    return {
        "paging": paging, "reference": reference, "state": told.STATES[paging.state],
        "answered": paging.state not in ("raised", "paged"), "people": told.paging_rows(paging, now),
        "live_url": reverse("disclosure_live", args=[reference]),
    }  # fmt: skip


def disclosure(
    taken: Taken, now_paging: Paging | None, windows: tuple[Window, ...], now: datetime
) -> dict[str, Any]:
    """The page after sending on."""
    clocks = told.clock_rows(windows)
    emergency = bool(taken.proposed and taken.proposed.levels.get("medical_emergency") == "yes")
    return {
        "taken": taken, "clocks": clocks[:3], "more_clocks": clocks[3:],
        "counting": windows[0].counting if windows else "", "unsigned": any(not w.signed for w in windows),
        "overdue": any(w.review_on < now.date() for w in windows),
        "proposals": told.proposal_rows(taken.proposed, taken.basics) if taken.proposed else [],
        "additions": [(code, _choice(code)) for code in (*ADDABLE, *_related())],
        "set_aside": [(code, _choice(code)) for code in SET_ASIDE],
        "emergency": emergency, "emergency_number": pack().about.emergency_number, "red_flags": pack().red_flags,
        "own_words": taken.basics.what,
    } | paging(taken.reference, now_paging, now) | lines(pack())  # fmt: skip


def _related() -> list[str]:
    return [f"{entry.id}.yes" for entry in pack().related_offences]


def _choice(code: str) -> str:
    label, _dot, level = code.partition(".")
    return f"{told.label_of(label)}: {told.LEVELS[level]}" if level != "yes" else told.label_of(label)
