"""Whether looking into what a reporting person did with drugs is in the public interest: four kinds, and who decides.

Own use or possession and small-scale social supply are by default not in the public interest: one supervisor confirms
that. Going against the default takes two senior officers, apart from each other and from the case, each with reasons.
Supply for gain and anything more serious goes to an officer outside the case. Nothing here starts an enquiry.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nightdesk.rules.terms import COMMANDER, SOIT, SUPERVISOR

KINDS: Final = ("own_use", "social_supply", "supply_for_gain", "more_serious")
WITH_DEFAULT: Final = KINDS[:2]  # not in the public interest, unless two senior officers say otherwise
OUTSIDE: Final = KINDS[2:]
SENIOR: Final = (SUPERVISOR, COMMANDER)

DEFAULT_ASKED: Final = "default_asked"
AGAINST_ASKED: Final = "against_asked"
ONE_VOTED: Final = "one_voted"
OUTSIDE_ASKED: Final = "outside_asked"
OUTSIDE_TAKEN: Final = "outside_taken"
NOT_IN_INTEREST: Final = "not_in_interest"
IN_INTEREST: Final = "in_interest"
TAKEN_BACK: Final = "taken_back"

STATES: Final = (
    DEFAULT_ASKED, AGAINST_ASKED, ONE_VOTED, OUTSIDE_ASKED, OUTSIDE_TAKEN, NOT_IN_INTEREST, IN_INTEREST, TAKEN_BACK,
)  # fmt: skip
OVER: Final = (NOT_IN_INTEREST, IN_INTEREST, TAKEN_BACK)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    DEFAULT_ASKED: {"confirm": NOT_IN_INTEREST, "put_to_two": AGAINST_ASKED, "take_back": TAKEN_BACK},
    AGAINST_ASKED: {"vote": ONE_VOTED, "take_back": TAKEN_BACK},
    ONE_VOTED: {"vote_default_holds": NOT_IN_INTEREST, "vote_both_against": IN_INTEREST},
    OUTSIDE_ASKED: {"take": OUTSIDE_TAKEN, "take_back": TAKEN_BACK},
    OUTSIDE_TAKEN: {"leave": NOT_IN_INTEREST, "pursue": IN_INTEREST, "give_back": OUTSIDE_ASKED},
    NOT_IN_INTEREST: {},
    IN_INTEREST: {},
    TAKEN_BACK: {},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    DEFAULT_ASKED: SUPERVISOR,
    AGAINST_ASKED: SUPERVISOR,
    ONE_VOTED: SUPERVISOR,
    OUTSIDE_ASKED: SUPERVISOR,
    OUTSIDE_TAKEN: SUPERVISOR,
    NOT_IN_INTEREST: "nobody",
    IN_INTEREST: "nobody",
    TAKEN_BACK: "nobody",
}
WITH_REASONS: Final = ("put_to_two", "vote", "leave", "pursue")  # a decision is nothing without its reasons


class InterestRefused(Exception):
    """What was asked of a decision is not allowed; the sentence says what to do."""


@dataclass(frozen=True)
class Seat:
    """How somebody stands to a decision: role, the case's own officer, who asked, of the case's unit, what they did."""

    role: str
    owner: bool = False
    asker: bool = False
    own_unit: bool = False
    voted: bool = False
    holder: bool = False  # the officer outside the case who took it


def first_state(kind: str, *, against: bool) -> str:
    """Where a decision begins; raises InterestRefused for a kind nobody knows."""
    if kind not in KINDS:
        raise InterestRefused("Choose one of the four kinds.")
    if kind in OUTSIDE:
        return OUTSIDE_ASKED
    return AGAINST_ASKED if against else DEFAULT_ASKED


def may_ask(*, role: str, own: bool, own_unit: bool) -> bool:
    """Whoever works the case, or a senior officer of its unit, asks; a commander has no unit and may ask of any."""
    return own or role == COMMANDER or (own_unit and role in (SOIT, SUPERVISOR))


def moves_for(state: str, seat: Seat) -> tuple[str, ...]:
    """What this person may do now. The case's own officer and whoever asked decide nothing, whatever their rank."""
    if seat.asker:
        return ("take_back",) if "take_back" in MOVES[state] else ()
    if seat.owner:
        return ()
    senior = seat.role in SENIOR
    if state == DEFAULT_ASKED:
        return ("confirm", "put_to_two") if senior else ()
    if state in (AGAINST_ASKED, ONE_VOTED):
        return ("vote",) if senior and not seat.voted else ()
    outside = not seat.own_unit and seat.role in (SOIT, *SENIOR)
    if state == OUTSIDE_ASKED:
        return ("take",) if outside else ()
    if state == OUTSIDE_TAKEN:
        return ("leave", "pursue", "give_back") if outside and seat.holder else ()
    return ()


def refuse_unless_possible(state: str, move: str, seat: Seat) -> None:
    """Raise InterestRefused unless this person may make this move now, saying who may."""
    if move in moves_for(state, seat):
        return
    if state in OVER:
        raise InterestRefused("This is decided. New grounds are asked about anew; what was decided stays.")
    if seat.asker or seat.owner:
        raise InterestRefused(
            "The officer of the case and whoever asked do not decide. A senior officer apart from it does."
        )
    if seat.voted:
        raise InterestRefused("You have given your view already. Somebody else gives the second.")
    raise InterestRefused("This is not yours to decide as it stands. The page says whose turn it is.")


def after_move(state: str, move: str, *, votes: Sequence[bool] = ()) -> tuple[str, str]:
    """The move as noted and the state after it. `votes`: every view given with this one, True for against the default.

    Only two views against, by two people, go against the default; one that is not leaves it standing.
    """
    if state == ONE_VOTED and move == "vote":
        move = "vote_both_against" if len(votes) == 2 and all(votes) else "vote_default_holds"
    if move not in MOVES[state]:
        raise InterestRefused("This is not possible any more: look again where it stands.")
    return move, MOVES[state][move]


def refuse_without_reasons(move: str, reasons: str) -> None:
    """Raise InterestRefused when a decision comes without its reasons."""
    if move in WITH_REASONS and not reasons.strip():
        raise InterestRefused("Write your reasons. A decision without them can’t be looked at later.")


def reads_words(state: str, seat: Seat, *, moved: bool) -> bool:
    """Whether somebody reads grounds and reasons: who asked, did something (`moved`) or decides; its officer at the end.

    To be able to take a decision is not to have taken it: everybody outside the case could.
    """
    decides = set(moves_for(state, seat)) - {"take", "take_back"}
    return bool(decides) or seat.asker or seat.voted or moved or (state in OVER and seat.owner)


def seen_votes(state: str, mine: str, votes: Collection[tuple[str, bool]]) -> dict[str, bool]:
    """Which views this person may see, by who gave them: their own, and all once both are in."""
    return {who: against for who, against in votes if who == mine or state not in (AGAINST_ASKED, ONE_VOTED)}
