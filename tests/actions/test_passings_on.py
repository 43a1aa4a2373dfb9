"""Passing on: offered, wanted, sent, received, seen; a duty is answered only by somebody who came from it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.refusals import NotFound
from nightdesk.records.duties import Duty, DutyMove
from nightdesk.records.journal import JournalLine
from nightdesk.records.sharing import PassingOn, PassingOnMove, ShareRecipient
from nightdesk.rules.passing_on import PassingOnRefused
from tests.actions.paging import raise_one
from tests.actions.sharing import answer, offer, recipient, step, withdraw

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)


@pytest.fixture
def to(cast: Any, now: datetime) -> ShareRecipient:
    """The SARC, in Sana's case."""
    return recipient(cast.sana, now, raise_one(cast, now).reference, "sarc")


def duty(kind: str) -> Duty:
    """The only one of its kind."""
    return Duty.objects.get(kind=kind)


def test_from_the_offer_to_being_seen(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Each step with who, when it happened and words; sending needs a consent that holds."""
    offer(cast.sana, now, to, words="Wants to go tonight.")
    with pytest.raises(PassingOnRefused, match="Nothing may go to them yet"):
        step(cast.sana, now, to, "send", 1)
    answer(cast.sana, now, to, ["name", "contact"])
    for number, move in enumerate(("send", "confirm", "see", "end"), 1):
        step(cast.sana, now + number * HOUR, to, move, number, words="w", done_at=now + number * HOUR)
    assert list(PassingOnMove.objects.order_by("number").values_list("move", "state")) == [
        ("offer", "accepted"), ("send", "sent"), ("confirm", "received"), ("see", "seen"), ("end", "ended"),
    ]  # fmt: skip
    first = PassingOnMove.objects.select_related("vault").get(number=1)
    assert (first.opened("words"), first.by) == ("Wants to go tonight.", cast.sana)
    line = JournalLine.objects.filter(kind="passing_on_moved").order_by("seq").last()
    assert line is not None
    assert line.facts == {"recipient": "sarc/havens", "move": "end", "state": "ended"}


def test_an_offer_by_itself_answers_no_duty(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Nobody's clock stops by a guess."""
    offer(cast.sana, now, to)
    assert duty("sarc_offered").state == "owed"
    assert not DutyMove.objects.exists()


@pytest.mark.parametrize(
    ("said", "state"), [("accepted", "accepted"), ("declined", "declined"), ("later", "offered")]
)
def test_come_from_the_duty_it_answers_it(
    cast: Any, now: datetime, to: ShareRecipient, said: str, state: str
) -> None:
    """Any answer, in one transaction, each with its line."""
    made = offer(cast.sana, now + HOUR, to, said, duty=duty("sarc_offered").pk, words="Asked at the counter.")
    assert (made.state, made.duty) == (state, duty("sarc_offered"))
    assert (duty("sarc_offered").state, DutyMove.objects.get().answer) == ("met", said)
    kinds = list(JournalLine.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert sorted(kinds) == ["duty_moved", "passing_on_begun"]


def test_another_duty_or_one_that_was_answered_is_refused_and_nothing_is_kept(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """The SARC does not answer the offer of an ISVA."""
    with pytest.raises(NotFound):
        offer(cast.sana, now, to, duty=duty("isva_offered").pk)
    with pytest.raises(NotFound):
        offer(cast.sana, now, to, duty=uuid4())
    offer(cast.sana, now, to, "declined", duty=duty("sarc_offered").pk)
    with pytest.raises(PassingOnRefused, match="answered already"):
        offer(cast.sana, now, to, "accepted", duty=duty("sarc_offered").pk)
    assert PassingOn.objects.count() == 1


def test_a_form_sent_twice_is_kept_once_and_one_is_open_at_a_time(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """After a no, they can be offered again."""
    key = uuid4()
    assert offer(cast.sana, now, to, key=key).pk == offer(cast.sana, now, to, key=key).pk
    with pytest.raises(PassingOnRefused, match="offered this one already"):
        offer(cast.sana, now, to)
    step(cast.sana, now, to, "decline", 1)
    offer(cast.sana, now, to, "later")
    assert PassingOn.objects.count() == 2


def test_what_somebody_wrote_down_meanwhile_is_shown_first(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """And what is not possible, or lacks something, is refused with a sentence."""
    offer(cast.sana, now, to, "later")
    step(cast.rae, now, to, "accept", 1)
    for move, seen, words in (
        ("decline", 1, "Somebody wrote"),
        ("see", 2, "moved on"),
        ("end", 2, "in a few words"),
    ):
        with pytest.raises(PassingOnRefused, match=words):
            step(cast.sana, now, to, move, seen)
    with pytest.raises(PassingOnRefused, match="before the offer"):
        step(cast.sana, now, to, "decline", 2, done_at=now - HOUR)
    with pytest.raises(PassingOnRefused, match="what the person answered"):
        offer(cast.sana, now, recipient(cast.sana, now, to.case.disclosure.reference, "isva"), "perhaps")


def test_taken_back_before_it_was_sent_nothing_is_sent(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """The consent is looked at when it leaves, not when it was wanted."""
    answer(cast.sana, now, to, ["name"])
    offer(cast.sana, now, to)
    withdraw(cast.sana, now + HOUR, to)
    with pytest.raises(PassingOnRefused, match="Nothing may go"):
        step(cast.sana, now + HOUR, to, "send", 1)


def test_nobody_is_offered_the_prosecutors(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """That is no choice, and is not dressed up as one."""
    cps = recipient(cast.sana, now, to.case.disclosure.reference, "cps", "")
    with pytest.raises(PassingOnRefused, match="Nobody is offered"):
        offer(cast.sana, now, cps)
