"""What the forms of the rota build on: a heading, an act that may be refused or asked about once more, and times."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import MomentField
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.moments import Unreadable, read_time
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import TextInput
from nightdesk.rules.rota import RotaRefused
from nightdesk.rules.strain import StrainUnanswered


class RotaForm(DeskForm):
    """A form with the heading of its page. `asked`: what would leave too little rest, until that is answered."""

    heading: ClassVar[Any] = ""
    asked: StrainUnanswered | None = None

    def __init__(self, *args: Any, people: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}

    def person(self, name: str) -> Any:
        """Who was chosen in the field `name`, of the `people` whom the page offers; None for nobody."""
        return self.people.get(self.cleaned_data[name])

    def listed(self) -> list[tuple[str, str]]:
        """The people as choices, in the order they came in."""
        return [(pk, one.name) for pk, one in self.people.items()]

    def done(self, act: Callable[[], object]) -> bool:
        """Whether the form can be read and `act` did what it says; if not, the page says why, or asks once more."""
        if not self.is_valid():
            return False
        try:
            act()
        except StrainUnanswered as asked:
            self.asked = asked
        except RotaRefused as refusal:
            self.add_error(None, str(refusal))
        else:
            return True
        return False


class TimeOfDay(forms.CharField):
    """A time by the clock on the wall."""

    widget = TextInput

    def to_python(self, value: Any) -> time | None:
        """The time, or None when nothing was typed."""
        try:
            return read_time(storable(str(super().to_python(value) or "")))
        except Unreadable as refusal:
            raise ValidationError(refusal.sentence) from refusal


class BetweenForm(RotaForm):
    """From and until."""

    starts_at = MomentField(label=_("From"), end="earliest")
    ends_at = MomentField(label=_("Until"), end="latest")

    def times(self) -> dict[str, datetime]:
        """The two moments, as actions take them."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        given: dict[str, Any] = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends <= starts:
            self.add_error("ends_at", _("Until: enter a time after the one under “From”."))
        return given
