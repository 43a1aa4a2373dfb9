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
from nightdesk.desks.series.explore_words import BEHAVIOURS, BUILDS, FACTS, HAIRS, NO_ESTIMATE
from nightdesk.rules import link_code
from nightdesk.rules.estimate import NoEstimate, estimate
from nightdesk.rules.exploration import DAY, LISTS, LONGEST_REASON, NUMBERS, TEXTS

WHO: Final = ("handle", "platform", "phone", "name_used", "email")
PARTS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (
        _("How he looked: age, height, build, hair, tattoo"),
        ("age", "height_cm", "build", "hair", "tattoo_site", "tattoo_motif"),
    ),
    (_("Where and when"), ("place_words", "postcode", "venue", "act_on")),
    (_("Drug, and how it was given"), ("drug", "delivery")),
    (_("His car"), ("vehicle_make", "vehicle_colour", "vehicle_plate")),
    (_("What he did"), LISTS),
)
HINTS: Final[dict[str, Any]] = {
    "place_words": _("A street, a building, a park."),
    "age": _("A guess is enough: 35, or 30 to 40. A range counts as its middle."),
    "height_cm": _("A guess is enough: 178, 5 ft 10, or 175 to 185. A range counts as its middle."),
    "vehicle_make": _("Make and colour count together."),
}


OF_HIM: Final = {"build": BUILDS, "hair": HAIRS}


class Estimate(Text):
    """A figure or a range, cleaned to a whole number; what was typed stays in the box."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(max_length=40, widget=TextInput(width=10), **options)
        self.name = name

    def clean(self, value: Any) -> Any:
        """Years or centimetres, None for nothing."""
        told = super().clean(value)
        try:
            return estimate(self.name, told) if told else None
        except NoEstimate as refusal:
            raise forms.ValidationError(NO_ESTIMATE[self.name, refusal.wide]) from refusal


def choices_of(name: str) -> list[tuple[str, str]]:
    """(code that linkage compares, words) of a chosen fact; codes that it compares as one are offered once."""
    if name == "delivery":
        return deaths_words.choices_of(name)
    if name in OF_HIM:
        return [(code, str(words)) for code, words in OF_HIM[name].items()]
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
        return Estimate(name, **asked)
    if name in TEXTS:
        narrow = name in ("postcode", "vehicle_plate", "vehicle_make", "vehicle_colour")
        return Text(
            max_length=TEXTS[name],
            widget=TextInput(attrs={"dir": "auto"}, width=10 if narrow else 30),
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
        self.fields |= {
            name: _control(name) for name in (*WHO, *(each for _said, part in PARTS for each in part))
        }

    def who(self) -> list[Any]:
        """The controls that are always open: what tells a man apart best."""
        return [self[name] for name in WHO]

    def parts(self) -> list[tuple[Any, list[Any], bool]]:
        """The other groups: heading, controls, and whether it stands open, because something in it is filled or wrong."""
        return [(said, [self[name] for name in names], any(map(self._used, names))) for said, names in PARTS]

    def _used(self, name: str) -> bool:
        field, box = self.fields[name], self[name]
        return name in self.errors or (self.is_bound and bool(field.has_changed(None, box.data)))

    def facts(self) -> dict[str, Any]:
        """What a valid form says, as linkage is told it."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "reason")}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()
        }
