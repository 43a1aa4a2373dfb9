"""What a file is: told by its content; its name may only agree; what is dangerous is refused, or said."""

import io

import pytest

from nightdesk.outside.files import look_at, messages_of
from nightdesk.rules.attachment import AttachmentRefused, FileFacts
from nightdesk.rules.chat import ChatUnreadable
from tests.outside import made_files as made

MOST = 10_000_000


def looked_at(content: bytes, name: str = "") -> FileFacts:
    """What is found out about it."""
    return look_at(io.BytesIO(content), name, most=MOST)


@pytest.mark.parametrize(
    ("content", "name", "kind", "extension"),
    [
        (made.picture(), "IMG_1.jpeg", "picture", "jpg"), (made.picture("PNG"), "a.png", "picture", "png"),
        (made.picture("GIF"), "a.gif", "picture", "gif"), (made.picture("WEBP"), "sticker.webp", "picture", "webp"),
        (made.picture_with_place(), "", "picture", "jpg"), (made.HEIC, "IMG.HEIC", "picture", "heic"),
        (made.PDF, "letter.pdf", "pdf", "pdf"), (made.MP4, "v.mp4", "film", "mp4"), (made.MOV, "v.MOV", "film", "mov"),
        (made.WEBM, "v.webm", "film", "webm"), (made.M4A, "voice.m4a", "sound", "m4a"), (made.MP3, "a.mp3", "sound", "mp3"),
        (made.AMR, "a.amr", "sound", "amr"), (made.OGG, "PTT-1.opus", "sound", "ogg"), (made.WAV, "a.wav", "sound", "wav"),
        (made.DOCX, "diary.docx", "document", "docx"), (made.archive({"a.txt": b"x"}), "a.zip", "archive", "zip"),
        ("Ünïcode صورة\r\n".encode(), "a.txt", "text", "txt"), ("x,y\n1,2".encode("utf-16"), "a.csv", "text", "txt"),
        (b"caf\xe9 at nine", "a.txt", "text", "txt"), (b'{"a": 1}', "a.json", "text", "json"),
        (made.WHATSAPP.encode(), "_chat.txt", "chat", "txt"), (made.TELEGRAM.encode(), "result.json", "chat", "json"),
        (made.CHAT_ARCHIVE, "WhatsApp Chat.zip", "chat", "zip"), (made.HTML, "messages.html", "text", "txt"),
        (made.picture("WEBP"), "called-a.jpg", "picture", "webp"),
    ],
)  # fmt: skip
def test_each_kind_that_a_phone_gives_is_known(content: bytes, name: str, kind: str, extension: str) -> None:
    """With its size and its sum."""
    facts = looked_at(content, name)
    assert (facts.kind, facts.extension, facts.size) == (kind, extension, len(content))
    assert len(facts.sha256) == 64


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\0" + b"\0" * 100, "a.jpg", "is a program"), (b"\x7fELF\2\1\1" + b"\0" * 60, "a", "is a program"),
        (b"#!/bin/sh\necho x\n", "a.txt", "is a program"), (b"\xca\xfe\xba\xbe" + b"\0" * 60, "x.class", "is a program"),
        (made.archive({"META-INF/MANIFEST.MF": b"x"}), "a.zip", "is a program"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "a.svg", "drawing"),
        (b"<!-- x -->\n<svg:svg xmlns:svg='x'/>", "a.png", "drawing"),
        (made.PDF, "holiday.jpg", r"called .jpg, but inside it is of the kind “pdf”"),
        (made.picture(), "voice.mp3", "called .mp3"), (b"alert(1)", "a.js", "called .js"), (b"x", "a.bat", "called .bat"),
        (b"\0\1\2\3" * 50, "a.bin", "could not be told"), (b"Rar!\x1a\7\0" + b"\0" * 50, "a.rar", "could not be told"),
        (b"a" * 70_000 + b"\0", "a.txt", "could not be told"), (b"", "a.txt", "empty"),
        (b"a" * (MOST + 1), "a.txt", "larger than 10 MB"),
        (made.BOMB, "a.zip", "unpacks to far more"), (made.archive({"a": b"x"})[:-10], "a.zip", "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "a.zip", "damaged"),
        (b"\0\0\0\x18ftypzzzz" + b"\0" * 60, "a.mp4", "could not be told"),
    ],
)  # fmt: skip
def test_what_is_not_kept_is_refused_with_a_sentence(content: bytes, name: str, sentence: str) -> None:
    """Programs, drawings that run, names that lie, archives that swell or are broken, what nobody knows."""
    with pytest.raises(AttachmentRefused, match=sentence):
        looked_at(content, name)


@pytest.mark.parametrize(
    ("content", "risk"),
    [
        (made.picture(), ""), (made.HTML, "active"), (made.DOCM, "macros"), (made.OLE, "macros"),
        (made.picture() + made.archive({"x.txt": b"x"}), "two_in_one"), (made.PDF + made.archive({"x": b"x"}), "two_in_one"),
        (made.picture(comment=b"<script>alert(1)</script>"), "two_in_one"),
        (made.PDF.replace(b"/Type", b"/OpenAction"), "active"),
        (made.PDF + b" " * 262_100 + b"/JavaScript (x)", "active"),
        (made.picture()[:300] + b"%PDF-1.4" + made.picture(), "two_in_one"),
        (made.DOCX, ""), (made.PDF, ""), (made.CHAT_ARCHIVE, ""),
    ],
)  # fmt: skip
def test_what_needs_care_is_kept_and_said(content: bytes, risk: str) -> None:
    """Pages, macros, two files in one, papers that do something when they are opened."""
    assert looked_at(content).risk == risk


def test_an_archive_with_a_password_says_so() -> None:
    """No scanner can look inside."""
    raw = bytearray(made.archive({"a.txt": b"x"}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    raw[6] |= 1
    assert looked_at(bytes(raw), "a.zip").risk == "locked"


@pytest.mark.parametrize(
    ("content", "media_type", "chat", "count"),
    [
        (made.WHATSAPP.encode(), "text/plain", "whatsapp", 3), (made.WHATSAPP.encode("utf-16"), "text/plain", "whatsapp", 3),
        (made.TELEGRAM.encode(), "application/json", "telegram", 2), (made.CHAT_ARCHIVE, "application/zip", "whatsapp", 3),
        (made.archive({"x/result.json": made.TELEGRAM.encode()}), "application/zip", "telegram", 2),
    ],
)  # fmt: skip
def test_a_chat_is_read_from_its_file(content: bytes, media_type: str, chat: str, count: int) -> None:
    """Alone, or inside the archive of an export."""
    found = looked_at(content)
    assert (found.media_type, found.chat) == (media_type, chat)
    messages = messages_of(io.BytesIO(content), media_type=media_type, chat=chat)
    assert len(messages) == count
    assert any("Come over" in one.words for one in messages)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"x" * 10_000_001, "text/plain"), (b"PK broken", "application/zip"),
        (made.archive({"a.txt": b"x"}), "application/zip"),
        (b"\xff\0\xff", "text/plain"), (made.archive({"_chat.txt": b"0" * 10_000_001}), "application/zip"),
    ],
)  # fmt: skip
def test_a_chat_that_cannot_be_shown_says_so(content: bytes, media_type: str) -> None:
    """Too long (also when only an archive knows), broken, without letters."""
    with pytest.raises(ChatUnreadable, match="Download it instead"):
        messages_of(io.BytesIO(content), media_type=media_type, chat="whatsapp")


def test_a_chat_behind_a_password_says_so() -> None:
    """And is not asked for one."""
    raw = bytearray(made.archive({"_chat.txt": b"x"}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    raw[6] |= 1
    with pytest.raises(ChatUnreadable, match="password"):
        messages_of(io.BytesIO(bytes(raw)), media_type="application/zip", chat="whatsapp")
