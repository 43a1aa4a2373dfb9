"""A page leaves by a real mail server on loopback: once in the mailbox, whatever died on the way."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from devtools.ports import free_port
from nightdesk.actions.worker import send_due_messages
from nightdesk.outside.mail import send_mail
from nightdesk.records.messages import Message
from tests.actions.paging import raise_one, step

pytestmark = pytest.mark.usefixtures("plain_triage")


class Mailbox:
    """Keeps what arrives; answers each message with `answer`."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.to: list[str] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """One message."""
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
            self.to += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def mailbox() -> Mailbox:
    """What arrives at the server."""
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[str]:
    """A real SMTP server on a free port of this machine."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def post(server: str, now: datetime) -> Any:
    """How the worker lets a message leave."""
    return lambda m: send_mail(
        server,
        sender="desk@force.test",
        to=m.address,
        subject=m.subject,
        body=m.body,
        message_id=str(m.pk),
        at=now,
    )


def test_a_page_arrives_word_for_word(cast: Any, now: datetime, server: str, mailbox: Mailbox) -> None:
    """Sent by the worker, read from the mailbox."""
    raise_one(cast, now)
    step(now)
    assert send_due_messages(clock=lambda: now, send=post(server, now)) == 1
    letter, message = mailbox.letters[0], Message.objects.get()
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "sana@force.test",
        "desk@force.test",
        message.subject,
    )
    assert letter.get_content().replace("\r\n", "\n").strip() == message.body.strip()
    assert letter["Date"].datetime == now.replace(microsecond=0)
    assert mailbox.to == ["sana@force.test"]


def test_a_page_sent_twice_is_one_message_to_the_mailbox(
    cast: Any, now: datetime, server: str, mailbox: Mailbox
) -> None:
    """The worker died after sending and before noting it: the second copy has the same id."""
    raise_one(cast, now)
    step(now)
    message = Message.objects.get()
    for _ in range(2):
        post(server, now)(message)
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert mailbox.letters[0]["Message-ID"] == f"<{message.pk}@force.test>"


@pytest.mark.parametrize("answer", ["451 try later", "554 refused", "421 closing"])
def test_a_server_that_refuses_is_tried_again(
    cast: Any, now: datetime, server: str, mailbox: Mailbox, answer: str
) -> None:
    """The same page leaves when it takes messages again."""
    raise_one(cast, now)
    step(now)
    mailbox.answer = answer
    assert send_due_messages(clock=lambda: now, send=post(server, now)) == 0
    mailbox.answer = "250 OK"
    assert send_due_messages(clock=lambda: now + timedelta(seconds=5), send=post(server, now)) == 1
    assert len(mailbox.letters) == 1


def test_a_server_that_is_not_there_is_an_oserror(now: datetime) -> None:
    """Which the worker knows how to wait for."""
    with pytest.raises(OSError, match="refused"):
        send_mail(
            f"smtp://127.0.0.1:{free_port()}",
            sender="a@b.test",
            to="c@d.test",
            subject="s",
            body="b",
            message_id="1",
            at=now,
        )


@pytest.mark.parametrize("to", ["a@b.test\nBcc: x@y.test", "a@b.test\r\n\r\nbody"])
def test_an_address_cannot_bring_headers_of_its_own(
    now: datetime, server: str, mailbox: Mailbox, to: str
) -> None:
    """Refused before anything leaves."""
    with pytest.raises(ValueError):
        send_mail(server, sender="a@b.test", to=to, subject="s", body="b", message_id="1", at=now)
    assert mailbox.letters == []


def test_a_server_that_wants_a_name_and_password_gets_them(now: datetime, mailbox: Mailbox) -> None:
    """Also with signs in them that mean something in an address."""
    seen: list[Any] = []

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        seen.append((given.login, given.password))
        return AuthResult(success=True)

    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False
    )
    controller.start()
    address = f"smtp://desk%40force:p%2Fw%3Ad@127.0.0.1:{controller.port}"
    send_mail(address, sender="a@b.test", to="c@d.test", subject="s", body="b", message_id="1", at=now)
    controller.stop()
    assert seen == [(b"desk@force", b"p/w:d")]
    assert len(mailbox.letters) == 1


@pytest.fixture
def self_signed(tmp_path: Path, now: datetime) -> ssl.SSLContext:
    """A server with a certificate that it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=9000))
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    return context


def refused(address: str, now: datetime) -> None:
    """No page leaves for this server."""
    with pytest.raises(ssl.SSLCertVerificationError):
        send_mail(address, sender="a@b.test", to="c@d.test", subject="s", body="b", message_id="1", at=now)


def test_a_server_that_cannot_prove_who_it_is_gets_no_page(
    now: datetime, mailbox: Mailbox, self_signed: ssl.SSLContext
) -> None:
    """Whoever stands in between would get the key to answering."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), tls_context=self_signed)
    controller.start()
    refused(f"smtp+starttls://127.0.0.1:{controller.port}", now)
    controller.stop()
    assert mailbox.letters == []


def test_nor_does_one_that_speaks_tls_from_the_start(now: datetime, self_signed: ssl.SSLContext) -> None:
    """The same over smtps."""

    def shake_hands(held: socket.socket) -> None:
        with contextlib.suppress(OSError), self_signed.wrap_socket(held.accept()[0], server_side=True):
            pass

    with socket.create_server(("127.0.0.1", 0)) as held:
        threading.Thread(target=shake_hands, args=(held,), daemon=True).start()
        refused(f"smtps://127.0.0.1:{held.getsockname()[1]}", now)
