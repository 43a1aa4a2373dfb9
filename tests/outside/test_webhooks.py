"""Signed webhooks: only to whom they may go, understood by the scheme's own library, once."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nightdesk.outside import webhooks
from nightdesk.outside.sending import Unsent
from nightdesk.outside.webhooks import WebhookRefused, refuse_bad_address, secret_of, send_webhook
from tests.outside.loopback import Answer, Asked, web_server
from tests.outside.receiver import SECRET, Receiver, webhook_receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody's pager."""
    with webhook_receiver() as made:
        yield made


def send(address: str, **other: Any) -> None:
    """One message, signed now (the receiver looks at its own clock)."""
    given = {
        "secrets": [secret_of(SECRET, address)],
        "private": True,
        "message_id": "m1",
        "at": datetime.now(UTC),
        "payload": {"text": "Call-out"},
    }
    send_webhook(address, **given | other)


def code(address: str, **other: Any) -> tuple[str, bool, int | None]:
    """Why it did not leave."""
    with pytest.raises(Unsent) as fault:
        send(address, **other)
    return fault.value.code, fault.value.permanent, fault.value.wait


def test_a_receiver_that_checks_the_signature_takes_it(receiver: Receiver) -> None:
    """Word for word."""
    send(receiver.address)
    assert receiver.taken == [{"text": "Call-out"}]


def test_a_replay_is_refused_by_the_receiver(receiver: Receiver) -> None:
    """The same id again, and the same request an hour later."""
    send(receiver.address)
    assert code(receiver.address) == ("refused", False, None)
    assert code(receiver.address, message_id="m2", at=datetime.now(UTC) - timedelta(hours=1))[0] == "refused"
    assert len(receiver.taken) == 1


def test_each_receiver_has_a_secret_of_its_own(receiver: Receiver) -> None:
    """Whoever can sign for one can't sign for another."""
    assert secret_of(SECRET, receiver.address) != secret_of(SECRET, receiver.address + "2")
    assert code(receiver.address, secrets=[secret_of("another", receiver.address)])[0] == "refused"
    assert receiver.taken == []


@pytest.mark.parametrize("name", ["", "new"])
def test_while_a_secret_is_replaced_both_sign(receiver: Receiver, name: str) -> None:
    """Whichever the receiver has; another secret of the same address is none of them."""
    receiver.name = name
    secrets = [secret_of(SECRET, receiver.address, one) for one in ("new", "")]
    assert len(set(secrets)) == 2
    send(receiver.address, secrets=secrets)
    assert receiver.taken == [{"text": "Call-out"}]
    receiver.name = "other"
    assert code(receiver.address, secrets=secrets, message_id="m2")[0] == "refused"


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    """It would lead a signed call-out to where nobody looked."""
    receiver.answers = [Answer(307, headers={"Location": receiver.address})]
    assert code(receiver.address) == ("redirected", False, None)
    assert len(receiver.asked) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(500), ("server_fault", False, None)),
        (Answer(404), ("refused", False, None)),
        (Answer(410), ("bad_address", True, None)),
        (Answer(429, headers={"Retry-After": "9"}), ("rate_limited", False, 9)),
    ],
)
def test_each_answer_has_its_code(receiver: Receiver, answer: Answer, expected: Any) -> None:
    """What is gone is gone for good; anything else may come back."""
    receiver.answers = [answer]
    assert code(receiver.address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://pager.example.org/", "ftp://pager.example.org/", "https://", "pager", "", "https://name:word@pager.example.org/",
        "https://pager.example.org/#part", "https://pager.example.org:99999/", "http://10.0.0.1/", "http://[::1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("private", [False, True])
def test_a_bad_address_is_refused_with_a_sentence(address: str, private: bool) -> None:
    """Before anything leaves; sent all the same, it is given up."""
    with pytest.raises(WebhookRefused, match=r"\.$"):
        refuse_bad_address(address, private=private)
    assert code(address, private=private) == ("bad_address", True, None)


INSIDE = (
    "127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 ::1 fe80::1 fd00::1 ::ffff:10.0.0.1 0.0.0.0 224.0.0.1"
)


@pytest.mark.parametrize("place", INSIDE.split())
def test_a_name_that_leads_inside_is_not_called(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the force has set that it may."""
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    monkeypatch.setattr(
        webhooks.socket, "getaddrinfo", lambda *_, **__: [(family, socket.SOCK_STREAM, 6, "", (place, 443))]
    )
    assert code("https://pager.example.org/", private=False) == ("bad_address", True, None)


def test_a_name_is_looked_up_once_and_that_place_is_called(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere the second time leads nowhere."""
    real, asked = socket.getaddrinfo, []

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "localhost" else host, *rest, **more)

    monkeypatch.setattr(webhooks.socket, "getaddrinfo", look_up)
    receiver.address = receiver.address.replace("127.0.0.1", "localhost")
    send(receiver.address)
    assert asked.count("localhost") == 1
    assert receiver.asked[0].headers["Host"].startswith("localhost:")


def test_nobody_there_and_no_such_name(receiver: Receiver) -> None:
    """Both may be over in a moment."""
    with web_server(lambda _: Answer(200)) as gone:
        pass
    assert code(gone) == ("no_answer", False, None)
    assert code("https://nowhere.invalid/")[0] in ("no_such_host", "no_answer")


def test_a_receiver_that_hangs_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """However it hangs: the next page waits for nobody."""
    monkeypatch.setattr(webhooks, "SECONDS", 0.3)

    def hang(_: Asked) -> Answer:
        time.sleep(1.5)
        return Answer(200)

    with web_server(hang) as address:
        assert code(address) == ("no_answer", False, None)


def test_a_receiver_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte in time, and never an end."""
    monkeypatch.setattr(webhooks, "SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as held:
        import threading

        def drip() -> None:
            taken, _ = held.accept()
            with taken:
                for _ in range(30):
                    try:
                        taken.sendall(b"H")
                    except OSError:
                        return
                    time.sleep(0.1)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        assert code(f"http://127.0.0.1:{held.getsockname()[1]}/") == ("no_answer", False, None)
        thread.join(5)
