"""Moving an exhibit: from where it is, by whoever has it, with one line each; two at once can't both."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.custody import answer_offer, offer_exhibit, take_over
from nightdesk.actions.refusals import NotFound
from nightdesk.records.chain import chain_of
from nightdesk.records.exhibits import Custody, HandOver
from nightdesk.records.journal import JournalLine
from nightdesk.rules.custody import CustodyRefused, breaks
from tests.actions.exhibits import MINUTE, enter, fridge, hand, journey_of, move, number_of
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")


def lines(kind: str) -> int:
    """How many lines of a kind there are."""
    return JournalLine.objects.filter(kind=kind).count()


def test_a_life_from_the_counter_to_the_court_and_home(cast: Any, now: datetime) -> None:
    """Every link by whoever had it, one line each, and the whole chain is sound."""
    store, made = fridge(cast, now), enter(cast, now)
    hand(made, cast.priya, cast.sana, now + MINUTE)
    steps = (
        ("stored", store.code), ("received", ""), ("sent", "laboratory"), ("received", ""), ("sent", "court"),
        ("received", ""), ("returned", ""),
    )  # fmt: skip
    for minute, (what, to) in enumerate(steps, start=10):
        move(made, cast.sana, what, now + minute * MINUTE, to)
    assert [what for _, what, _ in journey_of(made)] == ["taken", "handed", *(what for what, _ in steps)]
    assert [holder for *_, holder in journey_of(made)][-3:] == ["court", "sana", "person"]
    assert breaks(chain_of(made.custody.all())) == ()
    assert lines("custody_noted") == 9
    assert whole_journal() == JournalLine.objects.count()


def test_a_colleague_has_it_when_they_say_so(cast: Any, now: datetime) -> None:
    """Until then whoever offered it has it; both are on record."""
    made = enter(cast, now)
    offer = offer_exhibit(actor=as_reader(cast.priya), at=now, code=made.code, number=1, username="rae")
    assert journey_of(made) == [(1, "taken", "priya")]
    answer_offer(actor=as_reader(cast.rae), at=now + MINUTE, code=made.code, accepted=True)
    offer.refresh_from_db()
    assert (offer.offered_by, offer.offered_to, offer.answered_by, offer.accepted) == (
        cast.priya, cast.rae, cast.rae, True,
    )  # fmt: skip
    link = made.custody.latest("number")
    assert (link.number, link.staff, link.noted_by, link.at) == (2, cast.rae, cast.rae, now + MINUTE)
    answer_offer(
        actor=as_reader(cast.rae), at=now + 2 * MINUTE, code=made.code, accepted=True
    )  # tapped twice
    assert number_of(made) == 2


def test_an_offer_is_declined_taken_back_replaced_or_overtaken(cast: Any, now: datetime) -> None:
    """There is never more than one, and none outlives the exhibit's going elsewhere."""
    made, store = enter(cast, now), fridge(cast, now)
    priya = as_reader(cast.priya)

    def offer(to: str) -> HandOver:
        return offer_exhibit(actor=priya, at=now, code=made.code, number=1, username=to)

    offer("rae")
    answer_offer(actor=as_reader(cast.rae), at=now, code=made.code, accepted=False)
    offer("sana")
    answer_offer(actor=priya, at=now, code=made.code, accepted=False)
    assert offer("sana").pk == offer("sana").pk
    offer("rae")
    with pytest.raises(CustodyRefused, match="somebody else"):
        answer_offer(actor=as_reader(cast.sana), at=now, code=made.code, accepted=True)
    move(made, cast.priya, "stored", now, store.code)
    with pytest.raises(CustodyRefused, match="Nobody is handing"):
        answer_offer(actor=as_reader(cast.rae), at=now, code=made.code, accepted=True)
    assert not HandOver.objects.filter(answered_at=None).exists()
    assert set(HandOver.objects.values_list("accepted", flat=True)) == {False}
    assert [what for _, what, _ in journey_of(made)] == ["taken", "stored"]


@pytest.mark.parametrize("username", ["priya", "wen", "nobody", ""])
def test_only_a_colleague_who_takes_exhibits_is_offered_one(cast: Any, now: datetime, username: str) -> None:
    """Not oneself, not an analyst, not an account that was closed."""
    made = enter(cast, now)
    with pytest.raises(CustodyRefused, match="Choose a colleague"):
        offer_exhibit(actor=as_reader(cast.priya), at=now, code=made.code, number=1, username=username)


def test_a_stranger_who_is_offered_it_may_take_it(cast: Any, now: datetime) -> None:
    """Kofi of unit B knows of it from the offer on, and not before."""
    made = enter(cast, now)
    with pytest.raises(NotFound):
        move(made, cast.kofi, "received", now)
    hand(made, cast.priya, cast.kofi, now)
    assert journey_of(made)[-1] == (2, "handed", "kofi")


@pytest.mark.parametrize("what", ["stored", "sent", "returned"])
def test_nobody_gives_away_what_somebody_else_has(cast: Any, now: datetime, what: str) -> None:
    """Sana sees it, but Priya has it; in the fridge nobody has it in hand."""
    made, store = enter(cast, now), fridge(cast, now)
    to = {"stored": store.code, "sent": "laboratory"}.get(what, "")
    with pytest.raises(CustodyRefused, match=r"Priya has it\. Ask them"):
        move(made, cast.sana, what, now, to)
    move(made, cast.priya, "stored", now, store.code)
    with pytest.raises(CustodyRefused, match="You do not have it: it is in Fridge HL-F1"):
        move(made, cast.sana, what, now, to)


def test_a_supervisor_takes_it_from_somebody_who_is_not_there(cast: Any, now: datetime) -> None:
    """Nobody else may; the statement shows who noted it."""
    made = enter(cast, now)
    with pytest.raises(CustodyRefused, match="Only a supervisor"):
        take_over(actor=as_reader(cast.sana), at=now, code=made.code, number=1)
    for _twice in range(2):
        take_over(actor=as_reader(cast.maud), at=now + MINUTE, code=made.code, number=1)
    link = made.custody.latest("number")
    assert (link.number, link.what, link.staff, link.noted_by) == (2, "handed", cast.maud, cast.maud)


def test_a_late_entry_keeps_both_times_and_never_runs_backwards(cast: Any, now: datetime) -> None:
    """In the fridge since twenty past two, noted at half past three."""
    made, store = enter(cast, now), fridge(cast, now)
    noted = now + timedelta(minutes=80)
    link = move(made, cast.priya, "stored", noted, store.code, when=now + 10 * MINUTE)
    assert (link.at, link.noted_at) == (now + 10 * MINUTE, noted)
    with pytest.raises(CustodyRefused, match="earlier than the last entry"):
        move(made, cast.priya, "received", noted, when=now)


def test_the_same_tap_twice_is_one_link_and_another_persons_is_refused_by_name(
    cast: Any, now: datetime
) -> None:
    """The second tap changes nothing; whoever comes after hears who was quicker."""
    made, store = enter(cast, now), fridge(cast, now)
    for _twice in range(2):
        move(made, cast.priya, "stored", now, store.code, number=1)
    assert number_of(made) == 2
    move(made, cast.sana, "received", now + MINUTE)
    with pytest.raises(CustodyRefused, match="Sana has moved it meanwhile: with Sana"):
        move(made, cast.priya, "received", now + MINUTE, number=2)


def test_full_closed_wrong_and_broken_stores_say_where_it_can_go(cast: Any, now: datetime) -> None:
    """And a store that nobody knows."""
    from nightdesk.actions.stores import close_store, end_fault, note_fault

    full, other = fridge(cast, now, places=1), fridge(cast, now, code="HL-F2")
    fridge(cast, now, code="HL-D1", kind="dry")
    move(enter(cast, now), cast.priya, "stored", now, full.code)
    made, maud = enter(cast, now), as_reader(cast.maud)
    with pytest.raises(CustodyRefused, match=r"HL-F1 is full: 1 of 1\. Free now: Fridge HL-F2\."):
        move(made, cast.priya, "stored", now, full.code)
    with pytest.raises(CustodyRefused, match="wrong kind of store"):
        move(made, cast.priya, "stored", now, "HL-D1")
    note_fault(actor=maud, at=now, code=other.code, kind="door_open")
    with pytest.raises(CustodyRefused, match=r"has a fault now\. Ask your supervisor"):
        move(made, cast.priya, "stored", now, other.code)
    end_fault(actor=maud, at=now, code=other.code, kind="door_open")
    close_store(actor=maud, at=now, code=other.code)
    with pytest.raises(CustodyRefused, match="is closed"):
        move(made, cast.priya, "stored", now, "hl-f2")
    with pytest.raises(CustodyRefused, match="Choose the store"):
        move(made, cast.priya, "stored", now, "HL-F9")
    assert journey_of(made) == [(1, "taken", "priya")]


@pytest.mark.parametrize("what", ["", "taken", "handed", "destroyed", "lost"])
def test_an_act_of_another_page_is_refused(cast: Any, now: datetime, what: str) -> None:
    """Handing over and destroying have ways of their own."""
    made = enter(cast, now)
    with pytest.raises(CustodyRefused, match="Choose one of the steps"):
        move(made, cast.priya, what, now, "laboratory")


def test_two_handlers_at_once_can_not_both_have_it(journey_db: None, now: datetime) -> None:
    """One takes it out of the fridge; the other is told who did."""
    cast = make_cast(now)
    store, made = fridge(cast, now), enter(cast, now)
    move(made, cast.priya, "stored", now, store.code)

    def taking(who: Any) -> Any:
        return lambda: move(made, who, "received", now + MINUTE, number=2)

    results = at_once(taking(cast.sana), taking(cast.rae), taking(cast.priya))
    (won,) = [result for result in results if isinstance(result, Custody)]
    lost = [result for result in results if isinstance(result, CustodyRefused)]
    assert len(lost) == 2
    assert all("has moved it meanwhile" in str(result) for result in lost)
    assert number_of(made) == 3
    assert str(made.custody.latest("number").staff_id) == str(won.staff_id)
    assert breaks(chain_of(made.custody.all())) == ()
    whole_journal()


def test_two_at_once_never_share_the_last_place(journey_db: None, now: datetime) -> None:
    """Four pots, a fridge for two."""
    cast = make_cast(now)
    store = fridge(cast, now, places=2)
    pots = [enter(cast, now) for _ in range(4)]

    def putting(pot: Any) -> Any:
        return lambda: move(pot, cast.priya, "stored", now + MINUTE, store.code)

    results = at_once(*[putting(pot) for pot in pots])
    assert sum(isinstance(result, Custody) for result in results) == 2
    assert sum("is full: 2 of 2" in str(result) for result in results) == 2
    assert store.custody.count() == 2


def test_accepting_and_moving_at_once_leave_one_holder(journey_db: None, now: datetime) -> None:
    """Rae says she has it while Priya puts it in the fridge."""
    cast = make_cast(now)
    store, made = fridge(cast, now), enter(cast, now)
    offer_exhibit(actor=as_reader(cast.priya), at=now, code=made.code, number=1, username="rae")
    results = at_once(
        lambda: answer_offer(actor=as_reader(cast.rae), at=now + MINUTE, code=made.code, accepted=True),
        lambda: move(made, cast.priya, "stored", now + MINUTE, store.code, number=1),
    )
    assert sum(isinstance(result, CustodyRefused) for result in results) == 1
    assert number_of(made) == 2
    without_faults([result for result in results if not isinstance(result, CustodyRefused)])
