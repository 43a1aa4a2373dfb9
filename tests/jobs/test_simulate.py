"""The simulated month: everything goes out, and still each referral is paged within its policy and no page leaves twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from nightdesk.jobs import simulate_answers
from nightdesk.jobs.simulate import SimulationRefused
from nightdesk.jobs.simulate_people import Reaction
from nightdesk.jobs.simulate_plan import Illness, Outage, Size, make_plan
from nightdesk.queries.journal import verify_journal
from nightdesk.records.messages import Message, MessageAttempt
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.rules.access import SYSTEM
from tests.jobs.months import END, emptied, lapses, lived, nobody_answers, out, stretch, told

pytestmark = pytest.mark.usefixtures("journey_db")
ONCE = pytest.mark.once(
    "the command simulates on SQLite only; that it runs elsewhere too, the first month shows"
)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Outages are logged by the workers; here all of them are on purpose."""
    with structlog.testing.capture_logs():
        yield


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=ONCE), pytest.param(3, marks=ONCE)])
def test_with_everything_going_out_no_page_goes_nowhere(seed: int) -> None:
    plan = make_plan(seed=seed, size=Size(referrals=20, days=1.5))
    month = lived(plan)
    assert lapses(month) == set()
    assert (month.double_sends, month.not_referred) == (0, 0)
    assert len(month.outcomes) == 20
    assert all(found.held or found.loud for found in month.outcomes)
    assert month.standstill_min > 0
    assert verify_journal(SYSTEM).whole
    faults = set(MessageAttempt.objects.values_list("fault", flat=True))
    assert faults & {"no_answer", "provider_fault", "TimeoutError", "ConnectionRefusedError"}


@ONCE
def test_the_same_seed_is_the_same_month() -> None:
    plan = make_plan(seed=5, size=Size(referrals=6, days=0.3, longest_end=END))
    first = lived(plan)
    emptied()
    assert told(lived(plan)) == told(first)


@ONCE
def test_it_comes_to_the_same_as_workers_that_wake_every_two_seconds() -> None:
    """Forty minutes in which mail hangs, a worker dies, and the database refuses first everything, then every write."""
    end = timedelta(minutes=20)
    plan = stretch(seed=11, referrals=5, hours=0.3, end=end)
    outages = (
        out(plan, "email", -2, 12, hangs=True),
        out(plan, "worker_1", 3, 6),
        out(plan, "database", 0.3, 1.5),
        out(plan, "database_writes", 6, 1.2),
        out(plan, "sms", 8, 4),
    )
    plan = stretch(seed=11, referrals=5, hours=0.3, outages=outages, end=end)
    quick = lived(plan)
    emptied()
    swept = lived(plan, swept=True)
    assert told(quick) == told(swept)
    assert quick.messages == swept.messages
    assert lapses(quick) == set()


@ONCE
def test_when_nobody_answers_every_referral_ends_on_the_loud_step(monkeypatch: Any) -> None:
    monkeypatch.setattr(simulate_answers, "reaction", nobody_answers)
    month = lived(stretch(referrals=2, hours=1))
    assert lapses(month) == set()
    assert [(found.held, found.loud, found.minutes) for found in month.outcomes] == [(False, True, None)] * 2
    assert month.figures()["ended_loud"] == 2
    repeated = ReferralMove.objects.filter(move="page", step__gt=9)
    assert repeated.exists(), "The loud step goes on."


@ONCE
def test_whoever_never_arrives_is_asked_to_the_limit_and_keeps_the_case(monkeypatch: Any) -> None:
    """Also while a worker is dead and mail is out; the duty inspector is told each time."""
    never = timedelta(days=9).total_seconds() / 60
    monkeypatch.setattr(
        simulate_answers, "reaction", lambda *_a, **_b: Reaction("answer", 1.0, "", 2.0, never, never, None)
    )
    plan = stretch(referrals=2, hours=1, end=timedelta(hours=4))
    outages = (out(plan, "worker_1", 40, 30), out(plan, "email", 40, 30))
    month = lived(replace(plan, outages=outages))
    assert lapses(month) == set()
    for referral in Referral.objects.all():  # one was raised under the policy that somebody tried for a while
        asked = referral.moves.filter(move="remind").count()
        assert asked == referral.policy["on_the_way"]["times"]
    assert all(found.held for found in month.outcomes)
    assert Message.objects.filter(about="reminder", staff__role="supervisor").exists()


@ONCE
def test_what_fell_due_while_no_worker_was_alive_is_done_when_one_is(monkeypatch: Any) -> None:
    monkeypatch.setattr(simulate_answers, "reaction", nobody_answers)
    plan = stretch(referrals=1, hours=1)
    month = lived(stretch(referrals=1, hours=1, outages=[out(plan, "workers", -1, 20)]))
    (course,) = month.courses
    assert lapses(month) == set()
    assert course.turns[0].at - course.raised_at > timedelta(minutes=18)
    assert month.standstill_min == 20


def test_a_message_that_left_as_the_database_died_leaves_again_and_is_stated_apart(monkeypatch: Any) -> None:
    monkeypatch.setattr(simulate_answers, "reaction", nobody_answers)
    calm = lived(stretch(seed=4, referrals=1, hours=0.2))
    assert (calm.double_sends, calm.left_again) == (0, 0)
    sent = Message.objects.filter(channel="email").exclude(sent_at=None).order_by("sent_at").first()
    assert sent is not None
    assert sent.sent_at is not None
    emptied()
    died = Outage("database", sent.sent_at - timedelta(milliseconds=20), sent.sent_at + timedelta(seconds=60))
    month = lived(stretch(seed=4, referrals=1, hours=0.2, outages=[died]))
    assert (month.double_sends, month.left_again) == (0, 1)
    assert lapses(month) == set()


@ONCE
def test_what_somebody_has_who_fell_ill_goes_to_whoever_is_on_duty() -> None:
    """Every specialist of every unit falls ill in the evening; four hours later a supervisor hears of it."""
    plan = stretch(seed=2, referrals=14, hours=16)
    starts_at = datetime(2026, 10, 1, 2, tzinfo=UTC)
    ill = tuple(
        Illness(unit, officer, starts_at, starts_at + timedelta(days=1))
        for unit in range(3)
        for officer in range(3)
    )
    month = lived(replace(plan, illnesses=ill))
    assert ReferralMove.objects.filter(move="reassign").exists()
    assert lapses(month) == set()
    assert all(found.held or found.loud for found in month.outcomes)


def test_it_is_refused_beside_anything(cast: Any) -> None:
    before = Page.objects.count()
    with pytest.raises(SimulationRefused, match="empty one"):
        lived(stretch())
    assert Page.objects.count() == before
