"""The basics as a form: what, when, where, who. Only one word of *what* is ever required, and only to send it on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.counter.fields import Moment, OpenedAt, Pick, PickMany, Words
from nightdesk.desks.counter.when import times_meant, times_offered
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
from nightdesk.rules.basics import LONGEST_ANSWER, LONGEST_WHAT

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("dont_know", _("I don’t know")))
NON_ANSWERS = (("", "–"), ("dont_know", _("Doesn’t know")), ("rather_not", _("Would rather not say")))
LONGEST_TELLING = 24  # hours between opening the page and sending it
OLDEST = 120  # years: nobody reports what happened longer ago
CLOCK_DRIFT = timedelta(minutes=5)  # between the terminal's clock, on which people look, and the database's


def words_of(entries: Iterable[Any], first: str = "") -> list[tuple[str, str]]:
    """Choices of pack entries in the language of the page; `first` is what stands for no answer."""
    return [("", first)] * bool(first) + _words_in(entries, get_language() or "en")


@cache
def _words_in(entries: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """Made once a language: a form of some two hundred choices is built for every save."""
    return [(entry.id, entry.text_in(language)) for entry in entries]


def free_text(label: Any, *, hint: Any = "", **kwargs: Any) -> Words:
    """A line of free text in any script: its direction follows what is typed."""
    return Words(label=label, help_text=hint, widget=TextInput(attrs={"dir": "auto"}), **kwargs)


def non_answer(label: Any) -> Pick:
    """The small select beside a question: doesn't know, would rather not say."""
    return Pick(label=label, choices=NON_ANSWERS, widget=Select())


def one_of_three(label: Any) -> Pick:
    """Yes, no, don't know."""
    return Pick(label=label, choices=YES_NO, widget=Radios(small=True, inline=True))


class BasicsForm(DeskForm):
    """Everything but the suspects."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    told_at = OpenedAt(required=False)  # quick answers count back from here
    what = Words(
        label=_("What happened"), longest=LONGEST_WHAT,
        help_text=_("Their own words, as they say them. One word is enough to ask for a specialist."),
        widget=Textarea(rows=3, label_size="m", attrs={"autofocus": True, "dir": "auto"}),
    )  # fmt: skip
    red_flags = PickMany(widget=Checkboxes(small=True))
    danger_now = one_of_three(_("In danger now"))
    under_18 = one_of_three(_("Under 18"))
    when_choice = Pick(label=_("When, roughly"), widget=Select())
    when_from = Moment(label=_("From, or the time itself"), required=False, end="earliest")
    when_to = Moment(label=_("To, at the latest"), required=False, end="latest")
    when_words = free_text(_("When, in their words"))
    where_kind = Pick(label=_("What kind of place"), widget=Select())
    where_words = free_text(
        _("Where"), hint=_("Address, postcode, venue, app, or how to find it"), longest=LONGEST_ANSWER
    )
    where_answer = non_answer(_("Where: no answer because"))
    call_me = free_text(_("What shall we call you"), hint=_("Any name will do"))
    pronouns = free_text(_("Pronouns"))
    on_behalf = free_text(_("Speaking for someone else: who is speaking"))
    contact_phone = Words(label=_("Phone"), widget=PhoneInput())
    contact_email = Words(label=_("E-mail"), widget=EmailInput())
    safe_ways = PickMany(label=_("Safe ways to reach them"), widget=Checkboxes(small=True))
    contact_notes = free_text(
        _("What to watch for"), hint=_("Safe times, who else sees the phone, what not to say"),
        longest=LONGEST_ANSWER,
    )  # fmt: skip
    person_answer = non_answer(_("Who they are: no answer because"))
    suspect_answer = non_answer(_("Whoever did it: no answer because"))
    interpreter = Pick(label=_("Interpreter or sign language"), widget=Select())
    officer_sex = Pick(label=_("Officer they would rather speak to"), widget=Radios(small=True, inline=True))
    adviser = one_of_three(_("LGBT+ adviser wished for"))
    channel = Pick(label=_("How this came"), widget=Select())

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        chosen = pack()
        opened_at = self.fields["told_at"].to_python(self["told_at"].value())
        self.fields["when_choice"].choices = times_offered(self._begun(opened_at))
        self.fields["where_kind"].choices = words_of(chosen.place_kinds, "–")
        self.fields["red_flags"].choices = words_of(chosen.red_flags)
        first = _("First: if any of these, ring %(number)s now. Everything else waits.")
        self["red_flags"].label = first % {"number": chosen.about.emergency_number}
        self.fields["safe_ways"].choices = words_of(chosen.safe_contacts)
        self.fields["interpreter"].choices = words_of(chosen.languages, str(_("None needed, or not asked")))
        self.fields["officer_sex"].choices = words_of(chosen.officer_sexes)
        self.fields["channel"].choices = words_of(chosen.channels)

    def clean_told_at(self) -> datetime:
        """When the telling began: the moment the page was opened. A value that can't be that is replaced by now."""
        return self._begun(self.cleaned_data["told_at"])

    def _begun(self, opened_at: datetime | None) -> datetime:
        oldest = self.now - timedelta(hours=LONGEST_TELLING)
        return opened_at if opened_at and oldest <= opened_at <= self.now else self.now

    def clean_when_from(self) -> datetime | None:
        """Not in the future, not before anyone alive was born."""
        moment: datetime | None = self.cleaned_data["when_from"]
        self._refuse_if_impossible(moment)
        return moment

    def clean_when_to(self) -> datetime | None:
        """As the first time; today without a time of day means until now."""
        moment: datetime | None = self.cleaned_data["when_to"]
        if moment and not self._typed("when_to")["time"].strip():
            moment = self._until_now(moment)
        self._refuse_if_impossible(moment)
        return moment

    def _refuse_if_impossible(self, moment: datetime | None) -> None:
        if moment and moment > self.now + CLOCK_DRIFT:
            raise forms.ValidationError(_("This time is in the future. Check the date and the time."))
        if moment and moment < self.now - timedelta(days=365 * OLDEST):
            sentence = _("This is more than %(years)s years ago. Check the year.")
            raise forms.ValidationError(sentence % {"years": OLDEST})

    def _until_now(self, moment: datetime) -> datetime:
        """The last minute of today has not come yet: then it is now. Today is the desk's day, not UTC's."""
        today = timezone.localtime(self.now).date() == timezone.localtime(moment).date()
        return min(moment, self.now) if today else moment

    def _typed(self, name: str) -> dict[str, str]:
        boxes: dict[str, str] = self[name].data
        return boxes

    def clean(self) -> dict[str, Any]:
        """The two times in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("when_from"), cleaned.get("when_to")
        if first and last and first > last:
            sentence = _("The latest time is before the first one. Change one of them, or leave one empty.")
            self.add_error("when_to", sentence)
        return cleaned

    def has_written_times(self) -> bool:
        """Whether a time was written that can be read."""
        return bool(self.cleaned_data.get("when_from") or self.cleaned_data.get("when_to"))

    def times(self) -> tuple[datetime | None, datetime | None]:
        """(earliest_at, latest_at) in UTC: the times written win over the quick answer; one time alone is both.

        A latest time that can't be read is unknown, never earlier than it may have been: a clock must not run short.
        """
        first, last = self.cleaned_data.get("when_from"), self.cleaned_data.get("when_to")
        if "when_to" in self.errors:
            return first, None
        if first and not last:
            return first, self._end_of_first()
        if first or last:
            return first, last
        if "when_from" in self.errors:
            return None, None
        return times_meant(self.cleaned_data.get("when_choice") or "", self.cleaned_data["told_at"])

    def _end_of_first(self) -> datetime:
        """The latest moment that the first time alone can mean: a day without a time lasts until its end."""
        moment: datetime = self.fields["when_to"].clean(self._typed("when_from"))
        return min(moment, max(self.now, self.cleaned_data["when_from"]))

    def kept(self, name: str) -> Any:
        """The answer as cleaned; of a refused one as much as can be kept."""
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        field = self.fields[name]
        return field.kept(self[name].data) if isinstance(field, Words | PickMany) else ""
