"""By which ways somebody is told, in which order, and when the next is tried. Pure: ways and faults in, a plan out.

Source: design promise 9 (an outage of one channel moves to the next within a minute); on-call lessons, reference 5.1
(people on a rota without a working way were skipped in silence).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from nightdesk.rules.terms import WAYS

SCREEN: Final = "screen"  # nothing leaves: it is shown on the person's own pages, so it uses up no turn
LEAVING: Final = tuple(way for way in WAYS if way != SCREEN)

# No answer on one way for this long: the next is tried as well. Long enough for one tap, and under the promised minute.
UNANSWERED_SECONDS: Final = 45
OUT_FAULTS: Final = 3  # so many faults in a row, of whomever, and a channel is taken for out
OUT_MINUTES: Final = 5  # older faults say nothing of now

# Both secrets of a webhook sign for so long after a new one was made: a receiver is changed without missing a call-out.
SECRET_OVERLAP: Final = timedelta(hours=24)

# What says something about one address and nothing about the channel.
PERSON_FAULTS: Final = ("bad_address", "not_delivered")
UNDER_WAY: Final = "under_way"  # an attempt whose end nobody has noted (yet): its worker works, or died


@dataclass(frozen=True)
class Way:
    """One way of somebody: `id` of its row (None: the address of the account), channel, address, did it fail for good."""

    id: Any
    channel: str
    address: str
    failed: bool = False


@dataclass(frozen=True)
class Planned:
    """A way and how many seconds after the first it is tried, if nobody has answered by then."""

    way: Way
    after_seconds: int


@dataclass(frozen=True)
class Attempt:
    """One attempt on a channel: when, did the message leave, and the code of its fault."""

    channel: str
    at: datetime
    left: bool
    fault: str = ""


def plan(ways: Sequence[Way], *, out: Collection[str] = (), screen: bool = True) -> tuple[Planned, ...]:
    """When each of `ways` (in the person's order) is tried. Channels that are `out` and ways that failed come last.

    They are still tried: a channel comes back, and a page that leaves late is better than none. `screen` is False for
    what needs no answer now. Without a way that could leave, a failed one is tried at once.
    """
    on_screen = [Planned(way, 0) for way in ways if way.channel == SCREEN and screen]
    leaving = [way for way in ways if way.channel != SCREEN]
    leaving.sort(key=lambda way: (way.failed, way.channel in out))  # stable: else in the person's order
    return (*on_screen, *(Planned(way, n * UNANSWERED_SECONDS) for n, way in enumerate(leaving)))


def with_account(ways: Sequence[Way], email: str) -> list[Way]:
    """The ways, and the e-mail of the account after them if none that leaves works (and it is not one of them)."""
    works = any(way.channel != SCREEN and not way.failed for way in ways)
    needed = not works and email and email not in {way.address for way in ways}
    return [*ways, Way(None, "email", email)] if needed else list(ways)


def can_be_told(ways: Iterable[Way]) -> bool:
    """Whether there is a way that has not failed for good: nobody waits for the answer of somebody who can't be told."""
    return any(not way.failed for way in ways)


def can_be_reached(ways: Iterable[Way]) -> bool:
    """Whether a message finds somebody away from their desk, so that their shift covers anything: a screen does not."""
    return any(way.channel != SCREEN and not way.failed for way in ways)


def secrets_in_use(made: Sequence[tuple[str, datetime]], now: datetime) -> tuple[str, ...]:
    """The secrets by which a webhook is signed now, newest first: `made` are (name, when) in order, after the first, "".

    One that was replaced is used beside the newer for SECRET_OVERLAP more, and ends by itself.
    """
    names = ("", *(name for name, _ in made))
    replaced_at = [made_at for _, made_at in made]
    old = [name for name, until in zip(names, replaced_at, strict=False) if until + SECRET_OVERLAP > now]
    return (names[-1], *reversed(old))


def working(ways: Iterable[Way]) -> int:
    """How many ways have not failed for good; one of them a screen counts, though it only tells who looks."""
    return sum(not way.failed for way in ways)


def channels_out(attempts: Iterable[Attempt], now: datetime) -> frozenset[str]:
    """The channels whose newest OUT_FAULTS attempts of the last OUT_MINUTES all failed, by faults of the channel itself."""
    newest: dict[str, list[bool]] = {}
    for attempt in sorted(attempts, key=lambda one: one.at, reverse=True):
        if attempt.at < now - timedelta(minutes=OUT_MINUTES) or attempt.fault in (*PERSON_FAULTS, UNDER_WAY):
            continue
        newest.setdefault(attempt.channel, []).append(attempt.left)
    return frozenset(
        channel for channel, left in newest.items() if len(left) >= OUT_FAULTS and not any(left[:OUT_FAULTS])
    )
