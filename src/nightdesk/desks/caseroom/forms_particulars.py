"""The form of one particular, of whatever kind: each field with what it rests on, or why there is no answer."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.particulars import LONGEST_WHY, SAY_WHY
from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.caseroom.forms_particular_fields import ENDS, control_names, controls, first_shown, lines
from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Radios, Select, Textarea
from nightdesk.outside.current import pack
from nightdesk.rules.particular_field import (
    CHOICES,
    LINES,
    MOST_LINES,
    RANGE,
    TOLD,
    Answer,
    Field,
    Kind,
    Value,
    Values,
    given,
    no_value,
)
from nightdesk.rules.quick_time import quick_range
from nightdesk.rules.terms import DONT_KNOW, RATHER_NOT

STATES: Final = (DONT_KNOW, RATHER_NOT)
EITHER: Final = _("There is an answer here and a reason why there is none. Keep one of the two.")
CHOOSE_BASIS: Final = _("Choose what most of this rests on.")


class Why(Text):
    """Why something is corrected, withdrawn or taken back: sealed beside it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Textarea(rows=2, attrs={"dir": "auto"})
        super().__init__(max_length=LONGEST_WHY, widget=widget, **kwargs)


class ParticularForm(DeskForm):
    """All fields of a kind. A quick answer to *when* counts back from `now`; `values` fill the form at first.

    `seen`: the version it starts from, 0 for a new entry; `key`: the id of the entry.
    """

    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(
        self, data: Any = None, *, kind: Kind, now: datetime, key: UUID, seen: int = 0, values: Values | None = None
    ) -> None:  # fmt: skip
        self.kind, self.now = kind, now
        shown = {"seen": seen, "key": key, "basis": TOLD} | first_shown(kind, values or {})
        super().__init__(data, initial=shown)
        if any(field.based for field in kind.fields):
            self.fields["basis"] = _basis()
        for field in kind.fields:
            self.fields |= controls(kind, field, (values or {}).get(field.name))
            self.fields[f"{field.name}_known"] = _known(kind, field)
        if seen and not kind.one_per_case:
            self.fields["why"] = Why(label=_("Why is it corrected?"), error_messages={"required": SAY_WHY})

    def pairs(self) -> list[dict[str, Any]]:
        """The controls of each field, with the one that says what it rests on."""
        return [
            {
                "controls": [self[name] for name in control_names(field)],
                "known": self[f"{field.name}_known"],
            }
            for field in self.kind.fields
        ]

    def clean(self) -> dict[str, Any]:
        """A value and a reason why there is none do not go together."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.kind.fields:
            if field.type == LINES:
                self._check_lines(field)
            if field.type == RANGE:
                self._check_range(field)
            if self._value(field) and self.cleaned_data.get(f"{field.name}_known") in STATES:
                self.add_error(f"{field.name}_known", EITHER)
        return found

    def _check_lines(self, field: Field) -> None:
        typed = lines(self.cleaned_data.get(field.name) or "")
        if any(len(line) > field.longest for line in typed):
            self.add_error(field.name, _("One line is longer than 300 characters. Say it in fewer."))
        elif len(typed) > MOST_LINES:
            self.add_error(field.name, _("These are more than 20 lines. Make a second entry for the rest."))

    def _check_range(self, field: Field) -> None:
        names = [f"{field.name}_{end}" for end in ENDS]
        first, last = (self.cleaned_data.get(name) for name in names)
        if last and last > self.now and timezone.localdate(last) == timezone.localdate(self.now):
            last = self.cleaned_data[names[1]] = self.now  # "today" means until now
        if first and last and first > last:
            self.add_error(names[1], _("The latest time lies before the earliest."))
        for name, moment in zip(names, (first, last), strict=True):
            if moment and moment > self.now:
                self.add_error(name, _("That time lies ahead. Give a time that has been."))

    def _value(self, field: Field) -> Value:
        if field.type == RANGE:
            return self._range(field)
        value = self.cleaned_data.get(field.name) or ""
        if field.type == LINES:
            return tuple(lines(value))
        return tuple(value) if field.type == CHOICES else value.strip()

    def _range(self, field: Field) -> tuple[str, ...]:
        ends = [self.cleaned_data.get(f"{field.name}_{end}") for end in ENDS]
        quick = self.cleaned_data.get(f"{field.name}_quick")
        if quick and not any(ends):
            ends = list(quick_range(pack().times[quick], self.now, timezone.get_current_timezone()))
        return tuple(end.isoformat() if end else "" for end in ends) if any(ends) else ()

    def values(self) -> dict[str, Answer]:
        """What a valid form says."""
        return {field.name: self._answer(field) for field in self.kind.fields}

    def _answer(self, field: Field) -> Answer:
        known, value = self.cleaned_data[f"{field.name}_known"], self._value(field)
        if not value:
            return no_value(known)
        return given(value, (known or self.cleaned_data["basis"]) if field.based else "")


def _basis() -> forms.Field:
    return forms.ChoiceField(
        label=_("What does most of this rest on?"), choices=list(words.BASES.items()), widget=Radios(small=True),
        help_text=_("Facts and opinions are kept apart. Where one answer rests on something else, say so beside it."),
        error_messages={"required": CHOOSE_BASIS, "invalid_choice": CHOOSE_BASIS},
    )  # fmt: skip


def _known(kind: Kind, field: Field) -> forms.Field:
    bases = list(words.BASES.items()) if field.based else []
    nothing = _("As said above, or not asked") if field.based else _("As answered, or not asked")
    label = _("%(field)s: how known")
    return forms.ChoiceField(
        label=label % {"field": words.field_word(kind.code, field.name)}, required=False, widget=Select(),
        choices=[("", nothing), *bases, *((state, words.STATES[state]) for state in STATES)],
    )  # fmt: skip
