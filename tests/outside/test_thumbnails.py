"""Small pictures, and what a picture says about itself: drawn by a process that can do nothing else."""

import io
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from nightdesk.outside import thumbnails
from nightdesk.outside.thumbnails import about, thumbnail
from tests.outside import made_files as made


def drawn(content: bytes, media_type: str = "image/jpeg") -> bytes | None:
    """The small picture of it."""
    return thumbnail(io.BytesIO(content), media_type)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_has_a_small_one(form: str) -> None:
    """At most 320 pixels, as WebP, whatever it was."""
    small = drawn(made.picture(form), f"image/{form.lower()}")
    assert small
    with Image.open(io.BytesIO(small)) as seen:
        assert (seen.format, seen.size) == ("WEBP", (320, 240))


def test_nothing_that_stood_beside_the_pixels_is_in_the_small_picture() -> None:
    """No maker, no place, no comment, no text; and it is the right way up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "MARKMAKER"
    small = drawn(made.picture(exif=exif, comment=b"MARKCOMMENT"))
    assert small
    assert b"MARK" not in small
    with Image.open(io.BytesIO(small)) as seen:
        assert seen.size == (240, 320)
        assert not seen.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(seen.info)


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff broken", "image/jpeg"), (made.picture()[:400], "image/jpeg"),
        (huge_png(60_000, 60_000), "image/png"),
        (huge_png(8000, 4000), "image/png"), (b"", "image/png"), (made.PDF, "image/jpeg"),
        (made.picture("TIFF"), "image/jpeg"),
        (made.picture(), "application/pdf"), (made.HEIC, "image/heic"),
    ],
)  # fmt: skip
def test_a_picture_that_breaks_has_none_and_nothing_falls(content: bytes, media_type: str) -> None:
    """Broken, cut short, a bomb, of another kind than it is said to be, of a kind that is not drawn."""
    assert drawn(content, media_type) is None
    assert about(io.BytesIO(content), media_type).keys() <= {"width", "height"}


def test_a_picture_says_when_where_and_with_what() -> None:
    """As texts; south and west are negative."""
    said = about(io.BytesIO(made.picture_with_place()), "image/jpeg")
    assert said == {
        "taken": "2025:12:31 23:59:00", "make": "MARKMAKER", "model": "Pocket 9", "latitude": "-10.50000",
        "longitude": "-20.26000", "width": "640", "height": "480",
    }  # fmt: skip


def test_the_child_has_its_limits_before_it_reads_a_byte() -> None:
    """Memory, time, files: asked of the process itself, with its own function."""
    asked = (
        f"import runpy, resource as r; m = runpy.run_path({str(thumbnails.CHILD)!r}); m['limit'](); "
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[1], r.getrlimit(r.RLIMIT_FSIZE)[1])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(768 * 1024 * 1024), "5", "0"]
    takes = asked.split("print")[0] + "bytearray(900 * 1024 * 1024)"
    failed = subprocess.run([sys.executable, "-I", "-c", takes], capture_output=True, text=True, check=False)
    assert "MemoryError" in failed.stderr


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock on the wall; and one that cannot be started is no fault either."""
    monkeypatch.setattr(thumbnails, "SECONDS", 0)
    assert drawn(made.picture()) is None
    monkeypatch.setattr(thumbnails.sys, "executable", "/nowhere/python")
    assert drawn(made.picture()) is None


def test_a_picture_that_is_too_many_bytes_is_not_sent_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it held in memory whole."""
    monkeypatch.setattr(thumbnails, "MOST_BYTES", 100)
    assert drawn(made.picture()) is None
