"""What stands on the page of a case: one part for each page of the case room, in few words, with the way there."""

from datetime import datetime
from typing import Any

from nightdesk.desks.caseroom import (
    shown_attachments,
    shown_closing,
    shown_contact,
    shown_duties,
    shown_exhibits,
    shown_flags,
    shown_openings,
    shown_particular_lists,
    shown_sharing,
    shown_shield,
    shown_timeline,
)
from nightdesk.queries import closings, interest, openings, related_offences, series_told, shield
from nightdesk.queries.cases import CaseSeen
from nightdesk.queries.contact_log import contact_now
from nightdesk.queries.contact_plan import person_of
from nightdesk.queries.exhibits import of_case
from nightdesk.queries.flags import flags_of
from nightdesk.queries.particulars import counted
from nightdesk.rules.access import Reader


def sections(reader: Reader, seen: CaseSeen, now: datetime, *, reason: str) -> dict[str, Any]:
    """The context of every part; with a `reason` the case is another's, who is offered no button and no list of readers."""
    reference, theirs = seen.reference, not reason
    person = person_of(reader, reference, seen.basics)
    parts = shown_contact.on_case(person, contact_now(reader, reference, now), now)
    parts |= shown_duties.section(reader, reference, now)
    parts |= shown_sharing.on_case(reader, reference, now)
    return parts | {
        "standing": shown_closing.short(
            seen.standing, closings.newest_of(reader, reference), related_offences.how_many(reader, reference)
        ),
        "exhibits": shown_exhibits.exhibits(of_case(reader, reference, now)),
        "flags": shown_flags.on_case(flags_of(reader, reference), now, theirs=theirs),
        "attached": shown_attachments.on_case(reader, reference),
        "shield": shown_shield.shield(shield.shield(reader, reference), interest.of_case(reader, reference)),
        "particulars": shown_particular_lists.section(counted(reader, reference, seen.basics)),
        "openings": shown_openings.on_case(openings.on_case(reader, reference)) if theirs else None,
        "series_told": series_told.told_to_owner(reader, reference) if theirs else "",
        "newest": shown_timeline.newest(reader, reference, theirs=theirs),
    }  # fmt: skip
