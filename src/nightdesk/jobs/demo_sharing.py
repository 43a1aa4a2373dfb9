"""Sharing in the demo: people asked for consent, passed on to a SARC, an ISVA or a partner, packs sent, some taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from nightdesk.actions.consents import Asked, add_recipient, answer_consent, withdraw_consent
from nightdesk.actions.passings_on import move_passing_on, offer_recipient
from nightdesk.actions.shared_packs import Wanted, make_pack, move_pack
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.sharing import preview
from nightdesk.rules.access import Reader
from nightdesk.rules.sharing import SharingRefused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Course:
    """What happens with one recipient: from how many hours after the answer, and how far it goes."""

    kind: str
    service: str
    name: str
    purpose: str
    hours: float
    days: int
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    words: str = ""
    address: str = ""
    steps: tuple[str, ...] = ()  # of passing on, half a day apart
    withdrawn_after_days: int = 0


SARC: Final = Course(
    "sarc", "havens", "", "examination", 1.5, 60,
    ("name", "contact", "needs", "safety", "account", "when_where", "samples", "wishes", "events"), (),
    "Yes. I don’t want to say it all again tonight.", "referrals desk of the SARC", ("send", "confirm", "see"),
)  # fmt: skip
ISVA: Final = Course(
    "isva", "", "Harbour ISVA service", "support", 26, 180,
    ("name", "contact", "needs", "police", "wishes", "ending"), ("when_where",),
    "They can ring me, mornings only.", "intake@harbour-isva.example.invalid", ("send", "confirm"),
)  # fmt: skip
PARTNER: Final = Course(
    "partner", "galop", "", "support", 28, 90, ("name", "contact"), ("safety", "police"),
    "Only my name and the number, nothing of that night.", "casework desk of the partner", ("send",), 9,
)  # fmt: skip
CPS: Final = Course("cps", "", "", "charging", 200, 0, address="the unit’s case inbox")
COURSES: Final = (
    (6, 0, SARC),
    (8, 1, ISVA),
    (10, 2, PARTNER),
    (18, 3, CPS),
)  # each one in so many cases, from which


class Lives(Protocol):
    """What sharing needs of the demo's life: to count cases, and to happen later."""

    shared: int

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_sharing(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """What whoever has the case asks, and what comes of it."""
    turn = life.shared
    life.shared += 1
    for every, first, course in COURSES:
        if turn % every == first:
            life.later(at + course.hours * HOUR, _begun(life, reference, reader, course))


def _begun(life: Lives, reference: str, reader: Reader, course: Course) -> Callable[[datetime], None]:
    def begin(at: datetime) -> None:
        if needs_reason(reader, reference) is not False:  # the case went to another unit or the control room
            return
        to = add_recipient(
            actor=reader,
            at=at,
            reference=reference,
            kind=course.kind,
            service=course.service,
            name=course.name,
        ).pk
        if course.yes:
            offer_recipient(
                actor=reader,
                at=at,
                reference=reference,
                recipient=to,
                key=_key(to, "offer"),
                answer="accepted",
            )
            asked = Asked(
                _key(to, "consent"), frozenset(course.yes), frozenset(course.no), frozenset({course.purpose}), "in_person",
                at, at + course.days * DAY, course.words,
            )  # fmt: skip
            answer_consent(actor=reader, at=at, reference=reference, recipient=to, asked=asked)
        life.later(at + HOUR / 4, _sent(life, reference, reader, course, to))

    return begin


def _sent(
    life: Lives, reference: str, reader: Reader, course: Course, to: UUID
) -> Callable[[datetime], None]:
    def send(at: datetime) -> None:
        found = preview(reader, reference, to, course.purpose, at)
        if needs_reason(reader, reference) is not False or found is None:
            return
        groups = frozenset(fate.field.group for fate in found.found if fate.goes)
        wanted = Wanted(_key(to, "pack"), to, course.purpose, groups, found.seen)
        try:
            made = make_pack(actor=reader, at=at, reference=reference, wanted=wanted)
        except SharingRefused:  # nothing is known of what they said yes to
            return
        if course.kind != "cps":
            move_pack(
                actor=reader, at=at, reference=reference, code=made.code, move="send", seen=0, way="secure_mail",
                address=course.address,
            )  # fmt: skip
        for number, move in enumerate(course.steps, 1):
            life.later(at + number * HOUR * 12, _stepped(reference, reader, to, move, number))
        if course.withdrawn_after_days:
            life.later(at + course.withdrawn_after_days * DAY, _withdrawn(reference, reader, to))

    return send


def _stepped(reference: str, reader: Reader, to: UUID, move: str, seen: int) -> Callable[[datetime], None]:
    def step(at: datetime) -> None:
        if needs_reason(reader, reference) is False:
            move_passing_on(actor=reader, at=at, reference=reference, recipient=to, move=move, seen=seen)

    return step


def _withdrawn(reference: str, reader: Reader, to: UUID) -> Callable[[datetime], None]:
    def withdraw(at: datetime) -> None:
        if needs_reason(reader, reference) is False:
            withdraw_consent(actor=reader, at=at, reference=reference, recipient=to, number=1, way="phone")

    return withdraw


def _key(to: UUID, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{to}/{what}")
