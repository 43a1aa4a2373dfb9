"""A receiver of webhooks on loopback, as a force would write one: checks the signature, refuses what it has seen."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from nightdesk.outside.webhooks import secret_of
from tests.outside.loopback import Answer, Asked, web_server

SECRET = "a secret of the force, of more than 32 characters"


@dataclass
class Receiver:
    """What came, and how the next are answered."""

    address: str = ""
    secret: str = SECRET
    name: str = ""  # of the secret that it checks with
    taken: list[Any] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        """200 for a message that is signed and new, 401 for any other signature, 409 for one that was here before."""
        self.asked.append(asked)
        if self.answers:
            return self.answers.pop(0)
        try:
            payload = Webhook(secret_of(self.secret, self.address, self.name)).verify(
                asked.body, asked.headers
            )
        except WebhookVerificationError:
            return Answer(401)
        if (name := asked.headers["webhook-id"]) in self.seen:
            return Answer(409)
        self.seen.add(name)
        self.taken.append(payload)
        return Answer(200)


@contextlib.contextmanager
def webhook_receiver() -> Iterator[Receiver]:
    """A receiver on a free port of this machine."""
    made = Receiver()
    with web_server(made.answer) as address:
        made.address = f"{address}/call-outs"
        yield made


def use(settings: Any) -> None:
    """Set the product up for it."""
    settings.WEBHOOK_SECRET, settings.WEBHOOK_PRIVATE = SECRET, True
