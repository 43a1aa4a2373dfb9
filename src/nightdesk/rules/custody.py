"""Custody: where an exhibit is from the moment it was taken, as a chain of links. Acts and what may follow are data.

A link says from which moment on the exhibit is with which one holder; it holds until the next link. Since the next link
begins where the last one ends, and names the holder it takes the exhibit from, there is no gap and never two holders.

Source: field reference 4 (property mislabelled, samples lost: who, when, where, no gap); product.md C4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

STAFF: Final = "staff"
STORE: Final = "store"
SARC, LABORATORY, HOSPITAL, COURT, PERSON, DESTROYED = (
    "sarc", "laboratory", "hospital", "court", "person", "destroyed",
)  # fmt: skip
TAKEN: Final = "taken"
LATE: Final = timedelta(minutes=15)  # noted longer after it happened: said on the statement

PLACES: Final = (SARC, LABORATORY, HOSPITAL, COURT)  # outside, and may come back from there
# act -> (kinds of holder it takes the exhibit from, kinds it brings it to). A kind is staff, store, or a place outside.
ACTS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    TAKEN: (frozenset(), frozenset({STAFF, SARC, HOSPITAL})),
    "handed": (frozenset({STAFF}), frozenset({STAFF})),
    "stored": (frozenset({STAFF}), frozenset({STORE})),
    "sent": (frozenset({STAFF}), frozenset(PLACES)),
    "received": (frozenset({STORE, PERSON, *PLACES}), frozenset({STAFF})),
    "returned": (frozenset({STAFF}), frozenset({PERSON})),
    "destroyed": (frozenset({STAFF}), frozenset({DESTROYED})),
}


class CustodyRefused(Exception):
    """The chain does not allow this link; the sentence says where the exhibit is and what to do."""


@dataclass(frozen=True)
class Holder:
    """Who or what has it. `kind`: staff, store, or a place outside; `id`: of the member of staff or of the store."""

    kind: str
    id: str = ""


@dataclass(frozen=True)
class Link:
    """From `at` on (aware UTC) the exhibit is with `holder`; `noted_at` is when somebody wrote it down."""

    number: int
    what: str
    at: datetime
    holder: Holder
    noted_at: datetime


@dataclass(frozen=True)
class Act:
    """What somebody did: `what`, bringing it from `before` (None when it is taken) to `after`, at `at`.

    `number` is that of the newest link they had seen: what came after that is not overlooked.
    """

    what: str
    at: datetime
    before: Holder | None
    after: Holder
    number: int


def acts_from(holder: Holder) -> tuple[str, ...]:
    """The acts that may follow while `holder` has it, in the order of the table; none when it was destroyed."""
    return tuple(what for what, (before, _) in ACTS.items() if holder.kind in before)


def next_link(newest: Link | None, act: Act, now: datetime) -> Link:
    """The link that `act` adds after `newest` (None: nothing yet), noted at `now`. Raises CustodyRefused.

    A time given to the minute may lie in the minute of the newest link: then it happened right after that.
    """
    refuse_if_not_next(newest, act)
    at = act.at
    if newest is not None and at < newest.at:
        if at + timedelta(minutes=1) <= newest.at:
            raise CustodyRefused(
                "That is earlier than the last entry of this exhibit. Look at its history and give the time again."
            )
        at = newest.at
    if at > now:
        raise CustodyRefused("That time lies ahead. Give the time at which it really happened.")
    return Link(newest.number + 1 if newest else 1, act.what, at, act.after, now)


def refuse_if_not_next(newest: Link | None, act: Act) -> None:
    """Raise CustodyRefused unless `act` takes the exhibit from where `newest` says it is to where it may go."""
    if act.what not in ACTS:
        raise CustodyRefused("Choose one of the steps that the page offers.")
    before, after = ACTS[act.what]
    if newest is None:
        if act.what != TAKEN or act.before is not None:
            raise CustodyRefused("An exhibit begins with being taken. Enter it first.")
    elif newest.holder.kind == DESTROYED:
        raise CustodyRefused("This exhibit was destroyed. Nothing can follow.")
    elif act.number != newest.number or act.before != newest.holder:
        raise CustodyRefused("It is not where this page said. Look at the exhibit again.")
    elif newest.holder.kind not in before:
        raise CustodyRefused("That can’t follow from where it is now. Choose one of the steps offered.")
    if act.after.kind not in after or act.after == act.before:
        raise CustodyRefused("It can’t go there. Choose one of the places offered.")


def holder_at(chain: Iterable[Link], moment: datetime) -> Holder | None:
    """Who had it at `moment`: exactly one, from the first link on; None before it was taken."""
    found = None
    for link in chain:
        if link.at <= moment:
            found = link.holder
    return found


def breaks(chain: Sequence[Link]) -> tuple[str, ...]:
    """What is wrong with a chain as it is kept, in sentences; empty for a whole one. Each link is tried again."""
    found, newest = [], None
    for link in chain:
        act = Act(
            link.what, link.at, newest.holder if newest else None, link.holder, newest.number if newest else 0
        )
        try:
            again = next_link(newest, act, link.noted_at)
            if (again.number, again.at) != (link.number, link.at):
                found.append(
                    f"Link {link.number}: the number or the time does not follow from the link before."
                )
        except CustodyRefused as refusal:
            found.append(f"Link {link.number}: {refusal}")
        newest = link
    return tuple(found)


def is_late(link: Link) -> bool:
    """Whether it was written down long after it happened."""
    return link.noted_at - link.at > LATE
