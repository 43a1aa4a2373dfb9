"""What is asked to change a rota: turns that repeat, somebody away, somebody stands in, a swap, a calendar file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.fields import DayField
from nightdesk.desks.furniture.widgets import Checkboxes, FileInput, Radios, Select, TextInput
from nightdesk.desks.rota.form_base import BetweenForm, RotaForm, TimeOfDay
from nightdesk.rules.rota import Pattern
from nightdesk.rules.terms import ABSENCES, LAYERS

ABSENCE_WORDS = {
    "leave": _("On leave"), "sick": _("Sick"), "course": _("On a course"), "court": _("In court"),
    "other": _("Another reason"),
}  # fmt: skip
WEEKDAYS = (
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
)  # fmt: skip
HOLIDAYS = (
    ("as_usual", _("Bank holidays are like any other day")),
    ("left_out", _("Nobody is on at bank holidays in these turns")),
    ("only", _("These turns are for bank holidays alone")),
)
RETURN = _("Choose a shift of the colleague whom you ask, or none.")
CHOOSE_PERSON = _("Choose somebody from the list.")
LONGEST_NAME = 60


def layers() -> list[tuple[str, Any]]:
    """The layers of cover, in words."""
    return [(layer, told.LAYER_WORDS[layer]) for layer in LAYERS]


class OwnAbsenceForm(BetweenForm):
    """The reader is away."""

    heading = _("When you are away")
    kind = forms.ChoiceField(
        label=_("Why"), choices=[(code, ABSENCE_WORDS[code]) for code in ABSENCES], widget=Radios()
    )
    field_order = ("who", "kind", "starts_at", "ends_at")


class AbsenceForm(OwnAbsenceForm):
    """Somebody is away."""

    heading = _("Somebody is away")
    who = forms.ChoiceField(
        label=_("Who is away"), widget=Select(), error_messages={"invalid_choice": CHOOSE_PERSON}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = self.listed()


class StandInForm(BetweenForm):
    """Somebody is on, instead of somebody or besides."""

    heading = _("Put somebody on")
    who = forms.ChoiceField(
        label=_("Who is on"), widget=Select(), error_messages={"invalid_choice": CHOOSE_PERSON}
    )
    layer = forms.ChoiceField(label=_("As what"), widget=Select())
    instead_of = forms.ChoiceField(label=_("Instead of"), widget=Select(), required=False)
    field_order = ("who", "layer", "instead_of", "starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = self.listed()
        self.fields["layer"].choices = layers()
        self.fields["instead_of"].choices = [("", _("Nobody: besides whoever is on")), *self.listed()]


class PatternForm(RotaForm):
    """Turns that repeat."""

    heading = _("New turns")
    name = forms.CharField(
        label=_("What these turns are called"), max_length=LONGEST_NAME, widget=TextInput()
    )
    layer = forms.ChoiceField(label=_("As what"), widget=Select())
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave empty when they go on."), required=False)
    begins = TimeOfDay(label=_("Each turn begins at"), help_text=_("By the clock on the wall, like 22:00."))
    ends = TimeOfDay(
        label=_("Each turn ends at"), help_text=_("The same time or an earlier one means the next day.")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days on which a turn begins"), choices=WEEKDAYS, widget=Checkboxes()
    )
    turn_days = forms.IntegerField(
        label=_("Days until the next person follows"), min_value=1, max_value=366,
        widget=TextInput(attrs={"inputmode": "numeric"}, width=3),
    )  # fmt: skip
    on_holidays = forms.ChoiceField(
        label=_("Bank holidays"), choices=HOLIDAYS, widget=Radios(), initial="as_usual"
    )
    members = forms.MultipleChoiceField(
        label=_("Who takes turns"),
        help_text=_("In the order of this list; one or more."),
        widget=Checkboxes(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = layers()
        self.fields["members"].choices = self.listed()

    def facts(self) -> Pattern:
        """The turns as rules take them."""
        given = self.cleaned_data
        begins, ends = given["begins"], given["ends"]
        minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
        return Pattern(
            id="", layer=given["layer"], starts_on=given["starts_on"], ends_on=given["ends_on"], begins=begins,
            minutes=minutes if minutes > 0 else minutes + 24 * 60, turn_days=given["turn_days"],
            weekdays=frozenset(int(day) for day in given["weekdays"]), on_holidays=given["on_holidays"],
            members=tuple(given["members"]),
        )  # fmt: skip


class EndPatternForm(RotaForm):
    """The last day of turns that repeat."""

    heading = _("End these turns")
    last_day = DayField(label=_("Last day"))


class SwapForm(RotaForm):
    """Whom to ask, and perhaps which of their shifts to take in return."""

    heading = _("Ask for a swap")
    asked_of = forms.ChoiceField(label=_("Whom do you ask?"), widget=Radios(label_size="m"), required=False)
    back = forms.ChoiceField(
        label=_("Which shift would you take in return?"),
        widget=Select(),
        required=False,
        error_messages={"invalid_choice": RETURN},
    )

    def __init__(self, *args: Any, shifts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): str(one.staff_id) for one in shifts}
        everybody = ("", _("Anybody of the unit who is free then"))
        self.fields["asked_of"].choices = [*self.listed(), everybody]
        offered = [(str(one.pk), f"{one.staff.name}: {told.moment_words(one.starts_at)}") for one in shifts]
        self.fields["back"].choices = [("", _("None")), *offered]

    def clean(self) -> dict[str, Any]:
        """A shift in return is that of whoever is asked; asked of nobody by name, its owner is."""
        given: dict[str, Any] = super().clean() or {}
        owner = self.owners.get(given.get("back") or "")
        if owner and given.get("asked_of") not in ("", owner):
            self.add_error("back", RETURN)
        return given | ({"asked_of": owner} if owner else {})


class CalendarForm(RotaForm):
    """A calendar file."""

    heading = _("Read a calendar in")
    layer = forms.ChoiceField(label=_("As what"), widget=Select())
    name = forms.CharField(
        label=_("What this calendar is called"), max_length=LONGEST_NAME, widget=TextInput(),
        help_text=_("Reading a calendar of the same name again replaces what the earlier one said."),
    )  # fmt: skip
    file = forms.FileField(label=_("The calendar file (.ics)"), widget=FileInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = layers()
