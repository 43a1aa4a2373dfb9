"""What an attached file is: its sum, its type by content, the directory of an archive, and whether it is a chat.

rules/file_type.py decides; puremagic, which knows the signatures of hundreds of formats, must not say otherwise.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Final

import puremagic

from nightdesk.rules import chat as chats
from nightdesk.rules.attachment import (
    PART_BYTES,
    AttachmentRefused,
    Entry,
    FileFacts,
    extension_of,
    refuse_if_bomb,
    refuse_if_too_large,
)
from nightdesk.rules.file_type import (
    HEAD_BYTES,
    TAIL_BYTES,
    UNKNOWN_SENTENCE,
    WORDED,
    ZIPPED,
    FileType,
    decoded,
    refuse_if_name_disagrees,
    risk_of,
    type_of,
)

MOST_CHAT_BYTES: Final = 10_000_000  # of text; a chat of ten years has half of it
# In a PDF: it runs something, opens something, or carries a file. Seen only where it stands in clear.
ACTIVE_PDF: Final = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/OpenAction")
DAMAGED: Final = "This archive is damaged or cut short. Ask for it again, or for the files in it one by one."


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """The file from its beginning, in parts of 256 KiB."""
    file.seek(0)
    while piece := file.read(PART_BYTES):
        yield piece


def look_at(file: IO[bytes], name: str, *, most: int) -> FileFacts:
    """What the file is. Raises AttachmentRefused, with a sentence, for one that is not kept."""
    size = file.seek(0, io.SEEK_END)
    refuse_if_too_large(size, most)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(max(0, size - TAIL_BYTES))
    tail = file.read(TAIL_BYTES)
    found = type_of(head, tail, lambda: entries_of(file))
    _refuse_if_guessed_otherwise(found, head)
    refuse_if_name_disagrees(found, extension_of(name))
    entries = entries_of(file) if found.code in ZIPPED else ()
    refuse_if_bomb(entries)
    risk, chat = risk_of(found, head, tail, entries), _chat_of(found, head, entries)
    sha256, active = _sum(file, found.code == "pdf")
    return FileFacts(
        found.media_type, "chat" if chat else found.kind, found.extension, size, sha256,
        risk or ("active" if active else ""), chat,
    )  # fmt: skip


def _refuse_if_guessed_otherwise(found: FileType, head: bytes) -> None:
    if found.code in WORDED:
        return  # plain words have no signature
    guesses = set()
    with suppress(puremagic.PureError, ValueError):
        guesses = {match.extension.lstrip(".").lower() for match in puremagic.magic_string(head)}
    if guesses and not guesses & found.guesses:
        raise AttachmentRefused(UNKNOWN_SENTENCE)


def entries_of(file: IO[bytes]) -> tuple[Entry, ...]:
    """The directory of an archive. Raises AttachmentRefused when it can't be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return tuple(
                Entry(one.filename, one.file_size, one.compress_size, bool(one.flag_bits & 1))
                for one in archive.infolist()
            )
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError, UnicodeError):
        raise AttachmentRefused(DAMAGED) from None


def _chat_of(found: FileType, head: bytes, entries: tuple[Entry, ...]) -> str:
    """Which app's export it is; "" for none."""
    if found.code == "zip":
        name = chat_entry([one.name for one in entries])
        return "" if not name else "telegram" if name.endswith(".json") else "whatsapp"
    if found.code not in WORDED:
        return ""
    text = decoded(head, cut=True) or ""
    if chats.looks_like_telegram(text):
        return "telegram"
    return "whatsapp" if chats.looks_like_whatsapp(text) else ""


def chat_entry(names: list[str]) -> str:
    """The text of a chat among the names in an archive; "" for none."""
    for name in names:
        last = name.rsplit("/", 1)[-1]
        if last in ("_chat.txt", "result.json") or (last.endswith(".txt") and "WhatsApp" in last):
            return name
    return ""


def _sum(file: IO[bytes], is_pdf: bool) -> tuple[str, bool]:
    digest, active, before = hashlib.sha256(), False, b""
    for piece in pieces_of(file):
        digest.update(piece)
        if is_pdf and not active:
            seen = before + piece
            active, before = any(word in seen for word in ACTIVE_PDF), piece[-16:]
    return digest.hexdigest(), active


def messages_of(file: IO[bytes], *, media_type: str, chat: str) -> tuple[chats.Message, ...]:
    """The messages of an attached chat. Raises ChatUnreadable when it can't be read or is too long to be shown."""
    raw = _chat_bytes(file, media_type)
    if len(raw) > MOST_CHAT_BYTES:
        raise chats.ChatUnreadable("This chat is too long to be shown here. Download it instead.")
    text = decoded(raw)
    if text is None:
        raise chats.ChatUnreadable("The letters of this chat can’t be read. Download it instead.")
    return chats.read_telegram(text) if chat == "telegram" else chats.read_whatsapp(text)


def _chat_bytes(file: IO[bytes], media_type: str) -> bytes:
    """At most one byte more than is shown, whatever an archive says of itself."""
    if media_type != "application/zip":
        file.seek(0)
        return file.read(MOST_CHAT_BYTES + 1)
    try:
        with zipfile.ZipFile(file) as archive, archive.open(chat_entry(archive.namelist())) as entry:
            return entry.read(MOST_CHAT_BYTES + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
        zlib.error,
    ):
        # RuntimeError: it asks for a password
        raise chats.ChatUnreadable(
            "The chat in this archive can’t be opened: it is damaged, or asks for a password. Download it instead."
        ) from None
