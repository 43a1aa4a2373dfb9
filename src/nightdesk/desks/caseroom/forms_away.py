"""What is done with a case whose owner is away."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Select
from nightdesk.rules.away import STAND_IN, STAYS

CHOOSE = gettext_lazy("Choose what is done with this case.")


def choices(colleagues: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """It stays for today, or one of these looks after it."""
    text = _("%(name)s looks after it until they are back")
    looks_after = [(key, text % {"name": name}) for key, name in colleagues]
    return [("", _("What is done?")), (STAYS, _("It stays with them; look again tomorrow")), *looks_after]


class AwayForm(DeskForm):
    """It stays with its owner for today, or a colleague looks after it until they are back."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is done"),
        widget=Select(),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, reference: str, colleagues: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{reference}-%s", **kwargs)
        self.fields["what"].choices = choices(colleagues)

    def done(self) -> dict[str, Any]:
        """What the action takes."""
        what = self.cleaned_data["what"]
        chosen = (
            {"done": STAYS, "stand_in": None} if what == STAYS else {"done": STAND_IN, "stand_in": UUID(what)}
        )
        return chosen | {"seen": self.cleaned_data["seen"]}
