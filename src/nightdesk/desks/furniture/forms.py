"""The form that desks build on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.widgets import Choices


class DeskForm(forms.Form):
    """A form whose page says what is wrong itself: draw it in ``<form novalidate>``.

    A missing answer is named by its question ("Choose an answer: When"), so that each line of the error summary can
    be told from the next. A field that gives its own "required" message keeps it.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        plain = forms.Field.default_error_messages["required"]
        for name, field in self.fields.items():
            if field.required and field.error_messages.get("required") == plain:
                verb = _("Choose an answer:") if isinstance(field.widget, Choices) else _("Enter an answer:")
                field.error_messages["required"] = format_lazy("{} {}", verb, self[name].label)
