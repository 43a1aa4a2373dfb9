"""Cases of somebody who is away: noted once a day, told to a supervisor who is there, seen with what is done."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.away import mark_away_seen, note_away_cases
from nightdesk.actions.hand_over import reassign_cases
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.rota_changes import note_absence, withdraw_absence
from nightdesk.actions.staff import add_staff
from nightdesk.jobs.away import note_everybody_away
from nightdesk.queries.away import away_cases, waiting
from nightdesk.queries.cases import case
from nightdesk.records.away import AwayNote
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.rota import Absence
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.away import REASSIGNED, STAND_IN, STAYS, AwayRefused
from tests.actions.paging import ADDRESS
from tests.actions.test_hand_over import has_one
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def away(staff: Any, at: datetime, days: float = 5) -> Absence:
    """Off sick from now on."""
    return note_absence(
        actor=as_reader(staff), at=at, staff=staff, kind="sick", starts_at=at, ends_at=at + days * DAY
    )


def note(cast: Any, at: datetime) -> int:
    """What the worker does for unit A."""
    return note_away_cases(at=at, unit=cast.unit_a, address=ADDRESS)


def seen(cast: Any, at: datetime, reference: str, done: str = STAYS, **more: Any) -> AwayNote:
    """Maud marks it, having seen the newest there is."""
    last = AwayNote.objects.order_by("day").last()
    known = last.seen_at.isoformat() if last and last.seen_at else ""
    given = {
        "actor": as_reader(cast.maud),
        "at": at,
        "reference": reference,
        "done": done,
        "seen": known,
    } | more
    return mark_away_seen(**given)


def looks_after(reference: str, at: datetime) -> str:
    """Who does, as the case says."""
    seen = case(SYSTEM, reference, at)
    assert seen is not None
    return seen.looked_after_by


def told_of_it() -> list[str]:
    """Who was told that cases wait, in order."""
    rows = Message.objects.filter(subject__contains="look at them today", channel="email").order_by("made_at")
    return list(rows.values_list("staff__username", flat=True))


def test_it_is_noted_once_a_day_and_the_supervisor_told(cast: Any, now: datetime) -> None:
    """A row, a line and one message; the next day again, because nobody looked."""
    reference = has_one(cast, now)
    assert note(cast, now) == 0
    away(cast.sana, now + HOUR)
    for hours in (2, 3, 5):
        assert note(cast, now + hours * HOUR) == (1 if hours == 2 else 0)
    line = JournalLine.objects.get(kind="away_noted")
    assert (line.subject, line.facts) == (reference, {"days": 0, "told": 1})
    assert told_of_it() == ["maud"]
    assert note(cast, now + 25 * HOUR) == 1
    assert told_of_it() == ["maud", "maud"]
    assert waiting(as_reader(cast.maud), now + 25 * HOUR) == 1


@pytest.mark.parametrize(("hour", "noted"), [(3, 0), (6, 0), (7, 1), (12, 1), (23, 1)])
def test_nobody_is_told_in_the_night_of_what_waits_until_the_morning(
    cast: Any, now: datetime, hour: int, noted: int
) -> None:
    """The day's note is made from seven on, by the clock on the wall."""
    has_one(cast, now)
    away(cast.sana, now)
    assert note_everybody_away(now.replace(hour=hour, minute=30)) == noted


def test_one_that_stays_is_noted_again_tomorrow_and_one_that_is_looked_after_is_not(
    cast: Any, now: datetime
) -> None:
    """Until its owner is back; or the colleague is away as well."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    note(cast, now)
    assert seen(cast, now, reference).done == STAYS
    assert waiting(as_reader(cast.maud), now) == 0
    assert note(cast, now + DAY) == 1
    seen(cast, now + DAY, reference, STAND_IN, stand_in=cast.rae.pk)
    assert looks_after(reference, now + DAY) == "Rae"
    assert note(cast, now + 2 * DAY) == 0
    away(cast.rae, now + 3 * DAY)
    assert note(cast, now + 3 * DAY) == 1
    assert looks_after(reference, now + 5 * DAY) == ""


def test_the_line_says_what_was_done_and_no_name(cast: Any, now: datetime) -> None:
    """Codes alone; twice the same is one line."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    note(cast, now)
    for _ in range(2):
        seen(cast, now, reference, STAND_IN, stand_in=cast.rae.pk, seen="")
    line = JournalLine.objects.get(kind="away_seen")
    assert line.facts == {"done": STAND_IN, "to": str(cast.rae.pk)}


def test_a_page_that_does_not_know_the_newest_mark_is_told_so(cast: Any, now: datetime) -> None:
    """Two supervisors at once: the second sees what the first said, then decides."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    note(cast, now)
    seen(cast, now, reference, STAYS, seen="")
    with pytest.raises(AwayRefused, match="Somebody marked this case"):
        seen(cast, now, reference, STAND_IN, stand_in=cast.rae.pk, seen="")
    assert seen(cast, now + HOUR, reference, STAND_IN, stand_in=cast.rae.pk).done == STAND_IN


def test_it_can_be_marked_before_the_worker_noted_it(cast: Any, now: datetime) -> None:
    """Then the worker has nothing to note that day; a day that was seen stays as it was."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    assert waiting(as_reader(cast.maud), now) == 1
    first = seen(cast, now, reference)
    assert note(cast, now + HOUR) == 0
    seen(cast, now + DAY, reference, STAND_IN, stand_in=cast.rae.pk)
    first.refresh_from_db()
    assert first.done == STAYS
    assert AwayNote.objects.count() == 2


def test_reassigning_it_marks_it_too(cast: Any, now: datetime) -> None:
    """Nothing waits any more; it is said in the row what was done."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    note(cast, now)
    given = {"actor": as_reader(cast.maud), "at": now, "owner": cast.sana.pk, "address": ADDRESS}
    assert reassign_cases(to={reference: None}, **given) == 1
    row = AwayNote.objects.get()
    assert (row.done, row.seen_by) == (REASSIGNED, cast.maud)
    assert away_cases(as_reader(cast.maud), now) == ([], 0)


def test_who_is_back_has_their_cases_and_nothing_waits(cast: Any, now: datetime) -> None:
    """Also when the absence is withdrawn; the note stays as it was."""
    reference = has_one(cast, now)
    row = away(cast.sana, now)
    note(cast, now)
    withdraw_absence(actor=as_reader(cast.sana), at=now, absence_id=row.pk)
    assert waiting(as_reader(cast.maud), now) == 0
    with pytest.raises(NotFound):
        seen(cast, now, reference)
    assert AwayNote.objects.get().seen_at is None


@pytest.mark.parametrize("done", ["", "reassigned", "no-such", "stand_in"])
def test_what_is_no_decision_is_refused_with_a_sentence(cast: Any, now: datetime, done: str) -> None:
    """Nothing is kept; a stand-in must be named, and be there."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    for stand_in in (None, cast.sana.pk, cast.kofi.pk):
        with pytest.raises(AwayRefused):
            seen(cast, now, reference, done, stand_in=stand_in)
    assert not AwayNote.objects.exists()


def test_only_who_looks_after_the_unit_marks_it(cast: Any, now: datetime) -> None:
    """Its supervisor; another unit's when none of its own is there; nobody else ever."""
    reference = has_one(cast, now)
    away(cast.sana, now)
    other = add_staff(
        actor=SYSTEM,
        at=now,
        username="vic",
        name="Vic",
        role="supervisor",
        unit=cast.unit_b,
        email="vic@force.test",
    )
    for staff in (other, cast.rae, cast.kofi, cast.idris, cast.priya):
        with pytest.raises(NotFound):
            seen(cast, now, reference, actor=as_reader(staff))
    away(cast.maud, now)
    assert [row.reference for row in away_cases(as_reader(other), now)[0]] == [reference]
    assert seen(cast, now, reference, actor=as_reader(other)).seen_by == other


def test_a_supervisor_who_is_away_too_is_not_told_but_the_next_is(cast: Any, now: datetime) -> None:
    """The duty inspector of the unit; without one, the supervisors of other units; never nobody."""
    has_one(cast, now)
    away(cast.maud, now)
    away(cast.sana, now)
    note(cast, now)
    assert told_of_it() == ["maud"], "there is no other: never nobody"
    common: dict[str, Any] = {"actor": SYSTEM, "at": now, "role": "supervisor", "unit": cast.unit_b}
    vic, zoe = (
        add_staff(**common, username=n, name=n.title(), email=f"{n}@force.test") for n in ("vic", "zoe")
    )
    note(cast, now + DAY)
    assert told_of_it()[1:] == [vic.username, zoe.username]
    hours = (now + 2 * DAY - HOUR, now + 2 * DAY + HOUR)
    on = [(staff, "duty_di", *hours) for staff in (zoe, cast.idris)]  # a commander can't open the page
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=on)
    note(cast, now + 2 * DAY)
    assert told_of_it()[3:] == ["zoe"]
