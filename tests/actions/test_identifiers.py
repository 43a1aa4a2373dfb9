"""What tells a person apart: sealed as given, found when it is written otherwise, not found when it says nothing."""

from datetime import datetime
from typing import Any

import pytest

from nightdesk.records.disclosures import Identifier
from nightdesk.rules.basics import Basics, Suspect
from tests.records.taking import MARKED, take

pytestmark = pytest.mark.usefixtures("plain_triage")

SAME = [
    ("phone", "07700 900123", "+44 (0)7700-900-123"),
    ("phone", "0044 7700 900123", "\u202a07700900123\u202c"),
    ("handle", "@Night_Owl.99", "nightowl99"),
    ("handle", "https://example.test/nightowl99?hl=en", "Night Owl 99"),
    ("email", "Jo@Example.test", "jo+app@example.test"),
    ("name_used", "José", " jose "),
    ("address", "12  Mill Lane", "12 mill lane"),
    ("vehicle", "AB12 CDE", "ab12cde"),
]


def suspect(kind: str, value: str) -> Basics:
    """Basics with one identifier of whoever did it."""
    return Basics(what="raped", suspects=(Suspect(**{kind: value}),))


@pytest.mark.parametrize(("kind", "first", "second"), SAME)
def test_the_same_identifier_written_otherwise_is_found(
    cast: Any, now: datetime, kind: str, first: str, second: str
) -> None:
    """By its blind index; what was typed stays as it was typed."""
    rows = [
        take(cast, now, suspect(kind, value)).identifiers.select_related("vault").get()
        for value in (first, second)
    ]
    assert bytes(rows[0].blind) == bytes(rows[1].blind)
    assert [row.opened("value") for row in rows] == [first, second]
    assert Identifier.objects.filter(kind=kind, blind=rows[0].blind).count() == 2


def test_the_same_words_of_another_kind_are_not_found(cast: Any, now: datetime) -> None:
    """A name is not a handle."""
    rows = [take(cast, now, suspect(kind, "nightowl")).identifiers.get() for kind in ("handle", "name_used")]
    assert bytes(rows[0].blind) != bytes(rows[1].blind)


@pytest.mark.parametrize("kind", ["phone", "handle", "email", "vehicle", "name_used"])
@pytest.mark.parametrize("nothing", ["?", "...", " - "])
def test_what_says_nothing_links_no_strangers(cast: Any, now: datetime, kind: str, nothing: str) -> None:
    """It stays in the basics, and no index is made of it."""
    told = take(cast, now, suspect(kind, nothing))
    assert not told.identifiers.exists()
    assert getattr(told.versions.get().basics().suspects[0], kind) == nothing


def test_unknown_typed_as_a_phone_links_no_strangers(cast: Any, now: datetime) -> None:
    """Every unknown number would be one and the same."""
    assert not take(cast, now, suspect("phone", "unknown")).identifiers.exists()


def test_whose_identifier_it_is_and_where_it_was_used_is_kept(cast: Any, now: datetime) -> None:
    """The discloser is 0; suspects count from 1; only a handle has a platform."""
    told = take(cast, now, MARKED)
    found = set(told.identifiers.values_list("about", "person_number", "kind", "platform"))
    assert found == {
        ("discloser", 0, "name_used", ""), ("discloser", 0, "phone", ""), ("discloser", 0, "email", ""),
        *(("suspect", 1, kind, "grindr" if kind == "handle" else "") for kind in
          ("name_used", "handle", "phone", "email", "address", "vehicle")),
    }  # fmt: skip


def test_a_draft_is_compared_with_nothing(cast: Any, now: datetime) -> None:
    """Only what was sent on counts."""
    from uuid import uuid4

    from nightdesk.actions.intake import keep_basics
    from tests.people import as_reader

    keep_basics(actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter", basics=MARKED)
    assert not Identifier.objects.exists()
