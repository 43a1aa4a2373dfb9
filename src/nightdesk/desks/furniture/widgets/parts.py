"""Dates and times in separate boxes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.widgets.base import Furnished


class DateParts(Furnished, forms.Widget):
    """A date in separate boxes; the value is a mapping of part to typed text. Use with DayField."""

    template_name = "govuk/widgets/parts.html"
    use_fieldset = True
    css_error = ""
    parts: tuple[str, ...] = ("day", "month", "year")
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
    widths = {"day": 2, "month": 2, "year": 4, "time": 5}

    def __init__(self, attrs: Any = None, **kwargs: Any) -> None:
        self.faulty_parts: tuple[str, ...] = ()
        super().__init__(attrs, **kwargs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """What was typed in each box, untouched."""
        return {part: data.get(f"{name}-{part}", "") for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Omitted only when no box was sent."""
        return all(f"{name}-{part}" not in data for part in self.parts)

    def first_control_id(self, id_: str, faulty: tuple[str, ...]) -> str:
        """The first wrong box."""
        return f"{id_}-{(faulty or self.parts)[0]}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One entry for each box, with what was typed."""
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Mapping) else {}
        id_ = context["widget"]["attrs"].get("id", name)
        boxes = [
            {
                "id": f"{id_}-{part}",
                "name": f"{name}-{part}",
                "label": self.labels[part],
                "value": typed.get(part, ""),
                "width": self.widths[part],
                "numeric": part != "time",
                "faulty": part in self.faulty_parts,
            }
            for part in self.parts
        ]
        return {**context, "boxes": boxes}


class MomentParts(DateParts):
    """A date and a time of day in separate boxes. Use with MomentField."""

    parts = ("day", "month", "year", "time")
