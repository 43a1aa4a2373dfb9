"""A port to listen on, for tests and benches."""

import random
import socket
from typing import Final

# Below those that Linux hands out by itself: between asking and listening nobody's outgoing connection takes it.
FIRST: Final = 12_000
LAST: Final = 32_000
CHANCE: Final = random.SystemRandom()  # so that processes side by side do not try the same ones


def free_port() -> int:
    """A port of this machine that nobody uses."""
    while True:
        port = CHANCE.randint(FIRST, LAST)
        with socket.socket() as held:
            try:
                held.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
