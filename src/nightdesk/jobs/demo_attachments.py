"""What the specialists of the demo attach: an invented chat, an invented profile, a note; one of them withdrawn."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID, uuid5

from nightdesk.actions.attachments import Described, keep_attachment, withdraw_attachment
from nightdesk.queries.cases import needs_reason
from nightdesk.rules.access import Reader

DATA: Final = Path(__file__).parent / "demo_data"
EVERY: Final = 15  # cases: one of so many has something attached
MINUTES: Final = 140  # after the specialist answered
NAMES: Final = UUID("6f0d2c5e-2a50-4d5e-9a63-2f4f6f1f8a11")
FILES: Final = (
    (
        "chat.txt",
        Described(
            "WhatsApp Chat with Danny.txt", "Chat with Danny", "Exported by the person on their own phone",
            "Messages of the evening and of the morning after",
        ),
    ),
    (
        "profile.png",
        Described(
            "Screenshot_20261114.png", "Profile in the app", "Screenshot from the person’s phone",
            "A profile named Dan, and three messages",
        ),
    ),
)  # fmt: skip


class Lives(Protocol):
    """What attachments need of the demo's life: how many cases came so far, and to happen later."""

    attached: int

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_attachments(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """Every fifteenth case has a chat and a profile; of every second of these the profile was withdrawn."""
    turn = life.attached
    life.attached += 1
    if turn % EVERY:
        return
    for number in range(len(FILES)):
        life.later(at + timedelta(minutes=MINUTES + number), _attaching(reference, reader, number))
    if turn % (2 * EVERY):
        life.later(at + timedelta(minutes=MINUTES + 90), _withdrawing(reference, reader))


def _attaching(reference: str, reader: Reader, number: int) -> Callable[[datetime], None]:
    def attach(at: datetime) -> None:
        if needs_reason(reader, reference) is not False:  # the control room answered: it works on no case
            return
        name, described = FILES[number]
        key = uuid5(NAMES, f"{reference}|{number}")
        keep_attachment(
            actor=reader,
            at=at,
            reference=reference,
            key=key,
            file=BytesIO(_content(name)),
            described=described,
        )

    return attach


def _withdrawing(reference: str, reader: Reader) -> Callable[[datetime], None]:
    def withdraw(at: datetime) -> None:
        if needs_reason(reader, reference) is False:
            withdraw_attachment(
                actor=reader, at=at, reference=reference, number=2, because="wrong_case", words="Another Dan."
            )

    return withdraw


@cache
def _content(name: str) -> bytes:
    return (DATA / name).read_bytes()
