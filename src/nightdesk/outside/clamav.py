"""The malware scanner: ClamAV's daemon, asked over its own socket with the INSTREAM command (clamd(8), zINSTREAM).

A file is sent in pieces, each with its length in front, and never lies on a disk for it. Whatever goes wrong comes back as
an outcome, never as an exception: without a scanner files are kept, and said to be not scanned.
"""

import contextlib
import re
import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CONNECT_SECONDS: Final = 2.0
ANSWER_SECONDS: Final = 20.0  # for the whole of it; somebody at a desk waits for this
LONGEST_ANSWER: Final = 4096
PIECE: Final = 64 * 1024
FOUND: Final = re.compile(r"stream: (?P<name>.+?) FOUND")


@dataclass(frozen=True)
class Scanned:
    """What a try came to: clean, found (with the scanner's name for it), no_answer, error, too_large or off."""

    outcome: str
    name: str = ""


OFF: Final = Scanned("off")
NO_ANSWER: Final = Scanned("no_answer")


def read_address(text: str) -> tuple[str, int] | str:
    """`unix:/path` as the path, `tcp:host:port` as host and port. Raises ValueError with what to write."""
    kind, _, rest = text.partition(":")
    if kind == "unix" and rest.startswith("/"):
        return rest
    host, _, port = rest.rpartition(":")
    if kind == "tcp" and host and port.isdecimal() and 0 < int(port) < 65536:
        return host, int(port)
    raise ValueError(
        "NIGHTDESK_CLAMAV must be unix:/path/of/clamd.ctl or tcp:host:port, or empty for no scanner."
    )


def scan(pieces: Iterable[bytes], address: str, *, seconds: float = ANSWER_SECONDS) -> Scanned:
    """What the scanner at `address` says of these bytes; “off” when there is none."""
    if not address:
        return OFF
    ends = time.monotonic() + seconds
    try:
        with contextlib.closing(_connected(address, min(CONNECT_SECONDS, seconds))) as line:
            _send(line, pieces, ends)
            return _meaning(_answer(line, ends))
    except OSError:
        return NO_ANSWER


def _connected(address: str, seconds: float) -> socket.socket:
    where = read_address(address)
    if not isinstance(where, str):
        return socket.create_connection(where, timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(seconds)
    try:
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, pieces: Iterable[bytes], ends: float) -> None:
    """Everything, then the empty piece that ends it. A daemon that had enough has said why before it hung up."""
    try:
        _send_in_time(line, b"zINSTREAM\0", ends)
        for piece in pieces:
            for start in range(0, len(piece), PIECE):
                part = piece[start : start + PIECE]
                _send_in_time(line, struct.pack("!I", len(part)) + part, ends)
        _send_in_time(line, struct.pack("!I", 0), ends)
    except (BrokenPipeError, ConnectionResetError):
        return


def _send_in_time(line: socket.socket, sent: bytes, ends: float) -> None:
    line.settimeout(_left(ends))
    line.sendall(sent)


def _answer(line: socket.socket, ends: float) -> str:
    """What it says, up to its NUL or to its hanging up."""
    heard = b""
    while b"\0" not in heard and len(heard) < LONGEST_ANSWER:
        line.settimeout(_left(ends))
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        heard += more
    return heard.partition(b"\0")[0].decode("ascii", "replace").strip()


def _left(ends: float) -> float:
    """Seconds left. Raises TimeoutError when none are."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("The scanner took too long.")
    return left


def _meaning(answer: str) -> Scanned:
    if answer == "stream: OK":
        return Scanned("clean")
    if found := FOUND.fullmatch(answer):
        return Scanned("found", found["name"])
    if "size limit exceeded" in answer:
        return Scanned("too_large")
    return Scanned("error") if answer else NO_ANSWER
