"""An exported chat as a page: so many messages at a time, each with who and when as the phone had it."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nightdesk.rules.chat import SYSTEM, UNREAD, Message

AT_ONCE: Final = 100


def chat(messages: Sequence[Message], asked: str) -> dict[str, Any]:
    """The messages of the page that was asked for (the first, when that is none), and the ways on and back."""
    pages = max(1, -(-len(messages) // AT_ONCE))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    first = (number - 1) * AT_ONCE
    return {
        "messages": [_message(one) for one in messages[first : first + AT_ONCE]], "count": len(messages),
        "first": first + 1, "number": number, "pages": pages, "before": number - 1,
        "after": number + 1 if number < pages else 0,
    }  # fmt: skip


def _message(one: Message) -> dict[str, Any]:
    notes = {SYSTEM: _("From the app"), UNREAD: _("Not understood: shown as it came")}
    when = f"{date_format(one.at, 'j M Y')}, {one.at:%H:%M}" if one.at else ""
    return {
        "who": one.who,
        "when": when,
        "words": one.words,
        "note": notes.get(one.how, ""),
        "media": one.media,
    }
