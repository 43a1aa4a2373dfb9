"""Small pictures, and what a picture says about itself: by Pillow, in a child process that can do nothing else.

A picture that breaks it, is too large or takes too long has no small picture; nothing of ours falls with it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Final

CHILD: Final = Path(__file__).with_name("thumbnail_child.py")
SECONDS: Final = 10  # by the clock on the wall; of work the child has five
MOST_BYTES: Final = 40_000_000  # of a picture that is drawn
MOST_DRAWN: Final = 300_000  # of what is drawn
TYPES: Final = ("image/jpeg", "image/png", "image/webp", "image/gif")
WEBP: Final = b"RIFF"


def thumbnail(file: IO[bytes], media_type: str) -> bytes | None:
    """A small WebP without hidden data; None when none can be drawn."""
    made = _asked("draw", file, media_type)
    return made if made and made.startswith(WEBP) and len(made) <= MOST_DRAWN else None


def about(file: IO[bytes], media_type: str) -> dict[str, str]:
    """What the picture says about itself: taken, zone, make, model, software, latitude, longitude, width, height."""
    try:
        said = json.loads(_asked("about", file, media_type) or b"{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _asked(what: str, file: IO[bytes], media_type: str) -> bytes | None:
    if media_type not in TYPES:
        return None
    file.seek(0)
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return None
    command = [sys.executable, "-I", "-W", "ignore", str(CHILD), what]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS, check=False, env={})
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
