"""A daemon that speaks as ClamAV's does, on loopback: it answers, finds, complains, says nothing or hangs up."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

EICAR = b"an invented mark that the daemon of these tests takes for harmful"


@dataclass
class Daemon:
    """`address` as the setting has it; `mood`: what it does next; `heard`: what each file was; `seen` of any text it got."""

    address: str
    mood: str = "scan"
    most: int = 0
    heard: list[bytes] = field(default_factory=list)

    def answer(self, line: socket.socket) -> bytes | None:
        """Its answer to one who asks; None: it hangs up without a word."""
        if self.mood == "hang_up":
            return None
        command = _exactly(line, len(b"zINSTREAM\0"))
        if command != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        whole = b""
        while size := struct.unpack("!I", _exactly(line, 4))[0]:
            whole += _exactly(line, size)
            if self.most and len(whole) > self.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.heard.append(whole)
        if self.mood == "silent":
            with contextlib.suppress(OSError):
                line.recv(1)  # until the other side has enough
            return None
        if self.mood == "error":
            return b"Can't allocate memory ERROR\0"
        return b"stream: Test.Mark(a:1) FOUND\0" if EICAR in whole else b"stream: OK\0"


def _exactly(line: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = line.recv(size - len(got))
        if not more:
            raise ConnectionError("hung up")
        got += more
    return got


@contextlib.contextmanager
def daemon(path: Path | None = None, mood: str = "scan") -> Iterator[Daemon]:
    """One that listens on loopback, or on a Unix socket at `path`."""
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    listening.listen(8)
    address = f"unix:{path}" if path else f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    one = Daemon(address, mood)
    thread = threading.Thread(target=_serve, args=(listening, one), daemon=True)
    thread.start()
    try:
        yield one
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def _serve(listening: socket.socket, one: Daemon) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line:
            line.settimeout(10)
            with contextlib.suppress(OSError):
                if answer := one.answer(line):
                    line.sendall(answer)
