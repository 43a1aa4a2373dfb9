"""Forms of further offences: one added, one withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Select, Textarea, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.recording import LONGEST_POLICE_NUMBER
from nightdesk.rules.related_offence import LONGEST_WORDS, Added


class RelatedForm(DeskForm):
    """A further offence, chosen by a person."""

    offence_class = forms.ChoiceField(label=_("Offence"), widget=Select())
    police_number = Text(
        label=_("Crime number in the force’s own system"), required=False, max_length=LONGEST_POLICE_NUMBER,
        widget=TextInput(width=20),
    )  # fmt: skip
    why = Text(
        label=_("What it rests on"), max_length=LONGEST_WORDS, widget=Textarea(rows=3, attrs={"dir": "auto"}),
        help_text=_("In a few words. It is sealed."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen}, **kwargs)
        classes = [(entry.id, f"{entry.code} {entry.label}") for entry in pack().related_classes]
        self.fields["offence_class"].choices = [("", _("Choose")), *classes]  # type: ignore[attr-defined]

    def added(self) -> Added:
        """What a valid form says."""
        found = self.cleaned_data
        return Added(found["offence_class"], found["why"].strip(), found["police_number"])


class EndForm(DeskForm):
    """Why a further offence is withdrawn."""

    why = Text(
        label=_("Why it is withdrawn"),
        max_length=LONGEST_WORDS,
        widget=Textarea(rows=2, attrs={"dir": "auto"}),
    )
