"""The clock as its readers see it: counted down from what was kept, with what matters first and every version."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.clocks import note_facts
from nightdesk.outside.current import pack
from nightdesk.queries import cases, clocks
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.pack_found import Entries
from tests.actions.paging import raise_one
from tests.people import as_reader

HOUR = timedelta(hours=1)


def seen(told: Any, at: datetime) -> clocks.ClockSeen:
    found = clocks.clock(SYSTEM, told.reference, at)
    assert found is not None
    return found


def ids(windows: Any) -> set[str]:
    return {window.id for window in windows}


def test_it_counts_down_from_what_was_kept(cast: Any, now: datetime) -> None:
    """Shortest live first; passed last, and then "Ask the SARC"."""
    told = raise_one(cast, now)
    windows = seen(told, now).specimens
    ends = [w.ends_at for w in windows if w.live and w.ends_at]
    assert ends == sorted(ends)
    assert (windows[0].id, ends[0]) == ("first_urine", told.clocks.get().first_ends_at)
    later = seen(told, now + timedelta(days=30)).specimens
    assert later[-1].state == "passed"
    assert {w.advice for w in later if w.state == "passed"} == {"Ask the SARC"}


def test_nothing_known_of_the_act_runs_every_clock_and_opens_no_seal(cast: Any, now: datetime) -> None:
    """And no drug's: nobody named one."""
    told = raise_one(cast, now)
    found = seen(told, now)
    assert ids(found.specimens) == set(pack().specimens.ids())
    assert (found.others, found.opened, found.known) == ((), False, KnownOfAct())
    assert not clocks.has_sealed_facts(SYSTEM, told.reference)


def test_what_became_known_moves_the_rest_aside_and_takes_nothing_away(cast: Any, now: datetime) -> None:
    """The other sites are still there, under the first; the drug adds its own."""
    told = raise_one(cast, now)
    known = KnownOfAct(("oral",), "given", ("ghb",), "given")
    note_facts(actor=as_reader(cast.sana), at=now, reference=told.reference, known=known)
    found = seen(told, now)
    assert {"mouth", "first_urine", "ghb_blood", "ghb_urine"} <= ids(found.specimens)
    assert {"anal", "vaginal", "penile"} <= ids(found.others)
    assert ids(found.specimens) | ids(found.others) == {*pack().specimens.ids(), "ghb_blood", "ghb_urine"}
    assert (found.opened, found.known) == (True, known)
    assert clocks.has_sealed_facts(SYSTEM, told.reference)
    assert [v.because for v in found.versions] == ["act", "first"]


def test_health_stands_beside_it_with_words_to_say(cast: Any, now: datetime) -> None:
    """Counted from the same time, translated while the pack still has that edition."""
    found = seen(raise_one(cast, now), now + HOUR)
    assert found.health[0].id == "levonorgestrel" or found.health[0].id == "pep"
    assert {w.id: w.ends_at for w in found.health}["pep"] == now + 72 * HOUR
    assert found.said["pep"].wording_in("pl").language == "pl"


def test_a_newer_pack_is_said_and_changes_nothing(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours, advice, words: all as kept; the new translations do not stand in for the old words."""
    told = raise_one(cast, now)
    before = seen(told, now + HOUR)
    longer = [replace(w, hours=99.0, advice="Other.", edition="2") for w in pack().specimens]
    care = [replace(w, edition="2", say=replace(w.say, en="Other.")) for w in pack().health]
    newer = replace(pack(), specimens=Entries(longer), health=Entries(care))
    monkeypatch.setattr(clocks, "pack", lambda: newer)
    after = seen(told, now + HOUR)
    assert (before.newer, after.newer) == (False, True)
    assert (after.specimens, after.health) == (before.specimens, before.health)
    assert after.said["pep"].wording_in("pl").language == "en"
    assert after.said["pep"].en == before.said["pep"].en


def test_an_edition_past_its_review_says_so_and_still_counts(cast: Any, now: datetime) -> None:
    """A banner, never a refusal."""
    told = raise_one(cast, now)
    assert seen(told, now).overdue_on is None
    late = seen(told, now + timedelta(days=300))
    assert late.overdue_on == date(2027, 5, 22)
    assert late.specimens


def test_without_a_clock_there_is_nothing(db: None, now: datetime) -> None:
    """An unknown reference, or nothing sent on yet."""
    assert clocks.clock(SYSTEM, "AAAA-AAAA", now) is None
    assert not clocks.has_sealed_facts(SYSTEM, "AAAA-AAAA")


def test_whoever_may_work_on_it_is_the_counter_the_unit_and_nobody_else(cast: Any, now: datetime) -> None:
    """As the counter's page and the case."""
    told = raise_one(cast, now)
    allowed = {
        name
        for name, staff in cast.staff().items()
        if cases.may_work_on(as_reader(staff), told.reference, now)
    }
    assert allowed == {"priya", "sana", "rae", "maud"}
    next_day = now + timedelta(hours=13)
    assert not cases.may_work_on(as_reader(cast.priya), told.reference, next_day)
    assert cases.may_work_on(as_reader(cast.sana), told.reference, next_day)
