"""Codes of the linkage engine in words: what he did, kinds of place, how something was given."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from nightdesk.outside.current import pack

# What he did, as a thing that can be told of: “Both tell of this: …”.
DID: Final = {
    "amnesia": _("gaps in memory afterwards"),
    "bank_app_transfer": _("money moved with a banking app"),
    "blackmail_images": _("a threat to show pictures"),
    "blackmail_outing": _("a threat to tell others about them"),
    "blindfold": _("a blindfold"),
    "choked": _("hands or something else around the neck"),
    "claimed_doctor": _("he said that he was a doctor"),
    "claimed_police": _("he said that he was with the police"),
    "condom_removed": _("a condom taken off without asking"),
    "deleted_chat": _("the chat was deleted"),
    "escort_hire": _("he had offered to pay for the meeting"),
    "fake_photos": _("pictures of another man in his profile"),
    "filmed": _("filmed"),
    "gagged": _("something over the mouth"),
    "gave_extra_dose": _("more was given than was agreed"),
    "group_joined": _("others joined in"),
    "livestreamed_multi": _("shown live to others"),
    "locked_in": _("a locked door"),
    "moved_body": _("somebody was moved while they could not move"),
    "offered_money": _("money was offered"),
    "photographed": _("photographed"),
    "punched": _("punches"),
    "refused_leave": _("not being let go"),
    "restrained": _("held down or tied"),
    "second_site_moved": _("taken to another place"),
    "theft_cash_cards": _("cash or cards taken"),
    "theft_phone": _("a phone taken"),
    "threat_hiv": _("a threat about an infection"),
    "threat_kill": _("a threat to life"),
    "victim_unconscious": _("they were not conscious"),
    "washed_victim": _("washed afterwards by him"),
    "weapon_shown": _("a weapon shown"),
}
VENUE: Final = {
    "suspect_home": _("his home"),
    "victim_home": _("the home of whoever told it"),
    "third_party_home": _("somebody else’s home"),
    "bar_club": _("a bar or club"),
    "hotel": _("a hotel"),
    "short_let": _("a short let"),
    "student_accom": _("student housing"),
    "park_cruising": _("a park or cruising place"),
    "sauna": _("a sauna"),
    "vehicle": _("a car"),
}
DELIVERY: Final = {
    "spiked_drink": _("in a drink, without being told"),
    "shot_measured": _("in a measured shot"),
    "syringe_oral": _("by mouth, from a syringe"),
    "told_water_g": _("they were told that it was water"),
    "tablet_covert": _("as a tablet, without being told"),
    "offered_as_lube": _("as lubricant"),
    "injected": _("injected"),
    "snorted": _("snorted"),
    "vaped": _("vaped"),
    "douched": _("rectally"),
}
SAME_DRUG: Final = {"ghb_gbl": "ghb"}  # the engine’s code, and the pack’s
TABLES: Final = {"did": DID, "venue": VENUE, "delivery": DELIVERY}
LAST_DIGITS: Final = 6  # of a phone; more are the whole number, with its country
AS_TOLD: Final = ("account", "email", "phone")  # values, not codes: an underline in them is theirs


def value_words(about: str, value: str) -> str:
    """A value of a comparison in words."""
    if about == "phone" and len(value) > LAST_DIGITS and value.isdigit():
        return f"+{value}"
    if about == "name":
        return value.title()
    if not value or about in AS_TOLD:
        return value
    if about == "drug":
        drug: Any = pack().drugs.get(SAME_DRUG.get(value, value))
        return str(drug.label) if drug else _plain(value)
    return str(TABLES.get(about, {}).get(value) or _plain(value))


def _plain(code: str) -> str:
    """A code that has no words reads well enough."""
    return code.replace("_", " ").replace("site:", "").replace("motif:", "").strip()
