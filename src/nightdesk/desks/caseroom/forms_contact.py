"""Forms of contact with the person: why one goes on, what came of it, a contact that is over already."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkbox, MomentParts, Radios, Select, Textarea, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.contact import LONGEST_WORDS, Came
from nightdesk.rules.pack_contact import IN, OUT
from nightdesk.rules.task import LONGEST_TITLE

CHOOSE = _("Choose what came of it.")


class Words(Text):
    """Words that are sealed."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        widget = Textarea(rows=rows, attrs={"dir": "auto"})
        super().__init__(required=False, max_length=LONGEST_WORDS, widget=widget, **kwargs)


def worded(entries: Any) -> list[tuple[str, str]]:
    """(id, words in the language of the page) of entries of the pack."""
    return [(entry.id, entry.text_in(get_language() or "en")) for entry in entries]


class BeginForm(DeskForm):
    """A contact begins now."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = Words(
        label=_("Why do you go on although it is not safe?"),
        help_text=_("Kept with the contact, sealed. The owner and the supervisor of the case see it."),
    )

    def __init__(self, *args: Any, way: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "way": way}, **kwargs)


class CameForm(DeskForm):
    """What came of a contact."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), widget=Radios(), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )  # fmt: skip
    words = Words(label=_("In a few words"), help_text=_("What was said, by whom. It is sealed."))
    agreed = Words(label=_("What was agreed"), rows=2)
    next_by = MomentField(
        label=_("Next contact promised by"), required=False, end="latest", widget=MomentParts(),
        help_text=_("Empty: nothing was promised."),
    )  # fmt: skip
    task = forms.BooleanField(
        label=_("Make the promise a task of mine"), required=False, initial=True, widget=Checkbox()
    )
    title = forms.CharField(
        label=_("What is to be done then"), required=False, max_length=LONGEST_TITLE, widget=TextInput(attrs={"dir": "auto"})
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, direction: str, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen, "task": True}, **kwargs)
        fitting = [entry for entry in pack().contact_outcomes if entry.direction == direction]
        self.fields["outcome"].choices = worded(fitting)  # type: ignore[attr-defined]
        if seen:
            self.fields["words"].label = _("What was wrong, and what is right")
            self.fields["words"].help_text = _("The earlier note stays. Yours counts from now on.")

    def came(self) -> Came:
        """What a valid form says."""
        found = self.cleaned_data
        return Came(found["outcome"], found["words"], found["agreed"], found["next_by"])

    def task_title(self, otherwise: str) -> str:
        """The title of the task that the promise becomes; "" for none."""
        found = self.cleaned_data
        return (found["title"].strip() or otherwise) if found["task"] and found["next_by"] else ""


class EarlierForm(CameForm):
    """A contact that is over already, or that the person began: the outcome says who got in touch with whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label=_("How?"), widget=Select())
    begun_at = MomentField(label=_("When did it begin?"), widget=MomentParts())
    reason = Words(
        label=_("Why was it done although it was not safe by the plan?"),
        help_text=_("Kept with the contact, sealed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, direction=OUT, seen=0, **kwargs)
        self.initial["key"] = uuid4()
        self.fields["way"].choices = [("", _("Choose")), *worded(pack().contact_ways)]  # type: ignore[attr-defined]
        both = (
            (title, worded([entry for entry in pack().contact_outcomes if entry.direction == direction]))
            for direction, title in ((OUT, _("We got in touch")), (IN, _("They got in touch")))
        )
        self.fields["outcome"].widget = Select()
        self.fields["outcome"].choices = [("", _("Choose")), *both]  # type: ignore[attr-defined]

    def direction(self) -> str:
        """Who got in touch with whom, of a valid form."""
        found = pack().contact_outcomes.get(self.cleaned_data["outcome"])
        return found.direction if found else OUT
