"""The counter's form: what, when, where, who. Cleans, then builds the frozen facts that rules and actions take."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.counter.fields import Pick, PickMany, Words
from nightdesk.desks.furniture.fields import MomentField
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import (
    Checkboxes,
    EmailInput,
    PhoneInput,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from nightdesk.outside.current import pack
from nightdesk.rules.basics import LONGEST_ANSWER, LONGEST_WHAT, Basics, Suspect, with_answer_states
from nightdesk.rules.evidence_clock import quick_time

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("dont_know", _("I don’t know")))
NON_ANSWERS = (("", "–"), ("dont_know", _("Doesn’t know")), ("rather_not", _("Would rather not say")))
SUSPECTS = 3  # shown one at a time; more are described in words
LONGEST_TELLING = 24  # hours between opening the page and sending it
OLDEST = 120  # years: nobody reports what happened longer ago


def words_of(entries: Iterable[Any], first: str = "") -> list[tuple[str, str]]:
    """Choices of pack entries in the language of the page; `first` is what stands for no answer."""
    language = get_language() or "en"
    return [("", first)] * bool(first) + [(entry.id, entry.text_in(language)) for entry in entries]


def non_answer(label: Any) -> Pick:
    """The small select beside a question: doesn't know, would rather not say."""
    return Pick(label=label, choices=NON_ANSWERS, widget=Select())


class BasicsForm(DeskForm):
    """Everything but the suspects. Nothing is required but one word of *what*, and that only to send it on."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    told_at = forms.DateTimeField(
        widget=forms.HiddenInput, required=False
    )  # "an hour ago" counts back from here
    what = Words(
        label=_("What happened"), longest=LONGEST_WHAT,
        help_text=_("Their own words, as they say them. One word is enough to ask for a specialist."),
        widget=Textarea(rows=5, label_size="m", count=LONGEST_WHAT, threshold=90, attrs={"autofocus": True, "dir": "auto"}),
    )  # fmt: skip
    red_flags = PickMany(label=_("Right now, is the person"), widget=Checkboxes(small=True))
    danger_now = Pick(label=_("In danger now"), choices=YES_NO, widget=Radios(small=True, inline=True))
    under_18 = Pick(label=_("Under 18"), choices=YES_NO, widget=Radios(small=True, inline=True))
    when_choice = Pick(label=_("When, roughly"), widget=Select())
    when_from = MomentField(label=_("From, or the time itself"), required=False, end="earliest")
    when_to = MomentField(label=_("To, at the latest"), required=False, end="latest")
    when_words = Words(label=_("When, in their words"), widget=TextInput(attrs={"dir": "auto"}))
    where_kind = Pick(label=_("What kind of place"), widget=Select())
    where_words = Words(
        label=_("Where"), help_text=_("Address, postcode, venue, app, or how to find it"), longest=LONGEST_ANSWER,
        widget=TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    where_answer = non_answer(_("Where: no answer because"))
    call_me = Words(
        label=_("What shall we call you"),
        help_text=_("Any name will do"),
        widget=TextInput(attrs={"dir": "auto"}),
    )
    pronouns = Words(label=_("Pronouns"), widget=TextInput())
    on_behalf = Words(
        label=_("Speaking for someone else: who is speaking"), widget=TextInput(attrs={"dir": "auto"})
    )
    contact_phone = Words(label=_("Phone"), widget=PhoneInput())
    contact_email = Words(label=_("E-mail"), widget=EmailInput())
    safe_ways = PickMany(label=_("Safe ways to reach them"), widget=Checkboxes(small=True))
    contact_notes = Words(
        label=_("What to watch for"), help_text=_("Safe times, who else sees the phone, what not to say"),
        longest=LONGEST_ANSWER, widget=TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    person_answer = non_answer(_("Who they are: no answer because"))
    suspect_answer = non_answer(_("Whoever did it: no answer because"))
    interpreter = Pick(label=_("Interpreter or sign language"), widget=Select())
    officer_sex = Pick(label=_("Officer they would rather speak to"), widget=Radios(small=True, inline=True))
    adviser = Pick(
        label=_("LGBT+ adviser wished for"), choices=YES_NO, widget=Radios(small=True, inline=True)
    )
    channel = Pick(label=_("How this came"), widget=Select())

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        chosen = pack()
        more = [
            ("exact", _("At or between the times below")),
            ("dont_know", _("I don’t know")),
            ("rather_not", _("I’d rather not say")),
        ]
        self.fields["when_choice"].choices = [*words_of(chosen.times, "–"), *more]
        self.fields["where_kind"].choices = words_of(chosen.place_kinds, "–")
        self.fields["red_flags"].choices = words_of(chosen.red_flags)
        self.fields["safe_ways"].choices = words_of(chosen.safe_contacts)
        self.fields["interpreter"].choices = words_of(chosen.languages, str(_("None needed, or not asked")))
        self.fields["officer_sex"].choices = words_of(chosen.officer_sexes)
        self.fields["channel"].choices = words_of(chosen.channels)

    def clean_told_at(self) -> datetime:
        """When the telling began: the moment the page was opened. A value that can't be that is replaced by now."""
        told: datetime | None = self.cleaned_data["told_at"]
        return told if told and self.now - timedelta(hours=LONGEST_TELLING) <= told <= self.now else self.now

    def clean_when_from(self) -> datetime | None:
        """Not in the future, not before anyone alive was born."""
        return self._possible("when_from")

    def clean_when_to(self) -> datetime | None:
        """The latest possible time: now, when it was written as later today."""
        return self._possible("when_to")

    def _possible(self, name: str) -> datetime | None:
        moment: datetime | None = self.cleaned_data[name]
        if moment is None:
            return None
        if name == "when_to" and moment.date() == self.now.date():
            moment = min(
                moment, self.cleaned_data.get("told_at") or self.now
            )  # a day without a time means its last minute, which may not have come yet
        if moment > self.now + timedelta(minutes=5):
            raise forms.ValidationError(_("This time is in the future. Check the date and the time."))
        if moment < self.now - timedelta(days=365 * OLDEST):
            raise forms.ValidationError(
                _("This is more than %(years)s years ago. Check the year.") % {"years": OLDEST}
            )
        return moment

    def clean(self) -> dict[str, Any]:
        """The two times in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("when_from"), cleaned.get("when_to")
        if first and last and first > last:
            self.add_error(
                "when_to",
                _("The latest time is before the first one. Change one of them, or leave one empty."),
            )
        return cleaned

    def times(self) -> tuple[datetime | None, datetime | None]:
        """(earliest_at, latest_at) in UTC: the times written win over the quick answer; one time alone is both."""
        first, last = self.cleaned_data.get("when_from"), self.cleaned_data.get("when_to")
        if first or last:
            return first or None, last or first
        choice = pack().times.get(self.cleaned_data.get("when_choice") or "")
        if choice is None:
            return None, None
        return quick_time(choice.earliest_hours_ago, choice.latest_hours_ago, self.cleaned_data["told_at"])


class SuspectForm(DeskForm):
    """Whoever did it, as far as known: separate identifiers, none required."""

    name_used = Words(label=_("Name they used"), widget=TextInput(attrs={"dir": "auto"}))
    platform = Pick(label=_("App or site"), widget=Select())
    handle = Words(label=_("Name or handle there"), widget=TextInput(attrs={"dir": "auto"}))
    phone = Words(label=_("Phone"), widget=PhoneInput())
    email = Words(label=_("E-mail"), widget=EmailInput())
    address = Words(label=_("Address, or where they live"), widget=TextInput(attrs={"dir": "auto"}))
    vehicle = Words(label=_("Vehicle"), widget=TextInput())
    description = Words(
        label=_("What they looked like"),
        longest=LONGEST_ANSWER,
        widget=Textarea(rows=2, attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = words_of(pack().platforms, "–")

    @property
    def filled(self) -> bool:
        """Whether anything stands in these boxes: then the page shows them opened."""
        return any(self[name].value() for name in self.fields)

    def suspect(self) -> Suspect:
        """What is known of one person."""
        return Suspect(**{name: self.cleaned_data.get(name) or "" for name in asdict(Suspect())})


class CounterForm:
    """The page's forms as one: the basics and up to three suspects."""

    def __init__(
        self, data: Any = None, *, now: datetime, initial: Basics | None = None, **hidden: Any
    ) -> None:
        first = initial_of(initial) if initial else {}
        self.basics_form = BasicsForm(
            data, now=now, initial={"told_at": now.isoformat(), "channel": "counter", **first, **hidden}
        )
        known = initial.suspects if initial else ()
        self.suspect_forms = [
            SuspectForm(data, prefix=f"suspect{n}", initial=asdict(known[n]) if n < len(known) else None)
            for n in range(SUSPECTS)
        ]

    @property
    def forms(self) -> list[DeskForm]:
        """All of them, for the error summary."""
        return [self.basics_form, *self.suspect_forms]

    def is_valid(self) -> bool:
        """True when every answer could be read."""
        return all([form.is_valid() for form in self.forms])

    def basics(self) -> Basics:
        """What could be read: an answer with an error is left out (and stays on the page), everything else counts."""
        self.is_valid()
        cleaned = self.basics_form.cleaned_data
        plain = {name: cleaned.get(name) or "" for name in PLAIN}
        earliest, latest = self.basics_form.times()
        ticked = {
            "when": cleaned.get("when_choice", ""), "where": cleaned.get("where_answer", ""),
            "who_person": cleaned.get("person_answer", ""), "who_suspect": cleaned.get("suspect_answer", ""),
        }  # fmt: skip
        suspects = tuple(form.suspect() for form in self.suspect_forms)
        known = tuple(suspect for suspect in suspects if suspect.known())
        return with_answer_states(
            Basics(
                **plain, earliest_at=earliest, latest_at=latest, suspects=known,
                red_flags=tuple(cleaned.get("red_flags") or ()), safe_ways=tuple(cleaned.get("safe_ways") or ()),
            ),
            ticked,
        )  # fmt: skip


PLAIN = (
    "what", "when_choice", "when_words", "where_kind", "where_words", "on_behalf", "call_me", "pronouns", "contact_phone",
    "contact_email", "contact_notes", "under_18", "danger_now", "interpreter", "officer_sex", "adviser",
)  # fmt: skip


def initial_of(basics: Basics) -> dict[str, Any]:
    """What the boxes show for basics that were kept."""
    initial: dict[str, Any] = {name: getattr(basics, name) for name in PLAIN}
    initial |= {"red_flags": list(basics.red_flags), "safe_ways": list(basics.safe_ways)}
    for question, box in (
        ("where", "where_answer"),
        ("who_person", "person_answer"),
        ("who_suspect", "suspect_answer"),
    ):
        initial[box] = (
            basics.state_of(question) if basics.state_of(question) in ("dont_know", "rather_not") else ""
        )
    if basics.when_choice in ("", "exact"):
        initial |= {"when_from": basics.earliest_at, "when_to": basics.latest_at}
    return initial
