"""What must hold between the entries of a pack, and what the product needs every pack to have.

The ids named here are the ones that rules and records rely on by name; everything else in a pack is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from nightdesk.rules.interest import KINDS
from nightdesk.rules.on_the_way import KEPT as ON_THE_WAY
from nightdesk.rules.pack_answers import refuse_if_unreadable
from nightdesk.rules.pack_closing import LIMITS as CLOSING_LIMITS
from nightdesk.rules.pack_closing import LINES, PERSON_BACK, closing_problems
from nightdesk.rules.pack_contact import CALL_BACK, MESSAGE_LEFT, NO_CONTACT, THEY_CALL, contact_problems
from nightdesk.rules.pack_deaths import DEATH_LIMITS, SWITCHES, death_problems
from nightdesk.rules.pack_duties import duty_problems
from nightdesk.rules.pack_exhibits import OBJECT, exhibit_problems
from nightdesk.rules.pack_flag import PERSON, flag_problems
from nightdesk.rules.pack_kit import KIT_LINES, PLACES, line_problems, place_problems, step_problems
from nightdesk.rules.pack_linkage import LINK_LIMITS
from nightdesk.rules.pack_notices import notice_problems
from nightdesk.rules.pack_search import LIMITS, search_problems
from nightdesk.rules.pack_shape import SECTIONS, Pack
from nightdesk.rules.pack_sharing import KINDS as RECIPIENTS
from nightdesk.rules.pack_sharing import SHARING_LINES, sharing_problems
from nightdesk.rules.pack_shield import SHIELD_LINES, hour_problems, reason_problems
from nightdesk.rules.pack_windows import TimedEntry
from nightdesk.rules.recording import class_problems
from nightdesk.rules.shared_field import ALL_FIELDS
from nightdesk.rules.terms import CHANNELS, DONT_KNOW, LAYERS, RATHER_NOT, STORE_KINDS
from nightdesk.rules.turned_away import CLOSED, STATES

TABLE_OF = {attribute: (file, table) for file, table, attribute, _ in SECTIONS}
RELATED_TAGS = (
    "robbery", "theft", "blackmail", "image_abuse", "child_images",
    "spiking", "physical_assault", "stalking", "grooming", "death",
)  # fmt: skip
CARD_LINES = (
    "title", "intro", "keep_heading", "until", "from", "any_time", "ask", "avoid_heading", "already", "health_heading",
    "ring_heading", "day_and_night", "by_day", "emergency", "notes_heading", "unconfirmed",
)  # fmt: skip
# attribute of Pack → ids that triage, the counter and the records know by name (label guideline, C1, C4, C7)
NEEDED_IDS: dict[str, tuple[str, ...]] = {
    "flags": ("chemsex_context", "drug_facilitated_suspected"),
    "flag_audiences": (PERSON,),
    "specimens": ("examination",),  # the outer window: how long an examination is suggested at all
    "comforts": ("care_first", "already_done"),
    "card": CARD_LINES,
    "related_offences": RELATED_TAGS,
    "channels": CHANNELS,
    "non_answers": (DONT_KNOW, RATHER_NOT),
    "kit_places": PLACES,
    "kit_lines": KIT_LINES,
    "store_kinds": STORE_KINDS,
    "exhibit_kinds": (OBJECT,),
    "link_limits": LINK_LIMITS,
    "shield_lines": SHIELD_LINES,
    "interest_kinds": KINDS,
    "safe_contacts": (NO_CONTACT, THEY_CALL),
    "contact_outcomes": (MESSAGE_LEFT,),
    "task_kinds": (CALL_BACK,),
    "opening_limits": LIMITS,
    "recipients": RECIPIENTS,
    "share_fields": ALL_FIELDS,
    "share_lines": SHARING_LINES,
    "follow_ups": tuple(state for state in STATES if state != CLOSED),
    "closing_limits": CLOSING_LIMITS,
    "closing_lines": LINES,
    "reopen_grounds": (PERSON_BACK,),
    "death_limits": DEATH_LIMITS,
    "link_switches": SWITCHES,
}


def reference_problems(pack: Pack) -> list[str]:
    """Sentences for every reference that leads nowhere and everything missing that the product needs."""
    return [
        *_needed(pack),
        *_sites(pack),
        *_needs(pack),
        *_translations(pack),
        *_timed(pack),
        *_times(pack),
        *_openings(pack),
        *_escalation(pack),
        *flag_problems(pack.flags),
        *step_problems(pack.kit_steps, pack.specimens),
        *line_problems(pack.kit_lines),
        *place_problems(pack.kit_places, pack.kit_nexts),
        *exhibit_problems(pack),
        *duty_problems(pack),
        *contact_problems(pack),
        *class_problems(pack.offence_classes, pack.sites.ids()),
        *reason_problems(pack.shield_reasons),
        *hour_problems(pack.follow_ups),
        *search_problems(pack),
        *sharing_problems(pack),
        *closing_problems(pack),
        *notice_problems(pack),
        *death_problems(pack),
    ]


def _at(attribute: str, entry_id: str) -> str:
    file, table = TABLE_OF[attribute]
    return f'{file}.toml, {table} "{entry_id}"'


def _needed(pack: Pack) -> Iterator[str]:
    held = {attribute: section.ids() for _, attribute, section in pack.sections()}
    for attribute, ids in NEEDED_IDS.items():
        file, table = TABLE_OF[attribute]
        for missing in [entry_id for entry_id in ids if entry_id not in held[attribute]]:
            yield f'{file}.toml: [[{table}]] "{missing}" is missing; add it, the product relies on this id.'


def _unknown(where: str, what: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    choices = tuple(known)
    for item in used:
        if item not in choices:
            yield f'{where}: {what} "{item}" does not exist; use one of {", ".join(choices)}.'


def _sites(pack: Pack) -> Iterator[str]:
    for entry in pack.specimens:
        yield from _unknown(_at("specimens", entry.id), "site", entry.sites, pack.sites.ids())
        if entry.card and entry.sites:
            yield f'{_at("specimens", entry.id)}: "card" and "sites" together would say on the card what was done.'


def _needs(pack: Pack) -> Iterator[str]:
    for service in pack.services:
        where = _at("services", service.id)
        yield from _unknown(where, "need", service.needs, pack.needs.ids())
        if not (len(service.country) == 2 and service.country.isupper()):
            yield f'{where}: "country" must be two capital letters, such as GB.'
        if not (service.phone or service.email or service.web or service.reach):
            yield f"{where}: needs a phone, an email, a web address or words in reach."


def _translations(pack: Pack) -> Iterator[str]:
    for attribute, entry in pack.entries():
        for _, words in entry.worded():
            where = _at(attribute, entry.id)
            yield from _unknown(where, "language", words.others, pack.about.languages)


def _timed(pack: Pack) -> Iterator[str]:
    for attribute, entry in pack.entries():
        if isinstance(entry, TimedEntry) and entry.hours is not None:
            where = _at(attribute, entry.id)
            if entry.from_hours >= entry.hours:
                yield f'{where}: "hours" must be more than "from_hours".'
            if entry.best_hours is not None and entry.best_hours > entry.hours:
                yield f'{where}: "best_hours" must not be more than "hours".'


def _times(pack: Pack) -> Iterator[str]:
    for quick in pack.times:
        earliest, latest = quick.earliest_hours_ago, quick.latest_hours_ago
        if earliest is not None and latest is not None and earliest < latest:
            where = _at("times", quick.id)
            yield f'{where}: "earliest_hours_ago" must be the larger number, it lies further back.'
        try:
            refuse_if_unreadable(quick)
        except ValueError as fault:
            yield f"{_at('times', quick.id)}: {fault}"


def _openings(pack: Pack) -> Iterator[str]:
    for service in pack.services:
        if service.always_open and service.openings:
            yield f"{_at('services', service.id)}: give either always_open = true or openings, not both."


def _escalation(pack: Pack) -> Iterator[str]:
    steps = list(pack.escalation)
    if steps[0].after_minutes != 0:
        yield f'{_at("escalation", steps[0].id)}: "after_minutes" of the first step must be 0.'
    for earlier, later in pairwise(steps):
        if later.after_minutes <= earlier.after_minutes:
            yield f'{_at("escalation", later.id)}: "after_minutes" must be more than in the step before.'
    if steps[-1].layer != LAYERS[-1]:
        yield f"{_at('escalation', steps[-1].id)}: the last step must be the {LAYERS[-1]}."
    if pack.holds.ids() != ("answer",):
        yield 'escalation.toml: needs exactly one [[hold]], with id = "answer".'
    elif pack.holds["answer"].minutes < 1:
        yield f'{_at("holds", "answer")}: "minutes" must be at least 1.'
    if pack.reminders.ids() != (ON_THE_WAY,):
        yield f'escalation.toml: needs exactly one [[reminder]], with id = "{ON_THE_WAY}".'
        return
    told = pack.reminders[ON_THE_WAY]
    if min(told.after_minutes, told.every_minutes, told.times) < 1:
        yield f'{_at("reminders", ON_THE_WAY)}: "after_minutes", "every_minutes" and "times" must be at least 1.'
