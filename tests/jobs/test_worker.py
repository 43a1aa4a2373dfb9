"""The worker pages whoever is due, again and again, and never lets a fault elsewhere stop the next page."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import worker as actions
from nightdesk.actions.intake import keep_basics
from nightdesk.jobs import worker as jobs
from nightdesk.jobs.worker import Worker, WorkerStopping
from nightdesk.records.messages import Heartbeat, Message
from nightdesk.records.referrals import Page, Referral
from tests.jobs.mailbox import Mailbox, mail_server
from tests.jobs.raising import refer_one
from tests.people import as_reader, make_cast


class Clock:
    """A clock that a test moves on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def mail(settings: Any) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.MAIL_ADDRESS = box.address
        yield box


def a_worker(clock: Clock, **more: Any) -> Worker:
    return Worker(threading.Event(), seconds=1, now=clock, **({"periodic": ()} | more))


def referred(cast: Any, now: datetime) -> str:
    return refer_one(as_reader(cast.priya), now, keep_basics)


def test_whoever_is_on_duty_is_told_by_mail_with_nothing_personal(
    cast: Any, clock: Clock, mail: Mailbox
) -> None:
    reference = referred(cast, clock.now)
    assert a_worker(clock).try_round()
    (letter,) = mail.letters
    assert letter["To"] == "sana@force.test"
    assert reference in str(letter["Subject"])
    body = letter.get_payload(decode=True).decode()
    assert "/staff/page/" in body
    assert "happened" not in body
    assert Message.objects.get().sent_at == clock.now


def test_when_nobody_answers_each_layer_is_told_in_turn(cast: Any, clock: Clock, mail: Mailbox) -> None:
    referred(cast, clock.now)
    worker = a_worker(clock)
    worker.try_round()
    clock.pass_(minutes=4, seconds=59)
    worker.try_round()
    assert [letter["To"] for letter in mail.letters] == ["sana@force.test"]
    clock.pass_(seconds=1)
    worker.try_round()
    assert [letter["To"] for letter in mail.letters] == ["sana@force.test", "rae@force.test"]


def test_a_mail_server_that_refuses_is_tried_again_until_it_takes_the_message(
    cast: Any, clock: Clock, mail: Mailbox
) -> None:
    referred(cast, clock.now)
    mail.refuse = 2
    worker = a_worker(clock)
    worker.try_round()
    clock.pass_(seconds=5)
    worker.try_round()
    assert mail.letters == []
    assert Message.objects.get().fault == "SMTPDataError"
    clock.pass_(seconds=15)
    worker.try_round()
    assert len(mail.letters) == 1
    assert Message.objects.get().attempts == 3


def test_a_mail_server_that_is_out_does_not_stop_the_next_layer(
    cast: Any, clock: Clock, settings: Any
) -> None:
    settings.MAIL_ADDRESS = "smtp://127.0.0.1:9"
    referred(cast, clock.now)
    worker = a_worker(clock)
    for _ in range(3):
        assert worker.try_round()
        clock.pass_(minutes=5)
    assert sorted(Page.objects.values_list("layer", flat=True)) == ["second", "soit"]
    assert (
        Referral.objects.get().step == 4
    )  # nobody is on as DI or in the control room: both were tried, the last is loud


def test_steps_are_taken_between_two_slow_messages(cast: Any, clock: Clock) -> None:
    referred(cast, clock.now)
    referred(cast, clock.now)
    told: list[int] = []

    def slow(letter: Any) -> None:
        told.append(Page.objects.count())
        if len(told) == 1:
            referred(cast, clock.now)  # somebody comes in while the mail server takes its time

    a_worker(clock, post=slow).try_round()
    assert told == [2, 3, 3]


def test_the_demo_keeps_its_messages_and_marks_them_sent(cast: Any, clock: Clock, settings: Any) -> None:
    settings.MAIL_ADDRESS = ""
    referred(cast, clock.now)
    a_worker(clock).try_round()
    assert Message.objects.get().sent_at == clock.now


def test_each_round_says_that_the_pager_is_alive(db: None, clock: Clock) -> None:
    a_worker(clock).try_round()
    assert Heartbeat.objects.get(name="worker").at == clock.now


def test_an_idle_round_locks_nothing_and_asks_little(db: None, clock: Clock) -> None:
    """Every two seconds of every night, by each worker: what is due, the sign of life, and the other jobs' rows."""
    worker = a_worker(clock, periodic=jobs.PERIODIC)
    worker.try_round()
    clock.pass_(seconds=2)
    with CaptureQueriesContext(connection) as asked:
        assert worker.try_round()
    said = [query["sql"].upper() for query in asked.captured_queries]
    assert len(said) <= 4, said
    assert not [sql for sql in said if "FOR UPDATE" in sql or "FOR NO KEY" in sql or sql.startswith("BEGIN")]
    assert [sql.split()[0] for sql in said if not sql.startswith("SELECT")] == ["UPDATE"]


def test_a_worker_that_can_not_page_does_not_look_alive(
    journey_db: None, clock: Clock, monkeypatch: Any, capfd: Any
) -> None:
    def out(**_: Any) -> bool:
        raise OperationalError("the connection is gone: secret")

    monkeypatch.setattr(jobs, "take_due_step", out)
    assert not a_worker(clock).try_round()
    assert not Heartbeat.objects.filter(name="worker").exists()
    said = capfd.readouterr().err
    assert "worker_waits_for_database" in said
    assert "secret" not in said


def test_any_other_fault_is_logged_by_its_kind_and_tried_again(
    journey_db: None, clock: Clock, monkeypatch: Any, capfd: Any
) -> None:
    def broken(**_: Any) -> bool:
        raise KeyError("somebody's name")

    monkeypatch.setattr(jobs, "take_due_step", broken)
    assert not a_worker(clock).try_round()
    said = capfd.readouterr().err
    assert "worker_round_failed" in said
    assert "KeyError" in said
    assert "somebody" not in said


def test_one_referral_that_fails_holds_up_no_other(
    journey_db: None, clock: Clock, monkeypatch: Any, capfd: Any
) -> None:
    """It is tried again each round; until then the counters are told to ring, because no heartbeat is written."""
    cast = make_cast(clock.now)
    for serial in (1, 2):
        refer_one(as_reader(cast.priya), clock.now, keep_basics, serial)
    broken = Referral.objects.order_by("next_step_at", "pk").first()
    real = actions.page_step

    def page_step(*, referral: Any, **rest: Any) -> Any:
        if referral.pk == broken.pk:
            raise KeyError("somebody's name")
        return real(referral=referral, **rest)

    monkeypatch.setattr(actions, "page_step", page_step)
    assert not a_worker(clock, post=lambda letter: None).try_round()
    assert Page.objects.exclude(referral=broken).exists()
    assert not Page.objects.filter(referral=broken).exists()
    assert Message.objects.filter(sent_at__isnull=False).exists()
    assert not Heartbeat.objects.filter(name="worker").exists()
    assert "somebody" not in capfd.readouterr().err
    monkeypatch.setattr(actions, "page_step", real)
    assert a_worker(clock, post=lambda letter: None).try_round()
    assert Page.objects.filter(referral=broken).exists()


def test_waits_grow_while_the_database_is_out_and_end_when_it_is_back(monkeypatch: Any) -> None:
    waits: list[float] = []
    worker = Worker(threading.Event(), seconds=2)
    answers = iter([False, False, False, False, True])
    monkeypatch.setattr(worker, "try_round", lambda: next(answers))

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        if len(waits) == 5:
            worker.stop.set()
        return True

    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", wait)
    worker.stop = stop
    worker.run()
    assert waits == [4, 8, 15.0, 15.0, 2]


def test_what_was_not_sent_when_the_worker_ends_is_due_again_at_once(cast: Any, clock: Clock) -> None:
    referred(cast, clock.now)
    worker = a_worker(clock, post=lambda letter: None)
    worker._take_steps()
    worker.stop.set()
    with pytest.raises(WorkerStopping):
        worker._send(Message.objects.get())
    worker.try_round()
    message = Message.objects.get()
    assert message.sent_at is None
    assert message.due_at == clock.now + timedelta(seconds=5)
    assert not Heartbeat.objects.filter(name="worker").exists()
