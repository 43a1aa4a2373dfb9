"""On my desk: all that is still overdue, however much, in pages that the database cuts, with a count that is right."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.queries.notices import Desk, on_desk
from nightdesk.records.contact_log import ContactNote
from nightdesk.records.notices import NoticeRow
from nightdesk.records.tasks import Task
from nightdesk.rules.notice import OFFICER, SENIOR
from nightdesk.rules.pack_notices import PROMISE, TASK
from nightdesk.rules.queue import A_PAGE
from tests.actions.contacts import begun, noted
from tests.actions.test_hand_over import has_one
from tests.actions.test_notices import a_task
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def noted_for(staff: Any, task: Task, at: datetime, level: str = OFFICER) -> NoticeRow:
    """As the worker leaves it."""
    return NoticeRow(
        kind=TASK, about=task.pk, reference="R", due_at=task.due_at, level=level, staff=staff, made_at=at
    )


def many(cast: Any, now: datetime, how_many: int) -> list[Task]:
    """So many tasks of Sana's, each due a minute after the one before."""
    first = a_task(cast.sana, now, has_one(cast, now), now + HOUR)
    fields = {field.attname: getattr(first, field.attname) for field in Task._meta.concrete_fields}
    again: list[Task] = []
    for number in range(1, how_many):
        own = {"id": uuid4(), "due_at": first.due_at + number * timedelta(minutes=1)}
        again.append(Task(**fields | own | ({"sender_key": uuid4()} if "sender_key" in fields else {})))
    return [first, *Task.objects.bulk_create(again)]


def every_page(cast: Any, staff: Any, at: datetime) -> list[Desk]:
    """From the first to the last."""
    first = on_desk(as_reader(staff), at)
    return [first, *(on_desk(as_reader(staff), at, str(page)) for page in range(2, first.pages + 1))]


def test_the_oldest_of_more_than_five_hundred_stands_on_top_and_each_stands_once(
    cast: Any, now: datetime
) -> None:
    """Noted long ago and still so, it is not pushed off by what is newer; what was done is not counted."""
    tasks = many(cast, now, 540)
    NoticeRow.objects.bulk_create(noted_for(cast.sana, task, now + HOUR) for task in tasks)
    Task.objects.filter(pk__in=[task.pk for task in tasks[100:120]]).update(state="done")
    pages = every_page(cast, cast.sana, now + 2 * DAY)
    due = [row.due_at for page in pages for row in page.things]
    assert due == [task.due_at for task in (*tasks[:100], *tasks[120:])]
    assert {page.count for page in pages} == {520}
    assert {page.pages for page in pages} == {-(-520 // A_PAGE)}
    assert on_desk(as_reader(cast.rae), now + 2 * DAY) == Desk((), 0, 1, 1)


def test_it_is_asked_for_at_the_same_cost_for_one_and_for_many(cast: Any, now: datetime) -> None:
    costs = []
    for how_many in (1, 40):
        tasks = many(cast, now, how_many)
        NoticeRow.objects.bulk_create(noted_for(cast.sana, task, now + HOUR) for task in tasks)
        with CaptureQueriesContext(connection) as asked:
            assert on_desk(as_reader(cast.sana), now + DAY).things
        costs.append(len(asked))
    assert costs == [2, 2]


def test_what_went_to_a_colleague_leaves_the_officers_desk_and_stays_on_the_supervisors(
    cast: Any, now: datetime
) -> None:
    """Another time is another thing; what was dropped stands nowhere."""
    moved, later, dropped = many(cast, now, 3)
    for staff, level in ((cast.sana, OFFICER), (cast.maud, SENIOR)):
        rows = [noted_for(staff, task, now + HOUR, level) for task in (moved, later, dropped)]
        rows[2].dropped_at = now + HOUR
        NoticeRow.objects.bulk_create(rows)
    Task.objects.filter(pk=moved.pk).update(for_whom=cast.rae)
    Task.objects.filter(pk=later.pk).update(due_at=now + 3 * HOUR)
    at = now + DAY
    assert [on_desk(as_reader(staff), at).count for staff in (cast.sana, cast.maud)] == [0, 1]


def test_a_promise_of_long_ago_that_nobody_kept_stays_on_the_desk(cast: Any, now: datetime) -> None:
    """The worker looks thirty days back for what is new; what it noted then is still owed after that."""
    reference = has_one(cast, now)
    contact = begun(cast.sana, now, reference, direction="in")
    noted(cast.sana, now, reference, contact, "they_contacted", next_by_at=now + HOUR)
    note = ContactNote.objects.get(next_by_at__isnull=False)
    NoticeRow.objects.create(
        kind=PROMISE, about=note.contact_id, reference=reference, due_at=note.next_by_at, level=OFFICER,
        staff=cast.sana, made_at=now + HOUR,
    )  # fmt: skip
    assert on_desk(as_reader(cast.sana), now + 90 * DAY).count == 1


@pytest.mark.parametrize(
    ("asked", "shown"), [("2", 2), ("0", 1), ("99", 3), ("x", 1), ("", 1), ("-1", 1), ("9" * 50, 1)]
)
def test_a_page_that_is_none_is_the_nearest_there_is(
    cast: Any, now: datetime, asked: str, shown: int
) -> None:
    tasks = many(cast, now, 2 * A_PAGE + 1)
    NoticeRow.objects.bulk_create(noted_for(cast.sana, task, now + HOUR) for task in tasks)
    found = on_desk(as_reader(cast.sana), now + DAY, asked)
    assert (found.page, found.pages, len(found.things)) == (shown, 3, 1 if shown == 3 else A_PAGE)
