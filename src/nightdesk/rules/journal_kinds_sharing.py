"""Kinds of journal lines about consent, passing on and hand-over packs: codes and counts only, never who the person is."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

SHARING: Final[Mapping[str, Kind]] = {
    "recipient_added": _kind("Somebody it could be shared with was written down: {recipient}", "recipient"),
    "consent_answered": _kind(
        "Consent {number} for {recipient}: yes to {yes} groups, no to {no}", "recipient", "number", "yes", "no",
        "replaces", "stops", next_owner="soit",
    ),
    "consent_withdrawn": _kind(
        "Consent {number} for {recipient} was withdrawn; {stops} packs have to stop being used", "recipient", "number",
        "stops", next_owner="soit",
    ),
    "sharing_decided": _kind(
        "A supervisor decided to share {groups} groups with {recipient} without consent: {ground}", "recipient", "ground",
        "groups", next_owner="soit",
    ),
    "passing_on_begun": _kind(
        "{recipient} was offered: {answer}", "recipient", "answer", "state", next_owner="soit"
    ),
    "passing_on_moved": _kind("Passing on to {recipient}: {move}", "recipient", "move", "state", next_owner="soit"),
    "pack_made": _kind(
        "Pack {code} for {recipient} was made: {fields} fields of {groups} groups", "code", "recipient", "fields",
        "groups", next_owner="soit",
    ),
    "pack_given_out": _kind("Pack {code} for {recipient} was downloaded", "code", "recipient"),
    "pack_moved": _kind("Pack {code}: {move}", "code", "recipient", "move", "state", "way", next_owner="soit"),
}  # fmt: skip
