"""A case of Sana's that could be closed, and what is said to close it."""

from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions.closings import ask_to_close, look_at_closing
from nightdesk.actions.duties import move_duty
from nightdesk.actions.recordings import record_crime
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.closings import Closing, ClosingLook
from nightdesk.records.duties import Duty
from nightdesk.rules import duty
from nightdesk.rules.closing_said import Said
from nightdesk.rules.contact import WARNINGS
from nightdesk.rules.duty import STILL_OWED
from nightdesk.rules.recording import Recorded
from tests.actions.contacts import begun, noted
from tests.actions.paging import raise_one, step, token_of
from tests.people import as_reader

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
WORDS = "I do not want to go on with this. I want it to be over."


def closable(cast: Any, now: datetime, kind: str = "crime") -> str:
    """Told at Harrow Lane, taken on by Sana, handed over, recorded, support offered: the reference."""
    reference = str(raise_one(cast, now).reference)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    for move in ("arrive", "hand_over"):
        move_referral(actor=as_reader(cast.sana), at=now, reference=reference, move=move)
    record(cast, now, reference, kind)
    offer_support(cast, now, reference)
    return reference


def record(cast: Any, at: datetime, reference: str, kind: str = "crime", seen: int = 0) -> None:
    """A crime, or an N100."""
    chosen = {"offence_class": "class_19f"} if kind == "crime" else {"ground": "elsewhere", "words": "told B"}
    made = Recorded(kind=kind, recorded_at=at, **chosen)
    record_crime(actor=as_reader(cast.sana), at=at, reference=reference, made=made, seen=seen)


def offer_support(cast: Any, at: datetime, reference: str) -> None:
    """Every offer made: the person said no to each."""
    offers = [entry.id for entry in pack().duties if entry.met_by == "answer"]
    owed = Duty.objects.filter(case__disclosure__reference=reference, kind__in=offers, state__in=STILL_OWED)
    for row in owed:
        move_duty(
            actor=as_reader(cast.sana), at=at, reference=reference, duty=row.pk, move="meet", seen=0,
            said=duty.Said(answer="declined"),
        )  # fmt: skip


def withdrawal(at: datetime, **more: Any) -> Said:
    """A withdrawal with nothing missing, said at `at`."""
    whole = {
        "words": WORDS, "speaker": "person", "said_to": "Sana, SOIT", "said_at": at, "how": "in_person", "present": "alone",
        "unasked": "yes", "support": "before", "told_back": True, "told_kept": True, "suspect": "no", "looked": True,
    }  # fmt: skip
    return Said(**(whole | more))


def lost(**more: Any) -> Said:
    """What is said when the contact log has all the tries."""
    whole = {"suspect": "no", "grounds": "Everything that was safe was tried.", "looked": True}
    return Said(**(whole | more))


def try_them(
    staff: Any, reference: str, first: datetime, *, times: int = 6, days: int = 21, outcome: str = "no_answer"
) -> None:
    """So many tries over so many days, by phone and text in turn, each noted at once in the contact log."""
    for number in range(times):
        at = first + timedelta(days=days) * number / max(times - 1, 1)
        way = ("phone_call", "text")[number % 2]
        row = begun(staff, at, reference, way, told=WARNINGS, reason="They had asked for it.")
        noted(staff, at, reference, row, outcome)


def ask(
    staff: Any, at: datetime, reference: str, said: Said | None = None, *, ending: str = "withdrawal",
    outcome: str = "unnamed_no_support", seen: int = 0,
) -> Closing:  # fmt: skip
    """Somebody asks to close."""
    return ask_to_close(
        actor=as_reader(staff), at=at, reference=reference, ending=ending, outcome=outcome,
        said=said or withdrawal(at), seen=seen,
    )  # fmt: skip


def look(
    staff: Any, at: datetime, reference: str, verdict: str = "approved", words: str = "", number: int = 1
) -> ClosingLook:
    """A supervisor decides."""
    return look_at_closing(
        actor=as_reader(staff), at=at, reference=reference, number=number, verdict=verdict, words=words
    )


def state_of(reference: str) -> str:
    """Where the case stands."""
    return str(Case.objects.get(disclosure__reference=reference).state)
