"""Controls a person types into, and the drop-down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from nightdesk.desks.furniture.widgets.base import Furnished


def _text_attrs(attrs: Any, autocomplete: str | None, spellcheck: bool | None) -> dict[str, Any]:
    built = dict(attrs or {})
    if autocomplete:
        built.setdefault("autocomplete", autocomplete)
    if spellcheck is not None:
        built.setdefault("spellcheck", "true" if spellcheck else "false")
    return built


class TextInput(Furnished, forms.TextInput):
    """One line. ``width``: 2, 3, 4, 5, 10, 20 (characters) or "one-half", "two-thirds" and so on."""

    template_name = "govuk/widgets/text.html"
    css = "govuk-input"
    css_error = "govuk-input--error"

    def __init__(
        self,
        attrs: Any = None,
        *,
        width: int | str = "",
        prefix: str = "",
        suffix: str = "",
        autocomplete: str | None = "off",
        spellcheck: bool | None = False,
        **kwargs: Any,
    ) -> None:
        self.width, self.prefix, self.suffix = width, prefix, suffix
        super().__init__(_text_attrs(attrs, autocomplete, spellcheck), **kwargs)

    def _classes(self, attrs: Mapping[str, Any]) -> list[str]:
        sized = (
            f"govuk-input--width-{self.width}"
            if isinstance(self.width, int)
            else f"govuk-!-width-{self.width}"
        )
        return [*super()._classes(attrs), *([sized] if self.width else [])]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what stands before and after the box."""
        context = super().get_context(name, value, attrs)
        return {**context, "prefix": self.prefix, "suffix": self.suffix}


class EmailInput(TextInput):
    """An e-mail address."""

    input_type = "email"


class PhoneInput(TextInput):
    """A telephone number, in whatever form the person says it."""

    input_type = "tel"


class PasswordInput(TextInput):
    """A password, never sent back to the page, with a Show button when JavaScript runs."""

    template_name = "govuk/widgets/password.html"
    input_type = "password"
    css = "govuk-input govuk-password-input__input govuk-js-password-input-input"
    group_class = "govuk-password-input"
    group_module = "govuk-password-input"

    def __init__(self, attrs: Any = None, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        super().__init__({"autocapitalize": "none", **(attrs or {})}, autocomplete=autocomplete, **kwargs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Forgets the value, as Django's own password box does."""
        return super().get_context(name, None, attrs)


class Textarea(Furnished, forms.Textarea):
    """Several lines. ``count`` shows how many characters are left of that many; it never cuts."""

    template_name = "govuk/widgets/textarea.html"
    css = "govuk-textarea"
    css_error = "govuk-textarea--error"

    def __init__(
        self,
        attrs: Any = None,
        *,
        rows: int = 5,
        count: int = 0,
        threshold: int = 0,
        autocomplete: str | None = "off",
        spellcheck: bool | None = False,
        **kwargs: Any,
    ) -> None:
        self.count, self.threshold = count, threshold
        super().__init__({"rows": rows, **_text_attrs(attrs, autocomplete, spellcheck)}, **kwargs)
        self.attrs.pop("cols", None)

    @property
    def group_class(self) -> str:
        """The counter's script works on the whole group."""
        return "govuk-character-count" if self.count else ""

    @property
    def group_module(self) -> str:
        """Names the counter's script."""
        return self.group_class

    def _classes(self, attrs: Mapping[str, Any]) -> list[str]:
        return [*super()._classes(attrs), *(["govuk-js-character-count"] if self.count else [])]


class Select(Furnished, forms.Select):
    """One of many; prefer Radios up to about seven choices."""

    template_name = "govuk/widgets/select.html"
    option_template_name = "govuk/widgets/select_option.html"
    css = "govuk-select"
    css_error = "govuk-select--error"


class FileInput(Furnished, forms.FileInput):
    """A file from this machine."""

    template_name = "govuk/widgets/text.html"
    css = "nd-file"
    css_error = "nd-file--error"
