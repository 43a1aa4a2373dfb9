"""The codes that linkage compares, and which code of the pack is which of them.

A pack names its places and drugs for people at a desk; the engine's weights were learned over codes of their own. A code
that has no other name there is compared as it is.
"""

from collections.abc import Mapping
from typing import Final

VENUES: Final[Mapping[str, str]] = {
    "their_home": "suspect_home", "my_home": "victim_home", "shared_home": "third_party_home",
    "other_home": "third_party_home", "venue": "bar_club", "outdoors": "park_cruising", "education": "student_accom",
}  # fmt: skip
DRUGS: Final[Mapping[str, str]] = {
    "ghb": "ghb_gbl", "benzodiazepines": "benzodiazepine", "flunitrazepam": "benzodiazepine",
    "alcohol": "alcohol_spiked",
}  # fmt: skip
DELIVERIES: Final = (
    "spiked_drink", "syringe_oral", "shot_measured", "told_water_g", "tablet_covert", "offered_as_lube", "douched",
    "injected", "snorted", "vaped",
)  # fmt: skip
BEHAVIOURS: Final = (
    "victim_unconscious", "amnesia", "gave_extra_dose", "filmed", "photographed", "livestreamed_multi", "fake_photos",
    "group_joined", "condom_removed", "restrained", "gagged", "blindfold", "choked", "punched", "weapon_shown",
    "threat_kill", "threat_hiv", "refused_leave", "locked_in", "second_site_moved", "moved_body", "washed_victim",
    "deleted_chat", "theft_phone", "theft_cash_cards", "bank_app_transfer", "blackmail_images", "blackmail_outing",
    "offered_money", "escort_hire", "claimed_doctor", "claimed_police",
)  # fmt: skip


def venue(place_kind: str) -> str:
    """The venue that a kind of place of the pack is compared as."""
    return VENUES.get(place_kind, place_kind)


def drug(pack_drug: str) -> str:
    """The drug that a drug of the pack is compared as."""
    return DRUGS.get(pack_drug, pack_drug)
