"""How the person wants to be reached, and what they wish: one of each in a case, kept in versions as every particular."""

from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from nightdesk.rules.contact import ANY_TIME, NO, THESE_TIMES, YES
from nightdesk.rules.contact_words import HoursUnreadable, hours_of
from nightdesk.rules.pack_contact import NO_CONTACT
from nightdesk.rules.particular_field import (
    CHOICE,
    CHOICES,
    EMAIL,
    LINES,
    NOTHING,
    PHONE,
    WORDS,
    Field,
    Kind,
    ParticularRefused,
    Values,
)
from nightdesk.rules.terms import GIVEN

ZONES: Final = {name.casefold(): name for name in available_timezones()}
ACTION: Final = "action"
POLICE: Final = (ACTION, "not_now", "health_only", "undecided")


def zone_named(text: str) -> ZoneInfo:
    """The time zone that people write, such as “Europe/Madrid” or “america/new york”. Raises ParticularRefused."""
    name = ZONES.get("_".join(text.split()).casefold())
    if name is None:
        raise ParticularRefused(
            f"There is no time zone “{text.strip()[:40]}”. Write a region and a city, such as Europe/Madrid."
        )
    return ZoneInfo(name)


def refuse_plan(values: Values) -> None:
    """Raise ParticularRefused for a plan that contradicts itself, or whose hours or time zone nobody could check."""
    hours, when = values.get("hours", NOTHING).value, values.get("when", NOTHING).value
    try:
        windows = hours_of(hours if isinstance(hours, tuple) else ())
    except HoursUnreadable as refusal:
        raise ParticularRefused(str(refusal)) from refusal
    if when == THESE_TIMES and not windows:
        raise ParticularRefused("Write the safe times, one line each, such as: Mon-Fri 9-17.")
    if windows and when != THESE_TIMES:
        raise ParticularRefused(
            "There are safe times, but not the answer that only they are safe. Choose it, or clear them."
        )
    if zone := values.get("zone", NOTHING).value:
        zone_named(str(zone))
    ways = values.get("ways", NOTHING).value
    if NO_CONTACT in ways and len(ways) > 1:
        raise ParticularRefused("“No contact” stands beside ways of contact. Keep one of the two.")


CONTACT_PLAN: Final = Kind(
    "contact_plan",
    (
        Field("call", based=False, finds="name"),
        Field("pronouns", based=False),
        Field("language", CHOICE, of="languages", based=False),
        Field("interpreter", CHOICE, (YES, NO), based=False),
        Field("ways", CHOICES, of="safe_contacts", based=False),
        Field("phone", PHONE, based=False, finds="phone"),
        Field("email", EMAIL, based=False, finds="email"),
        Field("handle", based=False, finds="handle"),
        Field("address", WORDS, based=False, finds="place"),
        Field("when", CHOICE, (ANY_TIME, THESE_TIMES), based=False),
        Field("hours", LINES, based=False),
        Field("zone", based=False),
        Field("others_answer", CHOICE, (YES, NO), based=False),
        Field("others_read", CHOICE, (YES, NO), based=False),
        Field("if_other", WORDS, based=False),
        Field("message", CHOICE, (YES, NO), based=False),
        Field("keep_from", WORDS, based=False),
        Field("watch_for", WORDS, based=False),
        Field("access", WORDS, based=False),
    ),
    one_per_case=True,
    refuse=refuse_plan,
)
WISHES: Final = Kind(
    "wishes",
    (
        Field("police", CHOICE, POLICE, based=False),
        Field("with_them", based=False),
        Field("officer_sex", CHOICE, of="officer_sexes", based=False),
        Field("community", CHOICE, (YES, NO), based=False),
        Field("may_be_told", WORDS, based=False),
        Field("not_wanted", WORDS, based=False),
        Field("wishes", WORDS, based=False),
    ),
    one_per_case=True,
)


def is_for_police(wishes: Values) -> bool:
    """Whether these wishes say that the police may act."""
    answer = wishes.get("police", NOTHING)
    return answer.state == GIVEN and answer.value == ACTION
