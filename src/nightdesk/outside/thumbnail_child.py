"""Run by outside/thumbnails.py as a process of its own, with limits: pictures from outside are hostile.

Reads a picture from standard input; writes a small WebP of its pixels alone ("draw"), or what it says about itself as
JSON ("about"), to standard output. Imports nothing of ours: it must not be able to do more than this.
"""

import io
import json
import resource
import sys
from typing import Any

SECONDS = 5
MEMORY = 768 * 1024 * 1024
EDGE = 320
MOST_PIXELS = 60_000_000  # a phone takes twelve to fifty million
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def limit() -> None:
    """No more time, memory, files or processes than a picture needs; set before a byte of it is read."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def drawn(picture: Any) -> bytes:
    """The first frame as a small WebP, the right way up, without anything that stood beside the pixels."""
    from PIL import Image, ImageOps

    picture.draft("RGB", (EDGE * 2, EDGE * 2))  # a large JPEG need not be unpacked whole
    picture.thumbnail((EDGE, EDGE))
    small = ImageOps.exif_transpose(picture).convert("RGB")
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    made = io.BytesIO()
    clean.save(made, "WEBP", quality=70)
    return made.getvalue()


def about(picture: Any) -> bytes:
    """When, where and with what it says it was taken: what stands in its EXIF, as texts."""
    exif = picture.getexif()
    more, place = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    said = {
        "taken": more.get(0x9003) or exif.get(0x0132), "zone": more.get(0x9011), "make": exif.get(0x010F),
        "model": exif.get(0x0110), "software": exif.get(0x0131), "latitude": degrees(place, 2, 1),
        "longitude": degrees(place, 4, 3), "width": picture.width, "height": picture.height,
    }  # fmt: skip
    return json.dumps(
        {key: str(value)[:100] for key, value in said.items() if value not in (None, "")}
    ).encode()


def degrees(place: Any, figures: int, side: int) -> str:
    """A coordinate in degrees, negative for south and west; "" for none."""
    try:
        parts = [float(part) for part in place[figures]]
        found = parts[0] + parts[1] / 60 + parts[2] / 3600
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError):
        return ""
    return f"{-found if str(place.get(side, '')).strip() in ('S', 'W') else found:.5f}"


def main() -> None:
    """One picture in, one answer out."""
    limit()
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow warns above this, and refuses above twice of it
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
        sys.stdout.buffer.write(drawn(picture) if sys.argv[1] == "draw" else about(picture))


if __name__ == "__main__":
    main()
