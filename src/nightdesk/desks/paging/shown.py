"""What the templates of paging get: facts turned into words and rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.paging_words import (
    DECLINE_WORDS,
    DONE_WORDS,
    RECEIPT_WORDS,
    URGENCY,
    fault_words,
)
from nightdesk.queries.paging import CallOut, Event, Held, Sent
from nightdesk.queries.ways import ENOUGH, OwnWays, Reach, WaySeen
from nightdesk.rules.ways import SCREEN

FEW: Final = 3  # call-outs in the strip; the others are on their page
EVENTS: Final = {
    **DONE_WORDS,
    "raised": gettext_lazy("A specialist was asked for"),
    "told": gettext_lazy("Told"),
    "nobody": gettext_lazy("Nobody was on duty who could be told: the next at once"),
}


def ways(own: OwnWays, now: datetime) -> dict[str, Any]:
    """The page “How I am told”."""
    return {
        "ways": [_way(way, now, first=number == 0) for number, way in enumerate(own.ways)], "account": own.account,
        "nobody": own.works == 0, "few": 0 < own.works < ENOUGH, "only_screen": own.works > 0 and own.only_screen,
        "account_used": own.account and not any(w.channel != "screen" and _works(w) for w in own.ways),
    }  # fmt: skip


def _works(way: WaySeen) -> bool:
    return way.verified and way.failed_at is None


def _way(way: WaySeen, now: datetime, *, first: bool) -> dict[str, Any]:
    words, colour = _("Works"), "green"
    if not way.verified:
        words, colour = _("Not confirmed yet"), "yellow"
    elif way.failed_at is not None:
        words, colour = _("Failed"), "red"
    overlaps = way.old_until is not None and way.old_until > now
    return {
        "id": way.id, "channel": told.WAY_WORDS[way.channel], "address": way.address, "first": first, "words": words,
        "colour": colour, "fault": fault_words(way.fault) if way.fault else "", "worked_at": way.worked_at,
        "asks_code": way.tested_at is not None and not _works(way), "can_test": way.channel != "screen",
        "next_secret": way.secrets + 1 if way.channel == "webhook" and settings.WEBHOOK_SECRET else None,
        "old_until": way.old_until if overlaps else None,
    }  # fmt: skip


def reach(rows: Iterable[Reach]) -> list[dict[str, Any]]:
    """Who of the unit can be told, and how."""
    return [
        {
            "name": row.name, "layers": ", ".join(str(told.LAYER_WORDS[layer]) for layer in row.layers),
            "ways": ", ".join(str(told.WAY_WORDS[channel]) for channel in row.channels),
            "failed": ", ".join(str(told.WAY_WORDS[channel]) for channel in row.failed),
            "enough": row.enough, "reached": row.reached,
        }
        for row in rows
    ]  # fmt: skip


def calls(found: list[CallOut]) -> dict[str, Any]:
    """What the reader is asked to answer: a few for the strip, all for the page."""
    rows = [
        vars(call) | {"urgency_words": URGENCY[call.urgency], "now": call.urgency == "now"} for call in found
    ]
    more = len(rows) - FEW
    return {
        "calls": rows, "few": rows[:FEW],
        "more": ngettext("%(n)s more", "%(n)s more", more) % {"n": more} if more > 0 else "",
    }  # fmt: skip


def locked_calls(found: list[CallOut]) -> dict[str, Any]:
    """What a locked desk may say: that somebody is called, where, the reference, how urgent. Never the key to answering."""
    strip = calls(found)
    safe = ("station", "reference", "urgency_words")
    return {"calls": [{name: call[name] for name in safe} for call in strip["few"]], "more": strip["more"]}


def events(found: Iterable[Event]) -> list[dict[str, Any]]:
    """The history of a page, one line each."""
    return [
        {
            "at": _moment(event.at), "what": EVENTS[event.what], "who": event.to if event.what == "offer" else event.who,
            "layer": told.LAYER_WORDS.get(event.layer, ""),
            "step": event.step + 1 if event.step is not None else None,
            "reason": DECLINE_WORDS.get(event.reason, ""), "to": event.to if event.what == "reassign" else "",
            "sent": [_sent(message) for message in event.sent],
        }
        for event in found
    ]  # fmt: skip


def _moment(at: datetime | None) -> str:
    """A moment with its seconds: here they say how quick it was."""
    return f"{told.moment_words(at)}:{at:%S}" if at else ""


def _sent(message: Sent) -> dict[str, Any]:
    """How one message went, in words."""
    if message.channel == SCREEN and message.delivered_at:
        outcome = _("shown on a screen")
    elif message.channel == SCREEN and message.sent_at:
        outcome = _("put there, and no page has said yet that it showed it:")
    elif message.sent_at:
        outcome = RECEIPT_WORDS.get(message.receipt) or _("left")
    elif message.waits:
        outcome = _("not needed") if message.given_up else _("not tried yet")
    else:
        outcome = _("given up") if message.given_up else _("being tried")
    return {
        "channel": told.WAY_WORDS[message.channel], "outcome": outcome, "to": message.to,
        "at": _moment(message.delivered_at or message.sent_at),
        "faults": [{"at": _moment(at), "words": fault_words(code)} for at, code in message.faults],
    }  # fmt: skip


def held(rows: Iterable[Held], form: Any) -> list[dict[str, Any]]:
    """The cases of somebody, each with its choice."""
    return [
        {
            "reference": row.reference, "station": row.station, "now": row.urgency == "now", "state": told.STATES[row.state],
            "field": form[row.reference],
        }
        for row in rows
    ]  # fmt: skip
