"""Staff add a proposal or set one aside, and say why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.counter.fields import Words
from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Select, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.basics import LONGEST_ANSWER

ADDABLE = (
    "sexual_offence.likely", "sexual_offence.possible", "chemsex_context.likely", "chemsex_context.possible",
    "drug_facilitated_suspected.yes", "medical_emergency.yes", "under_18.yes", "immediate_danger.yes",
)  # fmt: skip
SET_ASIDE = (
    "sexual_offence.not_indicated", "chemsex_context.not_indicated", "drug_facilitated_suspected.no", "medical_emergency.no",
    "under_18.no", "immediate_danger.no",
)  # fmt: skip


CHOOSE = _("Choose what to add or set aside.")


class OverrideForm(DeskForm):
    """What, and why in a few words."""

    proposal = forms.ChoiceField(
        label=_("What"), widget=Select(),
        error_messages={"invalid_choice": CHOOSE, "required": CHOOSE},
    )  # fmt: skip
    why = Words(
        label=_("Why"), longest=LONGEST_ANSWER, required=True, widget=TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Say in a few words why, so that the next person understands.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        added = [*ADDABLE, *(f"{entry.id}.yes" for entry in pack().related_offences)]
        self.fields["proposal"].choices = [
            (_now("Add"), [(code, _shown(code)) for code in added]),
            (_now("Set aside"), [(code, _shown(code)) for code in SET_ASIDE]),
        ]

    def clean_why(self) -> str:
        """Blanks alone say nothing."""
        why = str(self.cleaned_data["why"]).strip()
        if not why:
            raise forms.ValidationError(self.fields["why"].error_messages["required"])
        return why


def _shown(code: str) -> str:
    label, _dot, level = code.partition(".")
    return f"{told.label_of(label)}: {told.LEVELS[level]}" if level != "yes" else told.label_of(label)
