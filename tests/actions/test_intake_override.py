"""What staff add or set aside: kept beside the proposal, with who and why, and never less than was proposed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.intake import keep_basics, override_proposal
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.records.disclosures import Override
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Referral
from nightdesk.rules.basics import Basics
from tests.actions.together import whole_journal
from tests.people import as_reader, make_cast
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")

PLAIN = Basics(what="somebody took my phone")


def override(
    cast: Any, at: datetime, reference: str, label: str, level: str, why: str = "Said so to me"
) -> None:
    """Priya adds or sets aside."""
    override_proposal(
        actor=as_reader(cast.priya), at=at, reference=reference, label=label, level=level, why=why
    )


@pytest.mark.parametrize(
    ("label", "level", "asked"),
    [
        ("sexual_offence", "possible", True),
        ("sexual_offence", "likely", True),
        ("grooming", "yes", True),
        ("image_abuse", "yes", True),
        ("child_images", "yes", True),
        ("drug_facilitated_suspected", "yes", False),
        ("robbery", "yes", False),
        ("sexual_offence", "not_indicated", False),
    ],
)
def test_a_specialist_is_asked_when_what_was_added_calls_for_one(
    cast: Any, now: datetime, label: str, level: str, asked: bool
) -> None:
    """By the same grounds as if triage had proposed it."""
    told = take(cast, now, PLAIN)
    override(cast, now, told.reference, label, level)
    assert Referral.objects.exists() is asked
    assert JournalLine.objects.get(kind="proposal_overridden").facts == {"label": label, "level": level}


def test_two_additions_that_together_call_for_a_specialist_do(cast: Any, now: datetime) -> None:
    """Drugged, and at a chemsex session: each alone would not."""
    told = take(cast, now, PLAIN)
    override(cast, now, told.reference, "chemsex_context", "likely")
    assert not Referral.objects.exists()
    override(cast, now, told.reference, "drug_facilitated_suspected", "yes")
    assert Referral.objects.get().because == ["drug_facilitated_suspected"]


def test_what_was_added_about_a_child_makes_it_urgent(cast: Any, now: datetime) -> None:
    """Before a specialist was asked, and after."""
    told, other = take(cast, now, PLAIN), take(cast, now, Basics(what="raped"))
    override(cast, now, told.reference, "under_18", "yes")
    override(cast, now, told.reference, "sexual_offence", "likely")
    override(cast, now, other.reference, "under_18", "yes")
    assert list(Referral.objects.values_list("urgency", flat=True)) == ["now", "now"]


def test_setting_aside_keeps_the_proposal_and_still_a_specialist_looks(cast: Any, now: datetime) -> None:
    """Nobody is argued out of help at a counter."""
    key = uuid4()
    told = take(cast, now, Basics(what="raped"), key=key)
    override(cast, now, told.reference, "sexual_offence", "not_indicated", "MARKWHY")
    row = Override.objects.select_related("vault").get()
    assert (row.by, row.opened("why"), row.at) == (cast.priya, "MARKWHY", now)
    assert told.triages.get().levels["sexual_offence"] == "likely"
    take(cast, now + timedelta(minutes=1), Basics(what="raped, I think"), key=key)
    newest = told.triages.order_by("-version__number").first()
    assert (newest.levels["sexual_offence"], newest.because) == ("likely", ["sexual_offence"])
    assert Referral.objects.count() == 1


def test_what_was_added_before_sending_counts_when_it_is_sent(cast: Any, now: datetime) -> None:
    """Added to a draft: nobody is told yet, then somebody is."""
    key, priya = uuid4(), as_reader(cast.priya)
    kept = keep_basics(actor=priya, at=now, sender_key=key, channel="counter", basics=PLAIN)
    override(cast, now, kept.reference, "sexual_offence", "possible")
    assert not Referral.objects.exists()
    take(cast, now, PLAIN, key=key)
    assert Referral.objects.get().because == ["sexual_offence"]


@pytest.mark.parametrize("why", ["", "  ", "\n"])
def test_nothing_is_set_without_saying_why(cast: Any, now: datetime, why: str) -> None:
    """The next person has to understand it."""
    told = take(cast, now, PLAIN)
    with pytest.raises(IntakeRefused, match="in a few words why"):
        override(cast, now, told.reference, "sexual_offence", "likely", why)
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("label", "level"), [("sexual_offence", "yes"), ("invented", "yes"), ("", ""), ("theft", "likely")]
)
def test_a_level_that_nobody_offered_is_refused(cast: Any, now: datetime, label: str, level: str) -> None:
    """With a sentence."""
    told = take(cast, now, PLAIN)
    with pytest.raises(IntakeRefused, match="Choose one that the page offers"):
        override(cast, now, told.reference, label, level)
    assert not Override.objects.exists()


def test_an_unknown_reference_is_refused(cast: Any, now: datetime) -> None:
    """Nothing is written."""
    with pytest.raises(NotFound, match="no disclosure with this reference"):
        override(cast, now, "AAAA-AAAA", "theft", "yes")


def test_outside_any_other_transaction_it_works_too(journey_db: None, now: datetime) -> None:
    """As it is called in the site."""
    cast = make_cast(now)
    told = take(cast, now, PLAIN)
    override(cast, now, told.reference, "sexual_offence", "possible")
    assert Referral.objects.exists()
    whole_journal()
