"""What a pack consists of: its header, its sections, and how entries are found in them.

Nothing of a jurisdiction is written in code: code knows the kinds of entry, packs hold the entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from nightdesk.rules.pack_about import About
from nightdesk.rules.pack_answers import Choice, Platform, QuickTime, SafeContact, SpokenLanguage
from nightdesk.rules.pack_closing import SECTIONS as CLOSING
from nightdesk.rules.pack_closing import OfClosing
from nightdesk.rules.pack_contact import ContactOutcome, ContactWay, TaskKind
from nightdesk.rules.pack_deaths import DEATH_SECTIONS, DeathEntries
from nightdesk.rules.pack_duties import DutyEntry, DutyGround, KeyEvent, NoCrimeGround, OffenceClass
from nightdesk.rules.pack_entries import Entry, Line, Need, RedFlag, RelatedOffence, Service
from nightdesk.rules.pack_exhibits import EXHIBIT_SECTIONS, ExhibitKind, Ground, LabelSheet, StoreKind
from nightdesk.rules.pack_flag import Flag, FlagAudience, FlagWay, NotTold
from nightdesk.rules.pack_found import Entries
from nightdesk.rules.pack_kit import KIT_SECTIONS, KitLine, KitNext, KitPlace, KitStep
from nightdesk.rules.pack_linkage import LINK_SECTIONS, LinkEntries
from nightdesk.rules.pack_notices import SECTIONS as NOTICES
from nightdesk.rules.pack_notices import NoticeDay, NoticeKind
from nightdesk.rules.pack_paging import AnswerHold, EscalationStep, Reminder
from nightdesk.rules.pack_particulars import ObjectKind
from nightdesk.rules.pack_search import SEARCH_SECTIONS, SearchEntries
from nightdesk.rules.pack_sharing import SECTIONS as SHARING
from nightdesk.rules.pack_sharing import SharingSections
from nightdesk.rules.pack_shield import FollowUp, InterestKind, OpeningReason, Route, ShieldLine
from nightdesk.rules.pack_windows import (
    Avoid,
    CardLine,
    Comfort,
    Drug,
    HealthWindow,
    Site,
    SpecimenWindow,
    drug_windows,
)


@dataclass(frozen=True, kw_only=True)
class Pack(SearchEntries, SharingSections, OfClosing, DeathEntries, LinkEntries):
    """All of a pack but its lexicon. Entries keep the order of their file."""

    about: About
    specimens: Entries[SpecimenWindow]
    sites: Entries[Site]
    health: Entries[HealthWindow]
    avoid: Entries[Avoid]
    comforts: Entries[Comfort]
    drugs: Entries[Drug]
    card: Entries[CardLine]
    say: Entries[Line]
    never_say: Entries[Line]
    never_ask: Entries[Line]
    red_flags: Entries[RedFlag]
    related_offences: Entries[RelatedOffence]
    flags: Entries[Flag]
    flag_audiences: Entries[FlagAudience]
    flag_ways: Entries[FlagWay]
    flag_not_told: Entries[NotTold]
    offence_classes: Entries[OffenceClass]
    needs: Entries[Need]
    services: Entries[Service]
    channels: Entries[Choice]
    times: Entries[QuickTime]
    non_answers: Entries[Choice]
    safe_contacts: Entries[SafeContact]
    languages: Entries[SpokenLanguage]
    officer_sexes: Entries[Choice]
    platforms: Entries[Platform]
    place_kinds: Entries[Choice]
    escalation: Entries[EscalationStep]
    holds: Entries[AnswerHold]
    reminders: Entries[Reminder]
    kit_steps: Entries[KitStep]
    kit_places: Entries[KitPlace]
    kit_nexts: Entries[KitNext]
    kit_lines: Entries[KitLine]
    store_kinds: Entries[StoreKind]
    exhibit_kinds: Entries[ExhibitKind]
    label_sheets: Entries[LabelSheet]
    destruction_grounds: Entries[Ground]
    hold_grounds: Entries[Ground]
    duties: Entries[DutyEntry]
    key_events: Entries[KeyEvent]
    duty_grounds: Entries[DutyGround]
    no_crime_grounds: Entries[NoCrimeGround]
    shield_lines: Entries[ShieldLine]
    shield_routes: Entries[Route]
    shield_reasons: Entries[OpeningReason]
    interest_kinds: Entries[InterestKind]
    follow_ups: Entries[FollowUp]
    contact_ways: Entries[ContactWay]
    contact_outcomes: Entries[ContactOutcome]
    task_kinds: Entries[TaskKind]
    object_kinds: Entries[ObjectKind]
    notice_kinds: Entries[NoticeKind]
    notice_days: Entries[NoticeDay]

    @property
    def name(self) -> str:
        """The folder's name, such as "england_wales"."""
        return self.about.name

    @property
    def edition(self) -> str:
        """The edition of the pack as a whole, kept with whatever was computed from it."""
        return self.about.edition

    def layers(self) -> tuple[str, ...]:
        """The layers of cover that the escalation asks, in its order, each once."""
        return tuple(dict.fromkeys(step.layer for step in self.escalation))

    def timed(self) -> tuple[SpecimenWindow, ...]:
        """Every specimen window, those of each drug among them."""
        return (*self.specimens, *(window for drug in self.drugs for window in drug_windows(drug)))

    def sections(self) -> Iterator[tuple[str, str, Entries[Any]]]:
        """(file, attribute, entries) of every section, in the order of SECTIONS."""
        for file, _, attribute, _ in SECTIONS:
            yield file, attribute, getattr(self, attribute)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """(attribute, entry) for every entry there is."""
        for _, attribute, section in self.sections():
            for entry in section:
                yield attribute, entry

    def overdue(self, on: date) -> tuple[tuple[str, Entry], ...]:
        """(attribute, entry) whose review date lies before `on`: shown with a banner, never hidden."""
        return tuple((attribute, entry) for attribute, entry in self.entries() if entry.review_on < on)

    def unsigned(self) -> tuple[tuple[str, Entry], ...]:
        """(attribute, entry) not signed: marked for staff, kept off the survivor site (decision 24)."""
        return tuple((attribute, entry) for attribute, entry in self.entries() if not entry.signed)


# file stem, name of the table in the file, attribute of Pack, kind of entry
SECTIONS: tuple[tuple[str, str, str, type[Entry]], ...] = (
    ("windows", "specimen", "specimens", SpecimenWindow),
    ("windows", "site", "sites", Site),
    ("windows", "avoid", "avoid", Avoid),
    ("windows", "comfort", "comforts", Comfort),
    ("health", "health", "health", HealthWindow),
    ("card", "line", "card", CardLine),
    ("drugs", "drug", "drugs", Drug),
    ("lines", "say", "say", Line),
    ("lines", "never_say", "never_say", Line),
    ("lines", "never_ask", "never_ask", Line),
    ("lines", "red_flag", "red_flags", RedFlag),
    ("related_offences", "related_offence", "related_offences", RelatedOffence),
    ("flags", "flag", "flags", Flag),
    ("flags", "audience", "flag_audiences", FlagAudience),
    ("flags", "way", "flag_ways", FlagWay),
    ("flags", "not_told", "flag_not_told", NotTold),
    ("offence_classes", "offence_class", "offence_classes", OffenceClass),
    ("directory", "need", "needs", Need),
    ("directory", "service", "services", Service),
    ("answers", "channel", "channels", Choice),
    ("answers", "time", "times", QuickTime),
    ("answers", "non_answer", "non_answers", Choice),
    ("answers", "safe_contact", "safe_contacts", SafeContact),
    ("answers", "language", "languages", SpokenLanguage),
    ("answers", "officer_sex", "officer_sexes", Choice),
    ("answers", "platform", "platforms", Platform),
    ("answers", "place_kind", "place_kinds", Choice),
    ("escalation", "step", "escalation", EscalationStep),
    ("escalation", "hold", "holds", AnswerHold),
    ("escalation", "reminder", "reminders", Reminder),
    *KIT_SECTIONS,
    *EXHIBIT_SECTIONS,
    ("duties", "duty", "duties", DutyEntry),
    ("duties", "key_event", "key_events", KeyEvent),
    ("duties", "duty_ground", "duty_grounds", DutyGround),
    ("duties", "no_crime_ground", "no_crime_grounds", NoCrimeGround),
    ("shield", "line", "shield_lines", ShieldLine),
    ("shield", "route", "shield_routes", Route),
    ("shield", "reason", "shield_reasons", OpeningReason),
    ("shield", "kind", "interest_kinds", InterestKind),
    ("shield", "follow_up", "follow_ups", FollowUp),
    ("contact", "way", "contact_ways", ContactWay),
    ("contact", "outcome", "contact_outcomes", ContactOutcome),
    ("contact", "task_kind", "task_kinds", TaskKind),
    ("particulars", "object_kind", "object_kinds", ObjectKind),
    *SEARCH_SECTIONS,
    *SHARING,
    *CLOSING,
    *NOTICES,
    *DEATH_SECTIONS,
    *LINK_SECTIONS,
)
FILES = ("pack", *dict.fromkeys(file for file, _, _, _ in SECTIONS))
