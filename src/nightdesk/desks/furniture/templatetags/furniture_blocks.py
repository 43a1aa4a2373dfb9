"""Components that draw what stands between them and their end tag. ``{% load furniture_blocks %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nightdesk.desks.furniture.drawing import draw

register = template.Library()


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False, **options: Any) -> SafeString:
    """Text that opens on demand."""
    return draw("details", content=content, summary=summary, open=open, **options)


@register.simple_block_tag
def inset(content: str, **options: Any) -> SafeString:
    """Text set apart."""
    return draw("inset", content=content, **options)


@register.simple_block_tag
def warning(content: str, **options: Any) -> SafeString:
    """A sentence that must not be missed."""
    return draw("warning", content=content, **options)


@register.simple_block_tag
def banner(content: str, title: str = "", tone: str = "", **options: Any) -> SafeString:
    """A message about the page. ``tone``: "" or success (which is read out at once and takes the focus)."""
    shown = title or (_("Success") if tone == "success" else _("Important"))
    return draw("banner", content=content, title=shown, tone=tone, **options)


@register.simple_block_tag
def panel(content: str, title: str, level: int = 1, **options: Any) -> SafeString:
    """The one big result of a page, like a reference; its title is the page's h1 unless ``level`` says otherwise."""
    return draw("panel", content=content, title=title, level=level, **options)


@register.simple_block_tag
def say(content: str, kind: str = "say", title: str = "", level: int = 2) -> SafeString:
    """Lines for the counter. ``kind``: say or never."""
    shown = title or (_("Never say") if kind == "never" else _("Say"))
    return draw("say", content=content, kind=kind, title=shown, level=level)
