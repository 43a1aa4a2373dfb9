"""Renders Django forms as GOV.UK form groups: label or legend, hint, error, control, wired together for screen readers.

Settings: ``FORM_RENDERER = "nightdesk.desks.furniture.renderer.GovukRenderer"``. Pattern: web stack reference 2.3; ids
and classes follow govuk-frontend 6.6.0, which the conformance test holds us to.
"""

from __future__ import annotations

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Widget
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class GovukBoundField(BoundField):
    """A field on a form, with the ids, classes and described-by links that the design system expects."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes plus the error class, and for dates the parts that are wrong."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if self.errors and getattr(widget, "css_error", ""):
            built["class"] = f"{built.get('class', '')} {widget.css_error}".strip()
        if hasattr(widget, "faulty_parts"):
            widget.faulty_parts = self.faulty_parts
        if getattr(widget, "count", None) and self.auto_id:
            info = f"{self.auto_id}-info"
            built["aria-describedby"] = f"{info} {built.get('aria-describedby', '')}".strip()
        return built

    def as_widget(
        self, widget: Widget | None = None, attrs: Any = None, only_initial: bool = False
    ) -> SafeString:
        """Renders the control; fields that an answer reveals are rendered inside it."""
        drawn = widget or self.field.widget
        if getattr(drawn, "label_beside", False):
            drawn.label, drawn.hint = self.label, self.help_text
        if getattr(drawn, "reveals", None):
            drawn.revealed = {value: self._group(names) for value, names in drawn.reveals.items()}
        return super().as_widget(widget, attrs, only_initial)

    def _group(self, names: tuple[str, ...]) -> SafeString:
        return format_html_join("", "{}", ((self.form[name].as_field_group(),) for name in names))

    @property
    def aria_describedby(self) -> str | None:
        """Ids of the hint and the error, in reading order; None when the widget names its own."""
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        ids = []
        if self.auto_id and not self.is_hidden:
            ids += [f"{self.auto_id}-hint"] if self.help_text else []
            ids += [f"{self.auto_id}-error"] if self.errors else []
        return " ".join(ids)

    @property
    def faulty_parts(self) -> tuple[str, ...]:
        """The parts of a date or time that an error names; empty means all of them."""
        if not self.errors:
            return ()
        parts: list[str] = []
        for error in self.form.errors.as_data().get(self.name, []):
            parts += (error.params or {}).get("parts", ())
        return tuple(parts) or tuple(getattr(self.field.widget, "parts", ()))

    @property
    def first_control_id(self) -> str:
        """The id an error summary links to: the first control, and for dates the first part that is wrong."""
        find = getattr(self.field.widget, "first_control_id", None)
        if find:
            return str(find(self.auto_id, self.faulty_parts))
        return self.field.widget.attrs.get("id") or self.auto_id


class GovukRenderer(DjangoTemplates):
    """Draws fields with our own templates and leaves Django's alone, because the admin uses the same renderer."""

    form_template_name = "furniture/form.html"
    field_template_name = "furniture/field.html"
    bound_field_class = GovukBoundField
