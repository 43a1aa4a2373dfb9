"""The kinds of particular and their fields, as data: people in separate roles, objects, places, events; plan and wishes.

POLE: persons, objects, locations, events (NPCC catalogue, field reference 7). Victim, witness and suspect are never mixed in
one list: the same human may have two entries (Data Protection Act 2018, section 38; field reference 5.1).
"""

from typing import Final

from nightdesk.rules.particular_contact import CONTACT_PLAN, WISHES
from nightdesk.rules.particular_field import CHOICE, EMAIL, LINES, PHONE, RANGE, WORDS, Field, Kind

VICTIM: Final = "victim"
WITNESS: Final = "witness"
SUSPECT: Final = "suspect"
ROLES: Final = (VICTIM, WITNESS, SUSPECT)

AGES: Final = (
    "under_13", "13_to_15", "16_to_17", "18_to_24", "25_to_34", "35_to_44", "45_to_54", "55_to_64", "65_and_over",
)  # fmt: skip
HEIGHTS: Final = ("under_160", "160_to_169", "170_to_179", "180_to_189", "190_and_over")  # centimetres
BUILDS: Final = ("slim", "medium", "heavy", "muscular")
KNOWN: Final = (
    "stranger", "met_by_app", "met_out", "acquaintance", "friend", "partner", "ex_partner", "family", "lives_with",
    "from_work", "in_charge",
)  # fmt: skip
USES: Final = ("happened", "met", "taken_to", "lives", "hosts", "other")
PRECISIONS: Final = ("exact", "building", "street", "area", "unknown")

PERSON: Final = Kind(
    "person",
    (
        Field("call", finds="name"),
        Field("names", LINES, finds="name"),
        Field("nickname", finds="name"),
        Field("pronouns"),
        Field("age", CHOICE, AGES),
        Field("height", CHOICE, HEIGHTS),
        Field("build", CHOICE, BUILDS),
        Field("looks", WORDS),
        Field("phone", PHONE, finds="phone"),
        Field("platform", CHOICE, of="platforms"),
        Field("handle", finds="handle"),
        Field("email", EMAIL, finds="email"),
        Field("address", WORDS, finds="place"),
        Field("known", CHOICE, KNOWN),
        Field("notes", WORDS),
    ),
    roles=ROLES,
)
OBJECT: Final = Kind(
    "object",
    (
        Field("sort", CHOICE, of="object_kinds"),
        Field("what"),
        Field("plate", finds="plate"),
        Field("phone", PHONE, finds="phone"),
        Field("platform", CHOICE, of="platforms"),
        Field("handle", finds="handle"),
        Field("numbers", LINES),
        Field("looks", WORDS),
        Field("now_where"),
        Field("notes", WORDS),
    ),
)
PLACE: Final = Kind(
    "place",
    (
        Field("use", CHOICE, USES),
        Field("setting", CHOICE, of="place_kinds"),
        Field("venue", finds="place"),
        Field("address", WORDS, finds="place"),
        Field("postcode", finds="place"),
        Field("precision", CHOICE, PRECISIONS),
        Field("notes", WORDS),
    ),
)
EVENT: Final = Kind(
    "event",
    (
        Field("what", WORDS),
        Field("happened", RANGE, finds="date"),
        Field("where", finds="place"),
        Field("notes", WORDS),
    ),
)

POLE: Final = (PERSON, OBJECT, PLACE, EVENT)
KINDS: Final = {kind.code: kind for kind in (*POLE, CONTACT_PLAN, WISHES)}
ONE_PER_CASE: Final = tuple(kind.code for kind in KINDS.values() if kind.one_per_case)
