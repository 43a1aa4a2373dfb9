"""What happened in a case, as its timeline and its page show it."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom import words_timeline as words
from nightdesk.desks.furniture.paged import paged
from nightdesk.queries import timeline as queries
from nightdesk.queries.timeline import Happened, Timeline
from nightdesk.rules.access import Reader

NEWEST: Final = 5


def events(lines: Iterable[Happened], reference: str) -> list[dict[str, Any]]:
    """Lines as events: a sentence, who, when, and the way to the page that says more."""
    return [_event(line, reference) for line in lines]


def _event(line: Happened, reference: str) -> dict[str, Any]:
    sentence = words.SENTENCES[line.kind]
    more = words.more(line.kind)
    return {
        "title": sentence.said(line.facts).strip(), "byline": line.who or words.of_nobody(), "at": line.at,
        "text": format_html('<a class="govuk-link" href="{}">{}</a>', reverse(more[0], args=[reference]), more[1])
        if more else "",
    }  # fmt: skip


def timeline(found: Timeline, reference: str, chosen: str, *, reads: bool) -> dict[str, Any]:
    """The page: events of one group or of all, and the groups with how many lines each has."""
    groups = {"": _("Everything that happened")} | {name: str(text) for name, text in words.GROUPS.items()}
    return {
        "events": events(found.lines, reference), "page": found.page, "page_count": found.pages,
        "pages": paged(found.page, found.pages, lambda number: _href(reference, chosen, number)),
        "filters": [
            {"text": text, "count": count, "href": _href(reference, name), "chosen": name == chosen}
            for name, text in groups.items()
            if (count := sum(found.counts.get(kind, 0) for kind in words.kinds_of(name, reads=reads))) or name == chosen
        ],
    }  # fmt: skip


def _href(reference: str, group: str, page: int = 1) -> str:
    asked = ({"kind": group} if group else {}) | ({"page": page} if page > 1 else {})
    return reverse("timeline", args=[reference]) + (f"?{urlencode(asked)}" if asked else "")


def newest(reader: Reader, reference: str, *, theirs: bool) -> list[dict[str, Any]]:
    """What happened last, for the case's own page; that the shield was opened is for those whose case it is."""
    kinds = words.kinds_of("", reads=False) - (
        frozenset() if theirs else words.kinds_of(words.SHIELD, reads=False)
    )
    return [
        event | {"text": ""} for event in events(queries.newest(reader, reference, kinds, NEWEST), reference)
    ]
