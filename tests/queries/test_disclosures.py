"""What a counter sees: its own, within a shift; nobody else's; and who was told, as it is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.intake import keep_basics, override_proposal, record_departure
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.worker import beat, send_due_messages
from nightdesk.queries import disclosures
from nightdesk.records.disclosures import Disclosure
from nightdesk.rules.basics import Basics
from tests.actions.paging import MINUTE, raise_one, referral, step, token_of
from tests.people import as_reader
from tests.records.taking import MARKED, take

SEES = {
    "priya": True,
    "sana": True,
    "rae": True,
    "maud": True,
}  # of what was taken at Harrow Lane; nobody else


def test_only_the_counter_and_its_unit_see_what_was_taken(cast: Any, now: datetime) -> None:
    """Each member of the cast, by every way of asking."""
    told = take(cast, now)
    step(now)
    for name, staff in cast.staff().items():
        reader, sees = as_reader(staff), SEES.get(name, False)
        assert disclosures.may_see(reader, told.reference, now) is sees, name
        assert (disclosures.taken(reader, told.reference, now) is not None) is sees, name
        assert (disclosures.paging(reader, told.reference, now) is not None) is sees, name
        listed = [row.reference for row in disclosures.at_station(reader, now)]
        assert listed == ([told.reference] if sees else []), name


def test_what_was_taken_without_a_station_is_seen_by_nobody_else_without_one(
    cast: Any, now: datetime
) -> None:
    """Kofi took it on the street. "No station" must not match "no station"."""
    told = take(cast, now, by=cast.kofi)
    assert told.station is None
    for name, staff in cast.staff().items():
        listed = [row.reference for row in disclosures.at_station(as_reader(staff), now)]
        assert listed == ([told.reference] if name == "kofi" else []), name
        assert disclosures.may_see(as_reader(staff), told.reference, now) is (name == "kofi"), name


@pytest.mark.parametrize(("hours", "sees"), [(11.9, True), (12, False)])
def test_a_counter_sees_what_it_took_for_a_shift(cast: Any, now: datetime, hours: float, sees: bool) -> None:
    """Afterwards it is the specialists' record."""
    told, later = take(cast, now), now + timedelta(hours=hours)
    assert disclosures.may_see(as_reader(cast.priya), told.reference, later) is sees
    assert disclosures.may_see(as_reader(cast.maud), told.reference, later)


def test_there_is_no_such_disclosure(cast: Any, now: datetime) -> None:
    """And "not yours" looks the same."""
    assert disclosures.taken(as_reader(cast.priya), "AAAA-AAAA", now) is None
    assert disclosures.paging(as_reader(cast.priya), "AAAA-AAAA", now) is None


def test_the_list_says_where_each_one_stands_and_nothing_of_the_person(cast: Any, now: datetime) -> None:
    """Draft, left, without a referral, and the states of the referral; newest first."""
    priya = as_reader(cast.priya)
    draft = keep_basics(actor=priya, at=now, sender_key=uuid4(), channel="phone", basics=MARKED)
    left = keep_basics(actor=priya, at=now + MINUTE, sender_key=uuid4(), channel="phone", basics=MARKED)
    record_departure(actor=priya, at=now + MINUTE, reference=left.reference)
    plain = take(cast, now + 2 * MINUTE, Basics(what="my phone is gone"))
    asked = raise_one(cast, now + 3 * MINUTE)
    rows = disclosures.at_station(priya, now + 4 * MINUTE)
    assert [(row.reference, row.state) for row in rows] == [
        (asked.reference, "raised"), (plain.reference, "no_referral"), (left.reference, "left"), (draft.reference, "draft"),
    ]  # fmt: skip
    assert "MARK" not in repr(rows)


def test_the_newest_version_and_its_triage_are_shown(cast: Any, now: datetime) -> None:
    """Also when the clock of the database went back between the two."""
    key = uuid4()
    take(cast, now, MARKED, key=key)
    told = take(cast, now - MINUTE, replace(MARKED, what="robbed"), key=key)
    seen = disclosures.taken(as_reader(cast.priya), told.reference, now)
    assert seen is not None
    assert (seen.number, seen.basics.what) == (2, "robbed")
    assert seen.proposed is not None
    assert seen.proposed.levels["robbery"] == "yes"
    assert seen.proposed.levels["sexual_offence"] == "not_indicated"


def test_a_draft_has_no_triage_and_no_paging(cast: Any, now: datetime) -> None:
    """Nothing was sent on yet."""
    priya = as_reader(cast.priya)
    kept = keep_basics(actor=priya, at=now, sender_key=uuid4(), channel="counter", basics=MARKED)
    seen = disclosures.taken(priya, kept.reference, now)
    assert seen is not None
    assert (seen.proposed, seen.referred, seen.accepted_at, seen.basics) == (None, False, None, MARKED)
    assert disclosures.paging(priya, kept.reference, now) is None


def test_a_disclosure_that_was_only_opened_shows_empty_basics(cast: Any, now: datetime) -> None:
    """Its version was not kept yet."""
    from nightdesk.actions.intake import take_disclosure

    priya = as_reader(cast.priya)
    told = take_disclosure(actor=priya, at=now, sender_key=uuid4(), channel="counter")
    seen = disclosures.taken(priya, told.reference, now)
    assert seen is not None
    assert (seen.number, seen.basics) == (0, Basics())


def test_the_words_that_led_to_a_proposal_are_shown_with_what_people_made_of_it(
    cast: Any, now: datetime
) -> None:
    """The proposal, who set it aside, and why."""
    told = take(cast, now)
    override_proposal(
        actor=as_reader(cast.priya), at=now, reference=told.reference, label="sexual_offence", level="not_indicated",
        why="Why",
    )  # fmt: skip
    found = disclosures.proposed(Disclosure.objects.get())
    assert found is not None
    assert found.proposals[0]["reasons"][0]["words"] == "raped"
    assert found.overrides == (
        {"label": "sexual_offence", "level": "not_indicated", "why": "Why", "by": "Priya", "at": now},
    )
    assert found.levels["sexual_offence"] == "not_indicated"


def seen_paging(cast: Any, at: datetime) -> disclosures.Paging:
    """As Priya's page shows it."""
    found = disclosures.paging(as_reader(cast.priya), referral().disclosure.reference, at)
    assert found is not None
    return found


def test_the_counter_sees_live_who_was_told_and_who_answered(cast: Any, now: datetime) -> None:
    """Step by step, with the moment of the next one."""
    raise_one(cast, now)
    beat(at=now)
    assert seen_paging(cast, now).told == ()
    step(now)
    told = seen_paging(cast, now).told[0]
    assert (told.name, told.layer, told.told_at, told.answered_at, told.sent) == (
        "Sana",
        "soit",
        now,
        None,
        False,
    )
    send_due_messages(clock=lambda: now, send=lambda m: None)
    assert seen_paging(cast, now).told[0].sent
    assert (seen_paging(cast, now).next_step_at, seen_paging(cast, now).loud) == (now + 5 * MINUTE, False)
    acknowledge_page(at=now + MINUTE, token=token_of(cast.sana))
    shown = seen_paging(cast, now + MINUTE)
    assert (shown.answered_by, shown.state, shown.next_step_at, shown.loud) == (
        "Sana",
        "acknowledged",
        None,
        False,
    )


def test_after_somebody_declined_the_counter_sees_who_really_has_it(cast: Any, now: datetime) -> None:
    """Nobody; then Rae. Never again Sana."""
    told = raise_one(cast, now)
    step(now)
    acknowledge_page(at=now + MINUTE, token=token_of(cast.sana))
    move_referral(
        actor=as_reader(cast.sana),
        at=now + 2 * MINUTE,
        reference=told.reference,
        move="decline",
        reason="in_court",
    )
    assert seen_paging(cast, now + 2 * MINUTE).answered_by == ""
    step(now + 2 * MINUTE)
    acknowledge_page(at=now + 3 * MINUTE, token=token_of(cast.rae))
    assert seen_paging(cast, now + 3 * MINUTE).answered_by == "Rae"


def test_at_the_last_step_or_without_a_worker_the_counter_is_told_whom_to_ring(
    cast: Any, now: datetime
) -> None:
    """Loud; and quiet again once somebody has it, worker or not."""
    raise_one(cast, now)
    assert seen_paging(cast, now).loud
    assert seen_paging(cast, now).ring == "Control room, 01632 960000"
    for minutes in range(0, 16, 5):
        beat(at=now + minutes * MINUTE)
        while step(now + minutes * MINUTE):
            pass
    assert seen_paging(cast, now + 15 * MINUTE).loud
    acknowledge_page(at=now + 16 * MINUTE, token=token_of(cast.sana))
    assert not seen_paging(cast, now + timedelta(hours=5)).loud


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (24, True), (25, False), (9999, False)])
def test_a_worker_that_was_not_seen_for_25_seconds_is_not_alive(
    db: None, now: datetime, seconds: int, alive: bool
) -> None:
    """And one that never was is not either."""
    assert not disclosures.pager_alive(now)
    beat(at=now)
    assert disclosures.pager_alive(now + timedelta(seconds=seconds)) is alive
