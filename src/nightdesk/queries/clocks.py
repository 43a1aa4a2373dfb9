"""The evidence clock as it was computed, read at a moment: what matters now, health beside it, and every version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from nightdesk.outside.current import pack
from nightdesk.records.clocks import ClockStart
from nightdesk.records.disclosures import Disclosure
from nightdesk.rules.access import Reader
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.evidence_clock import Window, health_windows, specimen_windows
from nightdesk.rules.kept_clock import differs, kept_health, kept_specimens, overdue_since
from nightdesk.rules.pack_entries import Words


@dataclass(frozen=True)
class ClockVersion:
    """One computing of the clock: when, why (a code of terms.CLOCK_REASONS), from what, by which edition."""

    started_at: datetime
    because: str
    runs_from: datetime
    time_known: bool
    edition: str


@dataclass(frozen=True)
class ClockSeen:
    """The newest clock of a disclosure at a moment.

    `specimens` are those that what is known points to (all, while nothing is known); `others` the rest but for drugs that
    nobody named. `said` holds, by id, what to say aloud of each health clock. `newer`: the pack of today has other figures.
    `review_on`: when somebody looks at the edition again; `overdue_on`: that date, once it has passed. `opened`: sealed
    facts were opened to work this out.
    """

    reference: str
    specimens: tuple[Window, ...]
    others: tuple[Window, ...]
    health: tuple[Window, ...]
    said: Mapping[str, Words]
    runs_from: datetime
    time_known: bool
    started_at: datetime
    edition: str
    newer: bool
    review_on: date
    overdue_on: date | None
    known: KnownOfAct
    opened: bool
    versions: tuple[ClockVersion, ...]


def clock(reader: Reader, reference: str, now: datetime) -> ClockSeen | None:
    """The newest clock of a disclosure at `now`; None before it was started. May open a seal: the page has journalled it."""
    found = Disclosure.objects.select_related("vault").filter(reference=reference).first()
    return clock_of(found, now) if found else None


def has_sealed_facts(reader: Reader, reference: str) -> bool:
    """Whether showing the clock opens a seal."""
    newest = ClockStart.objects.filter(disclosure__reference=reference).order_by("-started_at").first()
    return newest is not None and newest.facts_id is not None


def interpreter(reader: Reader, reference: str) -> str:
    """The language asked for in the newest basics (an id of the pack), or "". Opens a seal: the page has journalled it."""
    found = Disclosure.objects.select_related("vault").filter(reference=reference).first()
    newest = found.versions.order_by("-number").first() if found else None
    return newest.basics().interpreter if newest else ""


def clock_of(disclosure: Disclosure, now: datetime) -> ClockSeen | None:
    """As `clock`, of a disclosure at hand with its vault."""
    rows = list(disclosure.clocks.select_related("facts", "kept").order_by("-started_at"))
    if not rows:
        return None
    newest = rows[0]
    if newest.facts is not None:
        newest.facts.vault = disclosure.vault  # already read: no second query for the same key
    known = newest.known()
    table, care = kept_specimens(newest.windows), kept_health(newest.health)
    when: dict[str, Any] = {"latest_at": newest.runs_from, "now": now, "time_known": newest.time_known}
    drugs = frozenset(known.drugs)
    specimens = specimen_windows(table, sites=known.sites_to_run(), drugs=drugs, **when)
    shown = {window.id for window in specimens}
    return ClockSeen(
        reference=disclosure.reference, specimens=specimens,
        others=tuple(w for w in specimen_windows(table, drugs=drugs, **when) if w.id not in shown),
        health=health_windows(care, **when), said={entry.id: _words(entry.id, entry.edition, entry.say) for entry in care},
        runs_from=newest.runs_from, time_known=newest.time_known, started_at=newest.started_at, edition=newest.edition,
        newer=differs(newest.windows, pack().timed()) or differs(newest.health, pack().health),
        review_on=min(entry.review_on for entry in (*table, *care)),
        overdue_on=overdue_since((*table, *care), timezone.localtime(now).date()),
        known=known, opened=newest.facts is not None,
        versions=tuple(ClockVersion(r.started_at, r.because, r.runs_from, r.time_known, r.edition) for r in rows),
    )  # fmt: skip


def _words(entry_id: str, edition: str, kept: Words) -> Words:
    """The words with their translations, if the pack still has the edition that was kept; else the English that was kept."""
    today = pack().health.get(entry_id)
    return today.say if today is not None and today.edition == edition and today.say.en == kept.en else kept
