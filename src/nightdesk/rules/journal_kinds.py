"""Every kind of journal line: its exact keys, its sentence, and who is next to act.

A new kind goes into the part of its area (evidence: journal_kinds_evidence.py, flags:
journal_kinds_flags.py, closing: journal_kinds_closing.py). Lines hold codes, references and counts,
never what a person said.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind
from nightdesk.rules.journal_kinds_attachments import ATTACHMENTS
from nightdesk.rules.journal_kinds_closing import CLOSINGS
from nightdesk.rules.journal_kinds_contact import CONTACT
from nightdesk.rules.journal_kinds_deaths import DEATHS
from nightdesk.rules.journal_kinds_evidence import CLOCK, EXHIBITS, KITS
from nightdesk.rules.journal_kinds_flags import FLAGS
from nightdesk.rules.journal_kinds_particulars import PARTICULARS
from nightdesk.rules.journal_kinds_queue import QUEUE
from nightdesk.rules.journal_kinds_search import SEARCH
from nightdesk.rules.journal_kinds_series import SERIES
from nightdesk.rules.journal_kinds_sharing import SHARING
from nightdesk.rules.journal_kinds_shield import SHIELD

# what is told at a counter
INTAKE: Final[Mapping[str, Kind]] = {
    "disclosure_taken": _kind(
        "A disclosure was opened by {channel}", "channel", "station", next_owner="counter"
    ),
    "basics_recorded": _kind(
        "Version {number} of the basics was kept", "number", "changed", next_owner="counter"
    ),
    "disclosure_accepted": _kind("The basics were sent on", "number", "missing", next_owner="counter"),
    "triage_recorded": _kind(
        "Triage proposed {proposed}", "proposed", "edition", "urgency", next_owner="soit"
    ),
    "proposal_overridden": _kind(
        "{label} was set to {level} by a person", "label", "level", next_owner="supervisor"
    ),
    "person_left": _kind("The person left", "before_referral", next_owner="soit"),
}

# referrals, pages and messages
PAGING: Final[Mapping[str, Kind]] = {
    "referral_made": _kind(
        "A specialist was asked for: {because}", "unit", "because", "urgency", next_owner="soit"
    ),
    "referral_paged": _kind("Step {step}: {told} told ({layer})", "step", "layer", "told", next_owner="soit"),
    "referral_acknowledged": _kind("The page was answered", "step", next_owner="soit"),
    "referral_moved": _kind("Referral: {move}", "move", "state", next_owner="soit"),
    "referral_reminded": _kind(
        "On the way and not there: reminder {number}, {told} told", "number", "told", next_owner="soit"
    ),
    "case_offered": _kind("A colleague was asked to take the case over", "to", next_owner="soit"),
    "case_reassigned": _kind("The case was reassigned by a supervisor", "to", next_owner="soit"),
    "move_refused": _kind("Refused: “{move}” was not possible", "move"),
    "message_sent": _kind("A message left by {channel}", "channel", "attempt"),
    "message_failed": _kind("A message could not leave by {channel}", "channel", "attempt", "fault"),
    "call_out_displayed": _kind("A call-out was shown on a screen (step {step})", "step", next_owner="soit"),
    "receipt_noted": _kind("The provider said of a message by {channel}: {receipt}", "channel", "receipt"),
    "way_added": _kind("A way to tell {username} was added: {channel}", "username", "channel"),
    "way_tried": _kind("A test message to {username} by {channel}", "username", "channel"),
    "way_confirmed": _kind("{username} confirmed a way: {channel}", "username", "channel"),
    "way_preferred": _kind("{username} is told first by {channel}", "username", "channel"),
    "way_secret_made": _kind("{username} made secret {number} of a webhook", "username", "number"),
    "way_ended": _kind("A way to tell {username} was withdrawn: {channel}", "username", "channel"),
}

# who is on
ROTA: Final[Mapping[str, Kind]] = {
    "shift_added": _kind("{count} shifts were put in the rota of {unit}", "unit", "count"),
    "shifts_worked_out": _kind(
        "The shifts of {unit} were worked out: {added} added, {cancelled} cancelled",
        "unit",
        "added",
        "cancelled",
    ),
    "pattern_begun": _kind("Turns ({layer}) of {members} people begin in {unit}", "unit", "layer", "members"),
    "pattern_ended": _kind("Turns ({layer}) in {unit} end on {last_day}", "unit", "layer", "last_day"),
    "absence_noted": _kind("{username} is away: {absence}", "username", "absence", next_owner="supervisor"),
    "absence_withdrawn": _kind("{username} is there after all ({absence})", "username", "absence"),
    "stand_in_noted": _kind("{username} stands in ({layer}, {unit})", "unit", "layer", "username"),
    "stand_in_withdrawn": _kind(
        "{username} does not stand in after all ({layer}, {unit})", "unit", "layer", "username"
    ),
    "swap_asked": _kind("A swap was asked for ({layer}, {unit})", "unit", "layer", next_owner="soit"),
    "swap_accepted": _kind("A swap was accepted ({layer}, {unit})", "unit", "layer"),
    "swap_declined": _kind("A swap was declined ({layer}, {unit})", "unit", "layer"),
    "swap_withdrawn": _kind("A swap was taken back ({layer}, {unit})", "unit", "layer"),
    "calendar_read": _kind(
        "A calendar was read into {unit} ({layer}): {added} added, {withdrawn} withdrawn, {rejected} rejected",
        "unit",
        "layer",
        "added",
        "withdrawn",
        "rejected",
    ),
    "calendar_checked": _kind(
        "A calendar file for {unit} ({layer}) was checked and kept until it is read in", "unit", "layer"
    ),
    "calendar_released": _kind("{count} checked calendar files were let go: {how}", "count", "how"),
    "short_rest_noted": _kind(
        "{username} is on twice at once or with too little rest, knowingly ({count}, {unit})",
        "unit",
        "username",
        "count",
    ),
    "feed_made": _kind("A private calendar address was made"),
    "feed_withdrawn": _kind("A private calendar address was withdrawn"),
    "gap_found": _kind(
        "Nobody is on in {unit} ({layer}) from {starts_at}",
        "unit",
        "layer",
        "starts_at",
        next_owner="supervisor",
    ),
    "gap_told": _kind(
        "The supervisors were told of a gap in {unit} ({layer})",
        "unit",
        "layer",
        "told",
        next_owner="supervisor",
    ),
    "gap_closed": _kind("A gap in {unit} ({layer}) is covered", "unit", "layer"),
}

# cases
CASES: Final[Mapping[str, Kind]] = {
    "case_opened": _kind("A case was opened", "unit", next_owner="soit"),
    "case_taken_on": _kind("The case was taken on", "owner", next_owner="soit"),
    "case_released": _kind("The case was given back to the unit’s queue", "owner", next_owner="soit"),
    "duty_moved": _kind("Duty {duty}: {move}", "duty", "move", "state", "said", next_owner="soit"),
    "key_event_noted": _kind("Noted: {event}", "event", next_owner="soit"),
    "crime_recorded": _kind(
        "Recording {number}: {recorded_as} {offence_class}{ground}",
        "recorded_as",
        "offence_class",
        "ground",
        "number",
        next_owner="soit",
    ),
}

# accounts, sign-in, desks and reading
DESKS: Final[Mapping[str, Kind]] = {
    "record_read": _kind("Read: {what}", "what", "reason"),
    "access_refused": _kind("Refused: {what}", "what"),
    "staff_added": _kind("Staff account {username} was made as {role}", "username", "role"),
    "staff_changed": _kind("Staff account {username}: {changed}", "username", "changed"),
    "pin_set": _kind("A quick re-entry PIN was set", "username"),
    "desk_locked": _kind("The desk was locked: {how}", "how"),
    "desk_unlocked": _kind("The desk was unlocked", "how"),
    "signed_in": _kind("Signed in", "second_factor"),
    "sign_in_failed": _kind("A sign-in failed at the {what}", "what", "attempt"),
    "signed_out": _kind("Signed out"),
    "session_ended": _kind("A session ended: {how}", "how"),
    "second_factor_set": _kind("A second factor was set up for {username}", "username"),
    "second_factor_cleared": _kind("The second factor of {username} was cleared", "username"),
    "words_sealed": _kind("Words sent to a locked desk were sealed", "page"),
    "words_opened": _kind(
        "Words that were sealed while the desk was locked were opened by whoever typed them"
    ),
    "words_released": _kind("Words that were sealed while the desk was locked: {how}", "how"),
    "station_added": _kind("Station {code} was added", "code"),
    "unit_added": _kind("Unit {code} was added", "code"),
    "demo_made": _kind("The fictional force was made", "seed", "disclosures"),
}

KINDS: Final[Mapping[str, Kind]] = {
    **INTAKE,
    **PAGING,
    **ROTA,
    **CLOCK,
    **KITS,
    **EXHIBITS,
    **SHIELD,
    **CASES,
    **CONTACT,
    **ATTACHMENTS,
    **CLOSINGS,
    **FLAGS,
    **PARTICULARS,
    **SEARCH,
    **SERIES,
    **DEATHS,
    **SHARING,
    **QUEUE,
    **DESKS,
}
