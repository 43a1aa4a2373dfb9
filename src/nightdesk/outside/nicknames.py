"""Short forms of names, from the pack: which full form each becomes before two names are compared."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "packs"


@cache
def load_nicknames(pack: str = "england_wales") -> dict[str, str]:
    """Each short form with its full one. Raises ValueError for a short form that stands under two."""
    text = (FOLDER / pack / "linkage" / "nicknames.toml").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for full, shorts in tomllib.loads(text)["full"].items():
        for short in shorts:
            if short in found:
                raise ValueError(f"{short} stands under {found[short]} and under {full}: keep one")
            found[short] = full
    return found
