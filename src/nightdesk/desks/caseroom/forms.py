"""Why somebody opens a case that is not theirs and not of their unit."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Radios, Textarea
from nightdesk.outside.current import pack
from nightdesk.rules.opening import LONGEST_WORDS

CHOOSE = _("Choose why you open this case.")
SAY = _("Say in a few words why, so that its owner understands.")


class ReasonForm(DeskForm):
    """One of the pack's reasons, and a few words. The code is kept in the journal, the words sealed."""

    reason = forms.ChoiceField(
        label=_("Why do you open this case?"),
        help_text=_("It is not yours and not of your unit. Its owner sees who opened it, when and why."),
        widget=Radios(label_size="l", heading=True),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    words = Text(
        label=_("In a few words"), max_length=LONGEST_WORDS, widget=Textarea(rows=3, attrs={"dir": "auto"}),
        error_messages={"required": SAY},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        reasons = [(entry.id, entry.text_in(language)) for entry in pack().opening_reasons]
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
