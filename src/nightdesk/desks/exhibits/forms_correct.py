"""The form that puts right what was entered about an exhibit: every fact as it is kept, and why it is corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.exhibits.forms import LONGEST_DESCRIPTION, LONGEST_SEAL
from nightdesk.desks.exhibits.words import CORRECTIONS, kind_words
from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import MomentParts, Radios, Select, Textarea, TextInput
from nightdesk.outside.current import pack
from nightdesk.queries.custody import ExhibitSeen
from nightdesk.rules.exhibit_correction import Facts
from nightdesk.rules.pack_exhibits import kind_of

WHERE = (("", _("By whoever entered it")), ("sarc", _("At the SARC")), ("hospital", _("In hospital")))


class CorrectForm(DeskForm):
    """What is left as it is changes nothing. `description` None: this reader may not read it, so they write it anew."""

    reason = forms.ChoiceField(
        label=_("Why is it corrected?"), choices=CORRECTIONS.items(), widget=Radios(),
        error_messages={"required": _("Choose why it is corrected.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), widget=Select())
    taken_at = MomentField(label=_("When was it taken?"), widget=MomentParts())
    taken_where = forms.ChoiceField(
        label=_("Where was it taken?"), required=False, choices=WHERE, widget=Radios()
    )
    seal = Text(
        label=_("Number on the seal it has now"), required=False, max_length=LONGEST_SEAL, widget=TextInput(width=20)
    )  # fmt: skip
    description = Text(
        label=_("Description"), required=False, max_length=LONGEST_DESCRIPTION, widget=Textarea(rows=3)
    )
    number = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: ExhibitSeen, description: str | None, **kwargs: Any) -> None:
        known = seen.known
        initial = {
            "kind": known.kind, "taken_at": known.taken_at, "taken_where": known.taken_where, "seal": known.seal,
            "number": len(seen.corrections), "description": description or "",
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.blind = description is None
        own = kind_of(pack(), known.kind)
        others = [(kind.id, kind_words(kind.id)) for kind in pack().exhibit_kinds if kind != own]
        self.fields["kind"].choices = [(known.kind, kind_words(known.kind)), *others]  # type: ignore[attr-defined]
        if self.blind:
            self.fields["description"].help_text = _(
                "What is written is not shown here. Leave this empty to keep it, or write all of it again."
            )

    @property
    def facts(self) -> Facts:
        """What the form says that holds."""
        given = self.cleaned_data
        written = given["description"]
        return Facts(
            given["kind"], given["taken_at"], given["taken_where"], given["seal"],
            None if self.blind and not written else written,
        )  # fmt: skip
