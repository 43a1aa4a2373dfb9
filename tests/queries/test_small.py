"""The rota, the message page, the link in a page, the journal in words, and the database's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.worker import send_due_messages
from nightdesk.queries.clock import database_now
from nightdesk.queries.journal_lines import newest_lines
from nightdesk.queries.messages import newest_messages, page_by_token
from nightdesk.queries.rota import on_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from tests.actions.paging import MINUTE, raise_one, step, token_of
from tests.people import as_reader
from tests.records.taking import MARKED, MARKS, take


def test_who_is_on_now_the_readers_unit_first_and_every_gap_shown(cast: Any, now: datetime) -> None:
    """A layer without anybody is an empty layer, not a missing one."""
    units = on_now(as_reader(cast.kofi), now)
    assert [name for name, _, _ in units] == ["Unit B", "Unit A"]
    layers = {layer.layer: [name for name, _ in layer.staff] for layer in units[1][2]}
    assert layers == {"soit": ["Sana"], "second": ["Rae"], "duty_di": [], "control_room": []}
    assert all(
        not layer.staff
        for _, _, found in on_now(as_reader(cast.kofi), now + timedelta(days=9))
        for layer in found
    )


def test_somebody_who_left_the_force_is_not_shown_as_on(cast: Any, now: datetime) -> None:
    """Nobody would be told."""
    Staff.objects.filter(pk=cast.sana.pk).update(is_active=False)
    assert on_now(as_reader(cast.maud), now)[0][2][0].staff == ()


def test_the_message_page_shows_what_was_sent(cast: Any, now: datetime) -> None:
    """Newest first."""
    raise_one(cast, now)
    step(now)
    step(now + 5 * MINUTE)
    send_due_messages(clock=lambda: now + 5 * MINUTE, send=lambda m: None)
    first, second = newest_messages(None)
    assert (first.to, second.to, first.answered) == ("Rae", "Sana", False)
    assert first.sent_at == now + 5 * MINUTE
    acknowledge_page(at=now, token=first.token)
    assert all(message.answered for message in newest_messages(None))
    assert len(newest_messages(None, most=1)) == 1


def test_a_link_shows_station_reference_and_urgency_and_who_has_it(cast: Any, now: datetime) -> None:
    """Whose tap counts is whoever answered last, not whoever answered once."""
    told = take(cast, now)
    step(now)
    sana = token_of(cast.sana)
    seen = page_by_token(sana)
    assert seen is not None
    assert (seen.station, seen.reference, seen.urgency) == ("Harrow Lane", told.reference, "soon")
    assert (seen.waiting, seen.by_me) == (True, False)
    assert not [mark for mark in MARKS if mark in repr(seen)]
    acknowledge_page(at=now, token=sana)
    assert having(sana) == (False, True)
    move_referral(
        actor=as_reader(cast.sana), at=now, reference=told.reference, move="decline", reason="in_court"
    )
    assert having(sana) == (True, False)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.rae))
    assert (having(sana), having(token_of(cast.rae))) == ((False, False), (False, True))
    assert page_by_token("unknown") is None


def having(token: str) -> tuple[bool, bool]:
    """Whether somebody is still waited for, and whether it is mine."""
    seen = page_by_token(token)
    assert seen is not None
    return seen.waiting, seen.by_me


def test_the_journal_reads_in_sentences_with_names_and_without_content(cast: Any, now: datetime) -> None:
    """By reference, by person, page by page."""
    told = take(cast, now, MARKED)
    odile = as_reader(cast.odile)
    lines = newest_lines(odile, about=told.reference)
    assert [line.sentence for line in lines][-1] == "A disclosure was opened by counter"
    assert {line.who for line in lines} == {"Priya"}
    assert {line.seq for line in newest_lines(odile, about="PRIYA")} == {line.seq for line in lines}
    shown = repr(newest_lines(odile, most=500))
    assert not [mark for mark in MARKS if mark in shown]
    newest = newest_lines(odile, most=2)
    following = newest_lines(odile, before=newest[-1].seq, most=2)
    assert [line.seq for line in (*newest, *following)] == list(range(newest[0].seq, newest[0].seq - 4, -1))


@pytest.mark.parametrize("about", ["nobody", "'; --", "%"])
def test_asking_the_journal_about_nobody_finds_nothing(cast: Any, now: datetime, about: str) -> None:
    """Not everything."""
    assert newest_lines(as_reader(cast.odile), about=about) == []


def test_the_system_acts_under_its_own_name(cast: Any) -> None:
    """It has no account."""
    assert JournalLine.objects.exists()
    assert {line.who for line in newest_lines(as_reader(cast.odile))} == {"system"}


def test_the_databases_clock_is_utc_and_goes_on(db: None) -> None:
    """One clock for all; near the one of this machine, since it is this machine's."""
    first, second = database_now(), database_now()
    assert first.tzinfo is not None
    assert first.utcoffset() == timedelta(0)
    assert first <= second
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)
