"""What the answers about a death are called, and what each says, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nightdesk.outside.current import pack
from nightdesk.rules.death import CHOICES, MARKER, NO, TIMES, YES

FIELDS: Final[Mapping[str, Any]] = {
    "earliest": _("Not before"),
    "latest": _("Not after"),
    "where": _("Where they were found"),
    "postcode": _("Postcode, or a part of it"),
    "place_kind": _("Kind of place"),
    "age": _("Their age, if known or guessed"),
    "app": _("App or site they met somebody by"),
    "handle": _("What they were called there"),
    "phone_end": _("Last digits of their phone number"),
    "met_name": _("Name that the other man used"),
    "met_handle": _("What the other man was called on the app"),
    "met_phone": _("Phone number of the other man, or a part of it"),
    "drug": _("Drug that is suspected or was found"),
    "delivery": _("How it was taken or given"),
    "words": _("Anything else, in a few words"),
    "coroner_number": _("The coroner’s number"),
}
DELIVERIES: Final[Mapping[str, Any]] = {
    "spiked_drink": _("In a drink, without their knowing"),
    "syringe_oral": _("With a syringe, into the mouth"),
    "shot_measured": _("Measured, as a shot"),
    "told_water_g": _("They were told that it was water"),
    "tablet_covert": _("As a tablet, without their knowing"),
    "offered_as_lube": _("Offered as lubricant"),
    "douched": _("Into the bottom"),
    "injected": _("Injected"),
    "snorted": _("Snorted"),
    "vaped": _("Smoked or vaped"),
}
SOURCES: Final[Mapping[str, Any]] = {
    "counter": _("At a counter or by an officer"),
    "coroner": _("By the coroner’s officer"),
    "import": _("From a coroner’s file"),
}
SAID: Final[Mapping[str, Any]] = {
    YES: pgettext_lazy("answer", "Yes"),
    NO: pgettext_lazy("answer", "No"),
    "": pgettext_lazy("answer", "Not asked"),
}


def choices_of(name: str) -> list[tuple[str, str]]:
    """(code, words) of a chosen answer, in the language of the page."""
    if name == "delivery":
        return [(code, str(words)) for code, words in DELIVERIES.items()]
    section = getattr(pack(), CHOICES[name])
    if name == "drug":
        return [(one.id, one.label) for one in section]
    return [(one.id, one.text_in(get_language() or "en")) for one in section]


def field_words(name: str) -> str:
    """What a field or a marker is called."""
    if name.startswith(MARKER):
        found = pack().death_markers.get(name.removeprefix(MARKER))
        return found.text_in(get_language() or "en") if found else name.removeprefix(MARKER).replace("_", " ")
    return str(FIELDS[name])


def value_words(name: str, value: str) -> str:
    """What an answer says; a code that an older pack had is shown as it is."""
    if name.startswith(MARKER):
        return str(SAID.get(value, value))
    if not value:
        return "–"
    if name in TIMES:
        local = timezone.localtime(datetime.fromisoformat(value))
        return f"{date_format(local, 'j M Y')}, {local:%H:%M}"
    if name in CHOICES or name == "delivery":
        return dict(choices_of(name)).get(value, value.replace("_", " "))
    return value
