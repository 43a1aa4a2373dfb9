"""Forms of tasks: a new one, and what becomes of one."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.tasks import NewTask
from nightdesk.desks.caseroom.forms_contact import Words, worded
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import MomentParts, Radios, Select, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.task import LONGEST_TITLE, MOVES, Wanted

MOVE_WORDS = {
    "do": _("It is done"),
    "hand_on": _("Somebody else is to do it"),
    "re_date": _("It gets another time"),
    "drop": _("It is dropped"),
    "take_back": _("It is to be done after all"),
}


class NewTaskForm(DeskForm):
    """A task that somebody makes by hand."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = Text(
        label=_("What is to be done"), max_length=LONGEST_TITLE, widget=TextInput(attrs={"dir": "auto"}),
        help_text=_("Sealed: lists across cases show the kind only."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of task"), widget=Select())
    for_whom = forms.ChoiceField(label=_("Who does it"), widget=Select())
    due_at = MomentField(label=_("By when"), end="latest", widget=MomentParts())

    def __init__(self, *args: Any, doers: list[tuple[str, str]], me: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "for_whom": me}, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *worded(pack().task_kinds)]  # type: ignore[attr-defined]
        self.fields["for_whom"].choices = doers  # type: ignore[attr-defined]

    def new(self) -> NewTask:
        """The task of a valid form."""
        found = self.cleaned_data
        return NewTask(found["kind"], found["title"], found["for_whom"], found["due_at"])


class TaskForm(DeskForm):
    """What becomes of one task."""

    move = forms.ChoiceField(
        label=_("What about it?"), widget=Radios(reveals={"hand_on": ("to",), "re_date": ("due_at",)}),
        error_messages={"required": _("Choose what about it."), "invalid_choice": _("Choose what about it.")},
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Who does it"), required=False, widget=Select())
    due_at = MomentField(
        label=_("By when now"), required=False, end="latest", widget=MomentParts(),
        help_text=_("The old time stays visible."),
    )  # fmt: skip
    words = Words(
        label=_("In a few words"), help_text=_("Why, if it is dropped, gets another time or is taken back.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(
        self, *args: Any, state: str, seen: int, doers: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"seen": seen}, **kwargs)
        # Any move may be sent: from a page older than the task it is answered by who was quicker, not by “choose one”.
        self.fields["move"].choices = list(MOVE_WORDS.items())  # type: ignore[attr-defined]
        moves = [(move, words) for move, words in MOVE_WORDS.items() if move in MOVES[state]]
        self.fields["move"].widget.choices = moves  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", _("Choose")), *doers]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        found = self.cleaned_data
        move = found["move"]
        return Wanted(
            move, found["words"], found["to"] if move == "hand_on" else "", found["due_at"] if move == "re_date" else None
        )  # fmt: skip
