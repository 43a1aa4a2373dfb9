"""Reads a QR code of version 1 back, by the standard (ISO/IEC 18004), without the library that drew it.

Enough for a label: 21 × 21 modules, alphanumeric, no error correction needed, because what was printed is whole.
"""

from collections.abc import Callable, Iterator, Sequence

SIZE = 21
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FORMAT_MASK = 0b101010000010010
DATA_BYTES = {"M": 16, "L": 19, "H": 9, "Q": 13}
LEVELS = {0b00: "M", 0b01: "L", 0b10: "H", 0b11: "Q"}
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
Modules = Sequence[Sequence[int]]


def read_qr(modules: Modules) -> str:
    """The text in the code. Raises ValueError when it is none."""
    if len(modules) != SIZE or any(len(row) != SIZE for row in modules):
        raise ValueError("not 21 by 21 modules")
    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        _refuse_unless_finder(modules, top, left)
    level, mask = _format(modules)
    bits = [modules[y][x] ^ int(MASKS[mask](y, x)) for y, x in _data_places()]
    stream = bits[: DATA_BYTES[level] * 8]
    if _number(stream, 0, 4) != 0b0010:
        raise ValueError("not alphanumeric")
    length, at, text = _number(stream, 4, 9), 13, ""
    while len(text) < length:
        pair = length - len(text) >= 2
        value = _number(stream, at, 11 if pair else 6)
        text += LETTERS[value // 45] + LETTERS[value % 45] if pair else LETTERS[value]
        at += 11 if pair else 6
    return text


def _number(bits: Sequence[int], start: int, length: int) -> int:
    return int("".join(map(str, bits[start : start + length])), 2)


def _refuse_unless_finder(modules: Modules, top: int, left: int) -> None:
    for y in range(7):
        for x in range(7):
            ring = max(abs(y - 3), abs(x - 3))
            if modules[top + y][left + x] != int(ring != 2):
                raise ValueError("no finder where one has to be")


def _format(modules: Modules) -> tuple[str, int]:
    """Level and mask, from the fifteen modules around the first finder."""
    row = [modules[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    column = [modules[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    found = _number(row + column, 0, 15) ^ FORMAT_MASK
    return LEVELS[found >> 13], found >> 10 & 0b111


def _data_places() -> Iterator[tuple[int, int]]:
    """Row and column of every data module, in the zigzag order of the standard."""
    upward = True
    for right in range(SIZE - 1, 0, -2):
        right = right - 1 if right <= 6 else right  # the timing column belongs to no pair
        for y in range(SIZE - 1, -1, -1) if upward else range(SIZE):
            for x in (right, right - 1):
                if not _is_function(y, x):
                    yield y, x
        upward = not upward


def _is_function(y: int, x: int) -> bool:
    """Finders with their margins and format, and the timing lines."""
    corner = (y <= 8 and x <= 8) or (y <= 8 and x >= SIZE - 8) or (y >= SIZE - 8 and x <= 8)
    return corner or y == 6 or x == 6
