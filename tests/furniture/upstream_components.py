"""Calls of our components for upstream's options (see upstream.py)."""

from django.utils.html import format_html

from nightdesk.desks.furniture.drawing import draw
from nightdesk.desks.furniture.templatetags import furniture as tags
from tests.furniture.upstream import common, only, wording

WORDS = ("text", "html", "classes", "attributes")


def button(o):
    """No start button: it belongs to gov.uk."""
    if not only(o, *WORDS, "href", "name", "value", "type", "disabled", "id", "preventDoubleClick"):
        return None
    if o.get("preventDoubleClick") is False:
        return None
    given = {key: o[key] for key in ("href", "name", "value", "type", "disabled", "id") if key in o}
    return tags.button(wording(o), prevent_double=o.get("preventDoubleClick"), **given, **common(o))


def tag(o):
    """All of it."""
    return tags.tag(wording(o), **common(o)) if only(o, *WORDS) else None


def details(o):
    """All of it."""
    if not only(o, *WORDS, "summaryText", "summaryHtml", "id", "open"):
        return None
    given = {"id": o.get("id", ""), "open": o.get("open", False), **common(o)}
    return draw("details", content=wording(o), summary=wording(o, "summaryText"), **given)


def inset_text(o):
    """All of it."""
    return draw("inset", content=wording(o), id=o.get("id"), **common(o)) if only(o, *WORDS, "id") else None


def warning_text(o):
    """The hidden word is always "Warning"."""
    if not only(o, *WORDS, "iconFallbackText") or o.get("iconFallbackText", "Warning") != "Warning":
        return None
    return draw("warning", content=wording(o), **common(o))


def panel(o):
    """No actions inside."""
    if not only(o, *WORDS, "titleText", "titleHtml", "headingLevel") or "interruption" in o.get(
        "classes", ""
    ):
        return None
    title = wording(o, "titleText")
    return draw("panel", content=wording(o), title=title, level=o.get("headingLevel", 1), **common(o))


def notification_banner(o):
    """The heading paragraph is the page's."""
    if not only(o, *WORDS, "type", "titleText", "titleId") or o.get("type", "success") != "success":
        return None
    heading = '<p class="govuk-notification-banner__heading">{}</p>'
    content = wording(o) if o.get("html") else format_html(heading, o["text"])
    title = o.get("titleText") or ("Success" if o.get("type") else "Important")
    return draw(
        "banner", content=content, title=title, tone=o.get("type", ""), id=o.get("titleId"), **common(o)
    )


def error_summary(o):
    """Title and list."""
    lines = o.get("errorList") or []
    if not only(o, "titleText", "errorList", "classes", "attributes") or not lines:
        return None
    if not all(only(line, "text", "html", "href") for line in lines):
        return None
    drawn = [{"text": wording(line), "href": line.get("href")} for line in lines]
    return draw("error_summary", lines=drawn, title=o.get("titleText", ""), **common(o))


def _row(row):
    if not row or not only(row, "key", "value", "actions", "classes"):
        return None
    actions = row.get("actions") or {}
    items = actions.get("items") or []
    plain = only(actions, "items") and all(only(i, "text", "href", "visuallyHiddenText") for i in items)
    if not plain or not only(row["key"], "text", "html") or not only(row.get("value", {}), "text", "html"):
        return None
    links = [{"text": i["text"], "href": i["href"], "about": i.get("visuallyHiddenText")} for i in items]
    words = {"key": wording(row["key"]), "value": wording(row.get("value", {}))}
    return {**words, "actions": links, "classes": row.get("classes", "")}


def summary_list(o):
    """Plain rows; a card only with a plain title."""
    card = o.get("card") or {}
    title = card.get("title") or {}
    rows = [_row(row) for row in o["rows"]]
    if not only(o, "rows", "classes", "attributes", "card") or None in rows:
        return None
    if not only(card, "title") or not only(title, "text", "html") or (card and not title):
        return None
    return tags.summary_list(rows, card_title=wording(title), **common(o))


def _cell(cell):
    if not cell or not only(cell, "text", "html", "format", "classes", "colspan"):
        return None
    given = {"numeric": cell.get("format") == "numeric", "classes": cell.get("classes", "")}
    return {"text": wording(cell), "colspan": cell.get("colspan"), **given}


def table(o):
    """No spanning rows, no attributes on cells."""
    rows = [[_cell(cell) for cell in row] for row in o["rows"] if row]
    head = [_cell(cell) for cell in o.get("head") or []]
    if None in head or any(None in row for row in rows) or "html" in o or not all(o["rows"]):
        return None
    size = o.get("captionClasses", "").removeprefix("govuk-table__caption--")
    given = {
        "caption": o.get("caption", ""),
        "caption_size": size,
        "first_is_header": o.get("firstCellIsHeader"),
    }
    return tags.table(rows, head, **given, **common(o))


def _task(item):
    if not item or not only(item, "title", "href", "hint", "status", "classes"):
        return None
    status = item["status"]
    if not only(item["title"], "text", "html") or not only(status, "text", "html", "tag"):
        return None
    task = {"title": wording(item["title"]), "href": item.get("href"), "classes": item.get("classes")}
    task["hint"] = wording(item.get("hint") or {})
    if "tag" not in status:
        return {**task, "status": wording(status)}
    if not only(status["tag"], "text", "html", "classes"):
        return None
    colour = status["tag"].get("classes", "").removeprefix("govuk-tag--")
    return {**task, "status": wording(status["tag"]), "status_tag": colour}


def task_list(o):
    """Plain items."""
    items = [_task(item) for item in o["items"]]
    if not only(o, "items", "idPrefix", "classes", "attributes") or None in items:
        return None
    return tags.task_list(items, id_prefix=o.get("idPrefix", "task-list"), **common(o))
