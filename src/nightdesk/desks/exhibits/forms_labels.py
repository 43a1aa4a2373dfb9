"""Which labels, on which sheet, beginning where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.exhibits.words import entry_words
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, Radios, TextInput
from nightdesk.outside.current import pack


class LabelsForm(DeskForm):
    """Exhibits to tick, the sheet in the printer, and the first place on it that is still free."""

    codes = forms.MultipleChoiceField(
        label=_("Labels for"),
        widget=Checkboxes(small=True),
        error_messages={"required": _("Tick at least one exhibit.")},
    )
    sheet = forms.ChoiceField(label=_("Sheet in the printer"), widget=Radios())
    start = forms.IntegerField(
        label=_("First free place on the sheet"), min_value=1, initial=1, widget=TextInput(width=3),
        help_text=_("Count from the top, row by row. A new sheet begins at 1."),
    )  # fmt: skip
    copies = forms.IntegerField(
        label=_("Copies of each"), min_value=1, max_value=10, initial=1, widget=TextInput(width=3)
    )

    def __init__(self, *args: Any, exhibits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = exhibits  # type: ignore[attr-defined]
        sheets = [(sheet.id, entry_words("label_sheets", sheet.id)) for sheet in pack().label_sheets]
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        self.fields["sheet"].initial = sheets[0][0]

    def clean(self) -> dict[str, Any]:
        """The first place has to be one of the sheet."""
        cleaned = super().clean() or {}
        sheet, start = pack().label_sheets.get(cleaned.get("sheet", "")), cleaned.get("start")
        if sheet and start and start > sheet.places:
            self.add_error(
                "start", _("This sheet has %(places)s places. Give one of them.") % {"places": sheet.places}
            )
        return cleaned
