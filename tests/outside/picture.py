"""Reads a PNG back as rows of brightness (0 black to 255 white): eight bits a channel, not interlaced."""

import struct
import zlib

WHITE = [255]
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def brightness(png: bytes) -> list[list[int]]:
    """Rows of pixels; colour is averaged, and what is transparent is white."""
    parts: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        parts[name] = parts.get(name, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert depth == 8
    size = CHANNELS[colour]
    raw, stride = zlib.decompress(parts[b"IDAT"]), width * size
    rows, previous = [], bytearray(stride)
    for y in range(height):
        line = bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        _unfilter(raw[y * (stride + 1)], line, previous, size)
        white = line == b"\xff" * stride
        rows.append(
            WHITE * width if white else [_bright(line[x : x + size], colour) for x in range(0, stride, size)]
        )
        previous = line
    return rows


def _bright(pixel: bytearray, colour: int) -> int:
    alpha = pixel[-1] if colour in (4, 6) else 255
    light = pixel[:-1] if colour in (4, 6) else pixel
    return (sum(light) // len(light) * alpha + 255 * (255 - alpha)) // 255


def _unfilter(kind: int, line: bytearray, above: bytearray, size: int) -> None:
    if kind == 0:
        return
    if kind in (2, 4) and not any(line) and above == above[:size] * (len(above) // size):
        line[:] = above  # most of a sheet is white
        return
    for i in range(len(line)):
        left = line[i - size] if i >= size else 0
        corner = above[i - size] if i >= size else 0
        up = above[i]
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        line[i] = (line[i] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))
