"""One interface for all neighbours that tell somebody: `send(message)` lets it leave, and returns their name for it.

In the demo a channel that is not set up keeps its messages for the demo's page; in a force the next way is tried.
"""

from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from nightdesk.outside.mail import send_mail
from nightdesk.outside.sending import Unsent
from nightdesk.outside.sms import send_text, text_state
from nightdesk.outside.webhooks import secret_of, send_webhook
from nightdesk.rules.terms import WAYS


class Letter(Protocol):
    """What is sent: a row of the outbox."""

    id: Any
    channel: str
    about: str
    address: str
    subject: str
    body: str
    attempts: int

    def secret_names(self, at: datetime) -> tuple[str, ...]:
        """By which secrets of its webhook it is signed at `at`, newest first."""
        ...


def channels_set_up() -> tuple[str, ...]:
    """The channels that somebody can be told by here; in the demo all."""
    ready = {
        "screen": True, "email": True, "sms": bool(settings.NOTIFY_KEY), "webhook": bool(settings.WEBHOOK_SECRET),
    }  # fmt: skip
    return tuple(way for way in WAYS if ready[way] or settings.DEMO)


def send(letter: Letter, at: datetime) -> str:
    """Let one message leave; returns the provider's name for it, if it has one. Raises Unsent or another OSError."""
    return _SENDERS[letter.channel](letter, at)


def _screen(letter: Letter, at: datetime) -> str:
    """Nothing leaves: the person's own pages show it."""
    return ""


def _mail(letter: Letter, at: datetime) -> str:
    if settings.MAIL_ADDRESS:
        send_mail(
            settings.MAIL_ADDRESS, sender=settings.DEFAULT_FROM_EMAIL, to=letter.address, subject=letter.subject,
            body=letter.body, message_id=str(letter.id), at=at,
        )  # fmt: skip
    return ""


def _text(letter: Letter, at: datetime) -> str:
    if not _set_up(settings.NOTIFY_KEY):
        return ""
    return send_text(
        settings.NOTIFY_ADDRESS, key=settings.NOTIFY_KEY, template=settings.NOTIFY_TEMPLATE, to=letter.address,
        text=letter.body, reference=str(letter.id), again=letter.attempts > 1,
    )  # fmt: skip


def _webhook(letter: Letter, at: datetime) -> str:
    if _set_up(settings.WEBHOOK_SECRET):
        secrets = [
            secret_of(settings.WEBHOOK_SECRET, letter.address, name) for name in letter.secret_names(at)
        ]
        send_webhook(
            letter.address, secrets=secrets, private=settings.WEBHOOK_PRIVATE, message_id=str(letter.id),
            at=at, payload={"type": f"nightdesk.{letter.about}", "text": letter.body},
        )  # fmt: skip
    return ""


def _set_up(value: str) -> bool:
    if not value and not settings.DEMO:
        raise Unsent("not_set_up")
    return bool(value)


_SENDERS = {"screen": _screen, "email": _mail, "sms": _text, "webhook": _webhook}


def receipt(provider_ref: str) -> str:
    """What became of a text message, in the provider's code. Raises Unsent."""
    return text_state(settings.NOTIFY_ADDRESS, key=settings.NOTIFY_KEY, provider_ref=provider_ref)
