"""GOV.UK Notify as far as Nightdesk uses it, on loopback: checks the signed token, keeps messages, answers as told.

What it refuses and how is copied from Notify's API documentation; its tests hold it against the real client.
"""

import contextlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

from tests.outside.loopback import Answer, Asked, web_server

SERVICE, SECRET = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-aaaaaaaaaaaa"
KEY = f"trial-{SERVICE}-{SECRET}"
TEMPLATE = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff"
PHONE = re.compile(r"(\+44|0)7\d{9}")
SECONDS = 30  # a token is good for this long


@dataclass
class Notify:
    """The provider: what it took, in which state each is, and how it answers the next requests."""

    address: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    refuse: list[tuple[int, dict[str, str]]] = field(default_factory=list)  # (status, headers), one a request
    down: int = 0  # a status for every request while it is not 0
    state: str = "sending"
    breaks_after_taking: bool = False
    asked: int = 0

    def answer(self, asked: Asked) -> Answer:
        """Who asks, and may they; then what they ask for."""
        self.asked += 1
        if self.down or self.refuse:
            status, headers = (self.down, {}) if self.down else self.refuse.pop(0)
            return self._fault(status, "Told to", "by the test", headers)
        if why := self._refused(asked.headers.get("Authorization", "")):
            return self._fault(403, "AuthError", why)
        parts = urlsplit(asked.path)
        if asked.method == "POST" and parts.path == "/v2/notifications/sms":
            return self._take(json.loads(asked.body))
        if parts.path == "/v2/notifications":
            reference = parse_qs(parts.query).get("reference", [""])[0]
            found = [message for message in self.taken if message["reference"] == reference]
            return self._said(200, {"notifications": [self._seen(message) for message in found], "links": {}})
        for message in self.taken:
            if parts.path == f"/v2/notifications/{message['id']}":
                return self._said(200, self._seen(message))
        return self._fault(404, "NoResultFound", "No result found")

    def _take(self, wanted: dict[str, Any]) -> Answer:
        if not PHONE.fullmatch(wanted["phone_number"]):
            return self._fault(400, "ValidationError", "phone_number Not enough digits")
        if wanted["template_id"] != TEMPLATE:
            return self._fault(400, "BadRequestError", "Template not found")
        if set(wanted["personalisation"]) != {"text"}:
            return self._fault(400, "BadRequestError", "Missing personalisation: text")
        message = {
            "id": str(uuid4()), "reference": wanted["reference"], "to": wanted["phone_number"],
            "text": wanted["personalisation"]["text"], "state": "",
        }  # fmt: skip
        self.taken.append(message)
        if self.breaks_after_taking:
            self.breaks_after_taking = False
            return Answer(502)
        return self._said(201, {"id": message["id"], "reference": message["reference"], "content": {}})

    def _seen(self, message: dict[str, Any]) -> dict[str, str]:
        return {
            "id": message["id"],
            "reference": message["reference"],
            "status": message["state"] or self.state,
        }

    def _refused(self, header: str) -> str:
        """Why the token is none, "" when it is right: signed with the key's secret, by the service, just now."""
        try:
            told = jwt.decode(header.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return "Invalid token: signature, api token not found"
        if told.get("iss") != SERVICE:
            return "Invalid token: service not found"
        if abs(time.time() - told.get("iat", 0)) > SECONDS:
            return "Error: Your system clock must be accurate to within 30 seconds"
        return ""

    @staticmethod
    def _said(status: int, body: dict[str, Any]) -> Answer:
        return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _fault(self, status: int, error: str, words: str, headers: dict[str, str] | None = None) -> Answer:
        said = self._said(status, {"status_code": status, "errors": [{"error": error, "message": words}]})
        said.headers.update(headers or {})
        return said


@contextlib.contextmanager
def notify_server() -> Iterator[Notify]:
    """Notify on a free port of this machine."""
    made = Notify()
    with web_server(made.answer) as address:
        made.address = address
        yield made


def use(settings: Any, notify: Notify) -> None:
    """Set the product up for it."""
    settings.NOTIFY_ADDRESS, settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = notify.address, KEY, TEMPLATE
