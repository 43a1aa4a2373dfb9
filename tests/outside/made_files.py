"""Files as a person brings them, and files that lie: made here, invented, small."""

import io
import zipfile

from PIL import Image

WHATSAPP = (
    "[31/12/2025, 23:58:01] ~ Jo: Are you there?\r\n"
    "[31/12/2025, 23:59:10] Sam: Come over\r\nFlat 2\r\n"
    "[01/01/2026, 00:10:00] Sam: \u200eimage omitted\r\n"
)
TELEGRAM = (
    '{"name": "Sam", "type": "personal_chat", "id": 1, "messages": ['
    '{"id": 1, "type": "message", "date": "2026-01-01T00:10:00", "from": "Sam", "text": "Come over"},'
    '{"id": 2, "type": "message", "date": "2026-01-01T00:11:00", "from": "Jo", "text": ["See ", {"type": "link", '
    '"text": "this"}], "photo": "x.jpg"}]}'
)


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    """A picture of two colours."""
    made, drawn = io.BytesIO(), Image.new("RGB", size, (40, 90, 160))
    drawn.paste((230, 200, 90), (0, 0, size[0] // 2, size[1] // 2))
    drawn.save(made, form, **more)
    return made.getvalue()


def picture_with_place() -> bytes:
    """A JPEG that says when, where and with what it was taken: invented, in the middle of the sea."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "MARKMAKER", "Pocket 9"
    exif.get_ifd(0x8769)[0x9003] = "2025:12:31 23:59:00"
    place = exif.get_ifd(0x8825)
    place.update({1: "S", 2: (10.0, 30.0, 0.0), 3: "W", 4: (20.0, 15.0, 36.0)})
    return picture(exif=exif)


def archive(entries: dict[str, bytes], **more: object) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            # with no time of its own: made by two workers it is the same
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0\0\0\x08free" + b"\0" * 200
MOV = b"\0\0\0\x14ftypqt  \0\0\2\0qt  " + b"\0" * 200
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0" * 200
MP3 = b"ID3\x03\0\0\0\0\0\0" + b"\xff\xfb\x90\x44" + b"\0" * 400
AMR = b"#!AMR\n" + b"<" * 32
OGG = b"OggS\0\2" + b"\0" * 22 + b"OpusHead" + b"\0" * 50
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    + b"\0" * 40
)
DOCX = archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"})
DOCM = archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HTML = b"<!DOCTYPE html><html><body><script>x()</script></body></html>"
CHAT_ARCHIVE = archive({"_chat.txt": WHATSAPP.encode(), "00000001-PHOTO.jpg": picture()})
BOMB = archive({f"{n}.txt": b"\0" * 30_000_000 for n in range(4)})
