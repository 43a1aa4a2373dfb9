"""A new signing secret for a webhook: for a day both sign, then the new one alone; nothing of it is kept."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from nightdesk.actions.outbox import claim_message
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.ways import MOST_SECRETS, WayRefused, add_way, make_secret
from nightdesk.outside import channels
from nightdesk.outside.webhooks import secret_of
from nightdesk.records.contacts import WebhookSecret
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.ways import SECRET_OVERLAP, secrets_in_use
from tests.actions.paging import raise_one, step
from tests.actions.together import at_once, without_faults
from tests.outside.receiver import SECRET, use, webhook_receiver
from tests.people import as_reader, make_cast

SECOND = timedelta(seconds=1)
ADDRESS = "https://pager.example.org/"


@pytest.fixture(autouse=True)
def set_up(settings: Any) -> None:
    """Webhooks work here, also to this machine."""
    use(settings)


def webhook(cast: Any, at: datetime, address: str = ADDRESS) -> UUID:
    """A way of Sana's."""
    way = add_way(actor=SYSTEM, at=at, staff=cast.sana, channel="webhook", address=address, confirmed=True)
    return way.pk


def made(cast: Any, at: datetime, way: UUID, number: int) -> str:
    """A new secret, asked for by Sana."""
    return make_secret(actor=as_reader(cast.sana), at=at, way=way, number=number)


def test_the_old_one_ends_by_itself_after_a_day(now: datetime) -> None:
    """Each a day after it was replaced, newest first."""
    changes = [("b", now), ("c", now + timedelta(hours=3))]
    assert secrets_in_use([], now) == ("",)
    assert secrets_in_use(changes[:1], now) == ("b", "")
    assert secrets_in_use(changes, now + timedelta(hours=4)) == ("c", "b", "")
    assert secrets_in_use(changes, now + SECRET_OVERLAP - SECOND) == ("c", "b", "")
    assert secrets_in_use(changes, now + SECRET_OVERLAP) == ("c", "b")
    assert secrets_in_use(changes, now + timedelta(hours=27)) == ("c",)


def test_it_is_another_secret_and_kept_nowhere(cast: Any, now: datetime) -> None:
    """The row has its number; the line says whose it is and not what."""
    way = webhook(cast, now)
    secret = made(cast, now, way, 1)
    row = WebhookSecret.objects.get()
    assert secret == secret_of(SECRET, ADDRESS, str(row.pk)) != secret_of(SECRET, ADDRESS)
    assert (row.number, row.made_at, row.made_by) == (1, now, cast.sana)
    line = JournalLine.objects.get(kind="way_secret_made")
    assert line.facts == {"username": "sana", "number": 1}


def test_a_receiver_that_was_not_changed_yet_takes_a_page_and_later_not(
    cast: Any, now: datetime, plain_triage: None
) -> None:
    """A real receiver that checks the signature: first with the old secret, then with the new one."""
    with webhook_receiver() as receiver:
        way = webhook(cast, now, receiver.address)
        made(cast, now, way, 1)
        raise_one(cast, now)
        step(now)
        letter = claim_message(at=now)
        assert letter is not None
        for name in ("", str(WebhookSecret.objects.get().pk)):
            receiver.name = name
            receiver.seen.clear()
            channels._webhook(letter, _clock(now, letter))
        assert len(receiver.taken) == 2
        assert letter.way is not None
        assert letter.way.secret_names(now + SECRET_OVERLAP) == (name,)


def _clock(now: datetime, letter: Any) -> datetime:
    """The receiver looks at its own clock; the secrets are those of the night of the test."""
    from nightdesk.queries.clock import database_now

    names = letter.secret_names(now)
    letter.secret_names = lambda at: names
    return database_now()


def test_sent_twice_it_is_made_once(cast: Any, now: datetime) -> None:
    """Aloud: whoever did not see the first one makes another."""
    way = webhook(cast, now)
    made(cast, now, way, 1)
    with pytest.raises(WayRefused, match="make another one now"):
        made(cast, now, way, 1)
    assert made(cast, now, way, 2)


def test_two_windows_at_once_make_one(journey_db: None, now: datetime) -> None:
    """The way is locked."""
    cast = make_cast(now)
    way = webhook(cast, now)

    def make() -> bool:
        try:
            return bool(made(cast, now, way, 1))
        except WayRefused:
            return False

    assert sorted(without_faults(at_once(make, make))) == [False, True]
    assert WebhookSecret.objects.count() == 1


def test_there_are_only_so_many_a_day(cast: Any, now: datetime) -> None:
    """Each would sign for a day."""
    way = webhook(cast, now)
    for number in range(1, MOST_SECRETS + 1):
        made(cast, now, way, number)
    with pytest.raises(WayRefused, match="wait until tomorrow"):
        made(cast, now, way, MOST_SECRETS + 1)
    assert made(cast, now + SECRET_OVERLAP, way, MOST_SECRETS + 1)


def test_only_ones_own_webhook_has_one(cast: Any, now: datetime, settings: Any) -> None:
    """And only where webhooks are set up."""
    way = webhook(cast, now)
    with pytest.raises(NotFound):
        make_secret(actor=as_reader(cast.rae), at=now, way=way, number=1)
    mail = add_way(actor=SYSTEM, at=now, staff=cast.sana, channel="email", address="s@force.test")
    with pytest.raises(WayRefused, match="Only a webhook"):
        made(cast, now, mail.pk, 1)
    settings.WEBHOOK_SECRET = ""
    with pytest.raises(WayRefused, match="not set up here"):
        made(cast, now, way, 1)
    assert not WebhookSecret.objects.exists()
