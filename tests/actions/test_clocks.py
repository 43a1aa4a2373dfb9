"""A computed clock keeps its edition; what is better known later adds a version, and nothing of the act is in clear."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from nightdesk.actions import clocks
from nightdesk.actions.clocks import compute_anew, note_facts, start_clock
from nightdesk.actions.intake import take_disclosure
from nightdesk.actions.refusals import ClockRefused, NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockFacts, ClockStart
from nightdesk.records.journal import JournalLine
from nightdesk.rules.basics import Basics
from nightdesk.rules.clock_facts import KnownOfAct, UnknownCode
from nightdesk.rules.pack_found import Entries
from tests.actions.paging import raise_one
from tests.people import as_reader
from tests.records.taking import take

HOUR = timedelta(hours=1)
ORAL = KnownOfAct(sites=("oral",), sites_state="given")
BOTH = KnownOfAct(("oral",), "given", ("ghb",), "given")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Today's pack is a newer edition in which the first urine counts for 10 hours."""
    specimens = [
        replace(window, hours=10.0, edition="2027-05") if window.id == "first_urine" else window
        for window in pack().specimens
    ]
    later = replace(pack(), specimens=Entries(specimens), about=replace(pack().about, edition="2027-05"))
    return lambda: monkeypatch.setattr(clocks, "pack", lambda: later)


def newest_clock(told: Any) -> ClockStart:
    """The one that counts."""
    return told.clocks.order_by("-started_at")[0]


def reasons() -> list[str]:
    """Why each clock was computed, in order."""
    return list(ClockStart.objects.order_by("started_at").values_list("because", flat=True))


def ends(clock: ClockStart) -> dict[str, str | None]:
    """When each kept window ends."""
    return {row["id"]: row["ends_at"] for row in clock.windows}


def test_the_first_clock_keeps_every_window_of_the_edition_with_its_end(cast: Any, now: datetime) -> None:
    """What was computed that night can be shown years later, health among it."""
    told = raise_one(cast, now)
    clock = ClockStart.objects.get()
    assert (clock.because, clock.edition, clock.version) == ("first", pack().edition, told.versions.get())
    assert set(ends(clock)) == {window.id for window in pack().timed()}
    assert ends(clock)["first_urine"] == (now + 12 * HOUR).isoformat()
    assert {row["id"] for row in clock.health} == set(pack().health.ids())
    assert all(row["edition"] and row["advice"] for row in (*clock.windows, *clock.health))
    assert clock.first_ends_at == Case.objects.get().first_window_ends_at == now + 12 * HOUR


def test_a_corrected_time_adds_a_version_and_the_queue_follows(cast: Any, now: datetime) -> None:
    """The earlier row stays as it was."""
    told = raise_one(cast, now)
    then = now - 20 * HOUR
    start_clock(
        actor=as_reader(cast.priya), at=now + HOUR, disclosure=told,
        basics=Basics(what="raped", earliest_at=now - 30 * HOUR, latest_at=then),
    )  # fmt: skip
    first, second = ClockStart.objects.order_by("started_at")
    assert reasons() == ["first", "time"]
    assert (first.runs_from, first.time_known) == (now, False)
    assert (second.runs_from, second.time_known) == (then, True)
    assert Case.objects.get().first_window_ends_at == second.first_ends_at == then + 48 * HOUR
    line = JournalLine.objects.filter(kind="clock_started").order_by("-seq")[0]
    assert (line.facts["because"], line.facts["runs_from"]) == ("time", then.isoformat())


def test_what_is_still_going_on_never_runs_longer_for_being_computed_again(cast: Any, now: datetime) -> None:
    """The latest time lay ahead when it was told: computed an hour later, the windows end when they did."""
    told = take(cast, now, Basics(what="raped", latest_at=now + 4 * HOUR))
    version = told.versions.get()
    clock = ClockStart.objects.get()
    again = start_clock(
        actor=as_reader(cast.priya), at=now + HOUR, disclosure=told, basics=version.basics(), version=version
    )
    assert again == clock
    assert clock.runs_from == now


def test_the_act_and_a_drug_add_versions_with_the_same_ends(cast: Any, now: datetime) -> None:
    """What matters changes; no window ends later or sooner, and one journal line says that something was noted."""
    told, sana = raise_one(cast, now), as_reader(cast.sana)
    assert note_facts(actor=sana, at=now + HOUR, reference=told.reference, known=ORAL)
    assert note_facts(actor=sana, at=now + 2 * HOUR, reference=told.reference, known=BOTH)
    assert reasons() == ["first", "act", "drug"]
    first, *later = ClockStart.objects.order_by("started_at")
    assert all(ends(clock) == ends(first) and clock.first_ends_at == first.first_ends_at for clock in later)
    assert newest_clock(told).known() == BOTH
    lines = JournalLine.objects.filter(kind="clock_facts_noted").order_by("seq")
    assert [line.facts for line in lines] == [{"about": ["act"]}, {"about": ["drug"]}]


def test_noting_the_same_again_changes_nothing(cast: Any, now: datetime) -> None:
    """A form sent twice."""
    told, sana = raise_one(cast, now), as_reader(cast.sana)
    assert note_facts(actor=sana, at=now, reference=told.reference, known=BOTH)
    assert not note_facts(actor=sana, at=now, reference=told.reference, known=BOTH)
    assert (ClockFacts.objects.count(), reasons()) == (1, ["first", "act"])


def test_a_corrected_time_keeps_what_is_known_of_the_act(cast: Any, now: datetime) -> None:
    """The facts go on with the new version."""
    told, sana = raise_one(cast, now), as_reader(cast.sana)
    note_facts(actor=sana, at=now, reference=told.reference, known=BOTH)
    start_clock(actor=sana, at=now + HOUR, disclosure=told, basics=Basics(what="raped", latest_at=now - HOUR))
    assert newest_clock(told).known() == BOTH


def test_nothing_of_the_act_lies_in_the_database_in_clear(cast: Any, now: datetime) -> None:
    """Two people, one with facts and one without: every plain column but the reason is the same."""
    told, other = raise_one(cast, now), raise_one(cast, now)
    note_facts(actor=as_reader(cast.sana), at=now, reference=told.reference, known=BOTH)
    one, two = newest_clock(told), newest_clock(other)
    assert (one.windows, one.health, one.first_ends_at) == (two.windows, two.health, two.first_ends_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sites, drugs FROM records_clockfacts")
        for sealed in cursor.fetchone():
            assert b"oral" not in bytes(sealed)
            assert b"ghb" not in bytes(sealed)
    facts = json.dumps(list(JournalLine.objects.values_list("facts", flat=True)))
    assert "oral" not in facts
    assert "ghb" not in facts


def test_a_newer_pack_changes_a_running_clock_only_when_asked(cast: Any, now: datetime, newer: Any) -> None:
    """And then as a version of its own, from the same time, with the new edition's hours."""
    told, sana = raise_one(cast, now), as_reader(cast.sana)
    assert not compute_anew(actor=sana, at=now, reference=told.reference)
    newer()
    assert ends(newest_clock(told))["first_urine"] == (now + 12 * HOUR).isoformat()
    assert compute_anew(actor=sana, at=now + HOUR, reference=told.reference)
    assert not compute_anew(actor=sana, at=now + HOUR, reference=told.reference)
    assert reasons() == ["first", "edition"]
    clock = newest_clock(told)
    assert (clock.edition, clock.runs_from) == ("2027-05", now)
    assert ends(clock)["first_urine"] == (now + 10 * HOUR).isoformat()


def test_the_newest_clock_is_the_last_written_also_when_the_clock_goes_back(cast: Any, now: datetime) -> None:
    """The database's time was set back between two versions."""
    told, sana = raise_one(cast, now), as_reader(cast.sana)
    note_facts(actor=sana, at=now - HOUR, reference=told.reference, known=ORAL)
    assert newest_clock(told).because == "act"


def test_each_refusal_says_what_to_do(cast: Any, now: datetime) -> None:
    """No clock yet, a code that nobody offers, no such record; nothing is left behind."""
    priya = as_reader(cast.priya)
    told = take_disclosure(actor=priya, at=now, sender_key=uuid4(), channel="counter")
    with pytest.raises(ClockRefused, match="Send them on first"):
        note_facts(actor=priya, at=now, reference=told.reference, known=ORAL)
    with pytest.raises(ClockRefused, match="Send them on first"):
        compute_anew(actor=priya, at=now, reference=told.reference)
    with pytest.raises(UnknownCode):
        note_facts(actor=priya, at=now, reference=told.reference, known=replace(ORAL, sites=("elbow",)))
    with pytest.raises(NotFound):
        note_facts(actor=priya, at=now, reference="AAAA-AAAA", known=ORAL)
    assert not ClockFacts.objects.exists()


def test_a_fault_leaves_neither_facts_nor_clock(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing."""
    told = raise_one(cast, now)
    before = JournalLine.objects.count()

    def broken(**_: Any) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(clocks.cases, "follow_clock", broken)
    with pytest.raises(OSError, match="no disk"):
        note_facts(actor=as_reader(cast.sana), at=now, reference=told.reference, known=ORAL)
    assert (ClockFacts.objects.count(), reasons()) == (0, ["first"])
    assert JournalLine.objects.count() == before
