"""What a page says: station, reference, urgency, one link. Nothing about the person and nothing about the offence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A message: subject and body, plain text; `short` is what fits a text message (else the subject)."""

    subject: str
    body: str
    short: str = ""


URGENCY_WORDS = {"now": "Now", "soon": "As soon as you can"}


def page_notice(*, station: str, reference: str, urgency: str, link: str) -> Notice:
    """The message to a specialist. Safe on a lock screen: a marker test proves that it carries no personal data."""
    word = URGENCY_WORDS[urgency]
    body = (
        f"You are needed at {station}.\n\nReference: {reference}\nUrgency: {word}\n\n"
        f"Say that you have it (one tap, shows nothing more):\n{link}\n\n"
        "If you can’t, do nothing: the next person is told.\n"
    )
    subject = f"Call-out {reference}: {station} ({word.lower()})"
    return Notice(subject=subject, body=body, short=f"{subject}. I have it: {link}")
