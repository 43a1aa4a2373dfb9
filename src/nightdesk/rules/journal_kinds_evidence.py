"""Kinds of journal lines about evidence: the clock, kits, exhibits and stores. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

# the evidence clock
CLOCK: Final[Mapping[str, Kind]] = {
    "clock_started": _kind(
        "The evidence clock runs from {runs_from} ({because})",
        "because",
        "runs_from",
        "edition",
        "windows",
        next_owner="soit",
    ),
    "clock_facts_noted": _kind("Better known for the clock: {about}", "about", next_owner="soit"),
}

# early evidence kits
KITS: Final[Mapping[str, Kind]] = {
    "kit_opened": _kind(
        "Early evidence kit {kit} was opened, its number {how}", "kit", "how", "edition", next_owner="counter"
    ),
    "kit_step_noted": _kind("Kit {kit}: {step} was noted as {outcome}", "kit", "step", "outcome", next_owner="counter"),
    "kit_closed": _kind(
        "Kit {kit} was closed: {done} done, {declined} declined, {not_possible} not possible, {left_open} left open",
        "kit", "done", "declined", "not_possible", "left_open", next_owner="soit",
    ),
    "kit_card_made": _kind("A card was made for the person of kit {kit}", "kit"),
    "kit_followed": _kind("Somebody asked where a kit is; number and words fit: {fits}", "fits", "attempt"),
}  # fmt: skip

# exhibits, their custody and their stores
EXHIBITS: Final[Mapping[str, Kind]] = {
    "exhibit_entered": _kind("Exhibit {exhibit} was entered ({what})", "exhibit", "what", next_owner="soit"),
    "exhibit_corrected": _kind(
        "Exhibit {exhibit}: {facts} was corrected ({reason})", "exhibit", "facts", "reason", next_owner="soit"
    ),
    "custody_noted": _kind(
        "Exhibit {exhibit}: {what}, now with {holder} (link {number})", "exhibit", "what", "number", "holder",
        next_owner="soit",
    ),
    "hand_over_offered": _kind("Exhibit {exhibit} is being handed to a colleague", "exhibit", "number", next_owner="soit"),
    "hand_over_answered": _kind(
        "Exhibit {exhibit}: the colleague answered (accepted: {accepted})", "exhibit", "accepted", next_owner="soit"
    ),
    "destruction_asked": _kind(
        "Somebody asked to destroy exhibit {exhibit}: {reason}", "exhibit", "reason", next_owner="supervisor"
    ),
    "destruction_decided": _kind(
        "The destruction of exhibit {exhibit} was decided (allowed: {allowed})", "exhibit", "allowed", next_owner="soit"
    ),
    "hold_set": _kind("A legal hold was placed: {reason}", "reason", next_owner="supervisor"),
    "hold_lifted": _kind("The legal hold was lifted", next_owner="supervisor"),
    "store_added": _kind("Store {store} was added: {what}, {places} places", "store", "what", "places"),
    "store_closed": _kind("Store {store} was closed with {inside} exhibits inside", "store", "inside"),
    "store_reopened": _kind("Store {store} was opened again", "store"),
    "store_fault_noted": _kind("Store {store}: {fault}", "store", "fault", "inside", next_owner="soit"),
    "store_fault_ended": _kind("Store {store} is in order again after {fault}", "store", "fault"),
    "temperatures_read_in": _kind(
        "{count} temperatures of {stores} stores were read in; {rejected} lines were not taken; {faults} faults found",
        "count", "repeated", "rejected", "stores", "faults", "withdrawn",
    ),
}  # fmt: skip
