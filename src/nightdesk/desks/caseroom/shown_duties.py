"""What is owed, in words: clocks, what was done, the recording and the suggested classes."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom.forms_duties import ANSWER_WORDS
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.duties import DutySeen, Moved, RecordingSeen, duties_of, recordings_of
from nightdesk.rules.access import Reader
from nightdesk.rules.duty import MET, MET_LATE, MISSED, NOT_APPLICABLE, OWED, RUNNING, STARTED
from nightdesk.rules.recording import CRIME, Pointers, Suggestion, suggestions

STATE_WORDS: Final = {
    OWED: (gettext_lazy("To do"), "blue"),
    STARTED: (gettext_lazy("Being done"), "blue"),
    MISSED: (gettext_lazy("Missed: still to do"), "red"),
    MET: (gettext_lazy("Done"), "green"),
    MET_LATE: (gettext_lazy("Done late"), "yellow"),
    NOT_APPLICABLE: (gettext_lazy("Does not apply"), "grey"),
}
DONE_WORDS: Final = {
    "start": gettext_lazy("Begun"),
    "meet": gettext_lazy("Done"),
    "miss": gettext_lazy("The time passed"),
    "set_aside": gettext_lazy("Does not apply"),
    "take_back": gettext_lazy("Owed after all"),
}
UNKNOWN_WORDS: Final = {
    "sex": gettext_lazy("recorded sex"),
    "ages": gettext_lazy("age at the time"),
    "sites": gettext_lazy("what was done"),
}


def section(reader: Reader, reference: str, now: datetime) -> dict[str, Any]:
    """What the case page shows: what is still owed, what was answered, how it is recorded."""
    rows = [duty(row, reference, now) for row in duties_of(reader, reference)]
    return {
        "owed": [row for row in rows if row["owed"]], "answered": [row for row in rows if not row["owed"]],
        "recordings": [recording(row) for row in recordings_of(reader, reference)],
    }  # fmt: skip


def duty(row: DutySeen, reference: str, now: datetime) -> dict[str, Any]:
    """One duty: what is owed, by when, where it stands, and what was noted."""
    entry, (state, tone) = pack().duties.get(row.kind), STATE_WORDS[row.state]
    left = (row.due_at - now).total_seconds() / 3600
    running = row.state in RUNNING
    return {
        "label": entry.label if entry else row.kind.replace("_", " "), "do": entry.do if entry else "",
        "about": _event(row.about), "state": state, "tone": tone, "by": _until(row.due_at), "running": running,
        "owed": running or row.state == MISSED, "closing": running and left < told.CLOSING_HOURS,
        "left": told.hours_left(left) if running and left > 0 else "", "source": entry.source if entry else "",
        "href": reverse("duty", args=[reference, row.id]), "moves": [_moved(move) for move in row.moves],
        "newest": _moved(row.moves[-1]) if row.moves else None,
    }  # fmt: skip


def _until(due: datetime) -> str:
    """A working day ends at midnight: people say the day."""
    local = timezone.localtime(due)
    if local.time() == time(0):
        return _("by the end of %(day)s") % {"day": date_format(local - timedelta(days=1), "l j F")}
    return _("by %(when)s") % {"when": told.moment_words(due)}


def _moved(move: Moved) -> dict[str, Any]:
    ground = pack().duty_grounds.get(move.ground) if move.ground else None
    said = [ground.label if ground else move.ground.replace("_", " "), str(ANSWER_WORDS.get(move.answer, ""))]
    return {
        "title": DONE_WORDS[move.move], "byline": move.by, "at": move.at, "done_at": move.done_at,
        "text": ". ".join(part for part in (*said, move.words) if part),
    }  # fmt: skip


def _event(code: str) -> str:
    event = pack().key_events.get(code) if code else None
    return event.label if event else code.replace("_", " ")


def recording(row: RecordingSeen) -> dict[str, Any]:
    """How it was recorded."""
    section = pack().offence_classes if row.kind == CRIME else pack().no_crime_grounds
    entry = section.get(row.offence_class or row.ground)
    title = f"{entry.code} {entry.label}" if entry else row.offence_class or row.ground
    return {
        "number": row.number, "title": title, "police_number": row.police_number, "words": row.words, "by": row.by,
        "recorded_at": row.recorded_at, "kind": _("Crime") if row.kind == CRIME else _("N100"),
    }  # fmt: skip


def suggested(known: Pointers) -> list[dict[str, Any]]:
    """The classes that the facts point to, each with why, and with what is not known."""
    return [_suggested(one) for one in suggestions(pack().offence_classes, known)]


def _suggested(one: Suggestion) -> dict[str, Any]:
    sites = [site.label for code in one.sites if (site := pack().sites.get(code))]
    return {
        "title": f"{one.entry.code} {one.entry.label}",
        "because": [*sites, *(told.label_of(label) for label in one.labels)],
        "unknown": [UNKNOWN_WORDS[name] for name in one.unknown],
    }


def next_duty(code: str, due_at: datetime | None, now: datetime) -> dict[str, Any] | None:
    """The duty of a line of the queue that is due first; None when none runs."""
    if due_at is None:
        return None
    entry, left = pack().duties.get(code), (due_at - now).total_seconds() / 3600
    label = entry.label if entry else code.replace("_", " ")
    return {"label": label, "left": told.hours_left(max(left, 0)), "closing": left < told.CLOSING_HOURS}
