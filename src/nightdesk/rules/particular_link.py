"""Links between particulars: which kinds there are, and what each may join. Read aloud: “one, kind, other”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.particular_field import BASES, ParticularRefused

# code → (kind of the one, kind of the other)
LINKS: Final[Mapping[str, tuple[str, str]]] = {
    "used": ("person", "object"),
    "owns": ("person", "object"),
    "was_at": ("person", "event"),
    "lives_at": ("person", "place"),
    "was_in": ("person", "place"),
    "knows": ("person", "person"),
    "same_as": ("person", "person"),  # one human in two roles: two entries, never one
    "used_in": ("object", "event"),
    "found_at": ("object", "place"),
    "happened_at": ("event", "place"),
    "came_before": ("event", "event"),
}
BOTH_WAYS: Final = ("knows", "same_as")


def links_between(one: str, other: str) -> tuple[str, ...]:
    """The kinds of link from a particular of kind `one` to one of kind `other`."""
    return tuple(code for code, ends in LINKS.items() if ends == (one, other))


def refuse_if_no_link(code: str, one: str, other: str, *, same: bool, basis: str) -> None:
    """Raise ParticularRefused unless `code` joins particulars of these kinds, which are not the same one."""
    if same:
        raise ParticularRefused("Choose another entry: nothing is linked to itself.")
    if code not in links_between(one, other):
        raise ParticularRefused("Choose how the two belong together.")
    if basis not in BASES:
        raise ParticularRefused("Say what the link rests on.")
