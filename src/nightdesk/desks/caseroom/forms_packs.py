"""The forms of hand-over packs: for what, which groups, and what became of one."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.caseroom.forms_duties import Words
from nightdesk.desks.caseroom.forms_sharing import SEALED
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, MomentParts, Radios, Select, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.shared_pack import NEEDS_WAY

LONGEST_ADDRESS = 300
LONGEST_PRINT = 64


class PurposeForm(DeskForm):
    """What a pack would be for: it decides what may go."""

    purpose = forms.ChoiceField(label=_("What is it for?"), widget=Select())

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [(one.id, one.text_in("en")) for one in pack().share_purposes if kind in one.kinds]
        self.fields["purpose"].choices = fitting  # type: ignore[attr-defined]


class MakeForm(DeskForm):
    """The groups that go in, all ticked before: what is not needed is left out."""

    groups = forms.MultipleChoiceField(
        label=_("What goes in"), widget=Checkboxes(small=True), help_text=_("Leave out what they do not need."),
        error_messages={"required": _("Choose at least one group. A pack without anything is none.")},
    )  # fmt: skip
    purpose = forms.CharField(widget=forms.HiddenInput, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_PRINT)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: tuple[str, ...], **kwargs: Any) -> None:
        initial = {"groups": list(groups)} | kwargs.pop("initial", {}) | {"key": uuid4()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (group, pack().share_groups[group].label) for group in groups
        ]


class PackStepForm(DeskForm):
    """What became of a pack: sent how and where to, told to stop, what they answered."""

    move = forms.ChoiceField(label=_("What became of it?"), widget=Radios())
    way = forms.ChoiceField(label=_("By which way?"), required=False, widget=Select())
    address = Text(
        label=_("To which address, or into whose hands?"), required=False, max_length=LONGEST_ADDRESS, widget=TextInput(),
        help_text=SEALED,
    )  # fmt: skip
    words = Words(label=_("In a few words"), help_text=SEALED)
    done_at = MomentField(
        label=_("When?"), required=False, widget=MomentParts(), help_text=_("Empty means now.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["move"]
        field.choices = moves
        ways = [(way.id, way.text_in("en")) for way in pack().send_ways]
        self.fields["way"].choices = [("", _("Choose")), *ways]  # type: ignore[attr-defined]
        if not any(move in NEEDS_WAY for move, _words in moves):
            del self.fields["way"], self.fields["address"]
