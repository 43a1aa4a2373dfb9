"""The codes of journal lines as words, for the timeline. One of another edition is shown as it is."""

from collections import defaultdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom.shown_away import DONE_WORDS as AWAY_WORDS
from nightdesk.desks.caseroom.shown_duties import DONE_WORDS as DUTY_WORDS
from nightdesk.desks.caseroom.shown_flags import MOVES as FLAG_MOVES
from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.paging_words import DONE_WORDS, RECEIPT_WORDS, fault_words
from nightdesk.outside.current import pack
from nightdesk.rules.notice import ASKER, OFFICER, SENIOR
from nightdesk.rules.recording import CRIME


class Shown(defaultdict[str, Any]):
    """Facts in words; “–” for what a line lacks."""

    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__(lambda: "–", found)


def plain(value: Any) -> str:
    """Codes and counts as they are."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(one).replace("_", " ") for one in values)


def in_words(words: Any, value: Any) -> str:
    """The words of a code; the code itself when there are none."""
    return str((words.get(value) if isinstance(value, str) else "") or plain(value))


def entry_of(section: Any, value: Any) -> str:
    """The words of an entry of the pack; the code itself when the pack dropped it."""
    entry = section.get(str(value))
    if entry is None:
        return plain(value)
    return str(entry.text_in(get_language() or "en") if hasattr(entry, "text_in") else entry.label)


def channel(value: Any) -> str:
    """How a telling came."""
    return entry_of(pack().channels, value)


def labels(value: Any) -> str:
    """Labels of triage, alone or with a level after a colon."""
    values = value if isinstance(value, list) else [value]
    named = (str(one).partition(":") for one in values)
    return ", ".join(told.label_of(label.strip()) for label, _colon, _level in named) or _("nothing")


def level(value: Any) -> str:
    """How likely a label is."""
    return in_words(told.LEVELS, value)


def layer(value: Any) -> str:
    """A layer of cover."""
    return in_words(told.LAYER_WORDS, value)


def referral_move(value: Any) -> str:
    """A move of a referral."""
    return in_words(DONE_WORDS, value)


def way(value: Any) -> str:
    """A channel of a message."""
    return in_words(told.WAY_WORDS, value)


def fault(value: Any) -> str:
    """Why a message did not leave."""
    return fault_words(str(value))


def receipt(value: Any) -> str:
    """What a provider said."""
    return in_words(RECEIPT_WORDS, value)


def duty(value: Any) -> str:
    """A duty of the pack."""
    return entry_of(pack().duties, value)


def duty_move(value: Any) -> str:
    """A move of a duty."""
    return in_words(DUTY_WORDS, value)


def key_event(value: Any) -> str:
    """A key event of the pack."""
    return entry_of(pack().key_events, value)


def recorded_as(value: Any) -> str:
    """A crime, or none."""
    return _("a crime") if value == CRIME else _("an N100")


def kit_outcome(value: Any) -> str:
    """What was done about a step."""
    words = {"done": _("done"), "declined": _("declined"), "not_possible": _("not possible")}
    return in_words(words, value)


def custody(value: Any) -> str:
    """What happened to an exhibit."""
    words = {
        "taken": _("taken"), "handed": _("handed over"), "stored": _("put in a store"), "sent": _("sent out"),
        "received": _("received again"), "returned": _("given back to the person"), "destroyed": _("destroyed"),
    }  # fmt: skip
    return in_words(words, value)


def accepted(value: Any) -> str:
    """The answer of a colleague."""
    return _("took it") if value else _("did not take it")


def allowed(value: Any) -> str:
    """A decision."""
    return _("allowed") if value else _("not allowed")


def was_told(value: Any) -> str:
    """Whether somebody was told of a flag."""
    return _("told") if value else _("not told")


def flags(value: Any) -> str:
    """Flags of the pack."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(entry_of(pack().flags, one) for one in values)


def flag_move(value: Any) -> str:
    """A decision about a flag."""
    return in_words(FLAG_MOVES, value)


def audience(value: Any) -> str:
    """Who is told of a flag."""
    return entry_of(pack().flag_audiences, value)


def away_done(value: Any) -> str:
    """What a supervisor did about a case whose owner is away."""
    return in_words(AWAY_WORDS, value)


def notice(value: Any) -> str:
    """What somebody was told of, as the pack calls it."""
    return entry_of(pack().notice_kinds, value)


def notice_level(value: Any) -> str:
    """Whom they were told as."""
    levels = {OFFICER: _("the officer"), ASKER: _("whoever asked"), SENIOR: _("a supervisor")}
    return levels.get(str(value), "–")


def or_on_duty(value: Any) -> str:
    """Somebody by name, or whoever is on duty."""
    return plain(value) if value else _("whoever is on duty")


def looked_at(value: Any) -> str:
    """A page of the record."""
    words = {
        "case": _("the case"), "disclosure": _("what was told"), "clock": _("the evidence clock"), "kit": _("the kit"),
        "flags": _("the flags"), "flag_proposal": _("a proposed flag"), "exhibit": _("an exhibit"), "duty": _("a duty"),
        "recording": _("the recording"), "timeline": _("the timeline"),
    }  # fmt: skip
    return in_words(words, value)


def reason(value: Any) -> str:
    """Why somebody opened what is not theirs; nothing for whoever needs no reason."""
    return f"({entry_of(pack().opening_reasons, value)})" if value else ""
