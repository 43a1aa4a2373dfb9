"""How the person wants to be reached, and what they wish: one of each in a case, kept in versions as every particular."""

from typing import Final

from nightdesk.rules.particular_field import CHOICE, CHOICES, EMAIL, PHONE, WORDS, Field, Kind

CONTACT_PLAN: Final = Kind(
    "contact_plan",
    (
        Field("call", based=False, finds="name"),
        Field("pronouns", based=False),
        Field("ways", CHOICES, of="safe_contacts", based=False),
        Field("phone", PHONE, based=False, finds="phone"),
        Field("email", EMAIL, based=False, finds="email"),
        Field("watch_for", WORDS, based=False),
    ),
    one_per_case=True,
)
WISHES: Final = Kind(
    "wishes",
    (
        Field("officer_sex", CHOICE, of="officer_sexes", based=False),
        Field("interpreter", CHOICE, of="languages", based=False),
        Field("wishes", WORDS, based=False),
    ),
    one_per_case=True,
)
