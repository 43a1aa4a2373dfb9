"""Search across cases: what is found by what, in which order, and how little of it by whom it is not meant for."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.queries import search as queries
from nightdesk.queries.search import Answer, search
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.search_asked import SearchRefused
from tests.people import Cast, as_reader
from tests.records.taking import take

HOUR = timedelta(hours=1)


def told(cast: Cast, at: datetime, by: Any = None, **given: Any) -> str:
    """A case with this in its basics; its reference."""
    suspect = {name[1:]: given.pop(name) for name in list(given) if name.startswith("_")}
    suspects = (Suspect(**suspect),) if suspect else ()
    basics = Basics(what="he raped me", suspects=suspects, **given)
    return str(take(cast, at, basics, by=by).reference)


def found(staff: Any, text: str, kind: str = "") -> list[str]:
    """The references found, in their order."""
    return [one.reference for one in search(as_reader(staff), text, kind).found]


def why(answer: Answer) -> list[tuple[str, str, bool]]:
    """Why the first case was found."""
    return [(one.kind, one.how, one.old) for one in answer.found[0].why]


@pytest.mark.parametrize(
    ("given", "text", "kind", "how"),
    [
        ({"call_me": "Jo Smith"}, "smith, jo", "name", "exact"),
        ({"call_me": "Elizabeth O’Neil"}, "Liz ONeil", "name", "spelling"),
        ({"_name_used": "Łukasz"}, "lukasz", "name", "exact"),
        ({"call_me": "J Smith"}, "John Smith", "name", "initial"),
        ({"_name_used": "Jordan"}, "Jordan Smith", "name", "one_name"),
        ({"contact_phone": "07700 900123"}, "+44 7700 900 123", "phone", "exact"),
        ({"contact_phone": "07700 900123"}, "900123", "phone", "ending"),
        ({"_handle": "@Night_Owl.99", "_platform": "grindr"}, "night_owl.99 on Grindr", "handle", "exact"),
        ({"_handle": "@Night_Owl.99", "_platform": "grindr"}, "nightowl99", "handle", "spelling"),
        ({"contact_email": "jo+x@gmail.com"}, "J.O@gmail.com", "email", "exact"),
        ({"where_words": "Flat above the chip shop, Mill Lane SW8 1AB"}, "sw81ab", "place", "exact"),
        ({"where_words": "Flat above the chip shop, Mill Lane"}, "chip shop mill lane", "place", "exact"),
        ({"_vehicle": "LB07 SEO"}, "lb07seo", "plate", "exact"),
        ({"_vehicle": "LB07 SEO"}, "L807 5E0", "plate", "alike"),
    ],
)
def test_it_is_found_by_what_was_told(
    cast: Cast, now: datetime, given: dict[str, str], text: str, kind: str, how: str
) -> None:
    """Whoever may open it sees why; another case beside it is not found."""
    other = told(cast, now, call_me="Robin Vale", where_words="Harbour Row", _handle="moth")
    reference = told(cast, now, **given)
    answer = search(as_reader(cast.sana), text, kind if kind == "plate" else "")
    assert [one.reference for one in answer.found] == [reference]
    assert other != reference
    assert (kind, how, False) in why(answer)


def test_a_day_is_found_within_what_was_told(cast: Cast, now: datetime) -> None:
    """The last of four days, by the clock on the wall; not the day after."""
    reference = told(cast, now, earliest_at=now - 72 * HOUR, latest_at=now)
    assert found(cast.sana, f"{now:%d/%m/%Y}") == [reference]
    assert found(cast.sana, f"{now - 48 * HOUR:%Y-%m-%d}") == [reference]
    assert not found(cast.sana, f"{now + 48 * HOUR:%Y-%m-%d}")


def test_a_long_time_is_found_by_its_months(cast: Cast, now: datetime) -> None:
    """Somebody who only knows “some time last year”."""
    told(cast, now, earliest_at=now - 24 * 200 * HOUR, latest_at=now)
    answer = search(as_reader(cast.sana), f"{now - 24 * 100 * HOUR:%d %b %Y}")
    assert why(answer) == [("date", "month", False)]


def test_an_earlier_version_is_still_found_and_said_to_be_so(cast: Cast, now: datetime) -> None:
    """What was corrected may be what somebody remembers."""
    from uuid import uuid4

    key = uuid4()
    first, second = (Basics(what="he raped me", call_me=name) for name in ("Jo Smith", "Jo Smythe-Ray"))
    take(cast, now, first, key=key)
    reference = str(take(cast, now + HOUR, second, key=key).reference)
    assert why(search(as_reader(cast.sana), "jo smith", "name"))[0] == ("name", "exact", True)
    assert why(search(as_reader(cast.sana), "jo smythe ray", "name"))[0] == ("name", "exact", False)
    assert found(cast.sana, "jo smith", "name") == [reference]


def test_the_first_name_of_one_and_the_last_of_another_are_nobody(cast: Cast, now: datetime) -> None:
    """Parts count together only within one thing told."""
    told(cast, now, call_me="Jordan Vale", _name_used="Robin Smith")
    assert not found(cast.sana, "Jordan Smith", "name")


def test_whole_comes_before_loose_and_ones_own_unit_before_others(cast: Cast, now: datetime) -> None:
    """The order that the page explains."""
    loose = told(cast, now, call_me="Jo Smithe")
    other = told(cast, now, by=cast.tom, call_me="Jo Smith")
    whole = told(cast, now, call_me="Jo Smith")
    newer = told(cast, now + HOUR, call_me="Jo Smith")
    assert found(cast.sana, "jo smith", "name") == [newer, whole, loose, other]


def test_of_another_units_case_little_is_shown_and_only_when_it_matches_for_certain(
    cast: Cast, now: datetime
) -> None:
    """Reference, unit, owner, whom to ask: no station, no time, no reason."""
    reference = told(cast, now, call_me="Jo Smith", contact_phone="07700 900123")
    for text in ("jo smith", "07700900123", "900123", reference, reference.replace("-", "").lower()):
        (one,) = search(as_reader(cast.kofi), text).found
        assert (one.reference, one.unit, one.open) == (reference, "Unit A", False)
        assert (one.station, one.opened_at, one.why) == ("", None, ())
        assert one.ask == ("Maud",)
    for text in ("jo", "smith", "joe smyth"):
        assert not found(cast.kofi, text, "name"), text


@pytest.mark.parametrize("name", ["priya", "idris", "wen", "nell", "lars", "odile", "ben", "alex"])
def test_only_whoever_works_cases_may_search(cast: Cast, now: datetime, name: str) -> None:
    """Front counter, auditor, outsider: refused, whatever they ask for."""
    reference = told(cast, now, call_me="Jo Smith")
    for text in ("jo smith", reference, ""):
        with pytest.raises(AccessRefused):
            search(as_reader(getattr(cast, name)), text)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("", "", "Type what you look for"),
        ("123", "phone", "at least the last 6 digits"),
        ("x", "name", "two letters or more"),
        ("next tuesday", "date", "25 Nov 2026"),
        ("no at sign", "email", "with its @"),
        ("?!", "handle", "at least one letter"),
        ("the street", "place", "a street, a venue"),
        ("-", "plate", "registration mark"),
        ("‮\u0000‍", "", "at least"),
    ],
)
def test_too_little_is_said_to_be_so(cast: Cast, text: str, kind: str, says: str) -> None:
    """With what to type instead."""
    with pytest.raises(SearchRefused, match=says):
        search(as_reader(cast.sana), text, kind)


def test_whoever_matches_whole_is_found_however_many_match_in_part_since(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A common last name has more keys than are looked at: last spring's whole name is there, and the page says “more”."""
    monkeypatch.setattr(queries, "MOST_LOOKED_AT", 3)
    old = told(cast, now, call_me="James Smith")
    for _ in range(4):
        told(cast, now, call_me="Anna Smith")
    answer = search(as_reader(cast.sana), "James Smith", "name")
    assert answer.found[0].reference == old
    assert answer.more
    assert not search(as_reader(cast.sana), "James Smithson", "name").more


def test_a_day_long_ago_is_found_behind_a_month_of_others(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day itself before what only says the month."""
    monkeypatch.setattr(queries, "MOST_LOOKED_AT", 2)
    first = told(cast, now, earliest_at=now - 2 * HOUR, latest_at=now - HOUR)
    for _ in range(3):
        told(cast, now, earliest_at=now - 24 * 60 * HOUR, latest_at=now)
    answer = search(as_reader(cast.sana), f"{now:%d/%m/%Y}", "date")
    assert answer.found[0].reference == first
    assert answer.more


@pytest.mark.parametrize(
    ("given", "text", "kind", "seen"),
    [
        ({"where_words": "Mill Lane, Oldtown"}, "oldtown", "place", False),
        ({"where_words": "Mill Lane, Oldtown"}, "mill lane oldtown", "place", True),
    ],
)
def test_one_word_of_a_place_lists_no_case_of_another_unit(
    cast: Cast, now: datetime, given: dict[str, str], text: str, kind: str, seen: bool
) -> None:
    """A town is no certain match: half the force's cases are in it. Their own unit finds it by one word."""
    reference = told(cast, now, by=cast.tom, **given)
    assert found(cast.sana, text, kind) == ([reference] if seen else [])
    assert found(cast.kofi, text, kind) == [reference]


def test_the_number_of_statements_does_not_hang_on_how_much_is_found(cast: Cast, now: datetime) -> None:
    """At most four for each kind and one for the cases, one more for whom to ask."""
    counts = []
    for number in (1, 6):
        for _ in range(number):
            told(cast, now, call_me="Jo Smith", where_words="Smith Row")
            told(cast, now, by=cast.tom, call_me="Jo Smith")
        with CaptureQueriesContext(connection) as asked:
            search(as_reader(cast.sana), "jo smith")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_an_undisclosed_draft_is_not_found(cast: Cast, now: datetime) -> None:
    """What nobody sent on has no case, and what is typed so far has no keys."""
    from uuid import uuid4

    from nightdesk.actions.intake import keep_basics

    keep_basics(
        actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter", basics=Basics(call_me="Jo Smith")
    )  # fmt: skip
    assert not found(cast.sana, "Jo Smith")
