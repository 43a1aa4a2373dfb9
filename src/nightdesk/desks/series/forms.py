"""Forms of the series desk: an answer with its grounds, a few words, and who may read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, Radios, Select, Textarea
from nightdesk.desks.series import words
from nightdesk.rules.candidate_answer import LONGEST_GROUNDS
from nightdesk.rules.candidate_evidence import family
from nightdesk.rules.link_group import LONGEST_WHY

LONGEST_WORDS = 1000


class AnswerForm(DeskForm):
    """One analyst’s answer about a candidate. What would settle it is offered by what is unknown on either side."""

    seat = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Are both about the same man?"), widget=Radios())
    asked = forms.MultipleChoiceField(
        label=_("If more is needed: what would settle it"), required=False, widget=Checkboxes(small=True)
    )
    grounds = Text(
        label=_("Your grounds"), max_length=LONGEST_GROUNDS, widget=Textarea(rows=5, attrs={"dir": "auto"}),
        help_text=_("What makes you think so, for and against. Sealed, and kept with the evidence as it stands now."),
    )  # fmt: skip

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = list(words.ANSWERS.items())  # type: ignore[attr-defined]
        self.fields["asked"].choices = [*questions(seen.evidence), words.OTHER_QUESTION]  # type: ignore[attr-defined]


def questions(evidence: Any) -> list[tuple[str, Any]]:
    """What would settle it, each once: what neither knows last, because it takes two conversations."""
    mine, theirs = (
        dict.fromkeys(map(family, side)) for side in (evidence.unknown_mine, evidence.unknown_theirs)
    )
    one_side = [about for about in (*mine, *theirs) if (about in mine) != (about in theirs)]
    both = [about for about in mine if about in theirs]
    return [
        (about, words.QUESTIONS[about])
        for about in dict.fromkeys((*one_side, *both))
        if about in words.QUESTIONS
    ]


class WordsForm(DeskForm):
    """A few words, sealed."""

    words = Text(
        label=_("In a few words"), max_length=LONGEST_WORDS, widget=Textarea(rows=3, attrs={"dir": "auto"})
    )


class AsideForm(DeskForm):
    """Why a group is set aside, sealed."""

    why = Text(
        label=_("Why it is set aside"), max_length=LONGEST_WHY, widget=Textarea(rows=3, attrs={"dir": "auto"}),
        help_text=_("It comes back only when another report joins it."),
        error_messages={"required": _("Say why it is set aside: another analyst may ask.")},
    )  # fmt: skip


class NameForm(DeskForm):
    """Whom a supervisor names to read the series desk."""

    username = forms.ChoiceField(label=_("Officer"), widget=Select())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = people  # type: ignore[attr-defined]
