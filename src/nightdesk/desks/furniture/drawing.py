"""Draws one component from its template."""

from __future__ import annotations

from typing import Any

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(component: str, /, **context: Any) -> SafeString:
    """The component with this context; ``attributes`` (a mapping) become HTML attributes, escaped."""
    context["attributes"] = flatatt(dict(context.get("attributes") or {}))
    return render_to_string(f"furniture/components/{component}.html", context)
