"""Where the system's Chromium is, and how it is started."""

import shutil
from typing import Final

# The shell first: the same engine without the windows, tabs and toolbars that the other draws for each page unseen, which
# takes a third of a journey's processor time.
NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)

FLAGS: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(Exception):
    """There is no Chromium on this machine."""


def find_chromium() -> str:
    """Path of the browser; raises ChromiumMissing with what to do."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise ChromiumMissing(
        "No Chromium was found. Install it (Debian: apt-get install chromium) and run ./dev test again."
    )
