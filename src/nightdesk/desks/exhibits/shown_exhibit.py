"""What the templates of one exhibit get: its chain as a timeline, and the acts on offer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.desks.exhibits.words import (
    ACTS,
    CORRECTIONS,
    DONE,
    FACTS,
    FAULTS,
    PLACES,
    entry_words,
    holder_words,
    kind_words,
)
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.custody import ExhibitSeen, LinkSeen
from nightdesk.queries.exhibit_corrections import CorrectionSeen
from nightdesk.queries.exhibits import ToDecide
from nightdesk.queries.stores import StoreRow
from nightdesk.rules.exhibit_correction import ON_LABEL
from nightdesk.rules.pack_exhibits import kind_of

LIKELIEST: Final = ("received", "stored", "handed", "sent", "returned", "take_over", "destroyed")


def exhibit(seen: ExhibitSeen, now: datetime) -> dict[str, Any]:
    """Everything on the page of an exhibit, and on its continuity statement."""
    overdue = seen.submit_by is not None and seen.submit_by < now and not seen.submitted
    gone = seen.newest.after[0] in ("person", "destroyed")
    return {
        "seen": seen, "kind": kind_words(seen.kind), "where": holder_words(*seen.newest.after),
        "overdue": overdue and not gone, "facts": _facts(seen), "events": [_event(link) for link in reversed(seen.links)],
        "chain": [chain_row(link) for link in seen.links], "acts": acts_on_offer(seen), "act_words": ACTS,
        "faults": fault_rows(seen.faults),
        "places": [(code, PLACES[code]) for code in ("laboratory", "sarc", "hospital", "court")],
        "reason": entry_words("destruction_grounds", seen.destruction.reason) if seen.destruction else "",
        "corrections": [_correction(row) for row in seen.corrections],
        "reprint": any(row.fact in ON_LABEL for row in seen.corrections),
        "received": _received_words(seen), "case_href": reverse("case", args=[seen.reference]),
    }  # fmt: skip


def fault_rows(faults: Iterable[tuple[str, str, datetime, datetime | None]]) -> list[dict[str, Any]]:
    """Faults of stores while it lay there, in words."""
    return [
        {"store": store, "kind": FAULTS[kind], "from": starts, "until": ends}
        for store, kind, starts, ends in faults
    ]


def acts_on_offer(seen: ExhibitSeen) -> tuple[str, ...]:
    """What this reader can do next, the likeliest first; while it is being handed to them, that is answered first."""
    return () if seen.offer and seen.offer.to_me else tuple(sorted(seen.acts, key=LIKELIEST.index))


def _received_words(seen: ExhibitSeen) -> str:
    """The button for having it again: taken out of a store, or come back from outside."""
    kind, name = seen.newest.after
    if kind == "store":
        return _("Take it out of %(store)s") % {"store": name}
    return _("It came back: I have it now")


def _facts(seen: ExhibitSeen) -> list[dict[str, Any]]:
    pairs = (
        (_("Code"), seen.code),
        (_("Court reference"), seen.court_ref),
        (_("Case"), seen.reference),
        (_("Kind"), kind_words(seen.kind)),
        (
            _("Taken"),
            _("%(when)s by %(name)s") % {"when": told.moment_words(seen.taken_at), "name": seen.taken_by},
        ),
        (_("Where it was taken"), str(PLACES[seen.known.taken_where]) if seen.known.taken_where else ""),
        (_("Seal"), seen.known.seal),
        (
            _("To the laboratory by"),
            told.moment_words(seen.submit_by) if seen.submit_by and not seen.submitted else "",
        ),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def _correction(row: CorrectionSeen) -> dict[str, Any]:
    """A fact as it was and as it is since; of a description only that it was corrected."""
    return {
        "fact": FACTS[row.fact], "words": row.fact != "description", "before": _fact_words(row.fact, row.before),
        "after": _fact_words(row.fact, row.after), "reason": CORRECTIONS.get(row.reason, row.reason), "by": row.by,
        "at": row.at,
    }  # fmt: skip


def _fact_words(fact: str, value: str) -> str:
    if fact == "kind":
        return kind_words(value)
    if fact == "taken_at":
        return told.moment_words(datetime.fromisoformat(value))
    if fact == "taken_where":
        return str(PLACES[value]) if value else _("by whoever entered it")
    return value or _("none")


def _event(link: LinkSeen) -> dict[str, Any]:
    """A link of the timeline: what, by whom it was noted, when it happened."""
    return {"title": _title(link), "byline": link.noted_by, "at": link.at, "text": " ".join(_notes(link))}


def _title(link: LinkSeen) -> str:
    before, after = holder_words(*link.before), holder_words(*link.after)
    words = {
        "taken": _("Taken: with %(after)s"),
        "handed": _("Handed over from %(before)s to %(after)s"),
        "stored": _("Put in %(after)s by %(before)s"),
        "sent": _("Sent out by %(before)s: %(after)s"),
        "received": _("From %(before)s to %(after)s"),
        "returned": _("Given back to the person by %(before)s"),
        "destroyed": _("Destroyed by %(before)s"),
    }[link.what]
    return words % {"before": before, "after": after}


def _notes(link: LinkSeen) -> list[str]:
    """What else is to be said of a link."""
    notes = []
    if link.seal:
        notes.append(_("Seal %(seal)s.") % {"seal": link.seal})
    if link.offered_at:
        when = told.moment_words(link.offered_at)
        notes.append(_("%(name)s gave it at %(when)s.") % {"name": link.offered_by, "when": when})
    elif link.what == "handed":
        notes.append(_("Noted by the receiver alone."))
    if link.late:
        notes.append(_("Noted later, at %(when)s.") % {"when": told.moment_words(link.noted_at)})
    return notes


def chain_row(link: LinkSeen) -> dict[str, Any]:
    """A row of the continuity statement."""
    return {
        "number": link.number, "what": DONE[link.what], "at": link.at, "before": holder_words(*link.before) or "–",
        "after": holder_words(*link.after), "seal": link.seal, "noted_by": link.noted_by, "noted_at": link.noted_at,
        "notes": " ".join(_notes(link)),
    }  # fmt: skip


def fitting(rows: Iterable[StoreRow], kind: str) -> list[StoreRow]:
    """The stores that can take an exhibit of this kind: open, right, with room, without a fault; the reader's own first."""
    known = kind_of(pack(), kind)
    return [
        row
        for row in rows
        if known and row.kind in known.stores and row.closed_at is None and row.held < row.capacity
        and not set(row.faults) - {"no_readings"}
    ]  # fmt: skip


def to_decide(row: ToDecide) -> dict[str, Any]:
    """A line of the supervisor's list."""
    return {
        "row": row, "href": reverse("exhibit", args=[row.code]), "kind": kind_words(row.kind),
        "reason": entry_words("destruction_grounds", row.reason),
    }  # fmt: skip
