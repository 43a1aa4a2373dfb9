"""What all our controls share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Furnished:
    """What all our controls share: classes, label size, and no silent cutting of long text."""

    css = ""
    css_error = ""

    def __init__(self, *args: Any, label_size: str = "", heading: bool = False, **kwargs: Any) -> None:
        self.label_size = label_size
        self.heading = heading
        super().__init__(*args, **kwargs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Puts the design-system class first; drops maxlength, because it cuts pasted text without a word."""
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["attrs"]
        shown["class"] = " ".join(dict.fromkeys(self._classes(attrs or {})))
        for key in ("maxlength", "minlength"):
            shown.pop(key, None)
        return context

    def _classes(self, attrs: Mapping[str, Any]) -> list[str]:
        given = f"{self.attrs.get('class', '')} {attrs.get('class', '')}"  # type: ignore[attr-defined]
        return [*self.css.split(), *given.split()]
