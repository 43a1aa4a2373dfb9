"""The controls of one field of a particular, and what they show at first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.widgets import (
    Checkboxes,
    MomentParts,
    PhoneInput,
    Select,
    Textarea,
    TextInput,
)
from nightdesk.outside.current import pack
from nightdesk.rules.particular_answer import codes_of
from nightdesk.rules.particular_field import (
    CHOICE,
    CHOICES,
    LINES,
    MOST_LINES,
    PHONE,
    RANGE,
    WORDS,
    Answer,
    Field,
    Kind,
    Values,
)
from nightdesk.rules.terms import GIVEN

ENDS: Final = ("earliest", "latest")


def choice_words(field: Field, kept: Answer | None = None) -> list[tuple[str, str]]:
    """(code, words) of a chosen field, in the language of the page; what is `kept` from an older pack is offered too."""
    now = _choices_now(field)
    value = kept.value if kept is not None else ""
    older = [
        code for code in (value if isinstance(value, tuple) else (value,)) if code and code not in dict(now)
    ]
    return [*now, *((code, code.replace("_", " ")) for code in older)]


def _choices_now(field: Field) -> list[tuple[str, str]]:
    if not field.of:
        return [(code, str(words.CHOICES[code])) for code in field.choices]
    section = getattr(pack(), field.of)
    return [(code, section[code].text_in(get_language() or "en")) for code in codes_of(pack(), field)]


def controls(kind: Kind, field: Field, kept: Answer | None = None) -> dict[str, forms.Field]:
    """The form fields of one field, by name; `kept` is what it says so far."""
    label, hint = words.field_word(kind.code, field.name), words.field_hint(kind.code, field.name)
    if field.type == RANGE:
        return _range(field.name, label)
    asked: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    if field.type == CHOICE:
        chosen: forms.Field = forms.ChoiceField(
            choices=[("", "–"), *choice_words(field, kept)], widget=Select(), **asked
        )
    elif field.type == CHOICES:
        chosen = forms.MultipleChoiceField(
            choices=choice_words(field, kept), widget=Checkboxes(small=True), **asked
        )
    else:
        chosen = _text(field, asked)
    return {field.name: chosen}


def _text(field: Field, asked: dict[str, Any]) -> forms.Field:
    attrs = {"dir": "auto"}
    if field.type in (WORDS, LINES):
        longest = field.longest * (MOST_LINES if field.type == LINES else 1)
        return Text(max_length=longest, widget=Textarea(rows=3, attrs=attrs), **asked)
    box = PhoneInput(width=20) if field.type == PHONE else TextInput(attrs=attrs)
    return Text(max_length=field.longest, widget=box, **asked)


def _range(name: str, label: str) -> dict[str, forms.Field]:
    language = get_language() or "en"
    quick = [(time.id, time.text_in(language)) for time in pack().times]
    return {
        f"{name}_quick": forms.ChoiceField(
            label=_("%(field)s, counted from now") % {"field": label}, choices=[("", "–"), *quick], required=False,
            widget=Select(),
        ),
        f"{name}_earliest": MomentField(label=_("Not before"), required=False, widget=MomentParts()),
        f"{name}_latest": MomentField(
            label=_("Not after"), required=False, widget=MomentParts(), end="latest",
            help_text=_("One guessed time is never kept: say between which times."),
        ),
    }  # fmt: skip


def control_names(field: Field) -> Sequence[str]:
    """The names of the form fields of one field."""
    if field.type != RANGE:
        return (field.name,)
    return (f"{field.name}_quick", *(f"{field.name}_{end}" for end in ENDS))


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def first_shown(kind: Kind, values: Values) -> dict[str, Any]:
    """What the controls show of these answers."""
    shown: dict[str, Any] = {}
    for field in kind.fields:
        answer = values.get(field.name)
        if answer is None:
            continue
        shown[f"{field.name}_known"] = answer.basis if answer.state == GIVEN else answer.state
        if answer.state != GIVEN:
            continue
        if field.type == RANGE:
            for end, moment in zip(ENDS, answer.value, strict=False):
                shown[f"{field.name}_{end}"] = datetime.fromisoformat(moment) if moment else None
        else:
            shown[field.name] = "\n".join(answer.value) if field.type == LINES else answer.value
    return shown
