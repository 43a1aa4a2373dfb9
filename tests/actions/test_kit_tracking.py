"""Following a kit: number and words together, or one answer for everything that does not fit, at the same price."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import kit_tracking, kits
from nightdesk.actions.kit_tracking import TrackingRefused, WaitFirst, check_words
from nightdesk.outside.codes import new_kit_number
from nightdesk.records.journal import JournalLine
from nightdesk.records.sign_in import SignInAttempt
from tests.people import as_reader
from tests.records.taking import take

PRINTED, WITHOUT_CARD, UNKNOWN = "7EK9-4RCH-6J", "", "2222-2222-22"
HERE = "192.0.2.1"
WRONG = ("known", "unknown", "without_card", "no_number")


@pytest.fixture
def words(cast: Any, now: datetime) -> str:
    """The words of the card of kit PRINTED."""
    reference, priya = take(cast, now).reference, as_reader(cast.priya)
    kits.open_kit(actor=priya, at=now, reference=reference, number=PRINTED)
    made = kits.make_card(
        actor=priya, at=now, reference=reference, number=PRINTED, key=UUID(int=7), before=""
    )
    return " ".join(made)


@pytest.fixture
def numbers(cast: Any, now: datetime, words: str) -> dict[str, str]:
    """A known number, an unknown one, one of a kit without a card, and none."""
    bare = kits.open_kit(actor=as_reader(cast.priya), at=now, reference=take(cast, now).reference)
    return {
        "known": PRINTED,
        "unknown": new_kit_number(),
        "without_card": bare.number,
        "no_number": "nonsense",
    }


def asked(at: datetime, number: str, typed: str, client: str = HERE) -> str:
    """What the page is told."""
    return check_words(at=at, number=number, words=typed, client=client)


def test_number_and_words_in_any_spelling_open_it(words: str, now: datetime) -> None:
    """As a phone with capitals and full stops writes it."""
    assert asked(now, PRINTED, words) == PRINTED
    assert asked(now, "7ek9 4rch 6j", ", ".join(words.upper().split()) + ".") == PRINTED


@pytest.mark.parametrize("which", WRONG)
def test_everything_that_does_not_fit_is_refused_with_one_sentence(
    numbers: dict[str, str], now: datetime, which: str
) -> None:
    """Whether there is such a kit is not told."""
    with pytest.raises(TrackingRefused) as refused:
        asked(now, numbers[which], "acorn bridge camel daisy")
    assert str(refused.value) == "This number and these words do not belong together."


def test_the_same_work_is_done_whatever_does_not_fit(
    numbers: dict[str, str], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One digest (by far the longest part), the same statements, one line that differs in nothing."""
    runs: list[bytes] = []
    digest = kit_tracking.words_digest
    monkeypatch.setattr(
        kit_tracking, "words_digest", lambda typed, salt: runs.append(salt) or digest(typed, salt)
    )
    statements = []
    for minute, which in enumerate(WRONG):
        with CaptureQueriesContext(connection) as seen, pytest.raises(TrackingRefused):
            asked(now + timedelta(minutes=minute), numbers[which], "acorn bridge camel daisy")
        statements.append(len(seen))
    assert len(runs) == len(WRONG)
    assert all(len(salt) == 16 for salt in runs)
    assert len(set(statements)) == 1, statements
    lines = JournalLine.objects.filter(kind="kit_followed").values_list("facts", "subject", "actor")
    assert {str(line) for line in lines} == {str(({"fits": False, "attempt": 1}, "", "nobody"))}


def test_nothing_of_what_was_typed_is_kept(words: str, now: datetime) -> None:
    """Neither number nor words, in the journal or beside it."""
    with pytest.raises(TrackingRefused):
        asked(now, PRINTED, "acorn bridge camel daisy")
    asked(now, PRINTED, words)
    lines = JournalLine.objects.filter(kind="kit_followed")
    rows = str([*lines.values_list(), *SignInAttempt.objects.values_list()])  # a word may be a field's name
    assert not any(part in rows for part in (PRINTED, "acorn", words.split()[0], HERE))


def wrong_tries(now: datetime, number: str, times: int = 5, client: str = HERE) -> None:
    """So many, a second apart."""
    for second in range(times):
        with pytest.raises(TrackingRefused):
            asked(now + timedelta(seconds=second), number, "acorn bridge camel daisy", client)


def test_the_sixth_wrong_try_waits_and_then_the_right_words_open_it(words: str, now: datetime) -> None:
    """Slowed by seconds, never locked; what went right forgets the rest."""
    wrong_tries(now, PRINTED)
    with pytest.raises(WaitFirst):
        asked(now + timedelta(seconds=6), PRINTED, words)
    later = now + timedelta(seconds=70)
    assert asked(later, PRINTED, words) == PRINTED
    wrong_tries(later, PRINTED)


def test_nobody_elsewhere_can_hold_the_person_up(words: str, now: datetime) -> None:
    """Somebody who has the number tries from another place; and unknown numbers are slowed all the same."""
    wrong_tries(now, PRINTED, client="198.51.100.9")
    assert asked(now + timedelta(seconds=6), PRINTED, words) == PRINTED
    unknown = new_kit_number()
    wrong_tries(now, unknown)
    with pytest.raises(WaitFirst):
        asked(now + timedelta(seconds=6), unknown, words)


def test_a_hundred_tries_at_once_do_not_open_a_hundred_doors(words: str, now: datetime) -> None:
    """Counted before they are looked at: at one moment five are looked at, and no more."""
    looked_at = 0
    for _ in range(100):
        try:
            asked(now, PRINTED, "acorn bridge camel daisy")
        except TrackingRefused:
            looked_at += 1
        except WaitFirst:
            continue
    assert looked_at == 5
