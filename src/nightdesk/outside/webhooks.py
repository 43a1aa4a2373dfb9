"""Signed webhooks by the Standard Webhooks scheme: thin, over HTTPS, no redirect followed, nothing read of the answer.

An address is looked up once and that address connected to, so that a name can't point elsewhere between check and call.
"""

import base64
import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urlsplit

from standardwebhooks.webhooks import Webhook

from nightdesk.outside.sending import BadAddress, Unsent
from nightdesk.outside.sms import wait_asked

SECONDS: Final = 10  # for the whole of it: a receiver that drips its answer must not hold up the next page
GONE: Final = (HTTPStatus.GONE,)


class WebhookRefused(ValueError):
    """An address to which nothing may be sent; the sentence says why."""


def secret_of(secret: str, address: str, name: str = "") -> str:
    """The signing secret `name` of one address, from the force's own: no receiver can sign for another. "" is the first."""
    told = f"webhook {address}\n{name}" if name else f"webhook {address}"
    made = hmac.new(secret.encode(), told.encode(), hashlib.sha256).digest()
    return "whsec_" + base64.b64encode(made).decode()


def refuse_bad_address(address: str, *, private: bool) -> SplitResult:
    """The parts of `address`. Raises WebhookRefused unless it is https (or, with `private`, http to this machine itself)."""
    try:
        parts = urlsplit(address)
        port_known = parts.port is None or parts.port > 0
    except ValueError:
        raise WebhookRefused("This is no web address.") from None
    if not parts.hostname or parts.username or parts.password or parts.fragment or not port_known:
        raise WebhookRefused(
            "Give an address such as https://pager.example.org/call-outs, without a name or password."
        )
    if parts.scheme != "https" and not (private and parts.scheme == "http" and _is_here(parts.hostname)):
        raise WebhookRefused("The address must begin with https://.")
    return parts


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def send_webhook(
    address: str,
    *,
    secrets: Sequence[str],
    private: bool,
    message_id: str,
    at: datetime,
    payload: dict[str, str],
) -> None:
    """POST `payload`, signed by each of `secrets`. Raises Unsent; BadAddress for an address that may not be called or says
    that it is gone."""
    try:
        parts = refuse_bad_address(address, private=private)
    except WebhookRefused:
        raise BadAddress from None
    body = json.dumps(payload, ensure_ascii=True, sort_keys=True)
    headers = {
        "Content-Type": "application/json", "User-Agent": "Nightdesk", "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(msg_id=message_id, timestamp=at, data=body) for secret in secrets
        ),
    }  # fmt: skip
    connection = _connection(parts, _place(parts, private))
    deadline = threading.Timer(SECONDS, _cut, [connection])
    deadline.daemon = True
    try:
        deadline.start()
        connection.request(
            "POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/", body, headers
        )
        with connection.getresponse() as answer:
            status, wait = answer.status, answer.headers.get("Retry-After")
    except (OSError, http.client.HTTPException):
        raise Unsent("no_answer") from None
    finally:
        deadline.cancel()
        connection.close()
    _refuse_answer(status, wait)


def _refuse_answer(status: int, wait: str | None) -> None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if status in GONE:
        raise BadAddress
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Unsent("rate_limited", wait=wait_asked(wait))
    if status < HTTPStatus.BAD_REQUEST:
        raise Unsent("redirected")
    raise Unsent("server_fault" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused")


def _place(parts: SplitResult, private: bool) -> str:
    """The address to connect to. Raises Unsent when the name leads nowhere, BadAddress when to a place inside."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unsent("no_such_host") from None
    place = str(found[0][4][0])
    if not private and not _is_outside(place):
        raise BadAddress  # a receiver inside our own network: somebody could make the pager call our own services
    return place


def _is_outside(place: str) -> bool:
    address = ipaddress.ip_address(place.split("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address  # ::ffff:10.0.0.1 is 10.0.0.1
    return address.is_global and not address.is_multicast


def _connection(parts: SplitResult, place: str) -> http.client.HTTPConnection:
    """Speaks to `place`, under the name in `parts`."""
    host = parts.hostname or ""
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        made = http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
    else:
        made = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    made._create_connection = lambda address, *rest: socket.create_connection(  # type: ignore[attr-defined]
        (place, address[1]), *rest
    )
    return made


def _cut(connection: http.client.HTTPConnection) -> None:
    with contextlib.suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)  # wakes whoever reads from it
