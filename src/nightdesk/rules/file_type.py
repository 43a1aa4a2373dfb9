"""What a file is, by its first and last bytes: an allow-list of what a person brings from a phone. Its name may only agree.

Source of the signatures: the formats' own specifications (ISO 14496-12, ISO 32000, PNG, JFIF, APPNOTE, EBML).
"""

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nightdesk.rules.attachment import AttachmentRefused, Entry

HEAD_BYTES: Final = 64 * 1024
TAIL_BYTES: Final = 66 * 1024  # the directory of an archive ends at most 65,557 bytes before its end


@dataclass(frozen=True)
class FileType:
    """One type on the list: `guesses` are the endings that an independent reader of signatures may give for it."""

    code: str
    media_type: str
    kind: str
    extension: str
    endings: frozenset[str]
    guesses: frozenset[str]


def _type(code: str, media_type: str, kind: str, endings: str, guesses: str = "") -> FileType:
    names = frozenset(endings.split())
    return FileType(code, media_type, kind, endings.split()[0], names, names | frozenset(guesses.split()))


_FILM_GUESSES: Final = "mp4 m4v mov 3gp 3g2 3ga qt qtvr m4a f4a f4v"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    found.code: found
    for found in (
        _type("jpeg", "image/jpeg", "picture", "jpg jpeg jfif", "jpe"),
        _type("png", "image/png", "picture", "png", "apng"),
        _type("gif", "image/gif", "picture", "gif"),
        _type("webp", "image/webp", "picture", "webp"),
        _type("heic", "image/heic", "picture", "heic heif avif", "hif"),
        _type("pdf", "application/pdf", "pdf", "pdf", "fdf ai"),
        _type("mp4", "video/mp4", "film", "mp4 m4v 3gp 3g2", _FILM_GUESSES),
        _type("mov", "video/quicktime", "film", "mov qt", _FILM_GUESSES),
        _type("m4a", "audio/mp4", "sound", "m4a m4b", _FILM_GUESSES),
        _type("webm", "video/webm", "film", "webm mkv", "mka mks"),
        _type("avi", "video/x-msvideo", "film", "avi"),
        _type("mp3", "audio/mpeg", "sound", "mp3 mpga", "koz"),
        _type("aac", "audio/aac", "sound", "aac", "mp3 mpga"),
        _type("ogg", "audio/ogg", "sound", "ogg oga opus", "ogv ogx"),
        _type("amr", "audio/amr", "sound", "amr 3ga"),
        _type("wav", "audio/wav", "sound", "wav"),
        _type("docx", f"{_OFFICE}.wordprocessingml.document", "document", "docx docm", "zip"),
        _type("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "document", "xlsx xlsm", "zip"),
        _type("odt", "application/vnd.oasis.opendocument.text", "document", "odt ods", "zip docx"),
        _type("ole", "application/msword", "document", "doc xls", "msi"),
        _type("zip", "application/zip", "archive", "zip", "docx xlsx"),
        _type("text", "text/plain", "text", "txt csv log md"),
        _type("json", "application/json", "text", "json txt"),
        # given out as plain text: opened by a click it must not run
        _type("html", "text/plain", "text", "txt html htm", "html htm xml"),
    )
}  # fmt: skip
ZIPPED: Final = ("docx", "xlsx", "odt", "zip")
WORDED: Final = ("text", "json", "html")

PROGRAMS: Final = (
    b"\x7fELF", b"#!/", b"#! ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"\0asm",
    b"L\0\0\0\x01\x14\x02", b"dex\n",
)  # fmt: skip
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_MP4: Final = (
    b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"MSNV", b"dash", b"XAVC",
    b"3gp", b"3g2", b"mmp4", b"f4v ",
)  # fmt: skip
_MARKUP: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|\?php|svg)[\s>:]", re.IGNORECASE
)
_SVG: Final = re.compile(  # as the root of the file: inside a page of a chat it is only an icon
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNTYPED: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PROGRAM_SENTENCE: Final = (
    "This file is a program or holds one, so it is not kept here. "
    "Put the device or the file in the force’s evidence system."
)
UNKNOWN_SENTENCE: Final = (
    "What kind of file this is could not be told. Pictures, PDF, sound, film, text, office documents and exports of "
    "chats are kept. Take a picture of the screen, or put the file in the force’s evidence system."
)


def type_of(head: bytes, tail: bytes, entries: Callable[[], Sequence[Entry]]) -> FileType:
    """The type of the file with this `head` and `tail`; `entries` is asked for the directory of an archive.

    Raises AttachmentRefused for a program, for a drawing that can run scripts, and for what is not on the list.
    """
    if head.startswith(PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head[:64]):
        raise AttachmentRefused(PROGRAM_SENTENCE)
    code = _by_signature(head)
    if code == "zip":
        code = _of_archive([one.name for one in entries()])
    code = code or _of_words(head, tail)
    if not code:
        raise AttachmentRefused(UNKNOWN_SENTENCE)
    return TYPES[code]


def _by_signature(head: bytes) -> str:
    for start, code in (
        (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"%PDF-", "pdf"),
        (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"OggS", "ogg"),
        (b"#!AMR", "amr"), (b"ID3", "mp3"), (b"\xff\xf1", "aac"), (b"\xff\xf9", "aac"), (b"\x1a\x45\xdf\xa3", "webm"),
    ):  # fmt: skip
        if head.startswith(start):
            return code
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    # MPEG audio, layer III, without a tag in front
    return "mp3" if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 else ""


def _by_brand(brand: bytes) -> str:
    if brand in _HEIC:
        return "heic"
    if brand == b"qt  ":
        return "mov"
    if brand[:3] == b"M4A" or brand[:3] == b"M4B":
        return "m4a"
    return "mp4" if brand.startswith(_MP4) else ""


def _of_archive(names: Iterable[str]) -> str:
    found = set(names)
    if "[Content_Types].xml" in found:
        parts = {name.split("/")[0] for name in found}
        return "docx" if "word" in parts else "xlsx" if "xl" in parts else ""
    if "META-INF/MANIFEST.MF" in found or "AndroidManifest.xml" in found:
        raise AttachmentRefused(PROGRAM_SENTENCE)
    return "odt" if {"mimetype", "content.xml"} <= found else "zip"


def _of_words(head: bytes, tail: bytes) -> str:
    text = decoded(head, cut=True)
    if text is None or _UNTYPED.search(text) or (b"\0" in tail and not head.startswith(_WIDE)):
        return ""
    if _SVG.match(text):
        raise AttachmentRefused(
            "This drawing can hold a program, so it is not kept. Take a picture of the screen and attach that."
        )
    if _MARKUP.search(text.encode("utf-8", "replace")):
        return "html"
    return "json" if text.lstrip()[:1] in ("{", "[") and '"' in text[:500] else "text"


def decoded(raw: bytes, *, cut: bool = False) -> str | None:
    """The text of `raw` (UTF-8, UTF-16 with its mark, or else Windows Western); None when it is none.

    `cut`: more follows, so that the last letter may be broken.
    """
    if raw.startswith(_WIDE):
        return codecs.getincrementaldecoder("utf-16")("replace").decode(raw, final=not cut)
    try:
        return codecs.getincrementaldecoder("utf-8-sig")("strict").decode(raw, final=not cut)
    except UnicodeDecodeError:
        return None if b"\0" in raw else raw.decode("cp1252", "replace")


def refuse_if_name_disagrees(found: FileType, ending: str) -> None:
    """Raise AttachmentRefused when the name says another kind of file than the content. No ending says nothing.

    A picture that is called by another picture's ending is common on phones and harmless: the kind decides.
    """
    same_kind = {name for one in TYPES.values() if one.kind == found.kind for name in one.endings}
    if ending and ending not in found.endings | same_kind and not (found.code in ZIPPED and ending == "zip"):
        raise AttachmentRefused(
            f"This file is called .{ending[:10]}, but inside it is of the kind “{found.extension}”. Ask where it came "
            "from; if it is right, rename it and add it again."
        )


def risk_of(found: FileType, head: bytes, tail: bytes, entries: Sequence[Entry]) -> str:
    """Why to open it with care: code of RISKS, "" for no reason seen."""
    if found.code == "ole" or any(one.name.lower().endswith("vbaproject.bin") for one in entries):
        return "macros"
    if found.code == "html":
        return "active"
    if any(one.locked for one in entries):
        return "locked"
    archive = found.code not in ZIPPED and b"PK\x05\x06" in tail
    paper = found.code != "pdf" and b"%PDF-" in head[:1024]
    markup = found.code not in WORDED and bool(_MARKUP.search(head[:4096]) or _MARKUP.search(tail[-4096:]))
    return "two_in_one" if archive or paper or markup else ""
