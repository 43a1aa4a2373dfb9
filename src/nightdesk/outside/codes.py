"""Codes that people read and machines scan: rules say what a code looks like, chance says which one, segno draws it."""

import secrets
from typing import Final

import segno

from nightdesk.rules import kit_number
from nightdesk.rules.exhibit import RANDOM_SIGNS, SIGNS, exhibit_code

QUIET: Final = 4  # modules around a code that stay white


def new_exhibit_code() -> str:
    """A random code for a label: 5 × 10¹¹ of them, not sequential, tells nothing."""
    return exhibit_code("".join(secrets.choice(SIGNS) for _ in range(RANDOM_SIGNS)))


def new_kit_number() -> str:
    """A random kit number for a bag or a label. Kept nowhere until a kit is opened with it."""
    values = [secrets.randbelow(len(kit_number.LETTERS)) for _ in range(kit_number.RANDOM_LETTERS)]
    return kit_number.number_of(values)


def qr_modules(text: str) -> tuple[tuple[int, ...], ...]:
    """The QR code of a label as rows of 0 and 1 (dark), without its quiet zone; a quarter of it may be unreadable."""
    made = segno.make_qr(text, error="q", boost_error=False)
    return tuple(tuple(int(bool(module)) for module in row) for row in made.matrix)


def qr_svg(text: str) -> str:
    """The same as SVG, one unit a module, with the quiet zone of four modules that scanners need."""
    modules = qr_modules(text)
    size = len(modules) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, dark in enumerate(row)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
