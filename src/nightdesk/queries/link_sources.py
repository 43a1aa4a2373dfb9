"""What linkage reads of disclosures and deaths that changed, as the journal says. Opens seals; never the shield's.

The journal is in the order of commits, so nothing is passed over. The run that reads this leaves a line of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.link_words import load_link_words
from nightdesk.records.deaths import Death
from nightdesk.records.disclosures import Disclosure, Triage
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_reports import READ, LinkPlace
from nightdesk.records.particulars import ParticularVersion
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.access import Reader
from nightdesk.rules.death import to_told
from nightdesk.rules.link_facts import Entry, Source, Told, told_of

# Lines after which a report may say something else. Triage leaves its line in the same transaction as the basics.
CHANGES: Final = (
    "disclosure_accepted", "basics_recorded", "particular_recorded", "particular_withdrawn", "death_entered",
    "death_corrected", "linkage_destroyed",
)  # fmt: skip
LINES: Final = 500  # of the journal in one go
# its key is gone, or it says what nobody can read: counted, and it holds up no other
UNREADABLE: Final = (SealBroken, ValueError, TypeError, KeyError, OverflowError)
ONE: Final = "told-1"  # the man of a death: there is one


@dataclass(frozen=True)
class SourceSeen:
    """A disclosure or a death (`is_death`) as it stands: what is told of each man, or None when its key is gone."""

    id: UUID
    is_death: bool
    reported_at: datetime
    told: Mapping[str, Told] | None


@dataclass(frozen=True)
class Changes:
    """What changed after `after` of the journal, up to `seq`; `more`: the journal may go on."""

    after: int
    seq: int
    more: bool
    sources: tuple[SourceSeen, ...] = ()


def place_of(reader: Reader, name: str) -> int:
    """How far something was read or compared (records/link_reports.py): a number of the journal; 0 at first."""
    return LinkPlace.objects.filter(name=name).values_list("seq", flat=True).first() or 0


def changed_since(reader: Reader, after: int, most: int = LINES) -> Changes:
    """Everything that changed after this number of the journal, once each, as it stands now."""
    rows = JournalLine.objects.filter(seq__gt=after).order_by("seq")
    lines = list(rows.values_list("seq", "kind", "subject")[:most])
    if not lines:
        return Changes(after, after, False)
    subjects = dict.fromkeys(subject for _seq, kind, subject in lines if kind in CHANGES)
    found = [seen for subject in subjects if (seen := _seen(subject))]
    return Changes(after, lines[-1][0], len(lines) == most, tuple(found))


def _seen(reference: str) -> SourceSeen | None:
    """The source of a reference; None for a draft, and for anything else that a line is about."""
    disclosure = Disclosure.objects.select_related("vault").filter(reference=reference).first()
    if disclosure is not None:
        return _disclosure(disclosure) if disclosure.accepted_at else None
    death = Death.objects.select_related("vault").filter(reference=reference).first()
    return _death(death) if death is not None else None


def _disclosure(row: Disclosure) -> SourceSeen:
    newest = row.versions.order_by("-number").first()
    triage = Triage.objects.filter(disclosure=row).order_by("-at").first()
    told: Mapping[str, Told] | None = {}
    try:
        if newest is not None:
            newest.vault = row.vault
            source = Source(
                basics=newest.basics(), channel=row.channel, reported_at=row.opened_at, zone=force_zone(),
                entries=_entries(row), levels=triage.levels if triage else {},
            )  # fmt: skip
            told = told_of(source, load_link_words(pack().name))
    except UNREADABLE:
        told = None
    return SourceSeen(row.pk, False, row.opened_at, told)


def _death(row: Death) -> SourceSeen:
    newest = row.versions.order_by("-number").first()
    told: Mapping[str, Told] | None = {}
    try:
        if newest is not None:
            newest.vault = row.vault
            found = to_told(newest.opened("values"), row.entered_at.astimezone(force_zone()))
            told = {ONE: found[0]} if found else {}
    except UNREADABLE:
        told = None
    return SourceSeen(row.pk, True, row.entered_at, told)


def _entries(disclosure: Disclosure) -> list[Entry]:
    """The entries of its case that stand, each in its newest version."""
    rows = ParticularVersion.objects.filter(
        particular__case__disclosure=disclosure, particular__withdrawn_at=None
    )
    newest = {row.particular_id: row for row in rows.select_related("particular", "vault").order_by("number")}
    return [
        Entry(str(key), row.particular.kind, row.particular.role, row.said()) for key, row in newest.items()
    ]


def changes(reader: Reader, most: int = LINES) -> Changes:
    """What changed since it was last read."""
    return changed_since(reader, place_of(reader, READ), most)
