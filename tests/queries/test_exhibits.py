"""The register: who finds what, what is counted, and what nobody is shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.custody import offer_exhibit
from nightdesk.actions.destruction import ask_for_destruction, place_hold
from nightdesk.actions.stores import note_fault
from nightdesk.queries import custody, exhibits
from nightdesk.queries.exhibits import STATES, Sought, register
from nightdesk.records.cases import Case
from nightdesk.records.chain import nearness_of, newest_of
from nightdesk.records.exhibits import Exhibit
from nightdesk.rules.exhibit import may_see
from tests.actions.exhibits import MINUTE, enter, fridge, hand, move
from tests.actions.paging import raise_one
from tests.people import as_reader
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")
DAY = timedelta(days=1)


def found(reader_of: Any, now: datetime, **sought: Any) -> list[str]:
    """Court references found, with the case reference before, sorted."""
    rows = register(as_reader(reader_of), Sought(**sought), now).rows
    return sorted(row.code for row in rows)


def scattered(cast: Any, now: datetime) -> dict[str, Exhibit]:
    """One exhibit in every place somebody may look for it."""
    from nightdesk.rules.basics import Basics

    store, far = fridge(cast, now), fridge(cast, now, code="MR-F1", station=cast.mill_road)
    made = {
        name: enter(cast, now) for name in ("priya", "fridge", "laboratory", "home", "kofi", "offered", "far")
    }
    made["no_case"] = enter(cast, now, told=take(cast, now, Basics(what="lost my bag")))
    made["tom"] = enter(cast, now, told=take(cast, now, Basics(what="raped"), by=cast.tom), by=cast.tom)
    move(made["fridge"], cast.priya, "stored", now, store.code)
    move(made["laboratory"], cast.priya, "sent", now, "laboratory")
    move(made["home"], cast.priya, "returned", now)
    hand(made["kofi"], cast.priya, cast.kofi, now)
    move(made["far"], cast.priya, "stored", now, far.code)
    offer_exhibit(actor=as_reader(cast.priya), at=now, code=made["offered"].code, number=1, username="tom")
    return made


def test_the_register_finds_exactly_what_the_rule_lets_each_reader_see(cast: Any, now: datetime) -> None:
    """Every member of the cast against every exhibit: the search and the rule are two ways to say the same."""
    made = scattered(cast, now)
    seen_by = {}
    for name, member in cast.staff().items():
        reader = as_reader(member)
        expected = {
            row.code
            for row in Exhibit.objects.all()
            if may_see(
                nearness_of(
                    reader, row, newest_of(row), Case.objects.filter(disclosure=row.disclosure).first()
                )
            )
        }
        assert set(found(member, now)) == expected, name
        assert {
            code for code in (row.code for row in made.values()) if custody.exhibit(reader, code, now)
        } == expected
        seen_by[name] = len(expected)
    assert (seen_by["priya"], seen_by["tom"], seen_by["sana"], seen_by["alex"], seen_by["odile"]) == (
        8,
        3,
        8,
        0,
        0,
    )


def test_the_description_is_for_specialists_of_the_case(cast: Any, now: datetime) -> None:
    """Not for the counter that wrote it, nor for whoever only keeps or carries it."""
    made = scattered(cast, now)
    assert custody.describe(as_reader(cast.sana), made["far"].code).startswith("MARKPOT")
    assert custody.describe(as_reader(cast.maud), made["far"].code).startswith("MARKPOT")
    for who, where in (
        (cast.priya, "priya"),
        (cast.tom, "far"),
        (cast.kofi, "kofi"),
        (cast.kofi, "far"),
        (cast.wen, "far"),
    ):
        assert custody.describe(as_reader(who), made[where].code) == ""
        assert "MARKPOT" not in repr(custody.exhibit(as_reader(who), made[where].code, now))


def test_counts_match_what_is_listed_for_every_state(cast: Any, now: datetime) -> None:
    """Whatever else is looked for; and the sum of places is the whole."""
    made = scattered(cast, now)
    note_fault(actor=as_reader(cast.priya), at=now, code="HL-F1", kind="power_cut")
    later = now + 20 * DAY
    for sought in (
        Sought(),
        Sought(text=made["home"].disclosure.reference),
        Sought(kind="urine_pot"),
        Sought(store="HL-F1"),
    ):
        whole = register(as_reader(cast.sana), sought, later)
        assert whole.total == whole.counts[""] == len(whole.rows)
        for state in STATES:
            some = register(as_reader(cast.sana), Sought(**{**sought.__dict__, "state": state}), later)
            assert len(some.rows) == some.total == whole.counts[state] == some.counts[state], state
        places = ("with_staff", "in_store", "out", "returned", "destroyed")
        assert sum(whole.counts[state] for state in places) == whole.total


def test_each_filter_narrows(cast: Any, now: datetime) -> None:
    """Code (or its beginning, in small letters), court reference, case, kind, store, holder, days."""
    made = scattered(cast, now)
    sana, fridged = cast.sana, made["fridge"]
    assert found(sana, now, text=fridged.code[:7].lower()) == [fridged.code]
    assert found(sana, now, text=fridged.disclosure.reference) == [fridged.code]
    assert len(found(sana, now, text="P/1")) == 8
    assert found(sana, now, text="%") == []
    assert found(sana, now, store="HL-F1") == [fridged.code]
    assert found(sana, now, holder="kofi") == [made["kofi"].code]
    assert found(sana, now, kind="object") == []
    assert found(sana, now, taken_from=now + MINUTE) == []
    assert len(found(sana, now, taken_from=now, taken_until=now)) == 8
    assert found(cast.tom, now, state="offered") == [made["offered"].code]
    assert len(found(sana, now, state="invented")) == 8


def test_overdue_is_what_never_left_for_the_laboratory(cast: Any, now: datetime) -> None:
    """Fourteen days for urine; what came back from there is not overdue, what went home is not either."""
    made = scattered(cast, now)
    move(made["laboratory"], cast.sana, "received", now)
    overdue = found(cast.sana, now + 14 * DAY + MINUTE, state="overdue")
    assert overdue == sorted(
        made[name].code for name in ("priya", "fridge", "kofi", "offered", "far", "no_case")
    )
    assert found(cast.sana, now + 14 * DAY, state="overdue") == []
    rows = register(as_reader(cast.sana), Sought(), now + 15 * DAY).rows
    assert sorted(row.code for row in rows if row.overdue) == overdue


def test_pages(cast: Any, now: datetime) -> None:
    """Every exhibit on exactly one page; a page that is not there is the nearest one."""
    made = scattered(cast, now)
    sana = as_reader(cast.sana)
    listed = [row.code for page in (1, 2, 3) for row in register(sana, Sought(), now, page=page, rows=3).rows]
    assert len(listed) == len(set(listed)) == len(made) - 1
    last = register(sana, Sought(), now, page=99, rows=3)
    assert (last.page, last.pages, len(last.rows)) == (3, 3, 2)
    assert register(sana, Sought(), now, page=0, rows=3).page == 1


def test_what_can_be_done_next(cast: Any, now: datetime) -> None:
    """By whoever has it, by others, by a supervisor, and after the end."""
    made = scattered(cast, now)

    def acts(who: Any, where: str) -> tuple[str, ...]:
        seen = custody.exhibit(as_reader(who), made[where].code, now)
        assert seen
        return seen.acts

    assert acts(cast.priya, "priya") == ("handed", "stored", "sent", "returned")
    assert acts(cast.sana, "priya") == ()
    assert acts(cast.maud, "priya") == ("take_over",)
    assert (
        acts(cast.priya, "fridge")
        == acts(cast.sana, "laboratory")
        == acts(cast.sana, "home")
        == ("received",)
    )


def test_the_chain_names_both_sides_of_a_hand_over(cast: Any, now: datetime) -> None:
    """Who offered it and when, who took it and when, and that it was noted late."""
    made = enter(cast, now)
    hand(made, cast.priya, cast.sana, now + MINUTE)
    move(made, cast.sana, "sent", now + 60 * MINUTE, "laboratory", when=now + 20 * MINUTE)
    seen = custody.exhibit(as_reader(cast.sana), made.code, now)
    assert seen
    _, handed, sent = seen.links
    assert (handed.before, handed.after) == (("staff", "Priya"), ("staff", "Sana"))
    assert (handed.offered_by, handed.offered_at, handed.noted_by) == ("Priya", now + MINUTE, "Sana")
    assert (sent.after, sent.late, sent.noted_at) == (("laboratory", ""), True, now + 60 * MINUTE)
    assert (seen.breaks, seen.submitted, seen.newest.number) == ((), True, 3)


def test_a_supervisor_sees_what_waits_for_a_decision(cast: Any, now: datetime) -> None:
    """Of their unit; marked when they asked themselves, or when a hold lies on the case."""
    first, second = enter(cast, now), enter(cast, now)
    ask_for_destruction(actor=as_reader(cast.sana), at=now, code=first.code, reason="spoilt")
    ask_for_destruction(actor=as_reader(cast.maud), at=now + MINUTE, code=second.code, reason="spoilt")
    place_hold(actor=as_reader(cast.maud), at=now, reference=first.disclosure.reference, reason="court")
    waiting = exhibits.destructions_to_decide(as_reader(cast.maud))
    assert [(row.code, row.by_me, row.held, row.asked_by) for row in waiting] == [
        (first.code, False, True, "Sana"), (second.code, True, False, "Maud"),
    ]  # fmt: skip
    assert exhibits.destructions_to_decide(as_reader(cast.sana)) == []


def test_colleagues_of_the_station_come_first(cast: Any, now: datetime) -> None:
    """Those of the unit before those of elsewhere; nobody else, and not oneself."""
    names = [name for _, name in exhibits.colleagues(as_reader(cast.sana))]
    assert names == ["Maud", "Priya", "Rae", "Kofi", "Tom"]


def test_the_case_lists_its_own(cast: Any, now: datetime) -> None:
    """And no other's."""
    told = raise_one(cast, now)
    made = [enter(cast, now, told=told).code for _ in range(2)]
    enter(cast, now)
    assert sorted(row.code for row in exhibits.of_case(as_reader(cast.sana), told.reference, now)) == sorted(
        made
    )
