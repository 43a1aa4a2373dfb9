"""What tests of the shield share: a case of Sana's, senior officers besides the cast, and an answer full of marks."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from nightdesk.actions.interest import ask_interest, move_interest
from nightdesk.actions.shield import enter_answer, open_shield
from nightdesk.actions.staff import add_staff
from nightdesk.actions.turned_away import NOBODY, Report, receive_report
from nightdesk.actions.worker import take_due_step
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Page
from nightdesk.records.shield import Interest
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.shield import DrugAnswer
from tests.people import as_reader
from tests.records.taking import take

ADDRESS = "https://desk.example.test"


def case_of_sana(cast: Any, now: datetime) -> str:
    """The reference of a disclosure that Priya took and that Sana has answered."""
    from nightdesk.actions.referrals import acknowledge_page

    told = take(cast, now)
    take_due_step(at=now, address=ADDRESS)
    acknowledge_page(at=now, token=Page.objects.get(referral__disclosure=told, staff=cast.sana).token)
    return str(told.reference)


def senior(name: str, now: datetime, unit: Any) -> Any:
    """A supervisor besides Maud."""
    return add_staff(
        actor=SYSTEM, at=now, username=name, name=name.title(), role="supervisor", email=f"{name}@force.test",
        password="a-long-enough-passphrase", unit=unit, station=None,
    )  # fmt: skip


def said(now: datetime, **more: Any) -> DrugAnswer:
    """An answer with a mark in every field that takes words."""
    given = {
        "substances": ("ghb",), "other": "SHIELDOTHER", "earliest_at": now - timedelta(hours=5),
        "latest_at": now - timedelta(hours=3), "when_words": "SHIELDWHEN", "routes": ("drunk",), "given_by": "self",
        "words": "SHIELDWORDS he gave me G, I took it",
    }  # fmt: skip
    return DrugAnswer(**{**given, **more})


def entered(who: Any, at: datetime, reference: str, **more: Any) -> int:
    """`who` seals an answer."""
    return enter_answer(
        actor=as_reader(who), at=at, reference=reference, key=uuid4(), answer=said(at, **more)
    )


def opened(who: Any, at: datetime, reference: str, purpose: str = "case", **more: Any) -> Any:
    """`who` opens it with a reason."""
    given = {"reason": "samples" if purpose == "case" else "emergency", "words": "SHIELDWHY", **more}
    return open_shield(actor=as_reader(who), at=at, reference=reference, purpose=purpose, **given)


def asked(who: Any, at: datetime, reference: str, kind: str = "own_use", **more: Any) -> Interest:
    """`who` asks for a decision."""
    given = {"key": uuid4(), "against": False, "grounds": "SHIELDGROUNDS", **more}
    return ask_interest(actor=as_reader(who), at=at, reference=reference, kind=kind, **given)


def moved(who: Any, at: datetime, interest: Interest, move: str, **more: Any) -> str:
    """`who` makes a move, knowing every earlier one."""
    given = {"reasons": "SHIELDREASONS", "seen": interest.moves.count(), **more}
    return move_interest(actor=as_reader(who), at=at, interest=interest.reference, move=move, **given)


def reported(at: datetime, *, station: str = "", client: str = "10.0.0.1", **more: Any) -> Any:
    """Somebody says that they were turned away."""
    given = {
        "what": "both",
        "told": "SHIELDTOLD they said I would be nicked",
        "answer": "SHIELDANSWER",
        **more,
    }
    return receive_report(
        actor=NOBODY, at=at, key=uuid4(), report=Report(station=station, **given), client=client
    )


def facts(kind: str) -> list[dict[str, Any]]:
    """The facts of this kind's lines, oldest first."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))
