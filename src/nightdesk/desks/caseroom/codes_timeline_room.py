"""The codes of the case room's journal lines as words, for the timeline."""

from typing import Any

from django.utils.translation import gettext as _

from nightdesk.desks.caseroom import closing_words, particular_words
from nightdesk.desks.caseroom.codes_timeline import entry_of, in_words, plain
from nightdesk.desks.caseroom.forms_attachments import BECAUSE_WORDS
from nightdesk.desks.caseroom.forms_tasks import MOVE_WORDS
from nightdesk.desks.caseroom.shown_attachments import KIND_WORDS, TRY_WORDS
from nightdesk.desks.caseroom.shown_openings import MOVES as OPENING_MOVES
from nightdesk.desks.caseroom.shown_packs import DONE as PACK_MOVES
from nightdesk.desks.caseroom.shown_sharing import PASSING_MOVES
from nightdesk.outside.current import pack


def _first(words: Any, value: Any) -> str:
    """The first of the words that a code has."""
    found = words.get(value) if isinstance(value, str) else None
    return str(found[0]) if found else plain(value)


def contact_way(value: Any) -> str:
    """A way of contact."""
    return entry_of(pack().contact_ways, value)


def contact_outcome(value: Any) -> str:
    """What came of a contact."""
    return entry_of(pack().contact_outcomes, value)


def task(value: Any) -> str:
    """A kind of task."""
    return entry_of(pack().task_kinds, value)


def task_move(value: Any) -> str:
    """What became of a task."""
    return in_words(MOVE_WORDS, value)


def particular(value: Any) -> str:
    """A kind of entry."""
    words = {
        "person": _("Person"), "object": _("Object"), "place": _("Place"), "event": _("Event"),
        "contact_plan": _("Contact plan"), "wishes": _("Wishes"),
    }  # fmt: skip
    return in_words(words, value)


def role(value: Any) -> str:
    """Victim, witness or suspect; nothing for what has no role."""
    return f"({_first(particular_words.SORTS, value)})" if value else ""


def link(value: Any) -> str:
    """How two entries belong together."""
    return _first(particular_words.LINKS, value)


def attached(value: Any) -> str:
    """What kind of file."""
    return in_words(KIND_WORDS, value)


def scan_outcome(value: Any) -> str:
    """What the scanner said."""
    return in_words(TRY_WORDS, value)


def because(value: Any) -> str:
    """Why a file was withdrawn."""
    return in_words(BECAUSE_WORDS, value)


def share_ground(value: Any) -> str:
    """On which ground something is shared without consent."""
    return entry_of(pack().share_grounds, value)


def answer(value: Any) -> str:
    """What the person said to an offer."""
    return in_words({"yes": _("yes"), "no": _("no"), "not_now": _("not now")}, value)


def passing_move(value: Any) -> str:
    """What became of passing on."""
    return in_words(PASSING_MOVES, value)


def pack_move(value: Any) -> str:
    """What became of a hand-over pack."""
    return in_words(PACK_MOVES, value)


def case_state(value: Any) -> str:
    """The state of a case."""
    return _first(closing_words.STATE_WORDS, value)


def ending(value: Any) -> str:
    """How a case is to end."""
    return _first(closing_words.ENDING_WORDS, value)


def verdict(value: Any) -> str:
    """What a supervisor said."""
    return in_words(closing_words.VERDICT_WORDS, value)


def outcome(value: Any) -> str:
    """An outcome of the pack."""
    return entry_of(pack().outcomes, value)


def reopen_ground(value: Any) -> str:
    """Why a case was opened again."""
    return entry_of(pack().reopen_grounds, value)


def related(value: Any) -> str:
    """The class of a further offence."""
    return entry_of(pack().related_classes, value)


def opening_move(value: Any) -> str:
    """A question about an opening, or its answer."""
    return in_words(OPENING_MOVES, value)
