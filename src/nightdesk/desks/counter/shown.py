"""What the counter's templates get: facts turned into words and rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from nightdesk.desks.furniture import told, told_clock
from nightdesk.outside.current import pack
from nightdesk.queries.clocks import ClockSeen
from nightdesk.queries.disclosures import Paging, Row, Taken
from nightdesk.rules.pack import Pack

FEW = 6  # lines shown at once: what a tired person reads; the rest opens on demand
TONES = {"draft": "yellow", "left": "orange", "no_referral": "grey", "raised": "blue", "paged": "blue"}


def counter(rows: Iterable[Row], pager_alive: bool) -> dict[str, Any]:
    """The counter's list: what was begun and not sent on comes first, for somebody is waiting for it."""
    listed = [_row(row) for row in rows]
    return {
        "drafts": [row for row in listed if row["draft"]], "rows": [row for row in listed if not row["draft"]],
        "pager_alive": pager_alive, "start_attributes": {"autofocus": True},
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    draft = row.state == "draft"
    return {
        "reference": row.reference, "opened_at": row.opened_at, "draft": draft,
        "href": reverse("counter_resume" if draft else "disclosure", args=[row.reference]),
        "state": told.STATES[row.state], "tone": TONES.get(row.state, "green"),
    }  # fmt: skip


def lines(chosen: Pack) -> dict[str, Any]:
    """The few things to say aloud and the few never to say, in the language of the page; whether the force signed them."""
    language = get_language() or "en"
    unsigned = not all(line.signed for line in (*chosen.say, *chosen.never_say, *chosen.never_ask))
    say = [line.wording_in(language) for line in chosen.say]
    never = [line.wording_in(language) for line in (*chosen.never_say, *chosen.never_ask)]
    return {
        "say": say[:FEW], "more_say": say[FEW:], "never": never[:FEW], "more_never": never[FEW:],
        "unsigned": unsigned, "edition": chosen.edition, "other_languages": _in_other_languages(chosen, language),
    }  # fmt: skip


def _in_other_languages(chosen: Pack, shown: str) -> list[dict[str, Any]]:
    """The lines to say in every language that has them: opened on the page itself, so that nothing typed is left behind."""
    found = []
    for code, name in settings.LANGUAGES:
        worded = [line.wording_in(code) for line in list(chosen.say)[:FEW]]
        same = code.split("-")[0] == shown.split("-")[0]
        if not same and any(w.language != "en" for w in worded) | (code.split("-")[0] == "en"):
            found.append({"name": name, "lines": worded, "language": worded[0].language})
    return found


def paging(reference: str, paging: Paging | None, now: datetime) -> dict[str, Any]:
    """Who was told and who answered."""
    if paging is None:
        return {"paging": None}
    waiting = paging.state in ("raised", "paged")
    return {
        "paging": paging, "reference": reference, "state": told.STATES[paging.state], "answered": not waiting,
        "loud": waiting and paging.loud and paging.pager_alive, "silent": waiting and not paging.pager_alive,
        "since": told.on_the_way(paging, now),
        "people": told.paging_rows(paging, now), "live_url": reverse("disclosure_live", args=[reference]),
    }  # fmt: skip


def disclosure(
    taken: Taken, now_paging: Paging | None, seen: ClockSeen | None, now: datetime
) -> dict[str, Any]:
    """The page after sending on."""
    levels = taken.proposed.levels if taken.proposed else {}
    return {
        "taken": taken, "clock": told_clock.clock(seen, now),
        "proposals": told.proposal_rows(taken.proposed, taken.basics) if taken.proposed else [],
        "marks": told.marks(taken.proposed, taken.basics) if taken.proposed else [],
        "emergency": levels.get("medical_emergency") == "yes", "emergency_number": pack().about.emergency_number,
        "flags": [{"words": flag.text_in(get_language() or "en"), "do": flag.do} for flag in pack().red_flags],
        "own_words": taken.basics.what,
    } | paging(taken.reference, now_paging, now) | lines(pack())  # fmt: skip
