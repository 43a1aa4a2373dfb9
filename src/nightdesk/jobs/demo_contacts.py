"""How the specialists of the demo keep in touch: a plan agreed, wishes, calls that reach the person or not, and tasks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from nightdesk.actions.contact_log import Begun, begin_contact
from nightdesk.actions.contact_promises import note_with_task
from nightdesk.actions.particulars import keep_particular
from nightdesk.actions.tasks import NewTask, make_task, move_task
from nightdesk.outside.current import force_zone, pack
from nightdesk.queries.contact_plan import agreed_of, noted_basics
from nightdesk.queries.tasks import TaskSeen, tasks_of
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.contact import Came, checked
from nightdesk.rules.contact_plan import offered_plan, offered_wishes
from nightdesk.rules.pack_contact import OUT
from nightdesk.rules.particular_field import Answer, given
from nightdesk.rules.task import OPEN, Wanted

WAITS: Final = 0.9  # of the calls that would be outside the hours
EVERY: Final = 2  # of the cases that somebody works on; the others show what the counter noted
HOUR: Final = timedelta(hours=1)
HOURS: Final[tuple[dict[str, Answer], ...]] = (
    {"when": given("these"), "hours": given(("Mon-Fri 9-17",)), "others_answer": given("no"), "message": given("no")},
    {
        "when": given("these"), "hours": given(("Mon-Thu 18:30-21:00", "Sat 10-14")), "others_answer": given("yes"),
        "if_other": given("Ask for them by name only; if they are not there, say that it was about a delivery."),
        "message": given("no"), "keep_from": given("A flatmate, and their family"),
    },
    {"when": given("any"), "others_read": given("no"), "message": given("yes")},
)  # fmt: skip
POLICE: Final = ("action", "action", "not_now", "health_only", "undecided")
NOT_WANTED: Final = (
    "No letter to the address.",
    "Nobody in uniform at the door.",
    "Not to be asked the same again.",
)
TITLES: Final = (
    ("evidence", "Ask the venue for its video before it is overwritten"),
    ("partner", "Ask the ISVA when they can meet"),
    ("write", "Send the reference and what happens next"),
)


class Lives(Protocol):
    """What this needs of the demo's life: to happen later."""

    now: datetime

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_contacts(life: Lives, reference: str, reader: Reader, at: datetime) -> None:
    """How `reader`, who answered at `at`, keeps in touch. Dice of its own: what else happens stays as it is."""
    dice = Random(f"contact {at.isoformat()}")
    if dice.randrange(EVERY):
        return
    life.later(at + HOUR, lambda when: _agree(dice, reference, reader, when))
    life.later(at + 5 * HOUR, lambda when: _call(life, dice, reference, reader, when, "reached"))
    life.later(at + 6 * HOUR, lambda when: _task(dice, reference, reader, when))
    life.later(at + 27 * HOUR, lambda when: _call(life, dice, reference, reader, when, "no_answer"))
    if dice.random() < 0.8:
        life.later(at + 30 * HOUR, lambda when: _finish(reference, reader, when))


def _agree(dice: Random, reference: str, reader: Reader, at: datetime) -> None:
    """The plan as the counter noted it, with hours; and what they wish."""
    basics = noted_basics(SYSTEM, reference)
    ways = {} if basics.safe_ways else {"ways": given(("phone_call",))}
    wishes = {"police": given(dice.choice(POLICE)), "not_wanted": given(dice.choice(NOT_WANTED))}
    for kind, values in (
        ("contact_plan", offered_plan(basics) | ways | _hours(dice, basics.safe_ways)),
        ("wishes", offered_wishes(basics) | wishes),
    ):
        keep_particular(
            actor=reader, at=at, reference=reference, kind=kind, key=uuid4(), seen=0, values=values
        )


def _hours(dice: Random, ways: tuple[str, ...]) -> dict[str, Answer]:
    return dice.choice(HOURS) if "no_contact" not in ways else {}


def _call(life: Lives, dice: Random, reference: str, reader: Reader, at: datetime, outcome: str) -> None:
    """A call as the plan has it, or against it with a reason; reached, the next one is promised."""
    agreed = agreed_of(SYSTEM, reference)
    if "no_contact" in agreed.plan.ways:
        return
    found = checked(agreed.plan, pack().contact_ways["phone_call"], OUT, at, force_zone())
    if found.next_at and dice.random() < WAITS:
        life.later(found.next_at, lambda when: _call(life, dice, reference, reader, when, outcome))
        return
    reason = "They had asked for this call when we met." if found.warnings else ""
    begun = Begun("phone_call", OUT, at, found.warnings, reason)
    row = begin_contact(actor=reader, at=at, reference=reference, sender_key=uuid4(), begun=begun)
    more: dict[str, Any] = {}
    if outcome == "reached":
        more = {
            "words": "Slept a little. Wants to know what happens next.", "agreed": "Ring again, by the plan.",
            "next_by_at": at + timedelta(days=dice.choice((1, 2, 3))),
        }  # fmt: skip
    note_with_task(
        actor=reader, at=at, reference=reference, contact=UUID(str(row.pk)), seen=0, came=Came(outcome, **more),
        task="Ring again, as promised" if more else "",
    )  # fmt: skip


def _task(dice: Random, reference: str, reader: Reader, at: datetime) -> None:
    kind, title = dice.choice(TITLES)
    due = at + timedelta(hours=dice.choice((20, 40, 90)))
    new = NewTask(kind, title, reader.id, due)
    make_task(actor=reader, at=at, reference=reference, sender_key=uuid4(), new=new)


def _finish(reference: str, reader: Reader, at: datetime) -> None:
    """The first that is open is done."""
    open_ones: list[TaskSeen] = [row for row in tasks_of(SYSTEM, reference, at) if row.state == OPEN]
    for row in open_ones[:1]:
        move_task(
            actor=reader, at=at, reference=reference, task=row.id, seen=row.seen, wanted=Wanted("do", "Done.")
        )
