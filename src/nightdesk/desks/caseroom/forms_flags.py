"""What is typed about a flag: why, whom one asked, when to look again, who was told; and where a look-back begins."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import DayField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.moments import in_zone
from nightdesk.desks.furniture.widgets import Checkbox, Checkboxes, Select, Textarea, TextInput
from nightdesk.outside.current import pack
from nightdesk.rules.flag import LONGEST_WORDS

WHY = _("Say in a few words why, so that the next person understands.")
CHOOSE_TOLD = _("Choose how they were told, or why not.")


class DecisionForm(DeskForm):
    """A decision about one flag: how many decisions the page knew, whom one asked first, why, when to look again.

    `why_needed`: nothing is decided without words. `asks`: (id, name) of supervisors, when one must be asked.
    """

    seen = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput())
    words = Text(
        label=_("Why"), required=False, max_length=LONGEST_WORDS,
        widget=Textarea(rows=3, attrs={"dir": "auto"}), error_messages={"required": WHY},
    )  # fmt: skip
    consulted = forms.ChoiceField(label=_("Supervisor you asked"), required=False, widget=Select())
    review_on = DayField(
        label=_("Look again on"), help_text=_("Empty: after the time that the pack sets."), required=False
    )

    def __init__(
        self, *args: Any, asks: list[tuple[str, str]] | None = None, why_needed: bool = False, dated: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["words"].required = why_needed
        if asks is None:
            del self.fields["consulted"]
        else:
            self.fields["consulted"].choices = [("", _now("Nobody yet")), *asks]  # type: ignore[attr-defined]
        if not dated:
            del self.fields["review_on"]


class ToldForm(DeskForm):
    """Whether somebody was told, and how, or why not."""

    audience = forms.ChoiceField(label=_("Who"), widget=Select())
    answer = forms.ChoiceField(
        label=_("Told, or why not"), widget=Select(),
        error_messages={"required": CHOOSE_TOLD, "invalid_choice": CHOOSE_TOLD},
    )  # fmt: skip
    words = Text(
        label=_("Details"), help_text=_("Only what the next person needs. Sealed."), required=False,
        max_length=LONGEST_WORDS, widget=TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(f"told.{entry.id}", _text(entry)) for entry in pack().flag_ways]
        not_told = [(f"not.{entry.id}", _text(entry)) for entry in pack().flag_not_told]
        self.fields["audience"].choices = [(entry.id, _text(entry)) for entry in pack().flag_audiences]  # type: ignore[attr-defined]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("", "–"), (_now("Told"), told), (_now("Not told"), not_told),
        ]  # fmt: skip

    def telling(self) -> dict[str, Any]:
        """As the action takes it."""
        how, _dot, code = self.cleaned_data["answer"].partition(".")
        told = how == "told"
        return {
            "audience": self.cleaned_data["audience"], "told": told, "way": code if told else "",
            "why_not": "" if told else code, "words": self.cleaned_data["words"],
        }  # fmt: skip


class LookBackForm(DeskForm):
    """From which day on, for which flags, and whether only to count."""

    since = DayField(label=_("Everything told since"), help_text=_("The day on which the first was opened."))
    codes = forms.MultipleChoiceField(
        label=_("Flags to look for"), help_text=_("None chosen: all that a rule can propose."), required=False,
        widget=Checkboxes(small=True),
    )  # fmt: skip
    dry_run = forms.BooleanField(label=_("Only count: propose nothing"), required=False, widget=Checkbox())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        flags = [(flag.id, flag.label) for flag in pack().flags if flag.proposed_by]
        self.fields["codes"].choices = flags  # type: ignore[attr-defined]

    def since_at(self) -> datetime:
        """The first moment of that day here, aware UTC."""
        zone = timezone.get_current_timezone()
        return in_zone(self.cleaned_data["since"], time.min, zone, latest=False).astimezone(UTC)


def _text(entry: Any) -> str:
    return str(entry.text_in(get_language() or "en"))
