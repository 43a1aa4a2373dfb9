"""Text as it was typed: nothing cut, nothing changed but characters that no keyboard makes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nightdesk.desks.furniture.fields import MomentField
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import TextInput
from nightdesk.rules.basics import LONGEST_LINE


class Words(forms.CharField):
    """A text kept verbatim. Too long is said with the number of characters; what was typed stays on the page."""

    widget = TextInput

    def __init__(self, *, longest: int = LONGEST_LINE, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**{"required": False, "strip": False, **kwargs})
        self.validators = []  # the null-character refusal: such characters are taken out instead, nothing is refused

    def to_python(self, value: Any) -> str:
        """The text without control characters; line ends as one character."""
        return storable(str(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        """Raise ValidationError when the text is longer than can be kept; the sentence says what is kept."""
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            sentence = ngettext(
                "%(label)s: %(over)s character too long. The first %(longest)s are kept; shorten it, or add the rest as "
                "another entry.",
                "%(label)s: %(over)s characters too long. The first %(longest)s are kept; shorten it, or add the rest as "
                "another entry.",
                over,
            )
            params = {"label": self.label, "over": over, "longest": self.longest}
            raise ValidationError(sentence % params, code="too_long")

    def kept(self, typed: Any) -> str:
        """As much of what was typed as one field holds: a record with the beginning is better than none."""
        return self.to_python(typed)[: self.longest]


class Moment(MomentField):
    """A time in separate boxes; what is wrong with it is said with its question, because a page has several."""

    def to_python(self, value: Any) -> Any:
        """The moment typed, or None. Raises ValidationError naming the question and the wrong boxes."""
        try:
            return super().to_python(value)
        except ValidationError as fault:
            raise ValidationError(f"{self.label}: {fault.messages[0]}", fault.code, fault.params) from fault


class OpenedAt(forms.DateTimeField):
    """The hidden moment at which the page was opened. Nobody typed it, so what can't be read is no fault of theirs."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The moment, or None."""
        try:
            return super().to_python(value)
        except (ValidationError, OverflowError):
            return None


class Pick(forms.ChoiceField):
    """One of a few, none required. An unknown value is said to be so; the rest is kept."""

    default_error_messages = {"invalid_choice": _("Choose one of the answers on the page.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class PickMany(forms.MultipleChoiceField):
    """Any of a few. An unknown value is said to be so; the known ones are kept."""

    default_error_messages = {"invalid_choice": _("Choose from the answers on the page.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def kept(self, typed: Any) -> list[str]:
        """Of what was sent, what the page offers: a ticked red flag is never lost to a broken neighbour."""
        return [value for value in typed or () if self.valid_value(value)]
