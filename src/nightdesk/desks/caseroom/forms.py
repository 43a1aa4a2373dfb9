"""Why somebody opens a case that is not theirs and not of their unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Radios

CHOOSE = _("Choose why you open this case.")
# Codes, so that no free text with a name ends in the journal; the case room adds words of its own in its step.
REASONS = (
    ("covering", _("I am covering for the unit or the owner")),
    ("supervising", _("I supervise this work")),
    ("same_person", _("I work on a case with the same person or place")),
    ("asked", _("The owner or a supervisor asked me to look")),
)


class ReasonForm(DeskForm):
    """One of a few reasons, kept in the journal."""

    reason = forms.ChoiceField(
        label=_("Why do you open this case?"),
        help_text=_("It is not yours and not of your unit. The reason is kept and its owner sees it."),
        choices=REASONS,
        widget=Radios(label_size="l", heading=True),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
