"""Forms of the shield: what they said, why it is opened, what is asked about the public interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, MomentParts, Radios, Textarea, TextInput
from nightdesk.desks.shield import words
from nightdesk.outside.current import pack
from nightdesk.rules.interest import WITH_DEFAULT
from nightdesk.rules.shield import DrugAnswer

LONGEST = 200
LONGEST_WORDS = 4000
CHOOSE = _("Choose from the answers on the page.")
DEFAULT, AGAINST = "default", "against"


class AnswerForm(DeskForm):
    """What the person said about drugs: nothing is required, and there is no box for who supplied anything."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    substances = forms.MultipleChoiceField(
        label=_("What it was, as far as they know"), required=False, widget=Checkboxes(small=True),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    other = Text(
        label=_("Something else, as they call it"), required=False, max_length=LONGEST,
        widget=TextInput(attrs={"dir": "auto"}, width=20),
    )  # fmt: skip
    earliest = MomentField(label=_("Earliest time it was taken"), required=False, widget=MomentParts())
    latest = MomentField(
        label=_("Latest time it was taken"), required=False, end="latest", widget=MomentParts()
    )
    when_words = Text(
        label=_("When, in their words"),
        required=False,
        max_length=LONGEST,
        widget=TextInput(attrs={"dir": "auto"}),
    )
    routes = forms.MultipleChoiceField(
        label=_("How"),
        required=False,
        widget=Checkboxes(small=True),
        error_messages={"invalid_choice": CHOOSE},
    )
    given_by = forms.ChoiceField(
        label=_("Who gave it to them"), required=False, widget=Radios(small=True), error_messages={"invalid_choice": CHOOSE},
        help_text=_("Never ask for a name here, and never who supplied it or what they have on them."),
    )  # fmt: skip
    words = Text(
        label=_("In their own words"), required=False, max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"dir": "auto", "rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substances"].choices = [(drug.id, drug.label) for drug in pack().drugs]  # type: ignore[attr-defined]
        self.fields["routes"].choices = words.choices_of(pack().shield_routes)  # type: ignore[attr-defined]
        self.fields["given_by"].choices = list(words.GIVEN_BY.items())  # type: ignore[attr-defined]

    def answer(self) -> DrugAnswer:
        """The facts of a valid form."""
        given = self.cleaned_data
        return DrugAnswer(
            substances=tuple(given["substances"]), other=given["other"], earliest_at=given["earliest"],
            latest_at=given["latest"], when_words=given["when_words"], routes=tuple(given["routes"]),
            given_by=given["given_by"], words=given["words"],
        )  # fmt: skip


class OpenForm(DeskForm):
    """Why it is opened: a reason of the pack for this purpose, and a few words."""

    reason = forms.ChoiceField(
        label=_("Why do you open it?"), widget=Radios(), error_messages={"invalid_choice": CHOOSE}
    )
    words = Text(
        label=_("In a few words"), max_length=LONGEST, widget=TextInput(attrs={"dir": "auto"}),
        help_text=_("Kept sealed with the record. Nothing of what it says belongs here."),
    )  # fmt: skip

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=purpose, **kwargs)
        reasons = [reason for reason in pack().shield_reasons if reason.purpose == purpose]
        self.fields["reason"].choices = words.choices_of(reasons)  # type: ignore[attr-defined]


class AskForm(DeskForm):
    """A decision on the public interest is asked for: which kind, on what grounds, and whether against the default."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it about?"), widget=Radios(), error_messages={"invalid_choice": CHOOSE}
    )
    wanted = forms.ChoiceField(
        label=_("What do you ask for?"), widget=Radios(), initial=DEFAULT, required=False,
        help_text=_("Only for own use, possession and small-scale social supply."),
        choices=(
            (DEFAULT, _("A supervisor confirms that it is not in the public interest")),
            (AGAINST, _("Two senior officers look at it, apart from each other")),
        ),
    )  # fmt: skip
    grounds = Text(
        label=_("Grounds"), max_length=LONGEST_WORDS, widget=Textarea(attrs={"dir": "auto", "rows": 5}),
        help_text=_("What is known and how, and why it should be looked at. Sealed: read by whoever decides."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = words.choices_of(pack().interest_kinds)
        field.widget.hints = {kind.id: f"{kind.meaning} {kind.holds}" for kind in pack().interest_kinds}

    def is_against(self) -> bool:
        """Whether they ask to go against the default; a kind without one never is."""
        return self.cleaned_data["wanted"] == AGAINST and self.cleaned_data["kind"] in WITH_DEFAULT


class MoveForm(DeskForm):
    """A move of a decision, with its reasons."""

    reasons = Text(
        label=_("Your reasons"), required=False, max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"dir": "auto", "rows": 4}),
        help_text=_("Sealed, and kept with the decision. A view and a decision need them."),
    )  # fmt: skip
