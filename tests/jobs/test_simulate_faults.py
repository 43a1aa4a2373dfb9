"""A broken build is found: each fault is planted in the real code, and the simulated month says what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog

from nightdesk.actions import outbox, referrals, worker
from nightdesk.jobs import simulate_answers
from nightdesk.outside.current import pack
from nightdesk.records.referrals import Referral
from nightdesk.rules import referral as rule
from nightdesk.rules import ways
from tests.jobs.months import emptied, lapses, lived, nobody_answers, out, stretch

pytestmark = [
    pytest.mark.usefixtures("journey_db"),
    pytest.mark.once("the command simulates on SQLite only, and it is the judge that is tried here"),
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def silence(monkeypatch: Any) -> None:
    """Nobody answers, so that every step is taken."""
    monkeypatch.setattr(simulate_answers, "reaction", nobody_answers)


def test_a_sweep_that_skips_a_step_is_found(monkeypatch: Any, silence: None) -> None:
    real = worker.page_step

    def skips(*, referral: Referral, **more: Any) -> Any:
        referral.step += referral.step == 1
        return real(referral=referral, **more)

    monkeypatch.setattr(worker, "page_step", skips)
    assert "skipped" in lapses(lived(stretch(referrals=1, hours=0.2)))


def test_a_step_that_tells_nobody_though_somebody_is_on_is_found(monkeypatch: Any, silence: None) -> None:
    real = worker.on_duty
    monkeypatch.setattr(
        worker, "on_duty", lambda referral, layer, at: [] if layer == "second" else real(referral, layer, at)
    )
    assert lapses(lived(stretch(referrals=1, hours=0.2))) == {"missed"}


def test_a_step_that_is_late_is_found(monkeypatch: Any, silence: None) -> None:
    monkeypatch.setattr(rule, "CATCH_UP_MINUTES", 7)
    assert lapses(lived(stretch(referrals=1, hours=0.2))) == {"late"}


def test_a_loud_step_that_falls_silent_is_found(monkeypatch: Any, silence: None) -> None:
    monkeypatch.setattr(rule, "REPEAT_LAST_MINUTES", 600)
    month = lived(stretch(referrals=1, hours=0.2))
    assert lapses(month) == {"late"}
    assert month.figures()["past_policy"] == 1


def test_a_worker_that_never_pages_is_found(monkeypatch: Any) -> None:
    monkeypatch.setattr("nightdesk.jobs.worker.take_due_step", lambda **_: False)
    assert lapses(lived(stretch(referrals=1, hours=0.2, end=timedelta(minutes=15)))) == {"silent"}


def test_an_answer_that_never_expires_is_found(monkeypatch: Any) -> None:
    forgets = simulate_answers.Reaction(simulate_answers.ANSWER, 1.0, "", None, 0.0, 0.0, None)
    monkeypatch.setattr(simulate_answers, "reaction", lambda *_args, **_lot: forgets)
    assert lapses(lived(stretch(referrals=1, hours=0.2))) == set()
    emptied()
    monkeypatch.setattr(rule, "answer_holds_until", lambda *_args, **_more: None)
    assert lapses(lived(stretch(referrals=1, hours=0.2))) == {"not_expired"}


def test_a_policy_that_is_re_dated_is_found(monkeypatch: Any, silence: None) -> None:
    """Somebody tries another policy while a referral is open, and the build lets it count from now on."""
    real = worker.take_due_step

    def re_dates(**more: Any) -> bool:
        steps = [(step.layer, step.after_minutes) for step in pack().escalation]
        policy = rule.frozen_policy(steps, pack().edition, pack().holds["answer"].minutes)
        Referral.objects.exclude(next_step_at=None).update(policy=policy)
        return real(**more)

    monkeypatch.setattr("nightdesk.jobs.worker.take_due_step", re_dates)
    plan = stretch(referrals=1, hours=0.2)
    begins_at = plan.arrivals[0].at + timedelta(seconds=30)
    plan = replace(plan, changes=((begins_at, begins_at + timedelta(days=1)),))
    assert "re_dated" in lapses(lived(plan))


def test_a_send_without_a_claim_is_found(monkeypatch: Any, silence: None) -> None:
    """A claim that holds for no time: while one worker waits for the mail server, the other sends the same."""
    assert lived(stretch(referrals=3, hours=0.2)).double_sends == 0
    emptied()
    monkeypatch.setattr(outbox, "CLAIM_SECONDS", 0)
    assert lived(stretch(referrals=3, hours=0.2)).double_sends > 0


def test_a_channel_that_is_out_with_no_other_tried_is_found(monkeypatch: Any, silence: None) -> None:
    plan = stretch(referrals=2, hours=0.3)
    outages = [out(plan, "sms", -1, 60), out(plan, "webhook", -1, 60)]
    assert lapses(lived(stretch(referrals=2, hours=0.3, outages=outages))) == set()
    emptied()
    monkeypatch.setattr(ways, "UNANSWERED_SECONDS", 3600)
    monkeypatch.setattr(outbox, "bring_forward", lambda *_: False)
    assert "untold" in lapses(lived(stretch(referrals=2, hours=0.3, outages=outages)))


def test_a_referral_that_is_paged_though_somebody_has_it_is_found(monkeypatch: Any) -> None:
    real = referrals.make_move

    def forgets_the_cursor(referral: Referral, move: str, **more: Any) -> None:
        real(referral, move, **more)
        if move == "set_off":
            Referral.objects.filter(pk=referral.pk).update(next_step_at=more["at"], state=rule.PAGED)

    monkeypatch.setattr(referrals, "make_move", forgets_the_cursor)
    assert "paged_though_held" in lapses(lived(stretch(referrals=2, hours=0.3)))
