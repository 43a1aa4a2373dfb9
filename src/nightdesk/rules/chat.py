"""An exported chat, read into who said what and when. Pure: text in, messages out, and nothing is lost.

WhatsApp writes lines (its own help page “How to save your chat history”; the date as the phone’s language has it), Telegram
a file result.json. What can't be read stands in the result as it came. Times are those of the phone, without a zone.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

SAID: Final = "said"
SYSTEM: Final = "system"
UNREAD: Final = "unread"
LONGEST_WHO: Final = 80
MARKS: Final = "\u200e\u200f\u202a\u202c\ufeff"

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_START: Final = re.compile(
    rf"[{MARKS}]*(?P<open>\[)?(?P<a>\d{{1,4}})(?P<dot>[./-])(?P<b>\d{{1,2}})(?P=dot)(?P<c>\d{{1,4}}),?[ \u00a0\u202f]+"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:[ \u00a0\u202f]?(?P<half>[AaPp])[. \u00a0\u202f]{0,2}[Mm]\.?)?"
    r"(?P<close>\]|[ \u00a0][-–])[ \u00a0](?P<rest>.*)",
    re.DOTALL,
)
_LEFT_OUT: Final = re.compile(
    r"<[^<>]{3,40} omitted>|\b(?:image|video|audio|sticker|GIF|document|contact card) omitted\b"
    r"|<attached: [^>]+>|\(file attached\)",
    re.IGNORECASE,
)


class ChatUnreadable(Exception):
    """A file is no chat that can be read; the sentence says what to do."""


@dataclass(frozen=True)
class Message:
    """One message. `at`: by the phone, without a zone; None when it has none. `raw`: exactly what it was read from.

    `how`: said, system (a line of the app itself) or unread (as it came). `media`: something was sent beside the words.
    """

    at: datetime | None
    who: str
    words: str
    how: str
    raw: str
    media: bool = False


def read_whatsapp(text: str) -> tuple[Message, ...]:
    """The messages of a text export, in their order: the `raw` of all, one after the other, is the text itself."""
    lines = _LINE.findall(text)
    starts = [_start(line) for line in lines]
    order = _order([start for start in starts if start])
    blocks: list[tuple[str, datetime | None, list[str]]] = []
    for line, start in zip(lines, starts, strict=True):
        at = _moment(start, order) if start else None
        if start and at:
            blocks.append((start["rest"], at, [line]))
        elif blocks and blocks[-1][1]:
            blocks[-1][2].append(line)  # the message before goes on
        else:
            blocks.append(("", None, [line]))
    return tuple(_message(rest, at, block) for rest, at, block in blocks)


def _start(line: str) -> re.Match[str] | None:
    found = _START.match(line)
    return found if found and bool(found["open"]) == (found["close"] == "]") else None


def looks_like_whatsapp(text: str) -> bool:
    """Whether one of the first lines begins as an export does, and a third of those that say something."""
    lines = [line for line in _LINE.findall(text)[:60] if line.strip()]
    return bool(lines) and sum(bool(_START.match(line)) for line in lines) * 3 >= len(lines)


def _order(starts: list[re.Match[str]]) -> str:
    """Whether dates are day, month or year first: whichever makes a date of the most lines; the day, when nothing tells."""
    return max(
        ("day", "month", "year"), key=lambda order: sum(bool(_moment(start, order)) for start in starts)
    )


def _moment(start: re.Match[str], order: str) -> datetime | None:
    """The time of a line; None for one that is in no calendar."""
    a, b, c = int(start["a"]), int(start["b"]), int(start["c"])
    year, month, day = {"year": (a, b, c), "month": (c, a, b), "day": (c, b, a)}[order]
    hour = int(start["hour"])
    if start["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if start["half"] in "Pp" else 0)
    try:
        return datetime(  # noqa: DTZ001 - the export has no zone
            year + 2000 if year < 100 else year,
            month,
            day,
            hour,
            int(start["minute"]),
            int(start["second"] or 0),
        )
    except ValueError:
        return None


def _message(rest: str, at: datetime | None, lines: list[str]) -> Message:
    raw = "".join(lines)
    if at is None:
        return Message(None, "", raw.rstrip("\r\n"), UNREAD, raw)
    said = (rest + "".join(lines[1:])).replace("\r\n", "\n").removesuffix("\n")
    who, colon, words = said.partition(": ")
    who = who.strip(MARKS + " ~\u202f")
    if not colon or not who or len(who) > LONGEST_WHO or "\n" in who:
        return Message(at, "", said, SYSTEM, raw)
    return Message(at, who, words, SAID, raw, bool(_LEFT_OUT.search(words)))


def read_telegram(text: str) -> tuple[Message, ...]:
    """The messages of result.json (one chat, or all of an account), one for each entry. Raises ChatUnreadable."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise ChatUnreadable(
            "This export can’t be read: it is cut short or damaged. Download it instead."
        ) from None
    return tuple(_of_telegram(entry) for entry in _entries(whole))


def looks_like_telegram(text: str) -> bool:
    """Whether the beginning of a JSON file is that of an export."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and bool(
        re.search(r'"(?:messages|chats)"\s*:\s*[\[{]', text[:20_000])
    )


def _entries(whole: Any) -> Iterator[Any]:
    if not isinstance(whole, Mapping):
        raise ChatUnreadable("This file is no export of a chat. Download it instead.")
    chats = whole.get("chats")
    listed = chats.get("list") if isinstance(chats, Mapping) else None
    for chat in [whole, *(listed if isinstance(listed, list) else [])]:
        messages = chat.get("messages") if isinstance(chat, Mapping) else None
        yield from messages if isinstance(messages, list) else []


def _of_telegram(entry: Any) -> Message:
    raw = json.dumps(entry, ensure_ascii=False)
    words = _pieces(entry.get("text", "")) if isinstance(entry, Mapping) else None
    if words is None or not isinstance(entry, Mapping):
        return Message(None, "", raw, UNREAD, raw)
    media = any(
        entry.get(name)
        for name in ("photo", "file", "media_type", "location_information", "contact_information")
    )
    at, who = _iso(entry.get("date")), str(entry.get("from") or entry.get("actor") or "")
    if entry.get("type") == "service":
        action = str(entry.get("action", "")).replace("_", " ")
        return Message(at, who, ": ".join(filter(None, (action, words))), SYSTEM, raw, bool(media))
    return Message(at, who, words, SAID, raw, bool(media))


def _pieces(text: Any) -> str | None:
    """Text is a string, or a list of strings and of pieces with a look of their own; None for anything else."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return None
    found = [piece.get("text") if isinstance(piece, Mapping) else piece for piece in text]
    words = [piece for piece in found if isinstance(piece, str)]
    return "".join(words) if len(words) == len(found) else None


def _iso(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if isinstance(text, str) else None
    except ValueError:
        return None
