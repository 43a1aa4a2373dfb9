"""Forms of what is owed: a duty answered, a key event noted, the crime recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.duties import grounds_for
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import MomentParts, Radios, Select, Textarea, TextInput
from nightdesk.outside.current import pack
from nightdesk.queries.duties import DutySeen
from nightdesk.rules.duty import ANSWERS, MOVES, Said
from nightdesk.rules.recording import CRIME, LONGEST_POLICE_NUMBER, N100, Recorded

LONGEST_WORDS = 2000
CHOOSE = _("Choose what was done.")
ANSWER_WORDS = {
    "accepted": _("Yes"),
    "declined": _("No"),
    "later": _("Not now: ask again"),
}
MOVE_WORDS = {
    "start": _("It is being done"),
    "meet": _("It is done"),
    "set_aside": _("It does not apply"),
    "take_back": _("It was noted by mistake: it is still owed"),
}


class Words(Text):
    """Words that are sealed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_WORDS, widget=Textarea(rows=3), **kwargs)


class DutyForm(DeskForm):
    """What was done about one duty."""

    move = forms.ChoiceField(
        label=_("What about it?"), widget=Radios(reveals={"set_aside": ("ground",)}),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Why does it not apply?"), required=False, widget=Select())
    answer = forms.ChoiceField(
        label=_("What did the person answer?"), required=False, widget=Radios(inline=True),
        choices=[(code, ANSWER_WORDS[code]) for code in ANSWERS],
        help_text=_("A no is an answer: nobody asks again unless they want to be asked."),
    )  # fmt: skip
    done_at = MomentField(
        label=_("When was it done?"), required=False, widget=MomentParts(),
        help_text=_("Empty means now. When it was earlier, both times are kept."),
    )  # fmt: skip
    words = Words(
        label=_("In a few words"), help_text=_("It is sealed: only who works on the case reads it.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, duty: DutySeen, offer: bool, recording: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": len(duty.moves)}, **kwargs)
        moves = [
            move for move in MOVE_WORDS if move in MOVES[duty.state] and not (recording and move == "meet")
        ]
        self.fields["move"].choices = [(move, MOVE_WORDS[move]) for move in moves]  # type: ignore[attr-defined]
        grounds = [(ground.id, ground.label) for ground in grounds_for(duty.kind).values()]
        self.fields["ground"].choices = [("", _("Choose")), *grounds]  # type: ignore[attr-defined]
        if not offer or "meet" not in moves:
            del self.fields["answer"]
        if "meet" not in moves:
            del self.fields["done_at"]

    def said(self) -> Said:
        """What a valid form says."""
        found = self.cleaned_data
        aside, met = found["move"] == "set_aside", found["move"] == "meet"
        return Said(
            ground=found["ground"] if aside else "", answer=found.get("answer", "") if met else "", words=found["words"],
            done_at=found.get("done_at") if met else None,
        )  # fmt: skip


class KeyEventForm(DeskForm):
    """Something happened that the person is told of."""

    kind = forms.ChoiceField(
        label=_("What happened?"), widget=Radios(label_size="l", heading=True),
        error_messages={"required": _("Choose what happened."), "invalid_choice": _("Choose what happened.")},
    )  # fmt: skip
    happened_at = MomentField(label=_("When?"), widget=MomentParts())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = [(event.id, event.label) for event in pack().key_events]
        self.fields["kind"].choices = events  # type: ignore[attr-defined]


class RecordingForm(DeskForm):
    """How the report was recorded: by a person, who may follow a suggestion or not."""

    kind = forms.ChoiceField(
        label=_("How is it recorded?"), choices=((CRIME, _("As a crime")), (N100, _("As an N100 so far"))),
        widget=Radios(reveals={CRIME: ("offence_class",), N100: ("ground",)}),
    )  # fmt: skip
    offence_class = forms.ChoiceField(label=_("Class"), required=False, widget=Select())
    ground = forms.ChoiceField(label=_("Reason for the N100"), required=False, widget=Select())
    police_number = forms.CharField(
        label=_("Crime number in the force’s own system"), required=False, max_length=LONGEST_POLICE_NUMBER,
        widget=TextInput(width=20),
    )  # fmt: skip
    recorded_at = MomentField(
        label=_("When was it recorded?"), required=False, widget=MomentParts(), help_text=_("Empty means now.")
    )  # fmt: skip
    words = Words(label=_("In a few words"), help_text=_("For an N100: what was done to find out."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen}, **kwargs)
        classes = [(entry.id, f"{entry.code} {entry.label}") for entry in pack().offence_classes]
        grounds = [(entry.id, f"{entry.code} {entry.label}") for entry in pack().no_crime_grounds]
        self.fields["offence_class"].choices = [("", _("Choose")), *classes]  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", _("Choose")), *grounds]  # type: ignore[attr-defined]

    def made(self, at: Any) -> Recorded:
        """What a valid form records, at `at` when no time was given."""
        found = self.cleaned_data
        crime = found["kind"] == CRIME
        return Recorded(
            kind=found["kind"], recorded_at=found["recorded_at"] or at,
            offence_class=found["offence_class"] if crime else "", ground="" if crime else found["ground"],
            police_number=storable(found["police_number"]), words=found["words"].strip(),
        )  # fmt: skip


AGES = {"": (), "under_13": (0, 13), "13_to_15": (13, 16), "16_and_over": (16, 150)}


class AboutForm(DeskForm):
    """Whom the crime is about, for the suggestions only: it is kept nowhere."""

    sex = forms.ChoiceField(
        label=_("Recorded sex of the person"), required=False, widget=Select(),
        choices=(("", _("Not known")), ("female", _("Female")), ("male", _("Male"))),
    )  # fmt: skip
    ages = forms.ChoiceField(
        label=_("Age at the time"), required=False, widget=Select(),
        choices=(
            ("", _("Not known")), ("under_13", _("Under 13")), ("13_to_15", _("13 to 15")),
            ("16_and_over", _("16 or over")),
        ),
    )  # fmt: skip
