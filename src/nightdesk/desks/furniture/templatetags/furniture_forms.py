"""What a page draws around its forms. ``{% load furniture_forms %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nightdesk.desks.furniture.drawing import draw

register = template.Library()


@register.simple_tag
def error_summary(*forms: BaseForm, title: str = "") -> SafeString | str:
    """All errors of the given forms, each linked to its first control; nothing when there are none."""
    lines: list[dict[str, Any]] = []
    for form in forms:
        if not form.is_bound:
            continue
        lines += [{"text": error} for error in form.non_field_errors()]
        lines += [
            {"text": error, "href": f"#{field.first_control_id}"} for field in form for error in field.errors
        ]
    return draw("error_summary", lines=lines, title=title or _("There is a problem")) if lines else ""


@register.simple_tag
def group_data(field: Any) -> SafeString:
    """The counter's settings for its script, in the reader's language (a form group with ``count``)."""
    widget = field.field.widget
    if not getattr(widget, "count", 0):
        return SafeString("")
    data = {
        "data-maxlength": widget.count,
        **({"data-threshold": widget.threshold} if widget.threshold else {}),
    }
    if not (get_language() or "en").startswith("en"):  # upstream's script speaks English by itself
        data |= {f"data-i18n.{kind}": sentence for kind, sentence in _count_sentences().items()}
    return flatatt(data)


def _count_sentences() -> dict[str, str]:
    """Upstream's script fills %{count}; the sentence for one differs in many languages."""
    under = "characters-under-limit"
    over = "characters-over-limit"
    return {
        f"{under}.one": ngettext("You have %(count)s character left", "You have %(count)s characters left", 1)
        % {"count": "%{count}"},
        f"{under}.other": ngettext(
            "You have %(count)s character left", "You have %(count)s characters left", 5
        )
        % {"count": "%{count}"},
        "characters-at-limit": _("You have no characters left"),
        f"{over}.one": ngettext(
            "You have %(count)s character too many", "You have %(count)s characters too many", 1
        )
        % {"count": "%{count}"},
        f"{over}.other": ngettext(
            "You have %(count)s character too many", "You have %(count)s characters too many", 5
        )
        % {"count": "%{count}"},
    }
