"""The forms of sharing: with whom, what the person answered, what a supervisor decides, and who is passed on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.consents import LONGEST_NAME, Asked
from nightdesk.desks.caseroom.forms_duties import ANSWER_WORDS, Words
from nightdesk.desks.furniture.fields import DayField, MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, DateParts, MomentParts, Radios, Select, TextInput
from nightdesk.outside.current import pack
from nightdesk.queries.sharing import RecipientSeen
from nightdesk.rules.pack_sharing import BY_CONSENT, Recipient
from nightdesk.rules.sharing import groups_for

YES, NO, NOT_ASKED = "yes", "no", ""
GROUP_CHOICES = ((YES, _("Yes")), (NO, _("No")), (NOT_ASKED, _("Not asked")))
SEALED = _("It is sealed: only who works on the case reads it.")


def recipient_choices(kinds: Any) -> list[tuple[str, str]]:
    """(“kind/service”, words) for each service of the directory, and one of each kind by its name."""
    found: list[tuple[str, str]] = []
    for kind in kinds:
        services = [(code, pack().services[code].label) for code in kind.services]
        found += [(f"{kind.id}/{code}", f"{kind.label}: {label}") for code, label in services]
        other = _("named below") if kind.basis == BY_CONSENT else ""
        found.append((f"{kind.id}/", f"{kind.label}: {other}" if other else kind.label))
    return found


class RecipientForm(DeskForm):
    """Somebody that something could be shared with. Writing them down shares nothing."""

    who = forms.ChoiceField(label=_("Who"), widget=Select())
    name = Text(
        label=_("What it is called, if it is not in the list"), required=False, max_length=LONGEST_NAME, widget=TextInput()
    )  # fmt: skip

    def __init__(self, *args: Any, duty: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in pack().recipients if not duty or kind.duty == duty]
        self.fields["who"].choices = [("", _("Choose")), *recipient_choices(kinds)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """Kind, service and name of a valid form."""
        kind, _slash, service = self.cleaned_data["who"].partition("/")
        return {"kind": kind, "service": service, "name": self.cleaned_data["name"]}


class ConsentForm(DeskForm):
    """What the person was asked, and what they answered, group by group. Nothing is ticked before."""

    purposes = forms.MultipleChoiceField(label=_("What is it for?"), required=False, widget=Checkboxes())
    until = DayField(
        label=_("Until when does it hold?"), required=False, widget=DateParts(),
        help_text=_("The end of that day. It can be taken back at any time before."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How did they answer?"), widget=Radios())
    words = Words(label=_("In which words?"), help_text=SEALED)
    answered_at = MomentField(
        label=_("When did they answer?"), required=False, widget=MomentParts(), help_text=_("Empty means now.")
    )  # fmt: skip
    replaces = forms.ChoiceField(
        label=_("What about what they said before?"), required=False, widget=Radios()
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: RecipientSeen, kind: Recipient, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.groups = groups_for(pack().share_fields, to.kind)
        for group in self.groups:
            self.fields[f"group_{group}"] = forms.ChoiceField(
                label=pack().share_groups[group].text_in("en"), required=False, choices=GROUP_CHOICES,
                widget=Radios(inline=True, small=True), initial=NOT_ASKED,
            )  # fmt: skip
        fitting = [(one.id, one.text_in("en")) for one in pack().share_purposes if to.kind in one.kinds]
        self.fields["purposes"].choices = fitting  # type: ignore[attr-defined]
        ways = [(way.id, way.text_in("en")) for way in pack().consent_ways]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        held = [one.answer.number for one in to.consents if not one.answer.replaced]
        if held:
            again = [(str(n), _("This answer replaces answer %(number)s") % {"number": n}) for n in held]
            beside = ("beside", _("Both hold: only what both allow may go"))
            self.fields["replaces"].choices = [*again, beside]  # type: ignore[attr-defined]
            self.fields["replaces"].required = True
        else:
            del self.fields["replaces"]

    def group_fields(self) -> list[Any]:
        """The questions, for the template."""
        return [self[f"group_{group}"] for group in self.groups]

    def asked(self, now: datetime) -> Asked:
        """What a valid form says."""
        found = self.cleaned_data
        by_answer = {
            answer: frozenset(group for group in self.groups if found[f"group_{group}"] == answer)
            for answer in (YES, NO)
        }
        replaces = found.get("replaces", "")
        return Asked(
            key=found["key"], yes=by_answer[YES], no=by_answer[NO], purposes=frozenset(found["purposes"]), way=found["way"],
            answered_at=found["answered_at"] or now, until_at=end_of(found["until"]), words=found["words"],
            replaces=int(replaces) if replaces.isdecimal() else None,
        )  # fmt: skip


def end_of(day: date | None) -> datetime | None:
    """When a day ends by the local clock, as UTC."""
    if day is None or day == date.max:
        return None
    zone = timezone.get_current_timezone()
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone).astimezone(UTC)


class WithoutConsentForm(DeskForm):
    """A supervisor decides without the person's consent."""

    ground = forms.ChoiceField(label=_("On which ground?"), widget=Radios())
    groups = forms.MultipleChoiceField(
        label=_("What has to be shared?"), widget=Checkboxes(), help_text=_("No more than is needed.")
    )  # fmt: skip
    reason = Words(label=_("Why can’t it wait for their consent?"), help_text=SEALED)
    person_told = forms.ChoiceField(
        label=_("Was the person told that it is shared?"), widget=Radios(inline=True),
        choices=(("yes", _("Yes")), ("no", _("Not yet"))),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: RecipientSeen, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        grounds = [ground for ground in pack().share_grounds if to.kind in ground.kinds]
        field: Any = self.fields["ground"]
        field.choices = [(ground.id, ground.text_in("en")) for ground in grounds]
        field.widget.hints = {ground.id: ground.meaning for ground in grounds}
        groups = groups_for(pack().share_fields, to.kind)
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (group, pack().share_groups[group].label) for group in groups
        ]


class OfferForm(DeskForm):
    """The person was offered this recipient, and answered."""

    answer = forms.ChoiceField(
        label=_("What did the person answer?"), widget=Radios(), choices=tuple(ANSWER_WORDS.items()),
        help_text=_("A no is an answer: nobody asks again unless they want to be asked."),
    )  # fmt: skip
    words = Words(label=_("In a few words"), help_text=SEALED)
    done_at = MomentField(
        label=_("When were they asked?"), required=False, widget=MomentParts(), help_text=_("Empty means now.")
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)


class StepForm(DeskForm):
    """What became of it: one step of a passing on."""

    move = forms.ChoiceField(label=_("What became of it?"), widget=Radios())
    words = Words(label=_("In a few words"), help_text=SEALED)
    done_at = MomentField(
        label=_("When?"), required=False, widget=MomentParts(), help_text=_("Empty means now.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].choices = moves  # type: ignore[attr-defined]
