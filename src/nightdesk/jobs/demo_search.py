"""Searches and openings of the demo: a few as they should be, a question that waits, one answered, and somebody who fishes.

Planned into the demo's days before they are lived through, by the actions that pages call.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from nightdesk.actions.openings import give_reason, move_opening, see_openings
from nightdesk.actions.search import note_search
from nightdesk.jobs.demo_life import Life
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.openings import asked_about, mine
from nightdesk.queries.search import search
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import SOIT, SUPERVISOR

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# days ago, reason, words, and what its owner does an hour later
OPENED: Final = (
    (16, "linked", "The same flat is named in a report of ours.", "see"),
    (9, "asked", "Asked on the phone to read the account before the interview.", "see"),
    (5, "other", "Wanted to know how it went on.", "ask"),
    (2, "covering", "Took the call for the unit last night.", "ask"),
    (0.8, "linked", "A handle that looks like one of ours.", ""),
    (0.3, "linked", "The venue is near the one in our report.", ""),
)  # fmt: skip
ANSWERED_AFTER: Final = 3 * DAY
LOOKED_FOR: Final = (
    ("nightheron7", "handle"),
    ("Alex", "name"),
    ("sauna", "place"),
    ("tidal bear", "handle"),
)
FISHED: Final = 34  # searches of one person in a few hours: more than the pack's limit


def plan_search(life: Life) -> None:
    """Put all of it into the days ahead of the demo's life."""
    for number, (days, reason, words, then) in enumerate(OPENED):
        life.later(life.now - days * DAY, _opening(life, number, reason, words, then))
    for number in range(FISHED):
        life.later(life.now - 5 * HOUR + number * 8 * MINUTE, _searching(life, -1, number))
    for number in range(6):
        life.later(life.now - number * DAY - 3 * HOUR, _searching(life, number, number))


def _soits(life: Life) -> list[Reader]:
    return [reader for reader in life.force.readers.values() if reader.role == SOIT]


def _others(life: Life, reader: Reader) -> Iterator[str]:
    """Cases that this reader may not open without a reason, the newest first."""
    return (reference for reference in reversed(life.mail) if needs_reason(reader, reference))


def _opening(life: Life, number: int, reason: str, words: str, then: str) -> Callable[[datetime], None]:
    def open_it(at: datetime) -> None:
        soits = _soits(life)
        who = soits[number % len(soits)]
        for reference in _others(life, who):
            owner = next((one for one in soits if needs_reason(one, reference) is False), None)
            if owner is not None:
                give_reason(actor=who, at=at, reference=reference, reason=reason, words=words)
                life.later(at + HOUR, _owners_part(life, then))
                return

    return open_it


def _owners_part(life: Life, then: str) -> Callable[[datetime], None]:
    """Whoever owns a case with an opening they have not seen: they see it, or ask why; a supervisor answers days later."""

    def look(at: datetime) -> None:
        for owner in _soits(life):
            unseen = [row for row in mine(owner) if not row.seen]
            if unseen and then:
                see_openings(actor=owner, at=at, openings=[row.id for row in unseen])
            if unseen and then == "ask":
                words = "They are not on this case. Who asked them to look?"
                move_opening(actor=owner, at=at, opening=unseen[0].id, move="ask", words=words, seen=0)
                life.later(at + ANSWERED_AFTER, _answering(life))
                return

    return look


def _answering(life: Life) -> Callable[[datetime], None]:
    def answer(at: datetime) -> None:
        for reader in (one for one in life.force.readers.values() if one.role == SUPERVISOR):
            for row in asked_about(reader, at)[:1]:
                words = "It was not needed. They know now, and why it matters."
                move_opening(
                    actor=reader,
                    at=at,
                    opening=row.id,
                    move="answer",
                    finding="talked_to",
                    words=words,
                    seen=1,
                )
                return

    return answer


def _searching(life: Life, who: int, number: int) -> Callable[[datetime], None]:
    def look(at: datetime) -> None:
        soits = _soits(life)
        text, kind = LOOKED_FOR[number % len(LOOKED_FOR)]
        found = search(soits[who % len(soits)], text, kind)
        note_search(
            actor=soits[who % len(soits)],
            at=at,
            kinds=found.kinds,
            found=len(found.found),
            others=found.others,
        )

    return look
