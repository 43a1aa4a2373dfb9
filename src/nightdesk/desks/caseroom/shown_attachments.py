"""Attachments in words: on the case, in the queue, in their list and each on its page."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.desks.caseroom.forms_attachments import BECAUSE_WORDS
from nightdesk.queries.attachments import AttachmentSeen, Tried, Waiting, counted, in_quarantine
from nightdesk.rules.access import Reader
from nightdesk.rules.attachment import CLEAN, FOUND, NOT_SCANNED
from nightdesk.rules.terms import SUPERVISOR

KIND_WORDS: Final = {
    "picture": gettext_lazy("Picture"),
    "pdf": gettext_lazy("PDF"),
    "sound": gettext_lazy("Sound"),
    "film": gettext_lazy("Film"),
    "text": gettext_lazy("Text"),
    "chat": gettext_lazy("Chat"),
    "document": gettext_lazy("Document"),
    "archive": gettext_lazy("Archive"),
}
SCAN_WORDS: Final = {
    NOT_SCANNED: (gettext_lazy("Not scanned"), "yellow"),
    CLEAN: (gettext_lazy("Nothing found"), "green"),
    FOUND: (gettext_lazy("In quarantine"), "red"),
}
TRY_WORDS: Final = {
    CLEAN: gettext_lazy("The scanner found nothing"),
    FOUND: gettext_lazy("The scanner found something harmful"),
    "no_answer": gettext_lazy("The scanner did not answer"),
    "error": gettext_lazy("The scanner could not read it"),
    "too_large": gettext_lazy("The scanner takes no file of this size"),
    "off": gettext_lazy("There is no scanner"),
}
RISK_WORDS: Final = {
    "active": gettext_lazy(
        "This file can do things by itself when it is opened. Open it only where scripts can do no harm."
    ),
    "macros": gettext_lazy("This document may hold programs (macros). Never switch them on."),
    "two_in_one": gettext_lazy(
        "Something else is hidden in this file besides what it shows. Have it looked at."
    ),
    "locked": gettext_lazy("This archive asks for a password, so that no scanner can look inside."),
}
ABOUT_WORDS: Final = {
    "taken": gettext_lazy("Taken, by the clock of the device"),
    "zone": gettext_lazy("Offset of that clock"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "make": gettext_lazy("Maker of the device"),
    "model": gettext_lazy("Model of the device"),
    "software": gettext_lazy("Program that wrote it"),
    "width": gettext_lazy("Width in pixels"),
    "height": gettext_lazy("Height in pixels"),
}


def has_scanner() -> bool:
    """Whether files are scanned here."""
    return bool(settings.NIGHTDESK_CLAMAV)


def on_case(reader: Reader, reference: str) -> dict[str, Any]:
    """What the case page says: how many, and what somebody has to know of them."""
    seen = counted(reader, reference)
    notes = [
        (seen.found, ngettext("%(n)s in quarantine", "%(n)s in quarantine", seen.found), "red"),
        (seen.not_scanned, ngettext("%(n)s not scanned", "%(n)s not scanned", seen.not_scanned), "yellow"),
    ]
    return {
        "count": seen.all, "files": ngettext("%(n)s file", "%(n)s files", seen.all) % {"n": seen.all},
        "notes": [{"words": words % {"n": n}, "tone": tone} for n, words, tone in notes if n],
    }  # fmt: skip


def on_queue(reader: Reader) -> dict[str, Any]:
    """What a supervisor's queue says: how many files are in quarantine."""
    return {"quarantined": in_quarantine(reader)} if reader.role == SUPERVISOR else {}


def line(row: AttachmentSeen, reference: str) -> dict[str, Any]:
    """One file in a list."""
    word, tone = SCAN_WORDS[row.scan]
    return {
        "number": row.number, "title": row.title, "kind": KIND_WORDS[row.kind], "size": filesizeformat(row.size),
        "scan": word, "tone": tone, "by": row.by, "added_at": row.added_at, "withdrawn": row.withdrawn is not None,
        "href": reverse("attachment", args=[reference, row.number]),
    }  # fmt: skip


def attachment(row: AttachmentSeen, reference: str) -> dict[str, Any]:
    """Everything of one file."""
    gone = row.withdrawn
    return {
        "row": line(row, reference), "facts": _facts(row), "risk": RISK_WORDS.get(row.risk, ""), "picture": row.has_picture,
        "chat": bool(row.chat) and row.scan != FOUND and not gone, "quarantined": row.scan == FOUND,
        "unscanned": row.scan == NOT_SCANNED, "may_download": row.scan != FOUND and not gone,
        "tries": [_tried(one) for one in row.tries], "withdrawn": gone,
        "because": BECAUSE_WORDS.get(gone.because, "") if gone else "",
        "about": row.kind == "picture" and row.scan != FOUND and not gone,
    }  # fmt: skip


def _facts(row: AttachmentSeen) -> list[dict[str, Any]]:
    rows = (
        (_("Where it comes from"), row.origin), (_("What it shows"), row.shows),
        (_("Kind, by its content"), f"{KIND_WORDS[row.kind]} (.{row.extension})"), (_("Size"), filesizeformat(row.size)),
        (_("Name it came with"), row.name), (_("Sum of the original (SHA-256)"), row.sha256),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in rows if value]


def _tried(one: Tried) -> dict[str, Any]:
    return {"title": TRY_WORDS[one.outcome], "at": one.at, "text": one.signature}


def said_by_file(said: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a picture says about itself, in the order of use."""
    return [{"key": words, "value": said[key]} for key, words in ABOUT_WORDS.items() if said.get(key)]


def waiting(row: Waiting) -> dict[str, Any]:
    """A file that a supervisor looks at."""
    word, tone = SCAN_WORDS[row.scan]
    return {
        "href": reverse("attachment", args=[row.reference, row.number]), "reference": row.reference, "number": row.number,
        "kind": KIND_WORDS[row.kind], "scan": word, "tone": tone, "by": row.by, "added_at": row.added_at,
        "signature": row.signature, "withdrawn": row.withdrawn,
    }  # fmt: skip
