"""Forms of the exhibits register: what is looked for, what is entered, what was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.exhibits.words import ACTS, PLACES, STATES, entry_words, kind_words
from nightdesk.desks.furniture.fields import DayField, MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import DateParts, MomentParts, Radios, Select, Textarea, TextInput
from nightdesk.outside.current import pack

ANY = ("", _("Any"))
TAKEN_WHERE = (
    ("", _("I took it")),
    ("sarc", _("At the SARC, and I have it now")),
    ("hospital", _("In hospital, and I have it now")),
)
SENT_TO = ("laboratory", "sarc", "hospital", "court")
REVEALS = {"stored": ("store",), "handed": ("colleague",), "sent": ("place",)}
LONGEST_SEAL = 30
LONGEST_DESCRIPTION = 2000


class SoughtForm(DeskForm):
    """The search of the register: nothing needed, everything kept in the address."""

    text = Text(
        label=_("Code, court reference or case reference"),
        required=False,
        max_length=20,
        widget=TextInput(width=20),
    )
    state = forms.ChoiceField(label=_("Where it is"), required=False, choices=STATES.items(), widget=Select())
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Select())
    store = forms.ChoiceField(label=_("Store"), required=False, widget=Select())
    holder = forms.ChoiceField(label=_("Who has it"), required=False, widget=Select())
    first_day = DayField(label=_("Taken from"), required=False, widget=DateParts())
    last_day = DayField(label=_("Taken until"), required=False, widget=DateParts())

    def __init__(self, *args: Any, stores: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.id, kind_words(kind.id)) for kind in pack().exhibit_kinds]
        for name, choices in (("kind", kinds), ("store", stores), ("holder", staff)):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]


class EnterForm(DeskForm):
    """A new exhibit. The code is made by the page before, so that sending twice enters one."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=Select())
    taken_where = forms.ChoiceField(
        label=_("Where was it taken?"), required=False, initial="", choices=TAKEN_WHERE, widget=Radios(),
    )  # fmt: skip
    taken_at = MomentField(
        label=_("When was it taken?"), help_text=_("As near as you know."), widget=MomentParts()
    )
    description = Text(
        label=_("Describe it"), max_length=LONGEST_DESCRIPTION, required=False,
        widget=Textarea(rows=3),
        help_text=_("What it is, how it is packed. It is sealed: only specialists of the case read it."),
    )  # fmt: skip
    seal = Text(
        label=_("Number on the seal, if it has one"),
        required=False,
        max_length=LONGEST_SEAL,
        widget=TextInput(width=20),
    )
    code = forms.RegexField(r"^E[2-9A-Z]{4}-[2-9A-Z]{5}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.id, kind_words(kind.id)) for kind in pack().exhibit_kinds]
        self.fields["kind"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]


class ActForm(DeskForm):
    """What was done with an exhibit, now or earlier. A tap on the page sends the same fields."""

    what = forms.ChoiceField(
        label=_("What was done?"),
        widget=Radios(reveals=REVEALS),
    )
    store = forms.CharField(label=_("Store"), required=False, widget=Select())
    colleague = forms.CharField(label=_("Colleague"), required=False, widget=Select())
    place = forms.CharField(
        label=_("Where to"),
        required=False,
        widget=Select(choices=[(code, PLACES[code]) for code in SENT_TO]),
    )
    when = MomentField(
        label=_("When did it happen?"), required=False, widget=MomentParts(),
        help_text=_("Empty means now. When it was earlier, both times are kept."),
    )  # fmt: skip
    seal = Text(
        label=_("Number on the new seal, if it was sealed anew"),
        required=False,
        max_length=LONGEST_SEAL,
        widget=TextInput(width=20),
    )
    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: Any, stores: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An act that is not on offer any more is left to the action, which says who was quicker and where it is.
        self.fields["what"].choices = ACTS.items()  # type: ignore[attr-defined]
        self.fields["what"].widget.choices = [(act, ACTS[act]) for act in acts]  # type: ignore[attr-defined]
        self.fields["store"].widget.choices = stores  # type: ignore[attr-defined]
        self.fields["colleague"].widget.choices = staff  # type: ignore[attr-defined]

    @property
    def to(self) -> str:
        """Where the chosen act leads: the code of a store, a place, or a username."""
        field = {"stored": "store", "handed": "colleague", "sent": "place"}.get(self.cleaned_data["what"], "")
        return str(self.cleaned_data.get(field, "")) if field else ""


class GroundForm(DeskForm):
    """Why: one of the reasons of the pack."""

    reason = forms.ChoiceField(widget=Radios())

    def __init__(self, *args: Any, section: str, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        ids = getattr(pack(), section).ids()
        self.fields["reason"].choices = [(code, entry_words(section, code)) for code in ids]  # type: ignore[attr-defined]
