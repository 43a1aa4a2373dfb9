"""What is compared and why: every comparison with its levels, best first, declared once.

The scan, the explanation and Splink all read this list, so that a pair gets the same bits from each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nightdesk.linkage.extract import PRECISIONS

# Where two places stand to each other: both at his home, perhaps (neither known to be elsewhere), elsewhere.
SETTINGS = ("home", "perhaps", "elsewhere")
# Rings in km, by the worse precision of the two places: a place known to 2.5 km cannot honestly be 100 m away.
RINGS = {
    "point": (0.12, 0.6, 2.5, 8.0, 30.0, 120.0),
    "sector": (0.6, 1.2, 2.5, 8.0, 30.0, 120.0),
    "district": (2.5, 5.0, 8.0, 15.0, 30.0, 120.0),
}
USUAL_KM = 8.0  # what is farther can never count for a link between two homes


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison. The limit is a similarity, a gap, a number of tokens or km, by the kind."""

    name: str
    limit: float = 0.0
    agrees: bool = True


@dataclass(frozen=True)
class Comparison:
    """One question asked of each pair. Its last level is the one where nothing better holds.

    Floor: the least bits a difference may give. Graded: middle levels may count against. Rarity: the column whose rare
    values count for more when they agree, on the levels named in `rare`.
    """

    name: str
    kind: str
    column: str
    levels: tuple[Level, ...]
    floor: float = -4.0
    graded: bool = False
    rarity: str = ""
    rare: int = 1
    bit: int = 0


DIFFERS = Level("differs", agrees=False)
SAME = Level("same")


def _code(name: str, *, rarity: bool = True, floor: float = -4.0) -> Comparison:
    return Comparison(name, "code", name, (SAME, DIFFERS), floor, rarity=name if rarity else "")


def _gap(name: str, column: str, unit: str, limits: tuple[int, ...]) -> Comparison:
    levels = tuple(Level(f"within {limit} {unit}", limit) for limit in limits)
    return Comparison(name, "gap", column, (*levels, Level("more", agrees=False)), graded=True)


def _place(setting: str, precision: str) -> Comparison:
    rings = tuple(
        Level(f"within {km:g} km", km, agrees=km <= USUAL_KM or setting == "elsewhere")
        for km in RINGS[precision]
    )
    name = f"place_{setting}_{precision}"
    return Comparison(name, "place", "place", (*rings, Level("farther", agrees=False)), graded=True)


IDENTIFIERS = (
    Comparison(
        "account",
        "account",
        "handle",
        (
            Level("same handle, same app"),
            Level("same handle, other app"),
            Level("same stem"),
            Level("very similar", 0.92),
            Level("similar", 0.85),
            DIFFERS,
        ),
        floor=-1.5,
        rarity="handle",
        rare=2,
    ),
    Comparison("app", "app", "app", (SAME, DIFFERS), floor=-1.0, rarity="app"),
    Comparison(
        "phone",
        "phone",
        "phone",
        (Level("same number"), Level("same last six or one digit out"), Level("same last four"), DIFFERS),
        floor=-1.5,
    ),
    Comparison("email", "email", "email", (SAME, Level("similar before the @", 0.92), DIFFERS), floor=-1.0),
    Comparison("name", "name", "name", (SAME, Level("similar", 0.88), DIFFERS), rarity="name"),
    Comparison(
        "vehicle",
        "vehicle",
        "vehicle",
        (Level("plate agrees"), Level("same make and colour"), DIFFERS),
        floor=-1.0,
    ),
)
LOOKS = (
    _gap("age", "age", "years", (2, 5, 10)),
    _gap("height", "height", "cm", (3, 8)),
    _code("build", floor=-1.5),  # witnesses seldom agree on looks
    _code("ethnicity", rarity=False, floor=-2.0),  # rarity would weigh a whole community like a shared name
    _code("hair", floor=-1.5),
    Comparison(
        "tattoo",
        "tattoo",
        "tattoo",
        (Level("two marks shared", 2), Level("one mark shared", 1), Level("none shared", agrees=False)),
        floor=-1.5,
    ),
)
ACT = (
    *(_place(setting, precision) for setting in SETTINGS for precision in PRECISIONS),
    _gap("time", "day", "days", (1, 14, 90, 365, 1095)),
    _code("drug"),
    _code("delivery"),
    _code("venue"),
)


def behaviour(code: str, bit: int) -> Comparison:
    """One thing he did: in both reports, or recorded in one only. Each rare habit says more than any count of them."""
    levels = (Level("in both"), Level("in one only", agrees=False))
    return Comparison(f"did_{code}", "behaviour", code, levels, floor=-1.0, bit=bit)


def comparisons(behaviours: Sequence[str], *, ethnicity: bool = True) -> tuple[Comparison, ...]:
    """Every comparison, for the list of behaviours in use; without ethnicity where a force has switched it off."""
    fixed = (*IDENTIFIERS, *LOOKS, *ACT)
    kept = tuple(each for each in fixed if ethnicity or each.name != "ethnicity")
    return (*kept, *(behaviour(code, bit) for bit, code in enumerate(behaviours)))
