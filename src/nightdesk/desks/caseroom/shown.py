"""What the specialist's templates get: facts turned into words and rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desks.furniture import told, told_clock
from nightdesk.desks.furniture.paging_words import DECLINE_WORDS, DONE_WORDS
from nightdesk.outside.current import pack
from nightdesk.queries.cases import CaseSeen
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.case import CLOSED
from nightdesk.rules.referral import MOVES

MOVE_WORDS: Final = {
    "set_off": gettext_lazy("I’m on my way"),
    "arrive": gettext_lazy("I’m with the person"),
    "hand_over": gettext_lazy("Handed over"),
    "decline": gettext_lazy("I can’t take this after all"),
}
ANSWERS: Final = {
    "dont_know": gettext_lazy("Does not know"),
    "rather_not": gettext_lazy("Would rather not say"),
    "not_asked": gettext_lazy("Not asked"),
}
YES_NO: Final = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "dont_know": gettext_lazy("Does not know"),
}


def case(seen: CaseSeen, now: datetime, *, theirs: bool = True) -> dict[str, Any]:
    """Everything on the case page. `theirs`: of their unit or their own, so that the clock's own pages are open to them."""
    moves = MOVES[seen.state]
    return {
        "seen": seen, "theirs": theirs, "state": told.STATES[seen.state], "basics": basics_rows(seen.basics, seen.channel),
        "what": seen.basics.what, "suspects": [suspect_rows(suspect) for suspect in seen.basics.suspects],
        "proposals": told.proposal_rows(seen.proposed, seen.basics) if seen.proposed else [],
        "clock": told_clock.clock(seen.clock, now, link=theirs),
        "people": told.paging_rows(seen.paging, now) if seen.paging else [],
        "since": told.on_the_way(seen.paging, now) if seen.paging else None,
        "moves": [(move, MOVE_WORDS[move]) for move in moves if move in MOVE_WORDS and move != "decline"],
        "may_offer": "offer" in moves and seen.mine_or_supervised and seen.standing != CLOSED,
        "may_decline": "decline" in moves and seen.state != "paged", "decline_reasons": DECLINE_WORDS.items(),
        "events": [_event(move) for move in reversed(seen.moves)],
    }  # fmt: skip


def _event(move: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": DONE_WORDS[move["move"]],
        "byline": move["by"],
        "at": move["at"],
        "text": DECLINE_WORDS.get(move["reason"], ""),
    }


def _words(entries: Any, code: str) -> str:
    """The words of a pack's entry in the language of the page; "" for no answer."""
    entry = entries.get(code) if code else None
    return entry.text_in(get_language() or "en") if entry else code


def _listed(entries: Any, codes: Iterable[str]) -> str:
    return ", ".join(_words(entries, code) for code in codes)


def basics_rows(basics: Basics, channel: str) -> list[dict[str, Any]]:
    """Who, when and where as told; what was not asked is told apart from what was declined."""
    chosen = pack()
    when = _words(chosen.times, basics.when_choice) if basics.when_choice in chosen.times else ""
    pairs = (
        (_("Seen at the counter"), _listed(chosen.red_flags, basics.red_flags)),
        (_("In danger now"), YES_NO.get(basics.danger_now, "")),
        (_("Under 18"), YES_NO.get(basics.under_18, "")),
        (_("What to call them"), basics.call_me or answer(basics, "who_person")),
        (_("Pronouns"), basics.pronouns),
        (_("Speaking for them"), basics.on_behalf),
        (_("When"), basics.when_words or when or _between(basics) or answer(basics, "when")),
        (_("Where"), basics.where_words or answer(basics, "where")),
        (_("Kind of place"), _words(chosen.place_kinds, basics.where_kind)),
        (_("Phone"), basics.contact_phone),
        (_("E-mail"), basics.contact_email),
        (_("Safe ways to reach them"), _listed(chosen.safe_contacts, basics.safe_ways)),
        (_("What to watch for"), basics.contact_notes),
        (_("Interpreter"), _words(chosen.languages, basics.interpreter)),
        (_("Officer they would rather speak to"), _words(chosen.officer_sexes, basics.officer_sex)),
        (_("LGBT+ adviser"), YES_NO.get(basics.adviser, "")),
        (_("How this came"), _words(chosen.channels, channel)),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def _between(basics: Basics) -> str:
    """The times written, in the desk's zone."""
    times = [told.moment_words(at) for at in (basics.earliest_at, basics.latest_at) if at]
    return " – ".join(dict.fromkeys(times))


def answer(basics: Basics, question: str) -> str:
    """Why there is no answer, in words."""
    return str(ANSWERS.get(basics.state_of(question), ""))


def suspect_rows(suspect: Suspect) -> list[dict[str, Any]]:
    """What is known of one person who did it."""
    platform = _words(pack().platforms, suspect.platform)
    handle = f"{suspect.handle} ({platform})" if platform and suspect.handle else suspect.handle or platform
    pairs = (
        (_("Name used"), suspect.name_used),
        (_("App and handle"), handle),
        (_("Phone"), suspect.phone),
        (_("E-mail"), suspect.email),
        (_("Address"), suspect.address),
        (_("Vehicle"), suspect.vehicle),
        (_("Description"), suspect.description),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]
