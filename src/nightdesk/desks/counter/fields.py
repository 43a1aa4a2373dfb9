"""Text as it was typed: nothing cut, nothing changed but characters that no keyboard makes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nightdesk.desks.furniture.widgets import TextInput
from nightdesk.rules.basics import LONGEST_LINE

# C0 and C1 control characters except tab and line breaks: invisible, and PostgreSQL refuses NUL.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Words(forms.CharField):
    """A text kept verbatim. Too long is said with the number of characters; what was typed stays on the page."""

    widget = TextInput

    def __init__(self, *, longest: int = LONGEST_LINE, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**{"required": False, "strip": False, **kwargs})
        self.validators = []  # the null-character refusal: such characters are taken out instead, nothing is refused

    def to_python(self, value: Any) -> str:
        """The text without control characters; line ends as one character."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return CONTROL.sub("", text)

    def validate(self, value: str) -> None:
        """Raise ValidationError when the text is longer than can be kept."""
        super().validate(value)
        if (over := len(value) - self.longest) > 0:
            raise ValidationError(
                ngettext_lazy(
                    "This is %(over)s character too long. Shorten it, or put the rest under “what happened”.",
                    "This is %(over)s characters too long. Shorten it, or put the rest under “what happened”.",
                    over,
                ) % {"over": over},
                code="too_long",
            )  # fmt: skip


class Pick(forms.ChoiceField):
    """One of a few, none required. An unknown value is said to be so; the rest is kept."""

    default_error_messages = {"invalid_choice": _("Choose one of the answers on the page.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class PickMany(forms.MultipleChoiceField):
    """Any of a few."""

    default_error_messages = {"invalid_choice": _("Choose from the answers on the page.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
