"""Forms of reports of being turned away, as staff fill them in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, Radios, Select, Textarea, TextInput
from nightdesk.desks.shield import words
from nightdesk.desks.shield.forms import CHOOSE, LONGEST
from nightdesk.outside.current import pack
from nightdesk.rules.turned_away import LONGEST as LONGEST_TOLD
from nightdesk.rules.turned_away import WHAT


class ReportForm(DeskForm):
    """What a person says of having been turned away or threatened, written down by staff for them."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What happened?"), widget=Radios(), error_messages={"invalid_choice": CHOOSE}
    )
    told = Text(
        label=_("In their own words"),
        max_length=LONGEST_TOLD,
        widget=Textarea(attrs={"dir": "auto", "rows": 5}),
    )
    station = forms.ChoiceField(label=_("Where was it?"), required=False, widget=Select())
    about_lead = forms.MultipleChoiceField(
        label=_("Whom it is about"), required=False, widget=Checkboxes(small=True),
        choices=(("yes", _("Whoever is in charge there: only the commander sees it")),),
    )  # fmt: skip
    answer = Text(
        label=_("How they may be answered, if they want that"), required=False, max_length=LONGEST,
        widget=TextInput(attrs={"dir": "auto"}), help_text=_("A phone number or e-mail that is safe for them."),
    )  # fmt: skip

    def __init__(self, *args: Any, stations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = pack().shield_lines
        self.fields["what"].choices = [(code, words.text_of(lines, f"what_{code}")) for code in WHAT]  # type: ignore[attr-defined]
        self.fields["station"].choices = [("", _("Somewhere else, or not known")), *stations]  # type: ignore[attr-defined]


class StepForm(DeskForm):
    """One step of the follow-up, with words about it."""

    words = Text(
        label=_("What was said or learned"), required=False, max_length=LONGEST_TOLD,
        widget=Textarea(attrs={"dir": "auto", "rows": 4}),
        help_text=_("Sealed, and kept with the report. Needed for every step but the first."),
    )  # fmt: skip


class LinkForm(DeskForm):
    """Which disclosure the report belongs to, if the person came back."""

    reference = Text(
        label=_("Reference of the disclosure"), max_length=20, widget=TextInput(width=10),
        help_text=_("Only if the person wants the two to be linked. It can’t be changed later."),
    )  # fmt: skip
