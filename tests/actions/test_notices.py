"""Somebody is told of what is overdue: once, by their own ways, in the morning if it can wait, and later a supervisor."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import notices as acts
from nightdesk.actions.notices import raise_notices, tell_waiting
from nightdesk.actions.rota_changes import note_absence
from nightdesk.actions.tasks import NewTask, Wanted, make_task, move_task
from nightdesk.jobs.notices import tell_overdue
from nightdesk.queries.notices import on_desk, waiting_staff
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.notices import NoticeRow
from nightdesk.records.tasks import Task
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.notice import OFFICER, SENIOR
from nightdesk.rules.pack_notices import TASK
from tests.actions.paging import ADDRESS
from tests.actions.test_hand_over import has_one
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def night(now: datetime) -> datetime:
    """Ten past two in the morning, in winter, a day after the case: nobody is on a shift."""
    return now + DAY


def a_task(staff: Any, at: datetime, reference: str, due_at: datetime, title: str = "MARKERTITLE") -> Task:
    """For the officer themselves."""
    new = NewTask("call_back", title, str(staff.pk), due_at, None)
    return make_task(actor=as_reader(staff), at=at, reference=reference, sender_key=uuid4(), new=new)


def told(kind: str = "notice") -> list[tuple[str, str]]:
    """Who was told what, by mail, in order."""
    rows = Message.objects.filter(about=kind, channel="email").order_by("made_at", "staff__username")
    return list(rows.values_list("staff__username", "subject"))


def only_tasks(monkeypatch: Any) -> None:
    monkeypatch.setattr("nightdesk.jobs.notices.KINDS", (TASK,))


def test_what_is_overdue_at_night_is_told_once_in_the_morning_in_one_message(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    """Sana is on no shift now: two tasks that ran out at night are one message at seven, with counts only."""
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    for minutes in (10, 20):
        a_task(cast.sana, night - HOUR, reference, night + timedelta(minutes=minutes))
    for hours in (1, 2, 4.8):
        assert tell_overdue(night + hours * HOUR) == 0
    assert told() == []
    assert len(on_desk(as_reader(cast.sana), night + HOUR).things) == 2
    assert tell_overdue(night + 5 * HOUR) == 2
    assert tell_overdue(night + 5.1 * HOUR) == 0
    assert told() == [("sana", "2 things wait on your desk")]
    lines = JournalLine.objects.filter(kind="notice_told")
    assert [(line.subject, line.facts) for line in lines] == [
        (reference, {"notice": "task", "level": "officer"})
    ] * 2


def test_whoever_is_on_a_shift_is_told_at_any_hour(cast: Any, now: datetime, monkeypatch: Any) -> None:
    only_tasks(monkeypatch)
    reference = has_one(cast, now)
    a_task(cast.sana, now, reference, now + HOUR)
    tell_overdue(now + HOUR)
    assert told() == [("sana", f"Task overdue: {reference}")]


def test_after_the_hours_of_the_pack_a_supervisor_is_told_once(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night + 8 * HOUR)
    for hours in (8, 9, 31, 32, 33, 60, 80):
        tell_overdue(night + hours * HOUR)
    assert told() == [("sana", f"Task overdue: {reference}"), ("maud", f"Task overdue: {reference}")]
    assert [row.kind for row in on_desk(as_reader(cast.maud), night + 80 * HOUR).things] == ["task"]


def test_an_officer_who_is_away_is_not_told_their_supervisor_is_at_once(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    """Also when they went away after it was noted for them and before they were told. Back, they are told themselves."""
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night)
    tell_overdue(night + HOUR)
    assert waiting_staff(SYSTEM) == [cast.sana.pk]
    at = night + 2 * HOUR
    note_absence(
        actor=as_reader(cast.sana), at=at, staff=cast.sana, kind="sick", starts_at=at, ends_at=at + DAY
    )
    tell_overdue(at + HOUR)
    tell_overdue(at + 8 * HOUR)
    tell_overdue(at + 9 * HOUR)
    assert told() == [("maud", f"Task overdue: {reference}")]
    for hours in (32, 40, 60):
        tell_overdue(at + hours * HOUR)
    assert told()[1:] == [("sana", f"Task overdue: {reference}")]


def test_what_was_done_meanwhile_is_told_to_nobody_and_another_time_counts_anew(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    done, later = (a_task(cast.sana, night - HOUR, reference, night) for _ in range(2))
    tell_overdue(night + HOUR)
    for row, wanted in ((done, Wanted("do")), (later, Wanted("re_date", words="w", due_at=night + 9 * HOUR))):
        move_task(
            actor=as_reader(cast.sana),
            at=night + 2 * HOUR,
            reference=reference,
            task=row.pk,
            seen=0,
            wanted=wanted,
        )
    tell_overdue(night + 7 * HOUR)
    assert told() == []
    assert on_desk(as_reader(cast.sana), night + 7 * HOUR).things == ()
    tell_overdue(night + 10 * HOUR)
    assert told() == [("sana", f"Task overdue: {reference}")]


def test_whoever_takes_over_is_told_what_their_colleague_was_told(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    """It stands on the new desk, once, and no longer on the old one."""
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    task = a_task(cast.sana, night - HOUR, reference, night)
    tell_overdue(night + 6 * HOUR)
    move_task(
        actor=as_reader(cast.sana), at=night + 6 * HOUR, reference=reference, task=task.pk, seen=0,
        wanted=Wanted("hand_on", to=str(cast.rae.pk)),
    )  # fmt: skip
    tell_overdue(night + 7 * HOUR)
    tell_overdue(night + 8 * HOUR)
    assert told() == [("sana", f"Task overdue: {reference}"), ("rae", f"Task overdue: {reference}")]
    assert [len(on_desk(as_reader(one), night + 8 * HOUR).things) for one in (cast.sana, cast.rae)] == [0, 1]


def test_whoever_takes_over_is_told_what_a_supervisor_was_told(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    task = a_task(cast.sana, night - HOUR, reference, night)
    for hours in (6, 31):
        tell_overdue(night + hours * HOUR)
    move_task(
        actor=as_reader(cast.maud), at=night + 31 * HOUR, reference=reference, task=task.pk, seen=0,
        wanted=Wanted("hand_on", to=str(cast.rae.pk)),
    )  # fmt: skip
    for hours in (32, 60):
        tell_overdue(night + hours * HOUR)
    assert [name for name, _ in told()] == ["sana", "maud", "rae"]


def test_a_fault_about_one_person_leaves_nobody_else_untold(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    """It is tried again in the next round."""
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    for who in (cast.sana, cast.rae):
        a_task(who, night - HOUR, reference, night)
    tell_overdue(night + HOUR)
    first = waiting_staff(SYSTEM)[0]
    whole = tell_waiting

    def faulty(*, at: datetime, staff: Any, address: str) -> int:
        if staff == first:
            raise ZeroDivisionError
        return whole(at=at, staff=staff, address=address)

    monkeypatch.setattr("nightdesk.jobs.notices.tell_waiting", faulty)
    assert tell_overdue(night + 6 * HOUR) == 1
    monkeypatch.setattr("nightdesk.jobs.notices.tell_waiting", whole)
    assert tell_overdue(night + 7 * HOUR) == 1


def test_no_message_line_or_row_holds_what_a_task_says(cast: Any, night: datetime, monkeypatch: Any) -> None:
    only_tasks(monkeypatch)
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night)
    tell_overdue(night + 7 * HOUR)
    message = Message.objects.filter(about="notice", channel="email").get()
    assert "/staff/desk/" in message.body
    said = [
        *Message.objects.values_list("subject", "body"),
        *JournalLine.objects.values_list("facts", "subject"),
    ]
    assert "MARKERTITLE" not in str(said) + str(list(NoticeRow.objects.values()))


def test_a_fault_leaves_it_to_be_told_and_a_second_worker_tells_nothing_twice(
    cast: Any, night: datetime, monkeypatch: Any
) -> None:
    """Killed after the rows and before the message: the rows wait. Raised by two at once: kept once."""
    reference = has_one(cast, night - DAY)
    a_task(cast.sana, night - HOUR, reference, night)
    at = night + 7 * HOUR
    raise_notices(at=at, kind=TASK, level=OFFICER)
    NoticeRow.objects.bulk_create(
        [NoticeRow(kind=row.kind, about=row.about, reference=row.reference, due_at=row.due_at, level=row.level,
                   staff=row.staff, made_at=at) for row in NoticeRow.objects.all()],
        ignore_conflicts=True,
    )  # fmt: skip
    assert NoticeRow.objects.count() == 1
    real = acts.tell

    def broken(**_: Any) -> None:
        raise KeyError("gone")

    monkeypatch.setattr(acts, "tell", broken)
    with pytest.raises(KeyError):
        tell_waiting(at=at, staff=cast.sana.pk, address=ADDRESS)
    assert NoticeRow.objects.get().told_at is None
    assert not JournalLine.objects.filter(kind="notice_told").exists()
    monkeypatch.setattr(acts, "tell", real)
    assert [tell_waiting(at=at, staff=cast.sana.pk, address=ADDRESS) for _ in range(2)] == [1, 0]
    assert (
        raise_notices(at=at, kind=TASK, level=OFFICER) == raise_notices(at=at, kind=TASK, level=SENIOR) == 0
    )


def test_a_sweep_asks_as_much_for_many_cases_as_for_one(cast: Any, night: datetime) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            raise_notices(at=night + HOUR, kind=TASK, level=OFFICER)
        return len(found)

    has_one(cast, night - DAY)
    counts = []
    for number in (1, 6):
        reference = has_one(cast, night - DAY)
        for _ in range(number):
            a_task(cast.sana, night - HOUR, reference, night)
        counts.append(asked())
    assert counts[0] == counts[1], counts
