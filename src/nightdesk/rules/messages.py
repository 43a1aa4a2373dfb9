"""What a page says: station, reference, urgency, one link. Nothing about the person and nothing about the offence."""

from collections.abc import Sequence
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


def gap_notice(*, unit: str, layer: str, starts: str, link: str) -> Notice:
    """To a supervisor: somebody is missing in the rota. `starts` is the local day and time."""
    subject = f"Gap in the rota: {unit}, {starts}"
    body = (
        f"Nobody who can be reached is on in {unit} ({layer}) from {starts}.\n\n"
        f"See the rota and put somebody in:\n{link}\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


def swap_notice(*, link: str) -> Notice:
    """To an officer: a colleague asks for a swap."""
    return _to_see("A colleague asks you to swap a shift", "See which one, and answer", link)


def swap_open_notice(*, link: str) -> Notice:
    """To everybody of a unit who could take a shift: whoever is first has it."""
    return _to_see("A colleague asks who can take a shift", "See which one, and take it if you can", link)


def swap_taken_notice(*, link: str) -> Notice:
    """To whoever asked: the shift is taken. Nobody is named: the page says who."""
    return _to_see("Somebody takes the shift you asked about", "See who", link)


def swap_declined_notice(*, link: str) -> Notice:
    """To whoever asked: the shift is still theirs."""
    return _to_see(
        "A swap you asked for was turned down", "The shift is still yours. Ask somebody else", link
    )


def _to_see(subject: str, then: str, link: str) -> Notice:
    """A notice about the rota that says nothing but where to look."""
    return Notice(subject=subject, body=f"{subject}.\n\n{then}:\n{link}\n", short=f"{subject}. {link}")


def away_notice(*, count: int, link: str) -> Notice:
    """To a supervisor: somebody who is away owns cases. Nobody is named: the page says who."""
    cases = "1 open case" if count == 1 else f"{count} open cases"
    subject = f"Somebody who is away has {cases}"
    body = f"Somebody of your unit is away and has {cases}.\n\nGive them to somebody:\n{link}\n"
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


def away_today_notice(*, count: int, link: str) -> Notice:
    """To a supervisor, once a day: cases whose owner is away wait to be looked at. Nobody is named: the page says whose."""
    cases = "1 case" if count == 1 else f"{count} cases"
    subject = f"{cases} of colleagues who are away: look at them today"
    body = (
        f"{subject}.\n\nSay for each whether it stays, who looks after it, or give it to somebody:\n{link}\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


@dataclass(frozen=True)
class Waits:
    """One thing that waits for somebody: what it is, as the pack calls it, and its reference."""

    label: str
    reference: str


def waiting_notice(*, waits: Sequence[Waits], link: str) -> Notice:
    """One message for all that waits: labels, counts, one reference when there is only one. Nothing about anybody."""
    counts: dict[str, int] = {}
    for one in waits:
        counts[one.label] = counts.get(one.label, 0) + 1
    many = f"{len(waits)} things wait on your desk"
    subject = f"{waits[0].label}: {waits[0].reference}" if len(waits) == 1 else many
    lines = "\n".join(f"{number} × {label}" for label, number in counts.items())
    body = f"{subject}.\n\n{lines}\n\nSee them on your desk:\n{link}\n"
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


def candidates_overdue_notice(*, count: int, link: str) -> Notice:
    """To a supervisor: analysts have not decided in time. Nobody and no case is named."""
    waits = "1 decision of analysts is" if count == 1 else f"{count} decisions of analysts are"
    subject = f"{waits} overdue"
    body = f"{subject}.\n\nSee that somebody decides. Who reads the series desk:\n{link}\n"
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


def offer_notice(*, station: str, reference: str, urgency: str, link: str) -> Notice:
    """To a colleague who is asked to take a case over: until they do, whoever has it keeps it."""
    word = URGENCY_WORDS[urgency]
    subject = f"Take over {reference}? {station} ({word.lower()})"
    body = (
        f"A colleague asks you to take over a case at {station}.\n\nReference: {reference}\nUrgency: {word}\n\n"
        f"Say that you have it, or that you can’t (shows nothing more):\n{link}\n\n"
        "Until you take it over, your colleague has it.\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject} Answer: {link}")


def asked_notice(*, station: str, reference: str, since: str, link: str) -> Notice:
    """To whoever set off and has not said that they are there. `since` is the local time at which they set off."""
    subject = f"Are you at {station}? {reference}, on the way since {since}"
    body = (
        f"You set off to {station} at {since}. Somebody waits for you there.\n\nReference: {reference}\n\n"
        f"If you are there, say so (one tap, shows nothing more):\n{link}\n\n"
        "If you can’t get there, open the same link, sign in and say so: the next person is told at once. Until then it is "
        "yours.\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject}. Say so: {link}")


def not_there_notice(*, station: str, reference: str, since: str, link: str) -> Notice:
    """To the duty inspector: whoever set off is not there. Nobody is named: the case says who."""
    subject = f"Nobody has arrived at {station}: {reference}, on the way since {since}"
    body = (
        f"Whoever set off to {station} at {since} has not said that they are there. They have been asked.\n\n"
        f"Reference: {reference}\n\nRing them, or see that somebody else goes:\n{link}\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject}. {link}")


def reassigned_notice(*, count: int, link: str) -> Notice:
    """To somebody who was given cases of a colleague who is away: how many, and where to answer for each."""
    cases = "1 case" if count == 1 else f"{count} cases"
    subject = f"You are asked to take over {cases}"
    body = (
        f"A supervisor asks you to take over {cases} of a colleague who is away.\n\n"
        f"Sign in and answer for each:\n{link}\n\nWhat you do not answer soon goes to whoever is on duty.\n"
    )
    return Notice(subject=subject, body=body, short=f"{subject}. Sign in: {link}")


def trial_notice(*, code: str) -> Notice:
    """Tries a way out. The code typed on the page shows that the message arrived, and to whom."""
    text = f"Nightdesk test message. Your code: {code}. Type it on your page How I am told."
    return Notice(
        subject="Nightdesk test message",
        body=f"{text}\n\nIf you did not ask for this, do nothing.\n",
        short=text,
    )
