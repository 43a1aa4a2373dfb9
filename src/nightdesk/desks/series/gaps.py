"""What a series does not know yet: what no report says, what only one says, and so what to ask next."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from nightdesk.desks.series import words

# What a comparison is about, and where an extract holds it.
HELD_IN: Final = {
    "account": ("handle",), "app": ("app",), "phone": ("phone", "phone6", "phone4"), "email": ("email",), "name": ("name",),
    "vehicle": ("vehicle", "plate"), "age": ("age",), "height": ("height",), "build": ("build",), "hair": ("hair",),
    "tattoo": ("tattoo",), "place": ("lat",), "time": ("day",), "drug": ("drug",), "delivery": ("delivery",),
    "venue": ("venue",), "did": ("done",),
}  # fmt: skip
NEXT: Final = 6  # questions at most: an officer asks few things well


def known_in(told: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many of the reports say something of each thing."""
    return {
        about: sum(any(one.get(key) not in (None, "", []) for key in keys) for one in told)
        for about, keys in HELD_IN.items()
    }


def gaps(told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows of what is known by how many, what nobody knows, and what to ask next: what is least known first."""
    known = known_in(told)
    least = sorted((about for about in known if known[about] < len(told)), key=lambda about: known[about])
    return {
        "nobody": [words.UNKNOWN[about] for about in least if not known[about]],
        "rows": [(words.UNKNOWN[about], known[about], len(told)) for about in known],
        "questions": [words.QUESTIONS[about] for about in least][:NEXT],
    }  # fmt: skip
