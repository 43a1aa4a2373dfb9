"""Notify's own client against a true fake of Notify: what is told, what is refused, and in which code."""

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from notifications_python_client import authentication
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from nightdesk.outside.sending import BadAddress, Unsent
from nightdesk.outside.sms import send_text, text_state
from tests.outside.loopback import Answer, web_server
from tests.outside.notify import KEY, SECRET, SERVICE, TEMPLATE, Notify, notify_server

PHONE = "07700900123"


@pytest.fixture
def notify() -> Iterator[Notify]:
    """The provider."""
    with notify_server() as made:
        yield made


def send(notify: Notify, **other: Any) -> str:
    """One text message."""
    given = {
        "key": KEY,
        "template": TEMPLATE,
        "to": PHONE,
        "text": "Call-out",
        "reference": "r1",
        "again": False,
    }
    return send_text(notify.address, **given | other)


def code(notify: Notify, **other: Any) -> tuple[str, bool, int | None]:
    """Why it did not leave."""
    with pytest.raises(Unsent) as fault:
        send(notify, **other)
    return fault.value.code, fault.value.permanent, fault.value.wait


def test_a_text_message_is_taken_word_for_word(notify: Notify) -> None:
    """With our reference, and Notify's id comes back."""
    given = send(notify)
    (message,) = notify.taken
    assert (given, message["to"], message["text"], message["reference"]) == (
        message["id"],
        PHONE,
        "Call-out",
        "r1",
    )


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (400, {}, ("refused", False, None)),
        (403, {}, ("refused", False, None)),
        (429, {}, ("rate_limited", False, 60)),
        (429, {"Retry-After": "7"}, ("rate_limited", False, 7)),
        (429, {"Retry-After": "99999"}, ("rate_limited", False, 600)),
        (429, {"Retry-After": "soon"}, ("rate_limited", False, 60)),
        (500, {}, ("server_fault", False, None)),
        (503, {}, ("server_fault", False, None)),
    ],
)
def test_each_refusal_has_its_code(
    notify: Notify, status: int, headers: dict[str, str], expected: tuple[str, bool, int | None]
) -> None:
    """And says how long to wait, when it does."""
    notify.refuse = [(status, headers)]
    assert code(notify) == expected


def test_a_number_that_is_none_is_for_good(notify: Notify) -> None:
    """Any other wrong request is ours to mend, not the number's fault."""
    with pytest.raises(BadAddress):
        send(notify, to="12")
    assert code(notify, template="another") == ("refused", False, None)


def test_a_fault_never_repeats_what_was_sent(notify: Notify) -> None:
    """Nor does what it came from: a log of it would hold a number."""
    with pytest.raises(Unsent) as fault:
        send(notify, to="12")
    assert fault.value.__cause__ is None
    assert "12" not in str(fault.value)


def test_nobody_there_is_no_answer() -> None:
    """Refused at the door, or an answer that is none of Notify's."""
    with web_server(lambda _: Answer(201, b"<html>")) as address:
        assert code(Notify(address)) == ("not_understood", False, None)
    assert code(Notify(address)) == ("no_answer", False, None)


def test_tried_again_after_a_death_the_message_is_sent_once(notify: Notify) -> None:
    """Notify had taken it, and its answer was lost."""
    notify.breaks_after_taking = True
    assert code(notify) == ("server_fault", False, None)
    assert send(notify, again=True) == notify.taken[0]["id"]
    assert len(notify.taken) == 1
    send(notify, reference="r2", again=True)
    assert len(notify.taken) == 2


@pytest.mark.parametrize("state", ["sending", "delivered", "permanent-failure", "temporary-failure"])
def test_what_became_of_it_can_be_asked(notify: Notify, state: str) -> None:
    """In Notify's own code."""
    given, notify.state = send(notify), state
    assert text_state(notify.address, key=KEY, provider_ref=given) == state


def test_asking_can_fail_too(notify: Notify) -> None:
    """Unknown, and down."""
    with pytest.raises(Unsent):
        text_state(notify.address, key=KEY, provider_ref="unknown")
    notify.down = 500
    with pytest.raises(Unsent, match="server_fault"):
        text_state(notify.address, key=KEY, provider_ref="any")


def test_the_fake_knows_a_wrong_key(notify: Notify) -> None:
    """Signed with another secret, or by another service."""
    other = "99999999-7777-4888-8999-aaaaaaaaaaaa"
    assert code(notify, key=f"trial-{SERVICE}-{other}") == ("refused", False, None)
    assert code(notify, key=f"trial-{other}-{SECRET}") == ("refused", False, None)
    assert notify.taken == []


@pytest.mark.parametrize("seconds", [-31, 31])
def test_the_fake_refuses_a_token_of_another_time(
    notify: Notify, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the real one does: with 403."""
    real = authentication.epoch_seconds
    monkeypatch.setattr(authentication, "epoch_seconds", lambda: real() + seconds)
    with pytest.raises(HTTPError) as fault:
        NotificationsAPIClient(KEY, base_url=notify.address).get_notification_by_id("x")
    assert fault.value.status_code == 403


def test_the_fake_refuses_a_token_signed_in_another_way(
    notify: Notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HS512, or not at all."""
    for algorithm in ("HS512", "none"):
        key = SECRET * 2 if algorithm == "HS512" else None
        token = jwt.encode({"iss": SERVICE, "iat": authentication.epoch_seconds()}, key, algorithm=algorithm)
        monkeypatch.setattr("notifications_python_client.base.create_jwt_token", lambda *_, made=token: made)
        assert code(notify)[0] == "refused"
