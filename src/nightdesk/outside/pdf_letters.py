"""Which letters our fonts can show. A letter that none of them has stands in a sheet as its number: [U+65E5].

For sheets that hold what a person typed or pasted: one picture in a message must not keep the whole account out.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from nightdesk.outside.pdf import TEMPLATES

VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they choose between two forms of a picture


def printable(value: Any) -> Any:
    """The same text (or list, or mapping of texts) with letters that no font of ours shows written as their number."""
    if isinstance(value, str):
        return "".join(letter if _shown(letter) else _instead(letter) for letter in value)
    if isinstance(value, list):
        return [printable(one) for one in value]
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return value


def _shown(letter: str) -> bool:
    return letter in "\n\t" or ord(letter) in _letters()


def _instead(letter: str) -> str:
    """Nothing for what is invisible anyway, such as the joiner between two pictures."""
    invisible = unicodedata.category(letter) in ("Cf", "Cc") or letter in VARIANTS
    return "" if invisible else f"[U+{ord(letter):04X}]"


@cache
def _letters() -> frozenset[int]:
    """Every letter that both weights of one of our fonts have: some of it may stand in a heading."""
    fonts = {path.stem.split("-")[0] for path in (TEMPLATES / "fonts").glob("*.ttf")}
    both = [
        _of(TEMPLATES / "fonts" / f"{name}-Regular.ttf") & _of(TEMPLATES / "fonts" / f"{name}-Bold.ttf")
        for name in fonts
    ]
    return frozenset().union(*both)


def _of(font: Path) -> set[int]:
    """The letters of one font file, by its character map (OpenType cmap, formats 4 and 12)."""
    data = font.read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * data[5], 16)
    }
    start = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">I", data, start + 4 + 8 * number + 4)[0]
        kind = struct.unpack_from(">H", data, at)[0]
        for first, last in _segments(data, at, kind):
            found.update(range(first, last + 1))
    return found - {0xFFFF}


def _segments(data: bytes, at: int, kind: int) -> list[tuple[int, int]]:
    if kind == 12:
        groups = range(struct.unpack_from(">I", data, at + 12)[0])
        return [struct.unpack_from(">II", data, at + 16 + 12 * group) for group in groups]
    if kind != 4:
        return []
    twice = struct.unpack_from(">H", data, at + 6)[0]
    lasts = struct.unpack_from(f">{twice // 2}H", data, at + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
    return list(zip(firsts, lasts, strict=True))
