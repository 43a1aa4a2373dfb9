"""Intake with the lexicon of the pack: clear words lead to a specialist, and other matters wake nobody."""

from datetime import datetime
from typing import Any

import pytest

from nightdesk.records.referrals import Referral
from nightdesk.rules.basics import Basics
from tests.records.taking import take

SPECIALIST = [
    "he raped me last night",
    "I was raped",
    "rape",
    "I think I was sexually assaulted at a party",
    "someone spiked my drink and had sex with me while I was passed out",
    "I woke up and he was having sex with me, I never said yes",
    "went to a chill out, had G, blacked out and woke up sore, don't know what they did",
    "me violaron anoche",
    "zgwałcił mnie",
    "j'ai été violée hier soir",
]
NOBODY = [
    "lost my phone on the bus",
    "my bike was stolen from outside the station",
    "my neighbour plays loud music every night",
    "I want to report a car accident",
    "someone broke my window",
]


@pytest.mark.parametrize("what", SPECIALIST)
def test_these_words_ask_for_a_specialist(cast: Any, now: datetime, what: str) -> None:
    """In the languages of the counter."""
    told = take(cast, now, Basics(what=what))
    assert Referral.objects.get().because[0] == "sexual_offence"
    assert told.triages.get().levels["sexual_offence"] in ("likely", "possible")


@pytest.mark.parametrize("what", NOBODY)
def test_these_words_wake_nobody(cast: Any, now: datetime, what: str) -> None:
    """A specialist who is woken for a bicycle is not there for the next one."""
    take(cast, now, Basics(what=what))
    assert not Referral.objects.exists()


RELATED = [
    ("he raped me and stole my phone", "theft"),
    ("he is blackmailing me with the nudes I sent him on Grindr, he wants money", "blackmail"),
]


@pytest.mark.parametrize(("what", "tag"), RELATED)
def test_what_else_happened_is_proposed_with_it(cast: Any, now: datetime, what: str, tag: str) -> None:
    """By the name that the pack and the page have for it."""
    told = take(cast, now, Basics(what=what))
    assert told.triages.get().levels[tag] == "yes"


def test_the_words_are_kept_with_their_place_in_what_was_said(cast: Any, now: datetime) -> None:
    """So that the page can mark them."""
    what = "Last night. He raped me."
    reasons = take(cast, now, Basics(what=what)).triages.get().opened("reasons")
    found = [
        r for p in reasons if p["label"] == "sexual_offence" for r in p["reasons"] if r["field"] == "what"
    ]
    assert found
    assert all(what[r["start"] : r["end"]] == r["words"] for r in found)


@pytest.mark.parametrize(
    "what", ["\0", "🌙" * 200, "\u202e" + "ا" * 300, "a " * 10_000, "(" * 2000, "ﷺ" * 500]
)
def test_no_text_stops_the_intake(cast: Any, now: datetime, what: str) -> None:
    """Whatever is typed is kept."""
    assert take(cast, now, Basics(what=what)).versions.get().basics().what == what
