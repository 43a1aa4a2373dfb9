"""A process that prepares or looks at a database of its own: `python -m tests.jobs.raising raise N | pages | beat`."""

import sys
import uuid
from typing import Any


def raise_referrals(number: int) -> None:
    """The cast, and `number` referrals to unit A that are due now."""
    from nightdesk.actions.intake import keep_basics
    from nightdesk.queries.clock import database_now
    from tests.people import as_reader, make_cast

    now = database_now()
    cast = make_cast(now)
    for serial in range(number):
        refer_one(as_reader(cast.priya), now, keep_basics, serial)


def refer_one(actor: Any, now: Any, keep_basics: Any, serial: int = 0) -> str:
    """One disclosure with a referral, whatever triage knows; its reference."""
    from nightdesk.actions.clocks import start_clock
    from nightdesk.actions.referrals import refer
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.rules.basics import Basics

    basics = Basics(what=f"Something happened, number {serial}.")
    kept = keep_basics(actor=actor, at=now, sender_key=uuid.uuid4(), channel="counter", basics=basics)
    disclosure = Disclosure.objects.get(reference=kept.reference)
    start_clock(actor=actor, at=now, disclosure=disclosure, basics=basics)
    refer(actor=actor, at=now, disclosure=disclosure, because=["sexual_offence"], urgency="soon")
    return kept.reference


def main(words: list[str]) -> None:
    """Do what was asked and print what was counted."""
    import django

    django.setup()
    from nightdesk.records.messages import Heartbeat, Message
    from nightdesk.records.referrals import Page

    if words[0] == "raise":
        raise_referrals(int(words[1]))
    elif words[0] == "pages":
        left = Message.objects.filter(page__isnull=False, sent_at__isnull=False)
        sys.stdout.write(f"{Page.objects.count()} {left.count()}")
    elif words[0] == "beat":
        sys.stdout.write(str(Heartbeat.objects.filter(name="worker").count()))


if __name__ == "__main__":
    main(sys.argv[1:])
