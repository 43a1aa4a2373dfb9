"""The living fictional force behind `./dev demo`: made from data files by a seeded generator, only ever in demo mode.

Everything is written by the actions that the pages call, each at its own time in the past, so that the journal, the clocks
and the figures of the demo are as true as those of a force.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction

from nightdesk.actions.demo import finish_demo
from nightdesk.jobs.demo_away import plan_away
from nightdesk.jobs.demo_deaths import plan_deaths
from nightdesk.jobs.demo_duties import plan_misses
from nightdesk.jobs.demo_exhibits import plan_exhibits
from nightdesk.jobs.demo_flags import plan_look_back
from nightdesk.jobs.demo_force import build_force
from nightdesk.jobs.demo_hand_over import plan_hand_over
from nightdesk.jobs.demo_life import WORKER_SECONDS, Life
from nightdesk.jobs.demo_plan import plan
from nightdesk.jobs.demo_queue import plan_queue
from nightdesk.jobs.demo_rota import rota_acts
from nightdesk.jobs.demo_search import plan_search
from nightdesk.jobs.demo_shield import plan_shield
from nightdesk.jobs.demo_texts import demo_words
from nightdesk.outside.current import pack
from nightdesk.queries.force import accounts, real_accounts
from nightdesk.rules.access import SYSTEM

__all__ = ["PASSPHRASE", "DemoRefused", "make_force", "refuse_if_real"]

# Of every account: the demo holds nothing real and serves this machine only.
PASSPHRASE: Final = "nightdesk demo"  # noqa: S105
LEAST: Final = 40  # disclosures: fewer would not show every state


class DemoRefused(Exception):
    """Invented people may not be written here; the sentence says why and what to do."""


def refuse_if_real() -> None:
    """Raise DemoRefused outside demo mode, and for a database that holds accounts of a real force."""
    if not settings.DEMO:
        raise DemoRefused(
            "This is not a demo: invented people are never written beside real ones. Use: nightdesk demo"
        )
    if number := real_accounts(SYSTEM):
        raise DemoRefused(
            f"This database holds {number} accounts that are not of the demo, so nothing was written. Use an empty one."
        )


def make_force(
    *, now: datetime, seed: int, count: int = 200, tick: Callable[[int], None] = lambda done: None
) -> int:
    """Make the whole force, with `count` disclosures (40 or more) in every state up to `now`; returns how many.

    All or nothing. `tick` hears how many acts are done. Raises DemoRefused outside demo mode, or beside a force.
    """
    refuse_if_real()
    if count < LEAST:
        raise DemoRefused(f"{count} disclosures are too few to show every state. Ask for {LEAST} or more.")
    if accounts(SYSTEM):
        raise DemoRefused("There is a force here already. Start with --fresh to make it anew.")
    words, dice = demo_words(), Random(seed)
    plans = plan(words, seed=seed, count=count, now=now, times=_quick_times())
    with transaction.atomic():  # one commit, not four thousand; and ended half way, nothing was made
        force = build_force(now)
        life = Life(force, words, dice, now, settings.NIGHTDESK_ADDRESS, tick)
        plan_exhibits(life)
        plan_misses(life, min(planned.sent_at for planned in plans))
        plan_look_back(life, now)
        plan_shield(life)
        plan_search(life)
        plan_away(life)
        plan_hand_over(life)
        plan_queue(life)
        plan_deaths(life)
        for at, act in rota_acts(force, now):
            life.later(at, act)
            life.later(at + timedelta(seconds=WORKER_SECONDS), life.sweep)
        life.live(plans)
        finish_demo(actor=SYSTEM, at=now, seed=seed, disclosures=len(plans), passphrase=PASSPHRASE)
    return len(plans)


def _quick_times() -> dict[str, tuple[float, float]]:
    """The pack's quick answers to *when* that have both ends, in hours ago."""
    return {
        entry.id: (entry.earliest_hours_ago, entry.latest_hours_ago)
        for entry in pack().times
        if entry.earliest_hours_ago is not None and entry.latest_hours_ago is not None
    }
