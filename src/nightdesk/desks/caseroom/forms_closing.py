"""Forms of closing a case: what was said and how, tries beside the log, outcome; a supervisor's words; why opened again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.caseroom import closing_words as named
from nightdesk.desks.caseroom.shown_closing_tries import way_words
from nightdesk.desks.furniture.fields import DayField, MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.moments import Unreadable, read_day_and_time
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import (
    Checkbox,
    Checkboxes,
    MomentParts,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from nightdesk.outside.current import pack
from nightdesk.rules.closing import LONGEST_WORDS
from nightdesk.rules.closing_said import IN_THEIR_WORDS, LONGEST_NAME, THEIR_WISH, Said
from nightdesk.rules.pack_closing import LOST_CONTACT, Outcome
from nightdesk.rules.recording import CRIME

THEIRS: Final = ("words", "speaker", "said_to", "said_at", "how", "present", "present_who")
WISH: Final = ("unasked", "support", "told_back", "told_kept")
TRIES: Final = (
    "more_where",
    "more_tries",
    "more_ways",
    "more_first_on",
    "more_last_on",
)  # beside the contact log
MOST_TRIES: Final = 500


class ExactMoment(MomentField):
    """A day with its time: of what somebody said, midnight would be a guess."""

    def read(self, typed: Mapping[str, str]) -> datetime | None:
        """As typed. Raises Unreadable for a day alone."""
        day, at = read_day_and_time(typed)
        if day is not None and at is None:
            raise Unreadable(
                _("Enter the time too. If you do not know it, ask whoever it was said to."), ("time",)
            )
        return super().read(typed)


def _one(label: Any, choices: dict[str, Any], **more: Any) -> forms.ChoiceField:
    reveals = more.pop("reveals", None)
    return forms.ChoiceField(
        label=label, choices=list(choices.items()), widget=Radios(reveals=reveals), **more
    )


def _words(label: Any, rows: int = 4, **more: Any) -> Text:
    return Text(
        label=label, max_length=LONGEST_WORDS, widget=Textarea(rows=rows, attrs={"dir": "auto"}), **more
    )


class OutcomeForm(DeskForm):
    """The outcome with what it needs; as the case was closed, or put right later."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=Radios())
    suspect = _one(_("Is a suspect known?"), named.SUSPECT_WORDS, required=False)
    prosecutors_on = DayField(label=_("When did the prosecutors decide?"), required=False)
    told = forms.BooleanField(
        label=_("The person was told, in the way that is safe for them"), required=False, widget=Checkbox()
    )
    grounds = _words(
        _("Grounds"), required=False, help_text=_("So that somebody else can follow them. They are sealed."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, outcomes: list[Outcome], seen: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": seen} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        needs = {need for outcome in outcomes for need in outcome.needs}
        self.fields["outcome"].choices = [(one.id, f"{one.code} {one.label}") for one in outcomes]  # type: ignore[attr-defined]
        unneeded = {
            "suspect": not needs & {"suspect", "no_suspect"}, "prosecutors_on": "prosecutors" not in needs,
            "told": "told" not in needs,
        }  # fmt: skip
        for name in [name for name, without in unneeded.items() if without]:
            del self.fields[name]

    def said(self) -> Said:
        """What a valid form says."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("outcome", "seen")}
        given = {name: value for name, value in given.items() if value is not None}
        if "more_ways" in given:
            given["more_ways"] = tuple(given["more_ways"])
        return Said(
            **{name: storable(value) if isinstance(value, str) else value for name, value in given.items()}
        )


class ClosingForm(OutcomeForm):
    """Ask to close a case in one of its endings. Only the questions of that ending are on it."""

    words = _words(
        _("What they said, word for word"), help_text=_("As it was said, in their language. It is sealed.")
    )
    speaker = _one(_("Who said it?"), named.SAID_BY_WORDS)
    said_to = forms.CharField(
        label=_("To whom?"),
        help_text=_("A name and what they are."),
        max_length=LONGEST_NAME,
        widget=TextInput(),
    )
    said_at = ExactMoment(label=_("When was it said?"), widget=MomentParts())
    how = _one(_("How were they asked?"), named.HOW_WORDS)
    present = _one(_("Who else was there?"), named.PRESENT_WORDS, reveals={"others": ("present_who",)})
    present_who = forms.CharField(
        label=_("Who?"), required=False, max_length=LONGEST_NAME, widget=TextInput()
    )
    unasked = _one(_("Did they bring it up themself?"), named.UNASKED_WORDS)
    support = _one(_("Were the SARC, an ISVA and a partner offered?"), named.SUPPORT_WORDS)
    told_back = forms.BooleanField(
        label=_("They know that they can come back at any time"), widget=Checkbox()
    )
    told_kept = forms.BooleanField(label=_("They know what can be kept, and for how long"), widget=Checkbox())
    more_where = _words(
        _("Tries that are not in the contact log: who tried, and where is it written down?"),
        rows=2,
        required=False,
        help_text=_("Leave this and the next four questions empty when the log has them all. It is sealed."),
    )
    more_tries = forms.IntegerField(
        label=_("How many of them?"),
        required=False,
        min_value=1,
        max_value=MOST_TRIES,
        widget=TextInput(width=3),
    )
    more_ways = forms.MultipleChoiceField(label=_("By which ways?"), required=False, widget=Checkboxes())
    more_first_on = DayField(label=_("Day of the first of them"), required=False)
    more_last_on = DayField(label=_("Day of the last of them"), required=False)
    looked = forms.BooleanField(
        label=_("I have looked at everything that is still open in this case"),
        required=False,
        widget=Checkbox(),
    )
    field_order = (
        *THEIRS,
        *WISH,
        *TRIES,
        "outcome",
        "suspect",
        "prosecutors_on",
        "told",
        "grounds",
        "looked",
    )

    def __init__(self, *args: Any, ending: str, recorded: str, open_points: bool, **kwargs: Any) -> None:
        super().__init__(*args, outcomes=outcomes_of(ending, recorded), **kwargs)
        self.fields["more_ways"].choices = [(way.id, way_words(way.id)) for way in pack().contact_ways]  # type: ignore[attr-defined]
        without = (
            *(THEIRS if ending not in IN_THEIR_WORDS else ()), *(WISH if ending not in THEIR_WISH else ()),
            *(TRIES if ending != LOST_CONTACT else ()), *(() if open_points else ("looked",)),
        )  # fmt: skip
        for name in without:
            del self.fields[name]


def outcomes_of(ending: str, recorded: str) -> list[Outcome]:
    """The outcomes of an ending that fit how it is recorded; all of them while it is not recorded."""
    wrong = {"": "", CRIME: "no_crime"}.get(recorded, "crime")
    return [one for one in pack().outcomes if ending in one.endings and wrong not in one.needs]


class LookForm(DeskForm):
    """A supervisor closes it, or sends it back with words."""

    words = _words(
        _("In your words"), rows=3, required=False, help_text=_("Needed when it goes back: what is missing.")
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)


class ReopenForm(DeskForm):
    """Why a closed case is opened again."""

    ground = forms.ChoiceField(label=_("Why?"), widget=Select())
    words = _words(_("What is new"), rows=3, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)

    def __init__(self, *args: Any, senior: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(one.id, one.label) for one in pack().reopen_grounds if senior or not one.senior]
        self.fields["ground"].choices = [("", _("Choose")), *grounds]  # type: ignore[attr-defined]
