"""What the words share: starting Django, refusing with a sentence, who acts, how a table is printed."""

import argparse
import getpass
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from nightdesk.rules.access import Reader

Words = Any  # argparse's type of a set of subcommands is not public


class Refused(Exception):
    """The word can't be done as asked; the sentence says what to do."""


def start() -> None:
    """Make Django ready, with the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.site.settings")
    import django

    django.setup()


def word(
    words: Words, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    """Add a word; its first help line and its description are `text`."""
    made: argparse.ArgumentParser = words.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    return made


def group(words: Words, name: str, text: str) -> Words:
    """Add a word that is followed by a second one."""
    return words.add_parser(name, help=text, description=text).add_subparsers(
        dest="second", required=True, metavar="WORD"
    )


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two ends, for argparse."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {most}")
        return int(text)

    return read


def actor() -> Reader:
    """Who acts: the command line, with the name of the account on this machine that gave the command."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        account = str(os.getuid())
    return Reader(id=f"command-line:{account}"[:60], role="system", name="Command line")


def ask_password(path: str | None) -> str:
    """The password from a file's first line, or asked twice. Raises Refused."""
    if path is not None:
        try:
            return Path(path).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as fault:
            raise Refused(
                f"The password file can’t be read ({type(fault).__name__}). Check {path}."
            ) from fault
    if not sys.stdin.isatty():
        raise Refused(
            "There is nobody to ask for the password. Put it in a file and give --password-file FILE."
        )
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same again: "):
        raise Refused("The two were not the same. Nothing was changed; try again.")
    return first


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their heads, columns as wide as needed."""
    lines = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just let go is free
        held.bind((host, port))
        held.listen(1024)
    except OSError:
        held.close()
        raise
    return held


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set. Set in a thread: the handler could wait for its own lock for ever."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    return stop
