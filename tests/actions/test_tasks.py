"""Tasks of a case: made once, done once, handed on to who may, and never re-dated without a word."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.refusals import NotFound
from nightdesk.actions.tasks import NewTask, make_task, move_task
from nightdesk.queries.tasks import my_tasks, task_counts, task_lines, task_of, tasks_of
from nightdesk.records.journal import JournalLine
from nightdesk.records.tasks import Task, TaskMove
from nightdesk.rules.task import TaskRefused, Wanted
from tests.actions.contacts import safe_case
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def made(
    staff: Any, at: datetime, reference: str, *, to: Any = None, due: timedelta = DAY, **more: Any
) -> Task:
    """A task that somebody makes, for themselves or for `to`."""
    new = NewTask(
        more.pop("kind", "evidence"),
        more.pop("title", "Ask the bar for video"),
        str((to or staff).pk),
        at + due,
    )
    return make_task(
        actor=as_reader(staff),
        at=at,
        reference=reference,
        sender_key=more.pop("key", None) or uuid4(),
        new=new,
    )


def moved(staff: Any, at: datetime, row: Task, move: str, *, seen: int = 0, **more: Any) -> TaskMove:
    """What somebody does about it."""
    return move_task(
        actor=as_reader(staff), at=at, reference=row.case.disclosure.reference, task=row.pk, seen=seen,
        wanted=Wanted(move, **more),
    )  # fmt: skip


def test_a_task_is_made_sealed_and_seen_with_its_title_on_the_case_only(cast: Any, now: datetime) -> None:
    """Lists across cases have the kind."""
    reference, rae = safe_case(cast, now), as_reader(cast.rae)
    row = made(cast.sana, now, reference, to=cast.rae)
    seen = task_of(rae, reference, row.pk, now)
    assert seen is not None
    assert (seen.title, seen.for_whom, seen.mine, seen.overdue) == (
        "Ask the bar for video",
        "Rae",
        True,
        False,
    )
    line = task_lines(rae, "mine", "open", now)[0]
    assert (line.reference, line.kind, "bar" in repr(line)) == (reference, "evidence", False)
    assert JournalLine.objects.get(kind="task_made").facts == {
        "task": "evidence",
        "origin": "manual",
        "own": False,
    }


def test_done_twice_is_refused_aloud_with_who_did_it(cast: Any, now: datetime) -> None:
    """The same tap of the same person is no second one."""
    reference = safe_case(cast, now)
    row = made(cast.sana, now, reference)
    first = moved(cast.sana, now + HOUR, row, "do", words="Got it")
    assert moved(cast.sana, now + HOUR, row, "do", words="Got it").pk == first.pk
    with pytest.raises(TaskRefused, match="Sana has done this task at"):
        moved(cast.rae, now + 2 * HOUR, row, "do")
    with pytest.raises(TaskRefused, match="not open any more"):
        moved(cast.rae, now + 2 * HOUR, row, "do", seen=1)
    assert TaskMove.objects.count() == JournalLine.objects.filter(kind="task_moved").count() == 1


def test_another_time_needs_words_and_the_old_one_stays(cast: Any, now: datetime) -> None:
    """Twice re-dated: both earlier times are kept."""
    reference = safe_case(cast, now)
    row = made(cast.sana, now, reference)
    with pytest.raises(TaskRefused, match="why the time moves"):
        moved(cast.sana, now, row, "re_date", due_at=now + 2 * DAY)
    for number in (2, 3):
        moved(cast.sana, now, row, "re_date", due_at=now + number * DAY, words="Shut", seen=number - 2)
    row.refresh_from_db()
    assert row.due_at == now + 3 * DAY
    assert [move.due_before for move in row.moves.order_by("number")] == [now + DAY, now + 2 * DAY]


def test_a_task_is_handed_on_within_the_unit_and_taken_back_with_words(cast: Any, now: datetime) -> None:
    """Never to somebody who may not open the case."""
    reference = safe_case(cast, now)
    row = made(cast.sana, now, reference)
    for stranger in (cast.kofi, cast.priya, cast.alex, cast.idris):
        with pytest.raises(TaskRefused, match="member of the unit"):
            moved(cast.sana, now, row, "hand_on", to=str(stranger.pk))
        with pytest.raises(TaskRefused, match="member of the unit"):
            made(cast.sana, now, reference, to=stranger)
    with pytest.raises(TaskRefused, match="They have it already"):
        moved(cast.sana, now, row, "hand_on", to=str(cast.sana.pk))
    moved(cast.sana, now, row, "hand_on", to=str(cast.maud.pk))
    moved(cast.maud, now, row, "drop", words="No camera there", seen=1)
    with pytest.raises(TaskRefused, match="after all"):
        moved(cast.maud, now, row, "take_back", seen=2)
    moved(cast.maud, now, row, "take_back", words="There is one", seen=2)
    row.refresh_from_db()
    assert (row.state, row.for_whom) == ("open", cast.maud)
    moves = list(row.moves.order_by("number").values_list("move", "from_whom__name", "to_whom__name"))
    assert moves[0] == ("hand_on", "Sana", "Maud")


def test_counts_match_their_lists_and_overdue_is_counted(cast: Any, now: datetime) -> None:
    """For everybody, whatever they may see; nobody elsewhere sees a line."""
    first, second = safe_case(cast, now), safe_case(cast, now)
    made(cast.sana, now, first, due=HOUR)
    made(cast.sana, now, second, to=cast.rae)
    moved(cast.sana, now, made(cast.sana, now, second), "do")
    later = now + 2 * HOUR
    for staff in cast.staff().values():
        reader = as_reader(staff)
        for (whose, which), count in task_counts(reader, later).items():
            assert len(task_lines(reader, whose, which, later)) == count, (staff, whose, which)
    assert my_tasks(as_reader(cast.sana), later) == (1, 1)
    assert task_counts(as_reader(cast.maud), later)["unit", "open"] == 2
    assert task_counts(as_reader(cast.kofi), later)["unit", "open"] == 0
    assert [row.overdue for row in tasks_of(as_reader(cast.sana), first, later)] == [True]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"kind": "unknown"}, "what kind"), ({"title": " "}, "what is to be done"), ({"due": -HOUR}, "lie ahead"),
        ({"due": 2000 * DAY}, "within five years"),
    ],
)  # fmt: skip
def test_what_a_task_lacks_is_said(cast: Any, now: datetime, more: dict[str, Any], fault: str) -> None:
    """Nothing is kept."""
    with pytest.raises(TaskRefused, match=fault):
        made(cast.sana, now, safe_case(cast, now), **more)
    assert not Task.objects.exists()


def test_a_key_makes_one_task_and_strangers_make_none(cast: Any, now: datetime) -> None:
    """Sent twice; used for another case; sent by another unit."""
    reference, key = safe_case(cast, now), uuid4()
    assert made(cast.sana, now, reference, key=key).pk == made(cast.sana, now, reference, key=key).pk
    with pytest.raises(TaskRefused, match="another task"):
        made(cast.sana, now, safe_case(cast, now), key=key)
    for stranger in (cast.kofi, cast.priya, cast.alex):
        with pytest.raises(NotFound):
            made(stranger, now, reference)
        with pytest.raises(NotFound):
            moved(stranger, now, Task.objects.get(), "do")


@pytest.mark.usefixtures("journey_db")
def test_two_who_do_one_task_at_once_do_it_once(now: datetime) -> None:
    """The other is told who did."""
    cast = make_cast(now)
    row = made(cast.sana, now, safe_case(cast, now))
    results = at_once(
        lambda: moved(cast.sana, now, row, "do"), lambda: moved(cast.rae, now, row, "do", words="me too")
    )
    refused = [result for result in results if isinstance(result, TaskRefused)]
    assert len(refused) == TaskMove.objects.count() == 1
    assert TaskMove.objects.get().by.name in str(refused[0])
    assert whole_journal()
