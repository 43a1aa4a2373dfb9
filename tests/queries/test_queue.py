"""The queue: what runs out soonest first; every filter counts exactly what it lists; a flat number of statements."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import cases as acts
from nightdesk.actions._cases import move_case
from nightdesk.actions.duties import miss_duty, move_duty
from nightdesk.actions.hand_over import offer_case
from nightdesk.actions.queue import move_windows_on
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.rota_changes import note_absence
from nightdesk.queries import queue as queries
from nightdesk.queries.clocks import clock
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.flags import CaseFlag
from nightdesk.records.referrals import Page, Referral
from nightdesk.rules import queue as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.duty import Said
from tests.actions.paging import ADDRESS, raise_one, step, token_of
from tests.people import as_reader
from tests.records.taking import MARKED, take

HOUR = timedelta(hours=1)
FIRST_DUTY = 12 * HOUR  # the pack's shortest: to offer the SARC


def happened(hours: float, at: datetime) -> Basics:
    """Something that happened so long before `at`."""
    return Basics(what="raped", latest_at=at - hours * HOUR)


def all_met(at: datetime) -> None:
    """Nothing is owed any more, so that windows alone decide."""
    for row in Duty.objects.filter(state__in=("owed", "started", "missed")).select_related(
        "case__disclosure"
    ):
        move_duty(
            actor=one_of_the_unit(row), at=at, reference=row.case.disclosure.reference, duty=row.pk, move="set_aside",
            said=Said(ground="asked_not_to_be"), seen=row.moves.count(),
        )  # fmt: skip


def one_of_the_unit(row: Duty) -> Any:
    """A specialist of the unit whose duty it is."""
    return as_reader(row.case.unit.staff.filter(role="soit").order_by("username")[0])


def listed(staff: Any, at: datetime, chosen: str = rule.UNIT) -> list[str]:
    """The references of all pages of a filter, in order."""
    first = queries.queue(as_reader(staff), at, chosen=chosen)
    pages = [queries.queue(as_reader(staff), at, chosen=chosen, page=str(n + 1)) for n in range(first.pages)]
    return [row.reference for page in pages for row in page.rows]


def test_only_the_unit_sees_its_queue(cast: Any, now: datetime) -> None:
    """Everybody else's is empty, by every filter."""
    told = raise_one(cast, now)
    for name, staff in cast.staff().items():
        of_unit_a = name in ("sana", "rae", "maud", "priya") and bool(as_reader(staff).unit)
        assert listed(staff, now) == ([told.reference] if of_unit_a else []), name
        if not of_unit_a:
            assert set(queries.queue(as_reader(staff), now).counts.values()) == {0}, name


def test_the_shortest_running_window_comes_first(cast: Any, now: datetime) -> None:
    """What is nearest to being lost, whatever came in first."""
    taken = [take(cast, now, happened(hours, now)).reference for hours in (1, 40, 20, 100)]

    def nearest(reference: str) -> datetime:
        ends = [w.ends_at for w in clock(SYSTEM, reference, now).specimens if w.live and w.ends_at]
        return min(*ends, now + FIRST_DUTY)

    ends = [row.nearest_at for row in queries.queue(as_reader(cast.sana), now).rows]
    assert ends == sorted(map(nearest, taken))
    assert set(listed(cast.sana, now)) == set(taken)


@pytest.mark.parametrize("days", [1, 3, 8])
def test_a_window_that_has_passed_holds_no_place_at_the_top(cast: Any, now: datetime, days: int) -> None:
    """The worker moves it on: the next one that runs counts; a case without any running comes last."""
    long_ago = take(cast, now, happened(24 * 400, now)).reference
    waiting = take(cast, now, happened(1, now)).reference
    later = now + timedelta(days=days)
    new = take(cast, later, happened(1, later)).reference
    all_met(later)
    move_windows_on(at=later)
    rows = queries.queue(as_reader(cast.sana), later).rows
    live = [row.first_window_ends_at for row in rows if row.first_window_ends_at]
    assert all(end > later for end in live)
    assert live == sorted(live)
    assert [row.reference for row in rows][-1] == long_ago
    assert {row.reference for row in rows} == {long_ago, waiting, new}


def test_a_window_that_passed_a_moment_ago_is_not_shown_as_the_last(cast: Any, now: datetime) -> None:
    """Before the worker moved it on, the page says what runs next all the same; afterwards nothing is left to move."""
    take(cast, now, happened(1, now))
    first = Case.objects.get().first_window_ends_at
    assert first is not None
    later = first + timedelta(seconds=1)
    (before,) = queries.queue(as_reader(cast.sana), later).rows
    assert before.first_window_ends_at is not None
    assert before.first_window_ends_at > later
    assert move_windows_on(at=later) == 1
    (after,) = queries.queue(as_reader(cast.sana), later).rows
    assert after == before
    assert Case.objects.get().nearest_at == after.nearest_at
    assert move_windows_on(at=later) == 0


def test_the_queue_asks_the_database_for_the_time_when_nobody_gives_it(cast: Any, now: datetime) -> None:
    """As a page may before it did."""
    told = raise_one(cast, now)
    assert [row.reference for row in queries.queue(as_reader(cast.sana)).rows] == [told.reference]


def close(told: Any, owner: Any, at: datetime) -> None:
    """As whatever closes a case does it."""
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(disclosure=told)
        move_case(case, "close", actor=as_reader(owner), at=at)


def test_a_case_stays_in_the_queue_until_it_is_closed(cast: Any, now: datetime) -> None:
    """Also when it was handed over and nothing is owed: it is somebody's. Then it is over."""
    told = raise_one(cast, now)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    row = queries.queue(as_reader(cast.sana), now).rows[0]
    assert (row.owner, row.mine, row.state, row.station) == ("Sana", True, "acknowledged", "Harrow Lane")
    assert not queries.queue(as_reader(cast.rae), now).rows[0].mine
    for move in ("arrive", "hand_over"):
        assert listed(cast.sana, now) == [told.reference]
        move_referral(actor=as_reader(cast.sana), at=now, reference=told.reference, move=move)
    assert listed(cast.sana, now) == listed(cast.sana, now, rule.HANDED) == [told.reference]
    late = now + 90 * 24 * HOUR
    duty = Duty.objects.filter(kind="needs_assessment").get()
    miss_duty(at=late, duty=duty.pk, reference=told.reference)
    assert listed(cast.sana, late, rule.MISSED) == [told.reference]
    all_met(late)
    assert listed(cast.sana, late, rule.MINE) == listed(cast.sana, late, rule.HANDED) == [told.reference]
    assert listed(cast.sana, late, rule.CLOSED) == []
    close(told, cast.sana, late)
    assert listed(cast.sana, late) == []
    assert listed(cast.sana, late, rule.CLOSED) == [told.reference]


def many(cast: Any, now: datetime, number: int, seed: int) -> None:
    """Cases in every state that a filter asks for, in a mixture of their own for each seed."""
    dice = Random(seed)
    for n in range(number):
        told = take(
            cast, now, happened(dice.choice((1, 20, 60, 200)), now), by=dice.choice((cast.priya, cast.tom))
        )
        referral = Referral.objects.get(disclosure=told)
        officers = (cast.sana, cast.rae, cast.maud) if referral.unit_id == cast.unit_a.pk else (cast.kofi,)
        if dice.random() < 0.25:
            continue
        owner = dice.choice(officers)
        page = Page.objects.create(
            referral=referral, step=n + 50, layer="soit", staff=owner, told_at=now, token=f"token-{seed}-{n}"
        )
        acknowledge_page(at=now, token=page.token)
        for move in dice.choice(((), ("set_off",), ("arrive",), ("arrive", "hand_over"))):
            move_referral(actor=as_reader(owner), at=now, reference=told.reference, move=move)
        _more(cast, now, told, referral, owner, dice)


def _more(cast: Any, now: datetime, told: Any, referral: Any, owner: Any, dice: Random) -> None:
    if dice.random() < 0.4:
        CaseFlag(
            disclosure=told, vault=told.vault, code=dice.choice(list(rule.FLAGS.values())), state="raised", origin="person",
            found_at=now, edition="1", review_on=now.date(), grounds=[],
        ).save(force_insert=True)  # fmt: skip
    if dice.random() < 0.3:
        row = dice.choice(list(Duty.objects.filter(case__disclosure=told, state="owed")))
        miss_duty(at=now + 90 * 24 * HOUR, duty=row.pk, reference=told.reference)
    referral.refresh_from_db()
    if referral.state in ("acknowledged", "with_the_person") and owner == cast.rae:
        offer_case(actor=as_reader(owner), at=now, reference=told.reference, to=cast.sana.pk, address=ADDRESS)
    if referral.state == "handed_over" and dice.random() < 0.6:
        for row in Duty.objects.filter(case__disclosure=told, state__in=("owed", "missed")):
            move_duty(
                actor=as_reader(owner), at=now, reference=told.reference, duty=row.pk, move="set_aside",
                said=Said(ground="asked_not_to_be"), seen=row.moves.count(),
            )  # fmt: skip
    if referral.state == "handed_over" and dice.random() < 0.5:
        close(told, owner, now)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_filter_counts_exactly_what_it_lists(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """All pages of it, for everybody who has a queue; and each filter finds something."""
    monkeypatch.setattr(rule, "A_PAGE", 4)
    many(cast, now, 40, seed)
    times = {"starts_at": now, "ends_at": now + 200 * HOUR}
    note_absence(actor=as_reader(cast.rae), at=now, staff=cast.rae, kind="sick", **times)
    later, found = now + 3 * HOUR, set()
    for staff in (cast.sana, cast.rae, cast.maud, cast.kofi):
        counts = queries.queue(as_reader(staff), later).counts
        for name in rule.FILTERS:
            references = listed(staff, later, name)
            assert len(references) == len(set(references)) == counts[name], (staff.username, name)
            found |= {name} if references else set()
    assert found == set(rule.FILTERS)


def test_the_kept_columns_are_what_the_rows_say(cast: Any, now: datetime) -> None:
    """Whatever actions did: nearest, missed and whether it stands in the queue follow from duties, clock and state."""
    many(cast, now, 14, 5)
    for case in Case.objects.select_related("disclosure__referral"):
        running = [d.due_at for d in case.duties.filter(state__in=("owed", "started"))]
        missed = case.duties.filter(state="missed").count()
        assert case.missed == missed
        assert case.nearest_at == rule.nearest(case.first_window_ends_at, *running)
        assert case.in_queue == (bool(running or missed) or case.state != "closed")


def test_beyond_the_most_the_page_says_so_and_pages_end(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted exactly until there; then None, and only so many are listed."""
    monkeypatch.setattr(rule, "A_PAGE", 2)
    monkeypatch.setattr(rule, "MOST", 3)
    for _ in range(3):
        raise_one(cast, now)
    assert queries.queue(as_reader(cast.sana), now).counts[rule.UNIT] == 3
    raise_one(cast, now)
    found = queries.queue(as_reader(cast.sana), now, page="99")
    assert (found.counts[rule.UNIT], found.page, found.pages, len(found.rows)) == (None, 2, 2, 1)
    assert len(listed(cast.sana, now)) == 3


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 400, "2.0"])
def test_a_page_that_is_none_is_the_nearest_there_is(cast: Any, now: datetime, page: str) -> None:
    """And a filter that is none is the whole unit."""
    raise_one(cast, now)
    found = queries.queue(as_reader(cast.sana), now, chosen="no-such", page=page)
    assert (found.chosen, found.page, len(found.rows)) == (rule.UNIT, 1, 1)


def test_the_queue_carries_no_name_and_costs_the_same_for_one_and_for_many(cast: Any, now: datetime) -> None:
    """A flat number of questions to the database, whatever filter."""
    take(cast, now, MARKED)
    costs = set()
    for hours in (0, 1, 2, 24 * 300, 24 * 301):
        if hours:
            take(cast, now, happened(hours, now))
        with CaptureQueriesContext(connection) as captured:
            found = queries.queue(as_reader(cast.sana), now)
        costs.add(len(captured))
    assert costs == {3}
    assert len(found.rows) == 5
    assert "MARK" not in repr(found)


def test_an_owner_who_gives_it_back_leaves_it_to_nobody(cast: Any, now: datetime) -> None:
    """The filter of nobody's follows at once."""
    told = raise_one(cast, now)
    assert listed(cast.rae, now, rule.NOBODY) == [told.reference]
    acts.take_on(actor=as_reader(cast.sana), at=now, disclosure=told)
    assert listed(cast.rae, now, rule.NOBODY) == []
    assert listed(cast.sana, now, rule.MINE) == [told.reference]
