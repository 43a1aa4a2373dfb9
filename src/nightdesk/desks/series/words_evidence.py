"""What each finding says in plain words: one sentence for every comparison and level (linkage/comparisons.py lists them).

A test finds a level without its sentence. `{mine}` is what the new report says, `{theirs}` what the earlier one does.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nightdesk.desks.series.words_codes import value_words
from nightdesk.rules.candidate_evidence import Found, family

SENTENCES: Final[Mapping[str, Mapping[str, Any]]] = {
    "account": {
        "same handle, same app": _("Both name the account {mine} on the same app."),
        "same handle, other app": _("Both name the account {mine}, on different apps."),
        "same stem": _("The accounts begin alike: {mine} and {theirs}."),
        "very similar": _("The accounts are almost the same: {mine} and {theirs}."),
        "similar": _("The accounts are alike: {mine} and {theirs}."),
        "differs": _("One names the account {mine}, the other {theirs}."),
    },
    "app": {
        "same": _("Both met him on the same app: {mine}."),
        "differs": _("One met him on {mine}, the other on {theirs}."),
    },
    "phone": {
        "same number": _("Both give the same phone number: {mine}."),
        "same last six or one digit out": _("The phone numbers are almost the same: {mine} and {theirs}."),
        "same last four": _("The last four digits of the phone are the same: {mine} and {theirs}."),
        "differs": _("The phone numbers differ: {mine} and {theirs}."),
    },
    "email": {
        "same": _("Both give the same e-mail address: {mine}."),
        "similar before the @": _("The e-mail addresses are alike: {mine} and {theirs}."),
        "differs": _("The e-mail addresses differ: {mine} and {theirs}."),
    },
    "name": {
        "same": _("Both say that he is called {mine}."),
        "similar": _("The names are alike: {mine} and {theirs}."),
        "differs": _("One says that he is called {mine}, the other {theirs}."),
    },
    "vehicle": {
        "plate agrees": _("What is known of the plates agrees: {mine} and {theirs}."),
        "same make and colour": _("Both saw a car of the same make and colour: {mine}."),
        "differs": _("The cars differ: {mine} and {theirs}."),
    },
    "age": {
        "within 2 years": _("Both say nearly the same age: about {mine} and about {theirs}."),
        "within 5 years": _("The ages are close: about {mine} and about {theirs}."),
        "within 10 years": _("The ages are not far apart: about {mine} and about {theirs}."),
        "more": _("One says about {mine}, the other about {theirs}, of his age."),
    },
    "height": {
        "within 3 cm": _("Both say nearly the same height: {mine} and {theirs} cm."),
        "within 8 cm": _("The heights are close: {mine} and {theirs} cm."),
        "more": _("One says that he is {mine} cm tall, the other {theirs} cm."),
    },
    "build": {
        "same": _("Both say that he is built alike: {mine}."),
        "differs": _("One says that his build is {mine}, the other {theirs}."),
    },
    "ethnicity": {
        "same": _("Both described his looks with the same word. That is true of very many people."),
        "differs": _("They described his looks with different words."),
    },
    "hair": {
        "same": _("Both describe the same hair: {mine}."),
        "differs": _("One describes his hair as {mine}, the other as {theirs}."),
    },
    "tattoo": {
        "two marks shared": _("Both saw the same mark in the same place: {mine}."),
        "one mark shared": _("One thing about a mark is the same: {mine} and {theirs}."),
        "none shared": _("The marks differ: {mine} and {theirs}."),
    },
    "time": {
        "within 1 days": _("Both were on the same day or the next."),
        "within 14 days": _("They were within two weeks of each other."),
        "within 90 days": _("They were within three months of each other."),
        "within 365 days": _("They were within a year of each other."),
        "within 1095 days": _("They were within three years of each other."),
        "more": _("They were more than three years apart."),
    },
    "drug": {
        "same": _("Both tell of the same substance: {mine}."),
        "differs": _("One tells of {mine}, the other of {theirs}."),
    },
    "delivery": {
        "same": _("It was given in the same way: {mine}."),
        "differs": _("It was given in different ways: {mine} and {theirs}."),
    },
    "venue": {
        "same": _("It was in the same kind of place: {mine}."),
        "differs": _("It was in different kinds of place: {mine} and {theirs}."),
    },
    "did": {
        "in both": _("Both tell of this: {mine}."),
        "in one only": _("Only one of them tells of this: {mine}."),
    },
}  # fmt: skip
SETTINGS: Final = {
    "home": (
        _("His home is in the same place in both, as near as it is known: within {km} km."),
        _("His home is not in the same place: more than {km} km apart."),
    ),
    "perhaps": (_("The places are within {km} km of each other."), _("The places are more than {km} km apart.")),
    "elsewhere": (
        _("Both were away from his home, within {km} km of each other."),
        _("They were away from his home, more than {km} km apart."),
    ),
}  # fmt: skip
FARTHEST: Final = "120"
# What is alike is how far apart the two are: that others name one of the days says nothing.
OF_TWO: Final = ("time",)


def sentence(one: Found) -> str:
    """What a finding says, and how many other reports say the same where both say one thing."""
    mine, theirs = _values(one)
    said = str(_wording(one)).format(mine=mine, theirs=theirs, km=_km(one.level))
    if one.others is None or one.bits <= 0 or one.comparison in OF_TWO or one.mine != one.theirs:
        return said
    if not one.others:
        return f"{said} {_now('No other report does.')}"
    more = ngettext("{count} other report does.", "{count} other reports do.", one.others)
    return f"{said} {more.format(count=one.others)}"


def has_words(comparison: str, level: str) -> bool:
    """Whether the table has a sentence of its own for this."""
    if family(comparison) == "place":
        return comparison.split("_")[1] in SETTINGS and (level == "farther" or level.startswith("within "))
    return level in SENTENCES.get(family(comparison), {})


def _wording(one: Found) -> Any:
    if family(one.comparison) == "place":
        near, far = SETTINGS.get(one.comparison.split("_")[1], SETTINGS["perhaps"])
        return far if one.level == "farther" else near
    by_level = SENTENCES.get(family(one.comparison), {})
    fallback = _("Both say: {mine}.") if one.bits > 0 else _("One says {mine}, the other {theirs}.")
    return by_level.get(one.level, fallback)


def _values(one: Found) -> tuple[str, str]:
    """Both values in words; a side that was left empty is said to be so, and never shown as a gap."""
    about = family(one.comparison)
    code = one.comparison.removeprefix("did_")
    if about == "did":
        return value_words("did", code), value_words("did", code)
    mine, theirs = value_words(about, one.mine), value_words(about, one.theirs)
    unknown = _now("not said")
    return mine or theirs or unknown, theirs or mine or unknown


def _km(level: str) -> str:
    """The ring of a place: “within 1.2 km” is 1.2."""
    return level.removeprefix("within ").removesuffix(" km") if level.startswith("within ") else FARTHEST
