"""English words of a hand-over pack for the entries of a case: sorts, fields, choices, what a value rests on, links.

A pack is English whatever language a desk is read in. A test holds them to the words of the desks
(desks/caseroom/particular_words.py), so that an officer finds in the pack what stood on the page.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.particular_field import OPINION, RECORD, SEEN, TOLD

SORTS: Final[Mapping[str, str]] = {
    "victim": "Victim", "witness": "Witness", "suspect": "Suspect", "object": "Object", "place": "Place",
    "event": "Event",
}  # fmt: skip
# by name, or by kind and name where the word differs
FIELDS: Final[Mapping[str, str]] = {
    "call": "A name to call them by",
    "names": "Names told",
    "nickname": "Nickname, or name on an app",
    "pronouns": "Pronouns",
    "age": "Age",
    "height": "Height",
    "build": "Build",
    "looks": "What else they look like",
    "phone": "Phone",
    "platform": "App",
    "handle": "Handle",
    "email": "E-mail",
    "address": "Address",
    "known": "How the victim knows them",
    "notes": "Anything else",
    "object.sort": "Kind of object",
    "object.what": "What it is, in a few words",
    "object.phone": "Phone number that belongs to it",
    "object.platform": "App it belongs to",
    "object.handle": "Handle or account name",
    "object.looks": "What it looks like",
    "plate": "Registration mark",
    "numbers": "Other numbers and marks",
    "now_where": "Where it is now",
    "use": "What this place is",
    "setting": "Kind of place",
    "venue": "Name of the place",
    "postcode": "Postcode",
    "precision": "How exactly the place is known",
    "event.what": "What happened",
    "happened": "When",
    "where": "Where, in words",
}
CHOICES: Final[Mapping[str, str]] = {
    "under_13": "Under 13", "13_to_15": "13 to 15", "16_to_17": "16 or 17", "18_to_24": "18 to 24",
    "25_to_34": "25 to 34", "35_to_44": "35 to 44", "45_to_54": "45 to 54", "55_to_64": "55 to 64",
    "65_and_over": "65 or over",
    "under_160": "Under 160 cm (5 ft 3)", "160_to_169": "160 to 169 cm (5 ft 3 to 5 ft 6)",
    "170_to_179": "170 to 179 cm (5 ft 7 to 5 ft 10)", "180_to_189": "180 to 189 cm (5 ft 11 to 6 ft 2)",
    "190_and_over": "190 cm or over (6 ft 3)",
    "slim": "Slim", "medium": "Medium", "heavy": "Heavy", "muscular": "Muscular",
    "stranger": "A stranger", "met_by_app": "Met by an app or a site", "met_out": "Met when out",
    "acquaintance": "An acquaintance", "friend": "A friend", "partner": "Their partner",
    "ex_partner": "A former partner", "family": "Family", "lives_with": "Lives with them",
    "from_work": "From work or study", "in_charge": "Somebody in charge: a carer, teacher, landlord, officer",
    "happened": "Where it happened", "met": "Where they met", "taken_to": "Where somebody was taken",
    "lives": "Where somebody lives", "hosts": "Where somebody hosts", "other": "Somewhere else",
    "exact": "The exact address", "building": "The building", "street": "The street",
    "area": "The area only", "unknown": "Not known",
    "yes": "Yes", "no": "No",
    "action": "Police action", "not_now": "No police action now", "health_only": "Health care only",
    "undecided": "Has not decided",
}  # fmt: skip
BASES: Final[Mapping[str, str]] = {
    TOLD: "Somebody told us",
    SEEN: "An officer saw it",
    RECORD: "It stands in a record, a message or a picture",
    OPINION: "An officer’s opinion",
}
LINKS: Final[Mapping[str, str]] = {
    "used": "Used", "owns": "Owns or has", "was_at": "Was there", "lives_at": "Lives or stays at",
    "was_in": "Was in this place", "knows": "Knows", "same_as": "The same human as", "used_in": "Used in",
    "found_at": "Found at", "happened_at": "Happened at", "came_before": "Came before",
}  # fmt: skip
# Where a case stands, as somebody outside may read it: who looks at what inside is nobody's business.
STATES: Final[Mapping[str, str]] = {
    "open": "Waits for a specialist officer", "with_soit": "With a specialist officer",
    "investigating": "Being investigated", "asked_to_close": "Being investigated", "sent_back": "Being investigated",
    "closed": "Closed. It can be opened again at any time", "reopened": "Opened again",
}  # fmt: skip


def field_words(kind: str, name: str) -> str:
    """What a field of a kind is called."""
    return FIELDS.get(f"{kind}.{name}") or FIELDS[name]
