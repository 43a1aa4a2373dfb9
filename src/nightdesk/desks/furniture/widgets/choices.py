"""Controls a person picks from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from nightdesk.desks.furniture.widgets.base import Furnished


class Choices(Furnished):
    """Shared by Radios and Checkboxes: item hints, an "or" before the last, and fields that an answer reveals.

    ``hints`` and ``reveals`` are keyed by the choice's value; ``reveals`` holds names of fields of the same form, which
    the page then must not draw again.
    """

    template_name = "govuk/widgets/choices.html"
    use_fieldset = True
    kind = ""

    def __init__(
        self,
        attrs: Any = None,
        choices: Any = (),
        *,
        hints: Mapping[str, Any] | None = None,
        reveals: Mapping[str, tuple[str, ...]] | None = None,
        divider_before: str = "",
        small: bool = False,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        self.hints, self.reveals, self.divider_before = hints or {}, reveals or {}, divider_before
        self.revealed: dict[str, Any] = {}
        self.small, self.inline = small, inline
        super().__init__(attrs, choices, **kwargs)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The first control has the field's own id, as upstream; the others are numbered from 2."""
        return f"{id_}-{int(index) + 1}" if id_ and index and int(index) else id_

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the item's hint and what it reveals."""
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)  # type: ignore[misc]
        key = str(value)
        option["hint"] = self.hints.get(key, "")
        option["revealed"] = self.revealed.get(key, "")
        option["divider"] = bool(self.divider_before) and key == self.divider_before
        for key in ("class", "aria-invalid"):  # a radio may not carry aria-invalid; the group says the error
            option["attrs"].pop(key, None)
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the modifiers, and whether anything is revealed."""
        context = super().get_context(name, value, attrs)
        modifiers = [f"govuk-{self.kind}--{name}" for name in ("small", "inline") if getattr(self, name)]
        return {**context, "kind": self.kind, "modifiers": modifiers, "given": self.attrs.get("class", "")}


class Radios(Choices, forms.RadioSelect):
    """One of a few. ``inline=True`` for two or three short answers."""

    kind = "radios"


class Checkboxes(Choices, forms.CheckboxSelectMultiple):
    """Any number of a few."""

    kind = "checkboxes"


class Checkbox(Furnished, forms.CheckboxInput):
    """One yes: the label stands beside the box."""

    template_name = "govuk/widgets/checkbox.html"
    css = "govuk-checkboxes__input"
    label_beside = True
    label = hint = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The bound field lends its label and hint, because they are drawn with the box."""
        return {**super().get_context(name, value, attrs), "label": self.label, "hint": self.hint}
