"""Components made from values. ``{% load furniture %}``; docs/frontend.md shows each with its arguments.

Every component takes ``classes`` and ``attributes`` (a mapping) as upstream does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nightdesk.desks.furniture.drawing import draw
from nightdesk.desks.furniture.marks import cut_at_marks

register = template.Library()


@register.simple_tag
def button(text: str, href: str = "", tone: str = "", **options: Any) -> SafeString:
    """A button, or a link that looks like one. ``tone``: "" (the main thing), secondary, warning, inverse.

    Options: id, name, value, type, disabled, prevent_double, classes, attributes.
    """
    return draw("button", text=text, href=href, tone=tone, **options)


@register.simple_tag
def tag(text: str, colour: str = "", **options: Any) -> SafeString:
    """A word that says a state. ``colour``: blue, green, teal, purple, magenta, red, orange, yellow, grey."""
    return draw("tag", text=text, colour=colour, **options)


@register.simple_tag
def summary_list(rows: Iterable[Mapping[str, Any]], **options: Any) -> SafeString:
    """Names and values. Each row: key, value, actions (list of href, text, about), classes. Option: card_title."""
    drawn = list(rows)
    return draw("summary_list", rows=drawn, any_actions=any(r.get("actions") for r in drawn), **options)


@register.simple_tag
def table(
    rows: Iterable[Iterable[Any]], head: Iterable[Any] = (), caption: str = "", **options: Any
) -> SafeString:
    """Rows of cells; a cell is a text or a mapping (text, numeric, classes, colspan).

    Options: caption_size, first_is_header.
    """
    return draw(
        "table",
        rows=[[_cell(c) for c in row] for row in rows],
        head=[_cell(c) for c in head],
        caption=caption,
        **options,
    )


def _cell(cell: Any) -> Mapping[str, Any]:
    return cell if isinstance(cell, Mapping) else {"text": cell}


@register.simple_tag
def task_list(items: Iterable[Mapping[str, Any]], id_prefix: str = "task-list", **options: Any) -> SafeString:
    """Things to do. Each item: title, href, hint, status, status_tag (colour), cannot_start."""
    return draw("task_list", items=list(items), id_prefix=id_prefix, **options)


@register.simple_tag
def timeline(events: Iterable[Mapping[str, Any]], heading_level: int = 3, **options: Any) -> SafeString:
    """What happened, in order. Each event: title, byline, at (aware datetime), text."""
    return draw("timeline", events=list(events), level=heading_level, **options)


@register.simple_tag
def clock_bar(label: str, left: str, tone: str, percent: int, **options: Any) -> SafeString:
    """One evidence clock. ``left``: the time left in words ("" when not known); ``percent`` of the window that may be left.

    ``tone``: open, soon, closing, closed, later or unknown; its word is always shown, so nothing hangs on colour.
    Options: detail (what to do), until (when it ends, in words), note (a reservation), sure (percent that is left even if it
    happened at the earliest; the rest is hatched).
    """
    words = {
        "open": _("Open"),
        "soon": _("Soon"),
        "closing": _("Closing"),
        "closed": _("Closed"),
        "later": _("Later"),
        "unknown": _("Time not known"),
    }
    if tone not in words:
        raise template.TemplateSyntaxError(
            f"clock_bar: tone must be one of {', '.join(words)}, not {tone!r}."
        )
    may = max(0, min(100, int(percent)))
    sure = max(0, min(may, int(options.pop("sure", may))))
    stripes = range(sure, may, 2)  # one unit drawn, one left out
    options |= {"may": may, "sure": sure, "stripes": stripes}
    return draw("clock_bar", label=label, left=left, tone=tone, word=words[tone], **options)


@register.simple_tag
def marked_words(text: str, marks: Iterable[Any], **options: Any) -> SafeString:
    """The words that led to this. Each mark: start, end (positions in ``text``) and label (why), mapping or object."""
    read = [_mark(mark) for mark in marks]
    pieces = cut_at_marks(text, [(start, end) for start, end, _label in read])
    reasons = [{"words": text[start:end], "label": label} for start, end, label in read]
    return draw("marked_words", pieces=pieces, reasons=reasons, **options)


def _mark(mark: Any) -> tuple[int, int, Any]:
    if isinstance(mark, Mapping):
        return int(mark["start"]), int(mark["end"]), mark["label"]
    return int(mark.start), int(mark.end), mark.label


@register.simple_tag
def paging_list(people: Iterable[Mapping[str, Any]], live_url: str = "", **options: Any) -> SafeString:
    """Who was told and who answered. Each person: who, state, at, detail.

    ``live_url``: address of the same list alone; a script then reads it again every few seconds.
    """
    words = {
        "waiting": (_("Next"), "grey"),
        "told": (_("Told"), "blue"),
        "answered": (_("Answered"), "green"),
        "silent": (_("No answer"), "yellow"),
        "failed": (_("Not reached"), "red"),
        "declined": (_("Can’t come"), "yellow"),
        "expired": (_("Answer ran out"), "yellow"),
    }
    drawn = [{**p, "word": words[p["state"]][0], "colour": words[p["state"]][1]} for p in people]
    return draw("paging_list", people=drawn, live_url=live_url, **options)


@register.simple_tag
def empty(title: str, text: str = "", href: str = "", action: str = "") -> SafeString:
    """What stands where a list is empty: says so, and what to do next."""
    return draw("empty", title=title, text=text, href=href, action=action)


@register.simple_tag
def shown_time(at: Any) -> SafeString:
    """A moment as people say it, with the machine's form beside it: today's zone, 24 hours."""
    local = timezone.localtime(at)
    shown = f"{date_format(local, 'j M Y')}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), shown)
