"""An exhibit: the code on its label, its court reference, by when it is submitted, and who may see what of it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR

# 29 signs that are neither read nor heard wrongly (no 0 O, 1 I L, 5 S, U V together). 29 is prime: one wrong sign, or two
# that changed places, always changes the check sign.
SIGNS: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
FIRST: Final = "E"  # so that the code of an exhibit is told from a case reference or a kit number
RANDOM_SIGNS: Final = 8
SHAPE: Final = re.compile(f"{FIRST}[{SIGNS}]{{{RANDOM_SIGNS + 1}}}")
LONGEST_INITIALS: Final = 4
LONG_AGO: Final = timedelta(days=36525)  # a hundred years: a year was mistyped
LEGAL_HOLD: Final = (
    "There is a legal hold on this case. Nothing of it may be destroyed until the hold is lifted."
)


class CodeUnreadable(ValueError):
    """What was typed or scanned is no code of an exhibit; the sentence says what to do."""


def exhibit_code(signs: str) -> str:
    """The code “EK7M2-Q9XRT” made of 8 random `signs`, with its check sign. Raises ValueError for other signs."""
    if len(signs) != RANDOM_SIGNS or any(sign not in SIGNS for sign in signs):
        raise ValueError(f"Give {RANDOM_SIGNS} signs of {SIGNS}.")
    whole = FIRST + signs + _check_sign(signs)
    return f"{whole[:5]}-{whole[5:]}"


def _check_sign(signs: str) -> str:
    weighted = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=1))
    return SIGNS[weighted % len(SIGNS)]


def read_code(typed: str) -> str:
    """The code in `typed`, however it was typed, said or scanned (case, spaces and dashes do not matter).

    Raises CodeUnreadable when it is none, or when one sign is wrong.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())
    if not plain:
        raise CodeUnreadable("Scan the label, or type the code that is printed on it.")
    if not SHAPE.fullmatch(plain):
        raise CodeUnreadable(
            "That is not the code of an exhibit. It has 10 signs and begins with E. Read it again."
        )
    if _check_sign(plain[1:-1]) != plain[-1]:
        raise CodeUnreadable("One sign of that code is wrong. Read it again from the label.")
    return f"{plain[:5]}-{plain[5:]}"


def initials(name: str) -> str:
    """The initials of a member of staff: “Priya Raman-Holt” is PRH. “X” when the name has no letter."""
    opened = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"[^\W\d_]+", opened.replace("’", "").replace("'", ""))
    return "".join(word[0] for word in words).upper()[:LONGEST_INITIALS] or "X"


def next_court_ref(name: str, given: Iterable[str]) -> str:
    """What a court will call it: initials of whoever took it and the next number, once in a disclosure ("PRH/2")."""
    letters = initials(name)
    own = (ref.rsplit("/", 1) for ref in given)
    numbers = [
        int(parts[1]) for parts in own if len(parts) == 2 and parts[0] == letters and parts[1].isdecimal()
    ]
    return f"{letters}/{max(numbers, default=0) + 1}"


def submit_by(taken_at: datetime, days: int | None) -> datetime | None:
    """By when it has to have left for the laboratory; None for a kind that nobody waits for. `days` is pack data."""
    return None if days is None else taken_at + timedelta(days=days)


def refuse_if_long_ago(taken_at: datetime, now: datetime) -> None:
    """Raise CustodyRefused for a time that nobody working today can have taken anything at."""
    if now - taken_at > LONG_AGO:
        raise CustodyRefused("That is more than a hundred years ago. Look at the year and give it again.")


@dataclass(frozen=True)
class Standing:
    """What decides whether an exhibit may be destroyed: asked, allowed (None: not decided yet), and a legal hold."""

    asked: bool
    allowed: bool | None
    held: bool


def refuse_if_destruction_not_allowed(standing: Standing) -> None:
    """Raise CustodyRefused unless another, senior, has allowed it, and no legal hold lies on the case."""
    if standing.held:
        raise CustodyRefused(LEGAL_HOLD)
    if not standing.asked:
        raise CustodyRefused("Ask for the destruction first; a supervisor decides.")
    if standing.allowed is None:
        raise CustodyRefused("A supervisor has not decided yet. Nothing is destroyed before that.")
    if not standing.allowed:
        raise CustodyRefused(
            "The destruction was not allowed. Keep the exhibit; ask again if something has changed."
        )


@dataclass(frozen=True)
class Nearness:
    """What a reader has to do with an exhibit. `case_*`: with the case it belongs to; `here`: it lies in a store of
    their station (counter) or of their unit's stations; `with_me`: they have it, or it is being handed to them."""

    role: str
    with_me: bool = False
    taken_by_me: bool = False
    here: bool = False
    case_of_my_unit: bool = False
    case_mine: bool = False


def may_see(near: Nearness) -> bool:
    """Whether the reader may know of the exhibit: its code, kind, reference and where it is and was."""
    if near.role not in (COUNTER, SOIT, SUPERVISOR):
        return False
    own = near.with_me or near.taken_by_me or near.here
    return own or (near.role != COUNTER and (near.case_of_my_unit or near.case_mine))


def may_read_description(near: Nearness) -> bool:
    """Whether the reader may open what is written about it: a SOIT or supervisor of the case, or of its unit.

    At the counter it is written, and not read again; whoever only keeps the fridge needs no description.
    """
    return near.role in (SOIT, SUPERVISOR) and (near.case_of_my_unit or near.case_mine)


def may_decide(*, role: str, own_unit: bool, asked_by_me: bool) -> bool:
    """Whether the reader decides a destruction: a supervisor of the unit of the case who has not asked for it."""
    return role == SUPERVISOR and own_unit and not asked_by_me
