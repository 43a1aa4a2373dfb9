"""Forms of the stores: a new one, a fault, a file of temperatures."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.exhibits.words import FAULTS, entry_words
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import MomentParts, Radios, Select, TextInput
from nightdesk.rules.store import BY_PEOPLE
from nightdesk.rules.terms import STORE_KINDS

KEPT_BYTES = 500_000  # a checked file of this size is sent along; a larger one is chosen again


class StoreForm(DeskForm):
    """A new store."""

    station = forms.ChoiceField(label=_("Station"), widget=Select())
    code = Text(
        label=_("Code"), max_length=20, widget=TextInput(width=10),
        help_text=_("On its door, and in the files of its thermometer: HL-F1."),
    )  # fmt: skip
    name = Text(
        label=_("Name"),
        max_length=100,
        help_text=_("As people call it: Fridge 1, custody corridor."),
        widget=TextInput(width=20),
    )
    kind = forms.ChoiceField(label=_("What is it?"), widget=Radios())
    capacity = forms.IntegerField(
        label=_("How many exhibits does it hold?"), min_value=1, max_value=100_000, widget=TextInput(width=5)
    )

    def __init__(self, *args: Any, stations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].choices = stations  # type: ignore[attr-defined]
        kinds = [(kind, entry_words("store_kinds", kind)) for kind in STORE_KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class FaultForm(DeskForm):
    """What somebody saw."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"), choices=[(kind, FAULTS[kind]) for kind in BY_PEOPLE], widget=Radios()
    )
    starts_at = MomentField(
        label=_("Since when?"), required=False, help_text=_("Empty means now."), widget=MomentParts()
    )


class ReadingsForm(DeskForm):
    """A file of temperatures, chosen now or checked before."""

    file = forms.FileField(
        label=_("File of temperatures"), required=False,
        help_text=_("CSV: code of the store, time, degrees Celsius. One reading a line."),
        widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.txt,text/csv,text/plain"}),
    )  # fmt: skip
    checked = forms.CharField(required=False, max_length=KEPT_BYTES * 2, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`raw`: the bytes of the file, chosen or sent along."""
        cleaned = super().clean() or {}
        chosen, checked = cleaned.get("file"), cleaned.get("checked")
        if chosen is None and not checked:
            raise ValidationError(_("Choose the file that the thermometer wrote."))
        try:
            cleaned["raw"] = chosen.read() if chosen else base64.b64decode(checked or "", validate=True)
        except binascii.Error:
            raise ValidationError(_("Choose the file once more.")) from None
        return cleaned


def sent_along(raw: bytes) -> str:
    """The file as a hidden field; "" when it is too large for that."""
    return base64.b64encode(raw).decode() if len(raw) <= KEPT_BYTES else ""
