"""The form of a question to everything that was told: facts as far as they are known, and why it is asked."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import DayField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, DateParts, Select, Textarea, TextInput
from nightdesk.desks.series import deaths_words
from nightdesk.desks.series.explore_words import BEHAVIOURS, FACTS
from nightdesk.rules import link_code
from nightdesk.rules.exploration import DAY, LISTS, LONGEST_REASON, NUMBERS, TEXTS

PARTS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("Who"), ("handle", "platform", "phone", "name_used", "email", "age")),
    (_("Where and when"), ("place_words", "postcode", "venue", "act_on")),
    (_("Drug"), ("drug", "delivery")),
    (_("Car and tattoo"), ("vehicle_make", "vehicle_colour", "vehicle_plate", "tattoo_site", "tattoo_motif")),
)
HINTS: Final[dict[str, Any]] = {
    "place_words": _("A street, a building, a park."),
    "age": _("A guess is enough."),
    "vehicle_make": _("Make and colour count together."),
}


def choices_of(name: str) -> list[tuple[str, str]]:
    """(code that linkage compares, words) of a chosen fact; codes that it compares as one are offered once."""
    if name == "delivery":
        return deaths_words.choices_of(name)
    section, as_compared = {
        "platform": ("app", lambda code: code), "venue": ("place_kind", link_code.venue), "drug": ("drug", link_code.drug),
    }[name]  # fmt: skip
    found: dict[str, str] = {}
    for code, words in deaths_words.choices_of(section):
        found.setdefault(as_compared(code), words)
    return list(found.items())


def _control(name: str) -> forms.Field:
    asked: dict[str, Any] = {"label": FACTS[name], "required": False, "help_text": HINTS.get(name, "")}
    if name == DAY:
        return DayField(widget=DateParts(), **asked)
    if name in LISTS:
        return forms.MultipleChoiceField(
            choices=[(code, BEHAVIOURS[code]) for code in link_code.BEHAVIOURS],
            widget=Checkboxes(small=True),
            **asked,
        )
    if name in NUMBERS:
        least, most = NUMBERS[name]
        box = TextInput(attrs={"inputmode": "numeric"}, width=3)
        return forms.IntegerField(min_value=least, max_value=most, widget=box, **asked)
    if name in TEXTS:
        narrow = name in ("postcode", "vehicle_plate", "vehicle_make", "vehicle_colour")
        return Text(
            max_length=TEXTS[name],
            widget=TextInput(attrs={"dir": "auto"}, width=10 if narrow else ""),
            **asked,
        )
    return forms.ChoiceField(choices=[("", "–"), *choices_of(name)], widget=Select(), **asked)


class ExploreForm(DeskForm):
    """Facts, and why. It is sent in the body of a request, never in an address."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = Text(
        label=_("Why do you ask?"), max_length=LONGEST_REASON, widget=Textarea(rows=2, attrs={"dir": "auto"}),
        help_text=_("The case or line of enquiry. It is kept sealed with the question, and that you asked is noted."),
        error_messages={"required": _("Say in a few words why you ask: a case, a line of enquiry.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, key: UUID | None = None) -> None:
        super().__init__(data, initial={"key": key})
        self.fields |= {name: _control(name) for _heading, names in PARTS for name in names}
        self.fields |= {name: _control(name) for name in LISTS}

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The headings with their controls."""
        return [(heading, [self[name] for name in names]) for heading, names in PARTS]

    def facts(self) -> dict[str, Any]:
        """What a valid form says, as linkage is told it."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "reason")}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()
        }
