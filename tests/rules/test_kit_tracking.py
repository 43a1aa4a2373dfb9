"""What the person may be told of where a kit is."""

from itertools import combinations

import pytest

from nightdesk.rules.kit_tracking import Holder, place_of, places_of
from nightdesk.rules.pack_kit import PLACES
from nightdesk.rules.terms import OUTSIDE


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("staff", "with_team"), ("store", "stored"), ("sarc", "health_team"), ("hospital", "health_team"),
        ("laboratory", "laboratory"), ("court", "stored"), ("person", "returned"), ("destroyed", "destroyed"),
        ("somewhere_new", "with_team"),
    ],
)  # fmt: skip
def test_each_holder_has_a_safe_place(kind: str, place: str) -> None:
    """A court is not told apart from a store; what is not known is with the team, who can be asked."""
    assert place_of(Holder(kind)) == place


def test_every_holder_outside_has_a_place_of_its_own_choosing() -> None:
    """A new kind of holder must be thought about here."""
    assert all(place_of(Holder(kind)) != "with_team" for kind in OUTSIDE)


def test_places_come_once_each_in_one_order_for_every_set_of_holders() -> None:
    """All of them: so that neither number nor order of samples is told."""
    kinds = ("staff", "store", *OUTSIDE)
    for size in range(1, len(kinds) + 1):
        for chosen in combinations(kinds, size):
            places = places_of(Holder(kind) for kind in (*chosen, *reversed(chosen)))
            assert list(places) == [place for place in PLACES if place in places]
            assert len(set(places)) == len(places)
    assert places_of(()) == ("none_yet",)
