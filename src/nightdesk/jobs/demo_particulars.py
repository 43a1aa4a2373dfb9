"""What the specialists of the demo enter about people, objects, places and events: taken over, added, linked, put right."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final, Protocol
from uuid import UUID, uuid4

from nightdesk.actions.particular_account import take_from_account
from nightdesk.actions.particular_links import link_particulars
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.queries.particulars import ParticularSeen, offered, particulars_of
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.particular_field import OPINION, RECORD, SEEN, TOLD, Answer, given
from nightdesk.rules.particular_kinds import SUSPECT

EVERY: Final = (
    3  # of the cases that somebody works on; the others show what is offered from the first account
)
OBJECTS: Final[tuple[dict[str, Answer], ...]] = (
    {
        "sort": given("bottle", TOLD), "what": given("Small brown bottle", TOLD),
        "looks": given("A dropper in its cap, the label torn off", TOLD), "now_where": given("Left in his kitchen", TOLD),
    },
    {
        "sort": given("phone", RECORD), "what": given("The phone the pictures were taken with", TOLD),
        "looks": given("Black, cracked at one corner", TOLD),
    },
    {"sort": given("clothing", SEEN), "what": given("Grey T-shirt", SEEN), "now_where": given("Kept by the victim", TOLD)},
)  # fmt: skip
AGES: Final = ("25_to_34", "35_to_44", "45_to_54")
WHYS: Final = (
    "The victim remembered it when we spoke again.",
    "He is older than he said on the app.",
)


class Lives(Protocol):
    """What this needs of the demo's life: to happen later."""

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_particulars(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """What `reader`, who answered at `at`, enters about the case. Dice of its own: what else happens stays as it is."""
    dice = Random(at.isoformat())
    if dice.randrange(EVERY):
        return
    life.later(at + timedelta(minutes=40), lambda when: _take_over(reference, reader, when))
    life.later(at + timedelta(minutes=55), lambda when: _add_object(dice, reference, reader, when))
    life.later(at + timedelta(hours=20), lambda when: _put_right(dice, reference, reader, when))


def _take_over(reference: str, reader: Reader, at: datetime) -> None:
    version, parts = offered(SYSTEM, reference)
    codes = [part.code for part in parts]
    take_from_account(actor=reader, at=at, reference=reference, version=version, codes=codes)


def _suspects(reference: str) -> list[ParticularSeen]:
    return [
        one for one in particulars_of(SYSTEM, reference) if one.role == SUSPECT and one.withdrawn_at is None
    ]


def _add_object(dice: Random, reference: str, reader: Reader, at: datetime) -> None:
    key = uuid4()
    keep_particular(
        actor=reader, at=at, reference=reference, kind="object", key=key, seen=0, values=dice.choice(OBJECTS)
    )
    for suspect in _suspects(reference)[:1]:
        link_particulars(
            actor=reader, at=at, reference=reference, kind="used", one=suspect.id, other=key, basis=TOLD
        )


def _put_right(dice: Random, reference: str, reader: Reader, at: datetime) -> None:
    """An age as the officer takes it, and an entry that was made twice."""
    for suspect in _suspects(reference)[:1]:
        better = {**suspect.newest.values, "age": given(dice.choice(AGES), OPINION)}
        keep_particular(
            actor=reader, at=at, reference=reference, kind="person", key=suspect.id, seen=suspect.seen, values=better,
            role=SUSPECT, why=dice.choice(WHYS),
        )  # fmt: skip
        _enter_twice(reference, reader, at, suspect)


def _enter_twice(reference: str, reader: Reader, at: datetime, suspect: ParticularSeen) -> None:
    key: UUID = uuid4()
    keep_particular(
        actor=reader, at=at, reference=reference, kind="person", key=key, seen=0, role=SUSPECT,
        values=suspect.newest.values,
    )  # fmt: skip
    withdraw_particular(
        actor=reader, at=at, reference=reference, key=key, seen=1, why="The same man was entered twice."
    )
