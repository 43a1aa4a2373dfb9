"""Duties in a case: begun with it, moved by who works on it, missed by the clock, never re-dated; the crime recorded."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from nightdesk.actions.duties import miss_duty, move_duty, note_key_event
from nightdesk.actions.recordings import record_crime
from nightdesk.actions.refusals import NotFound
from nightdesk.jobs.duties import miss_overdue
from nightdesk.queries import duties as queries
from nightdesk.queries.queue import queue
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty, DutyMove, Recording
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.duty import RUNNING, DutyRefused, Said
from nightdesk.rules.recording import Recorded
from tests.actions.paging import raise_one
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def duty(kind: str) -> Duty:
    """The only one of its kind."""
    return Duty.objects.get(kind=kind)


def move(staff: Any, at: datetime, kind: str, move_: str, *, seen: int | None = None, **said: Any) -> Duty:
    """What somebody says of a duty of the only case."""
    row = duty(kind)
    return move_duty(
        actor=as_reader(staff), at=at, reference=row.case.disclosure.reference, duty=row.pk, move=move_,
        said=Said(**said), seen=row.moves.count() if seen is None else seen,
    )  # fmt: skip


def record(staff: Any, at: datetime, kind: str = "crime", *, seen: int = 0, **more: Any) -> Recording:
    """A recording of the only case."""
    chosen = {"offence_class": "class_19f"} if kind == "crime" else {"ground": "elsewhere", "words": "told B"}
    made = Recorded(kind=kind, **({"recorded_at": at} | chosen | more))
    return record_crime(
        actor=as_reader(staff), at=at, reference=Case.objects.get().disclosure.reference, made=made, seen=seen
    )


def test_what_is_owed_begins_with_the_telling(cast: Any, now: datetime) -> None:
    """One of each, with its edition; the queue knows the first."""
    raise_one(cast, now)
    rows = {row.kind: row for row in Duty.objects.all()}
    assert rows.keys() == {
        "crime_recorded", "told_in_writing", "needs_assessment", "sarc_offered", "isva_offered", "partner_offered"
    }  # fmt: skip
    assert {row.state for row in rows.values()} == {"owed"}
    assert {row.edition for row in rows.values()} == {"2026-11"}
    assert rows["crime_recorded"].due_at == now + DAY
    assert Case.objects.get().next_duty_at == rows["sarc_offered"].due_at == now + 12 * HOUR


def test_an_offer_is_met_by_any_answer(cast: Any, now: datetime) -> None:
    """A no is kept as it was said; the next duty comes first now."""
    raise_one(cast, now)
    move(cast.sana, now + HOUR, "sarc_offered", "meet", answer="declined", words="Not tonight.")
    made = DutyMove.objects.get()
    assert (made.answer, made.done_at, made.opened("words"), made.by) == (
        "declined", now + HOUR, "Not tonight.", cast.sana
    )  # fmt: skip
    assert Case.objects.get().next_duty_at == now + DAY
    line = JournalLine.objects.get(kind="duty_moved")
    assert line.facts == {"duty": "sarc_offered", "move": "meet", "state": "met", "said": "declined"}
    assert queue(as_reader(cast.sana), now).rows[0].duty == "crime_recorded"


def test_no_move_ever_changes_when_a_duty_is_due(cast: Any, now: datetime) -> None:
    """Begun, met, taken back, set aside, taken back, missed, met: the same time."""
    raise_one(cast, now)
    due = duty("told_in_writing").due_at
    for n, (made, said) in enumerate(
        [("start", {}), ("meet", {}), ("take_back", {"words": "wrong case"}), ("set_aside", {"ground": "has_it"}),
         ("take_back", {"words": "has not"})]
    ):  # fmt: skip
        move(cast.sana, now + n * HOUR, "told_in_writing", made, **said)
        assert duty("told_in_writing").due_at == due
    assert miss_overdue(due + HOUR) == Duty.objects.filter(state="missed").count() > 1
    move(cast.sana, due + 2 * HOUR, "told_in_writing", "meet")
    assert (duty("told_in_writing").due_at, duty("told_in_writing").state) == (due, "met_late")


def test_what_was_done_in_time_and_noted_after_it_was_missed_was_in_time(cast: Any, now: datetime) -> None:
    """Both times are kept."""
    raise_one(cast, now)
    miss_overdue(now + 13 * HOUR)
    move(cast.sana, now + 14 * HOUR, "sarc_offered", "meet", answer="accepted", done_at=now + HOUR)
    assert duty("sarc_offered").state == "met"
    assert list(DutyMove.objects.order_by("number").values_list("move", "by", "done_at")) == [
        ("miss", None, None), ("meet", cast.sana.pk, now + HOUR)
    ]  # fmt: skip


def test_a_duty_is_missed_once_and_leaves_the_first_place(cast: Any, now: datetime) -> None:
    """It stays owed; the queue counts it, and goes by the next."""
    raise_one(cast, now)
    assert miss_overdue(now + 12 * HOUR - timedelta(seconds=1)) == 0
    assert miss_overdue(now + 12 * HOUR) == 1
    assert miss_overdue(now + 12 * HOUR) == 0
    assert not miss_duty(
        at=now, duty=duty("sarc_offered").pk, reference=duty("sarc_offered").case.disclosure.reference
    )
    row = queue(as_reader(cast.sana), now).rows[0]
    assert (row.missed, row.duty, row.next_duty_at) == (1, "crime_recorded", now + DAY)
    assert queries.duties_of(SYSTEM, row.reference)[0].kind == "sarc_offered"


def test_what_somebody_noted_meanwhile_is_shown_first(cast: Any, now: datetime) -> None:
    """The second of two who answer the same page is told, and nothing of theirs is kept over it."""
    raise_one(cast, now)
    move(cast.sana, now, "needs_assessment", "start", seen=0)
    with pytest.raises(DutyRefused, match="Somebody noted something"):
        move(cast.rae, now, "needs_assessment", "meet", seen=0)
    assert DutyMove.objects.count() == 1


def test_the_same_move_sent_twice_is_kept_once(cast: Any, now: datetime) -> None:
    """A form sent again on a bad line: nobody is told that somebody interfered. Other words are another move."""
    raise_one(cast, now)
    sent = partial(move, cast.sana, kind="sarc_offered", move_="meet", seen=0, answer="declined")
    first = sent(at=now, words="Not tonight.")
    assert sent(at=now + HOUR, words="Not tonight. ").state == first.state == "met"
    assert DutyMove.objects.count() == JournalLine.objects.filter(kind="duty_moved").count() == 1
    for other in ({"words": "Never."}, {"words": "Not tonight.", "done_at": now + HOUR / 2}):
        with pytest.raises(DutyRefused, match="Somebody noted something"):
            sent(at=now + HOUR, **other)


def test_what_changes_nothing_leaves_no_line(cast: Any, now: datetime) -> None:
    """A key event noted again, and a duty that was met before the worker came."""
    raise_one(cast, now)
    reference = Case.objects.get().disclosure.reference
    for _ in range(2):
        note_key_event(
            actor=as_reader(cast.sana), at=now, reference=reference, kind="suspect_arrested", happened_at=now
        )
    assert JournalLine.objects.filter(kind="key_event_noted").count() == 1
    assert not miss_duty(at=now, duty=duty("sarc_offered").pk, reference=reference)
    assert not JournalLine.objects.filter(kind="duty_moved").exists()


def test_only_whoever_may_work_on_the_case_answers_its_duties(cast: Any, now: datetime) -> None:
    """The unit's specialists and its supervisor; everybody else is told that there is none."""
    raise_one(cast, now)
    for name, staff in cast.staff().items():
        before = DutyMove.objects.count()
        if name in ("sana", "rae", "maud"):
            state = duty("needs_assessment").state
            move(staff, now, "needs_assessment", "take_back" if state == "met" else "meet", words="w")
        else:
            with pytest.raises(NotFound):
                move(staff, now, "needs_assessment", "meet")
            with pytest.raises(NotFound):
                record(staff, now)
        assert DutyMove.objects.count() == before + (name in ("sana", "rae", "maud"))


def test_a_duty_of_another_case_is_none_of_this(cast: Any, now: datetime) -> None:
    """The key of a duty opens nothing elsewhere."""
    first, second = raise_one(cast, now), raise_one(cast, now)
    other = Duty.objects.filter(case__disclosure=second).first()
    assert other is not None
    with pytest.raises(NotFound):
        move_duty(
            actor=as_reader(cast.sana), at=now, reference=first.reference, duty=other.pk, move="start", said=Said(), seen=0
        )  # fmt: skip


def test_a_recorded_crime_meets_its_duty_and_has_to_be_told(cast: Any, now: datetime) -> None:
    """In time by when it was recorded; the person is owed to hear of it within a worked day of that."""
    raise_one(cast, now)
    at = now + 5 * HOUR
    record(cast.sana, at, police_number="2026/1", recorded_at=at - HOUR)
    assert duty("crime_recorded").state == "met"
    told = duty("person_told")
    assert (told.starts_at, told.because.kind if told.because else "") == (at - HOUR, "crime_recorded")
    line = JournalLine.objects.get(kind="crime_recorded")
    assert line.facts == {"recorded_as": "crime", "offence_class": "class_19f", "ground": "", "number": 1}
    assert queries.recordings_of(SYSTEM, line.subject)[0].police_number == "2026/1"


def test_an_n100_meets_the_duty_and_a_crime_may_follow(cast: Any, now: datetime) -> None:
    """A further row; both are kept, the newest counts, and the duty is met once."""
    raise_one(cast, now)
    record(cast.sana, now + HOUR, "n100")
    assert not Duty.objects.filter(kind="person_told").exists()
    record(cast.sana, now + 2 * HOUR, seen=1)
    record(cast.sana, now + 3 * HOUR, seen=2, offence_class="class_19g", recorded_at=now + 2 * HOUR)
    assert [row.number for row in Recording.objects.order_by("number")] == [1, 2, 3]
    assert duty("crime_recorded").moves.count() == 1
    assert Duty.objects.filter(kind="person_told").count() == 1


def test_the_same_recording_sent_twice_is_kept_once(cast: Any, now: datetime) -> None:
    """And one from a page that did not know of another is refused."""
    raise_one(cast, now)
    assert record(cast.sana, now).pk == record(cast.sana, now).pk
    with pytest.raises(DutyRefused, match="since the page was opened"):
        record(cast.rae, now, "n100")
    assert Recording.objects.count() == 1


def test_a_key_event_starts_its_own_clock_each_time(cast: Any, now: datetime) -> None:
    """Two arrests are two duties; the same one noted twice is one."""
    reference = raise_one(cast, now).reference
    for hours in (1, 1, 3):
        note_key_event(
            actor=as_reader(cast.sana), at=now + 4 * HOUR, reference=reference, kind="suspect_arrested",
            happened_at=now + hours * HOUR,
        )  # fmt: skip
    assert Duty.objects.filter(kind="person_told", state__in=RUNNING).count() == 2
    for kind, at in (("no_such", now), ("court_date", now + 9 * HOUR), ("court_date", now - DAY)):
        with pytest.raises(DutyRefused):
            note_key_event(
                actor=as_reader(cast.sana), at=now + 4 * HOUR, reference=reference, kind=kind, happened_at=at
            )


@pytest.mark.usefixtures("journey_db")
def test_two_who_meet_one_duty_at_once_meet_it_once(now: datetime) -> None:
    """And the worker that misses it in the same moment does not undo it."""
    cast = make_cast(now)
    raise_one(cast, now)
    row, at = duty("sarc_offered"), now + 12 * HOUR
    reference = row.case.disclosure.reference

    def meet(staff: Any) -> Any:
        said = Said(answer="accepted", done_at=now + HOUR)
        return lambda: move_duty(
            actor=as_reader(staff), at=at, reference=reference, duty=row.pk, move="meet", said=said, seen=0
        )

    results = at_once(
        meet(cast.sana), meet(cast.rae), lambda: miss_duty(at=at, duty=row.pk, reference=reference)
    )
    assert all(isinstance(result, Duty | bool | DutyRefused) for result in results), results
    row.refresh_from_db()
    moves = [one.move for one in row.moves.order_by("number")]
    assert moves in (["meet"], ["miss"])
    assert row.state == {"meet": "met", "miss": "missed"}[moves[0]]
    assert whole_journal()
