"""Words of the shield: labels for codes, and sentences of the pack in the language of the page or of the person."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture import said as spoken
from nightdesk.outside.current import pack
from nightdesk.rules.pack_entries import WordedEntry
from nightdesk.rules.pack_shield import ALOUD

GIVEN_BY: Final = {
    "self": _("They took it themselves"),
    "someone_else": _("Somebody else gave it to them"),
    "unsure": _("They are not sure"),
    "": _("Not said"),
}
PURPOSES: Final = {"case": _("For the case"), "medical": _("For a doctor")}
SPECIMENS: Final = {"urine": _("Urine"), "blood": _("Blood")}
STATES: Final = {
    "default_asked": (_("A supervisor is asked to confirm"), "yellow"),
    "against_asked": (_("Two senior officers are asked, apart from each other"), "yellow"),
    "one_voted": (_("One view is in; the second is asked"), "yellow"),
    "outside_asked": (_("An officer outside the case is asked"), "yellow"),
    "outside_taken": (_("An officer outside the case looks at it"), "blue"),
    "not_in_interest": (_("Not in the public interest"), "green"),
    "in_interest": (_("In the public interest to look into"), "orange"),
    "taken_back": (_("Taken back by whoever asked"), "grey"),
}
MOVES: Final = {
    "ask": _("Asked for"),
    "confirm": _("Confirmed: not in the public interest"),
    "put_to_two": _("Put to two senior officers"),
    "vote": _("The first view was given"),
    "vote_default_holds": _("The second view was given: the default holds"),
    "vote_both_against": _("The second view was given: both are against the default"),
    "take": _("Taken by an officer outside the case"),
    "give_back": _("Given back"),
    "leave": _("Decided: not in the public interest"),
    "pursue": _("Decided: in the public interest to look into"),
    "take_back": _("Taken back"),
}
REPORT_STATES: Final = {
    "received": (_("Received"), "yellow"),
    "looked_at": (_("Looked at"), "blue"),
    "talked_to": (_("Talked to"), "blue"),
    "learned": (_("Learned: the commander decides"), "purple"),
    "closed": (_("Closed"), "grey"),
}
REPORT_MOVES: Final = {
    "arrive": _("It arrived"),
    "look": _("Somebody looked at it"),
    "talk": _("Somebody talked to whoever was there"),
    "learn": _("What was learned was written down"),
    "look_again": _("The commander sent it back"),
    "close": _("Closed"),
}
REPORT_BUTTONS: Final = {
    "look": _("I have looked at it"),
    "talk": _("I talked to somebody"),
    "learn": _("This is what we learned"),
    "look_again": _("Send it back"),
    "close": _("Close it"),
}
TURNS: Final = {"supervisor": _("The supervisor of the unit"), "commander": _("The commander"), "nobody": ""}


def lines(language: str) -> dict[str, spoken.Said]:
    """Every sentence of the shield, by id."""
    return spoken.lines(pack().shield_lines, language)


def text_of(entries: Any, code: str) -> str:
    """The words of an entry in the language of the page; the code itself when the pack has it no more."""
    entry = entries.get(code)
    return entry.text_in(get_language() or "en") if entry else code.replace("_", " ")


def choices_of(entries: Iterable[WordedEntry]) -> list[tuple[str, str]]:
    """Codes and words for a form."""
    return [(entry.id, entry.text_in(get_language() or "en")) for entry in entries]


def approval(language: str) -> dict[str, Any]:
    """Whether the force has approved the words said aloud, in this language, and since when; else of which edition."""
    spoken = [pack().shield_lines[line] for line in ALOUD]
    signed = all(line.wording_in(language).signed for line in spoken)
    on: date | None = max((line.signed_on for line in spoken if line.signed_on), default=None)
    return {"approved": signed and on is not None, "on": on, "edition": spoken[0].edition}


def aloud(language: str) -> list[spoken.Said]:
    """What is said aloud, in order."""
    return [spoken.said(pack().shield_lines[line], language) for line in ALOUD]
