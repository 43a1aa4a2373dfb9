"""“What if we knew…”: which facts an analyst may ask by, that a reason is needed, and how long the answer is kept. Pure.

A question is about everything ever told, so it is noted with what kinds of fact it used, and a question by one common thing
alone (a drug, a venue) is refused: it would only list people.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from nightdesk.rules import link_code
from nightdesk.rules.estimate import KINDS

SHIFT: Final = timedelta(hours=12)  # kept for whoever asked, then destroyed with its key
MOST: Final = 50  # reports in an answer
LONGEST_REASON: Final = 1000
FAULTS: Final = ("unreadable", "no_index", "too_few")
# what may be asked by, in the order of the page, and how long each may be
TEXTS: Final[Mapping[str, int]] = {
    "handle": 100, "phone": 40, "name_used": 100, "email": 200, "place_words": 300, "postcode": 12, "vehicle_make": 30,
    "vehicle_colour": 30, "vehicle_plate": 12, "tattoo_site": 30, "tattoo_motif": 30,
}  # fmt: skip
CHOICES: Final = ("platform", "venue", "drug", "delivery", "build", "hair")
NUMBERS: Final = ("age", "height_cm")
LISTS: Final = ("behaviours",)
DAY: Final = "act_on"
SERIES: Final = "series"  # a whole series, by its reference: then nothing else is asked by
FACTS: Final = (*TEXTS, *CHOICES, *NUMBERS, *LISTS, DAY, SERIES)
COMMON: Final = frozenset({*CHOICES, *NUMBERS, DAY})  # each alone finds half of everybody


class ExplorationRefused(Exception):
    """A question can't be asked as it is; the sentence says what to do."""


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that say something, as linkage is told them."""
    found: dict[str, Any] = {}
    for name in FACTS:
        value = facts.get(name)
        told = sorted(value or ()) if name in LISTS else str(value if value is not None else "").strip()
        if told:
            found[name] = told
    return found


def refuse_if_not_asked(facts: Mapping[str, Any], reason: str) -> None:
    """Raise ExplorationRefused without a reason, without facts, by one common fact alone, or for what can't be compared."""
    if not reason.strip():
        raise ExplorationRefused(
            "Say in a few words why you ask: a case, a line of enquiry. It is kept with the question."
        )
    if len(reason) > LONGEST_REASON:
        raise ExplorationRefused(f"Say why in at most {LONGEST_REASON} characters.")
    if SERIES in facts and len(facts) > 1:
        raise ExplorationRefused("Ask by a whole series, or by facts: not by both at once.")
    if len(facts) < 2 and not facts.keys() - COMMON:
        raise ExplorationRefused(
            "Give at least two facts, or one that tells a man apart: a handle, a number, a name, a place."
        )
    for name, longest in TEXTS.items():
        if len(facts.get(name, "")) > longest:
            raise ExplorationRefused(
                f"One of the facts is longer than {longest} characters. Say it in fewer."
            )
    for name in NUMBERS:
        told, kind = facts.get(name, ""), KINDS[name]
        if told and not (told.isascii() and told.isdecimal() and kind.least <= int(told) <= kind.most):
            raise ExplorationRefused(
                f"Age and height are whole numbers: here, one from {kind.least} to {kind.most}."
            )
    if set(facts.get("behaviours", ())) - set(link_code.BEHAVIOURS):
        raise ExplorationRefused("One of the things that he did is not on the list. Choose from the list.")


def kinds(facts: Mapping[str, Any]) -> list[str]:
    """What kinds of fact a question uses: all that the journal learns of it."""
    return [name for name in FACTS if name in facts]


def ends_at(asked_at: datetime) -> datetime:
    """When the question and its answer are destroyed."""
    return asked_at + SHIFT
