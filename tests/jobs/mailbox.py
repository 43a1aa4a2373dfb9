"""A real SMTP server on loopback that can be told to refuse."""

import contextlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from devtools.ports import free_port


class Mailbox:
    """What arrived, and how often the next messages are refused."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refuse = 0
        self.address = ""
        self.no_mailbox: set[str] = set()

    @property
    def call_outs(self) -> list[Message]:
        """Letters that call somebody out: a worker also tells supervisors of gaps in the rota."""
        return [letter for letter in self.letters if str(letter["Subject"]).startswith("Call-out")]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Whether there is such a mailbox."""
        if address in self.no_mailbox:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take or refuse a message (aiosmtpd's name for it)."""
        if self.refuse:
            self.refuse -= 1
            return "451 Try again later"
        self.letters.append(message_from_bytes(envelope.content))
        return "250 Taken"


@contextlib.contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mailbox behind a server on a free port."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.address = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()
