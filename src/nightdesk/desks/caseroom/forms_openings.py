"""What is typed about an opening: a question why, or a supervisor's answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Radios, Textarea
from nightdesk.rules.opening import LONGEST_WORDS

FINDINGS = (
    ("in_order", _("It was in order")),
    ("talked_to", _("It was not needed, and I talked to them")),
    ("passed_on", _("It was not in order, and professional standards has it")),
)
CHOOSE = _("Choose what you found.")


class AskForm(DeskForm):
    """Why was it opened? In words, for the supervisor."""

    seen = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput())
    words = Text(
        label=_("What do you want to know?"), max_length=LONGEST_WORDS,
        widget=Textarea(rows=3, attrs={"dir": "auto"}),
        error_messages={"required": _("Write what you want to know.")},
    )  # fmt: skip


class AnswerForm(DeskForm):
    """What a supervisor found, and in a few words how."""

    seen = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput())
    finding = forms.ChoiceField(
        label=_("What did you find?"), choices=FINDINGS, widget=Radios(),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    words = Text(
        label=_("In a few words"), max_length=LONGEST_WORDS, widget=Textarea(rows=3, attrs={"dir": "auto"}),
        error_messages={"required": _("Say in a few words what you found, so that its owner understands.")},
    )  # fmt: skip
