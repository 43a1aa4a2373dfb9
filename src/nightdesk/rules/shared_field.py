"""The fields that a pack can hold, and the sealed fields of a case that no pack ever holds, each with why. Pure.

A new kind of record adds its fields to FIELDS (with a source in records/shared_values.py and a row in sharing.toml), or its
sealed columns to NEVER. A test finds a sealed column that is in neither.
"""

from collections.abc import Mapping
from typing import Final

# id in the table of the pack, by where the values come from (records/shared_values.py)
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "basics": (
        "call_me", "pronouns", "on_behalf", "contact_phone", "contact_email", "safe_ways", "contact_notes", "red_flags",
        "danger_now", "under_18", "interpreter", "officer_sex", "adviser", "what", "happened_when", "happened_where",
        "place_kind",
    ),
    "suspects": (
        "suspect_name", "suspect_handle", "suspect_phone", "suspect_email", "suspect_address", "suspect_vehicle",
        "suspect_description",
    ),
    "clock": ("clock_sites", "clock_drugs", "clock_counted"),
    "kits": ("kit_steps",),
    "exhibits": ("exhibit_kinds", "exhibit_descriptions"),
    "flags": ("flags_raised",),
    "recordings": ("crime",),
    "duties": ("support_offered",),
    "wishes": (
        "wish_police", "wish_with_them", "wish_officer_sex", "wish_community", "wish_may_be_told", "wish_not_wanted",
        "wish_wishes",
    ),
    "entries": (
        "entry_victims", "entry_victims_contact", "entry_witnesses", "entry_witnesses_contact", "entry_suspects",
        "entry_objects", "entry_places", "entry_places_lived", "entry_events", "entry_event_notes", "entry_opinions",
        "entry_links",
    ),
    "endings": ("case_state", "case_outcome", "further_offences"),
}  # fmt: skip
ALL_FIELDS: Final = tuple(field for fields in FIELDS.values() for field in fields)

# Sealed columns that give a field: "Model.column" → fields
SEALED_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "BasicsVersion.what": ("what",),
    "BasicsVersion.rest": (*FIELDS["basics"], *FIELDS["suspects"]),
    "ClockFacts.sites": ("clock_sites",),
    "ClockFacts.drugs": ("clock_drugs",),
    "Exhibit.description": ("exhibit_descriptions",),
    "Recording.police_number": ("crime",),
    "RelatedOffence.police_number": ("further_offences",),
    # the contact plan's instead of what the counter noted
    "ParticularVersion.values": (
        "call_me",
        "pronouns",
        "interpreter",
        "contact_phone",
        "contact_email",
        "safe_ways",
        "contact_notes",
        *FIELDS["wishes"],
        *FIELDS["entries"],
    ),
}
SHIELD: Final = (
    "the shield never leaves in a pack: its own two views, each opened with a reason, are the only way"
)
OUR_WORDS: Final = "words of staff about their own work"
A_FILE: Final = "a file is given out by itself, after somebody looked at it, never inside a pack"
ENDED: Final = "how the person ended it is said to a supervisor, and to nobody they were passed on to"
OF_NOBODY_HERE: Final = "not of a person of a case"
LINKAGE: Final = "what may link two reports is for analysts: nobody else learns that anything matched"
SHARED_BEFORE: Final = "about the sharing itself"
# Whole models by name, or single columns as "Model.column".
NEVER: Final[Mapping[str, str]] = {
    "ShieldEntry": SHIELD,
    "ShieldOpening": SHIELD,
    "Interest": SHIELD,
    "InterestMove": SHIELD,
    "InterestView": SHIELD,
    "TurnedAway": "a report of its own, perhaps by somebody else, perhaps about us",
    "TurnedAwayMove": "a report of its own, perhaps by somebody else, perhaps about us",
    "Identifier": "the same values as in the basics, kept to be found again",
    "Triage": "proposals of a rule are no facts about a person",
    "Override": OUR_WORDS,
    "CaseFlag": "the words behind a flag; that it was raised is a field",
    "FlagMove": OUR_WORDS,
    "FlagTelling": OUR_WORDS,
    "DutyMove": OUR_WORDS,
    "Recording.words": OUR_WORDS,
    "ExhibitCorrection": OUR_WORDS,
    "HeldWords": "typed at a locked desk and not yet anything",
    "KeptCalendar": OF_NOBODY_HERE,
    "ContactWay": OF_NOBODY_HERE,
    "Message": OF_NOBODY_HERE,
    "ShareRecipient": SHARED_BEFORE,
    "Consent": SHARED_BEFORE,
    "ConsentEnd": SHARED_BEFORE,
    "WithoutConsent": SHARED_BEFORE,
    "PassingOnMove": SHARED_BEFORE,
    "SharedPack": SHARED_BEFORE,
    "SharedPackMove": SHARED_BEFORE,
    "Attachment": A_FILE,
    "AttachmentPart": A_FILE,
    "AttachmentThumbnail": A_FILE,
    "AttachmentWithdrawal": OUR_WORDS,
    "PersonContact": OUR_WORDS,
    "ContactNote": OUR_WORDS,
    "Task": OUR_WORDS,
    "TaskMove": OUR_WORDS,
    "Particular": OUR_WORDS,
    "ParticularVersion.why": OUR_WORDS,
    "ParticularLink.why": OUR_WORDS,
    "Closing": ENDED,
    "ClosingLook": OUR_WORDS,
    "CaseOutcome.grounds": OUR_WORDS,
    "Reopening": OUR_WORDS,
    "RelatedOffence.why": OUR_WORDS,
    "RelatedOffenceEnd": OUR_WORDS,
    "DeathVersion": "of another person, who can consent to nothing",
    "LinkReport": LINKAGE,
    "LinkList": LINKAGE,
    "LinkBlock": LINKAGE,
    "LinkCandidate": LINKAGE,
    "LinkAnswer": LINKAGE,
    "LinkMove": LINKAGE,
    "LinkGroup": LINKAGE,
    "SeriesMember": LINKAGE,
    "Exploration": LINKAGE,
    "CaseOpening": OUR_WORDS,
    "OpeningMove": OUR_WORDS,
}
