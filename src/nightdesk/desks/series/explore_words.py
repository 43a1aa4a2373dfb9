"""Facts to ask by, and reasons of an answer, in words. Bands instead of figures: a figure about a man is taken for more."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

FACTS: Final[Mapping[str, Any]] = {
    "handle": _("What he is called on an app"),
    "platform": _("App or site"),
    "phone": _("Phone number, or its last four digits"),
    "name_used": _("Name he uses"),
    "email": _("E-mail address"),
    "age": _("His age"),
    "height_cm": _("His height"),
    "build": _("His build"),
    "hair": _("His hair"),
    "place_words": _("Place"),
    "postcode": _("Postcode, or a part of it"),
    "venue": _("Kind of place"),
    "act_on": _("Day"),
    "drug": _("Drug he gave or used"),
    "delivery": _("How it was given"),
    "vehicle_make": _("Make of his car"),
    "vehicle_colour": _("Colour of his car"),
    "vehicle_plate": _("Registration mark, or a part of it"),
    "tattoo_site": _("Tattoo: where on him"),
    "tattoo_motif": _("Tattoo: of what"),
    "behaviours": _("What he did"),
    "series": _("All reports of the series together"),
}
BUILDS: Final[Mapping[str, Any]] = {
    "slim": _("Slim"),
    "average": _("Average"),
    "athletic": _("Athletic"),
    "muscular": _("Muscular"),
    "stocky": _("Stocky"),
    "large": _("Large"),
}
HAIRS: Final[Mapping[str, Any]] = {
    "black": _("Black"),
    "dark_brown": _("Dark brown"),
    "brown": _("Brown"),
    "blond": _("Blond or fair"),
    "ginger": _("Ginger or red"),
    "grey": _("Grey or white"),
    "dyed": _("Dyed in a bright colour"),
    "shaved": _("Shaved"),
    "bald": _("Bald or balding"),
}
NO_ESTIMATE: Final[Mapping[tuple[str, bool], Any]] = {  # of what, and whether it is only too wide
    ("age", False): _(
        "Write his age in whole years, from 1 to 120: one figure, or a range such as 30 to 40."
    ),
    ("age", True): _(
        "A range of more than 20 years tells nobody apart. Give a narrower one, or leave his age out."
    ),
    ("height_cm", False): _(
        "Write his height from 100 to 240 cm, or in feet and inches: 178, 5 ft 10, or a range such as 175 to 185."
    ),
    ("height_cm", True): _(
        "A range of more than 16 cm tells nobody apart. Give a narrower one, or leave his height out."
    ),
}
BEHAVIOURS: Final[Mapping[str, Any]] = {
    "victim_unconscious": _("The person was unconscious"),
    "amnesia": _("Hours are missing from memory"),
    "gave_extra_dose": _("Gave more than was agreed"),
    "filmed": _("Filmed it"),
    "photographed": _("Took photographs"),
    "livestreamed_multi": _("Showed it to others live"),
    "fake_photos": _("Was not the man in his pictures"),
    "group_joined": _("Others joined without being asked"),
    "condom_removed": _("Removed or left out the condom"),
    "restrained": _("Tied or held down"),
    "gagged": _("Gagged"),
    "blindfold": _("Blindfolded"),
    "choked": _("Choked"),
    "punched": _("Punched"),
    "weapon_shown": _("Showed a weapon"),
    "threat_kill": _("Threatened to kill"),
    "threat_hiv": _("Threatened with an infection"),
    "refused_leave": _("Would not let the person leave"),
    "locked_in": _("Locked the person in"),
    "second_site_moved": _("Took the person to another place"),
    "moved_body": _("Moved the person while they could not move"),
    "washed_victim": _("Washed the person"),
    "deleted_chat": _("Deleted the messages"),
    "theft_phone": _("Took the phone"),
    "theft_cash_cards": _("Took money or cards"),
    "bank_app_transfer": _("Took money by the bank’s app"),
    "blackmail_images": _("Threatened to show pictures"),
    "blackmail_outing": _("Threatened to tell others about the person"),
    "offered_money": _("Offered money"),
    "escort_hire": _("Met for payment"),
    "claimed_doctor": _("Said he was a doctor or nurse"),
    "claimed_police": _("Said he was police"),
}
COMPARED: Final[Mapping[str, Any]] = {
    "account": _("Account"),
    "app": _("App"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "name": _("Name"),
    "vehicle": _("Car"),
    "age": _("Age"),
    "height": _("Height"),
    "build": _("Build"),
    "hair": _("Hair"),
    "ethnicity": _("Ethnicity as described"),
    "tattoo": _("Tattoo"),
    "time": _("Time between them"),
    "drug": _("Drug"),
    "delivery": _("How it was given"),
    "venue": _("Kind of place"),
}
LEVELS: Final[Mapping[str, Any]] = {
    "same": _("the same"),
    "differs": _("different"),
    "more": _("further apart"),
    "farther": _("far apart"),
    "in both": _("in both"),
    "in one only": _("in one only"),
    "same handle, same app": _("the same name on the same app"),
    "same handle, other app": _("the same name on another app"),
    "same stem": _("the same name but for digits at its end"),
    "very similar": _("very much alike"),
    "similar": _("alike"),
    "same number": _("the same number"),
    "same last six or one digit out": _("the same last six digits, or one digit out"),
    "same last four": _("the same last four digits"),
    "similar before the @": _("alike before the @"),
    "plate agrees": _("the registration marks agree"),
    "same make and colour": _("the same make and colour"),
    "two marks shared": _("two marks the same"),
    "one mark shared": _("one mark the same"),
    "none shared": _("no mark the same"),
}
WITHIN: Final = re.compile(r"within ([\d.]+) (km|days|years|cm)")
KINDS: Final[Mapping[str, Any]] = {
    "disclosure": _("Told by a person"),
    "death": _("Unexplained death"),
    "information": _("Information of a partner"),
}
BANDS: Final[Mapping[str, Any]] = {"strong": _("strong"), "fair": _("fair"), "weak": _("weak")}
FAULTS: Final[Mapping[str, Any]] = {
    "unreadable": _("One of the facts could not be read. Ask again with fewer."),
    "too_few": _("Fewer than two reports of this series can be compared now."),
    "no_index": _("There is nothing to compare with yet. Ask again later."),
}


def compared(name: str) -> str:
    """What was compared."""
    if name.startswith("did_"):
        behaviour = name.removeprefix("did_")
        return str(BEHAVIOURS.get(behaviour, behaviour.replace("_", " ")))
    if name.startswith("place_"):
        return _now("Place")
    return str(COMPARED.get(name, name))


def level(name: str) -> str:
    """What was found."""
    if (found := WITHIN.fullmatch(name)) is None:
        return str(LEVELS.get(name, name))
    sentences = {
        "km": _now("within %(n)s km"), "days": _now("within %(n)s days"), "years": _now("within %(n)s years"),
        "cm": _now("within %(n)s cm"),
    }  # fmt: skip
    return sentences[found[2]] % {"n": found[1]}
