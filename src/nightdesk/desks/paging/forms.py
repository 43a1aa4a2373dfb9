"""How somebody adds a way to be told, confirms it, and gives a case to a colleague."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import Radios, Select, TextInput
from nightdesk.outside.channels import channels_set_up
from nightdesk.queries.paging import Held
from nightdesk.rules.referral import HANDED_OVER

LONGEST_ADDRESS = 254
CHOOSE_WAY = _("Choose how you want to be told.")
CHOOSE_COLLEAGUE = _("Choose a colleague.")
HINTS = {
    "screen": _("Any page of yours that is open shows the call-out. It tells you only while you look."),
    "sms": _("The number of your mobile phone."),
    "email": _("An address that you read at night."),
    "webhook": _("The address of a pager or a control-room system, beginning with https://"),
}


class WayForm(DeskForm):
    """A channel, and the address on it."""

    channel = forms.ChoiceField(
        label=_("How"), widget=Radios(hints=HINTS),
        error_messages={"required": CHOOSE_WAY, "invalid_choice": CHOOSE_WAY},
    )  # fmt: skip
    address = forms.CharField(
        label=_("Number or address"), help_text=_("Not needed for the screen."), required=False, max_length=LONGEST_ADDRESS,
        widget=TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(way, told.WAY_WORDS[way]) for way in channels_set_up()]

    def clean_address(self) -> str:
        """Without what no keyboard makes."""
        return storable(str(self.cleaned_data["address"])).strip()


class ColleagueForm(DeskForm):
    """Who is asked to take a case over."""

    colleague = forms.ChoiceField(
        label=_("Who is asked"), widget=Radios(),
        error_messages={"required": CHOOSE_COLLEAGUE, "invalid_choice": CHOOSE_COLLEAGUE},
    )  # fmt: skip

    def __init__(self, colleagues: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [(str(key), name) for key, name in colleagues]


ON_DUTY = "on_duty"


class ReassignForm(DeskForm):
    """Which cases of somebody who is away go to whom: one choice for each case."""

    def __init__(
        self, rows: list[Held], colleagues: list[tuple[UUID, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        stays, on_duty = [("", _("Stays"))], [(ON_DUTY, _("Whoever is on duty"))]
        named = [(str(key), name) for key, name in colleagues]
        for row in rows:
            # nobody is called out for a case whose person was handed over: a colleague is asked by name
            choices = [*stays, *([] if row.state == HANDED_OVER else on_duty), *named]
            self.fields[row.reference] = forms.ChoiceField(
                label=row.reference, required=False, choices=choices, widget=Select(),
                error_messages={"invalid_choice": CHOOSE_COLLEAGUE},
            )  # fmt: skip

    def chosen(self) -> dict[str, UUID | None]:
        """Reference → colleague, None for whoever is on duty; without those that stay."""
        return {
            reference: None if value == ON_DUTY else UUID(value)
            for reference, value in self.cleaned_data.items()
            if value
        }
