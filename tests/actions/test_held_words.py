"""Words sent to a locked desk: sealed, given back, let go."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from nightdesk.actions import held_words, sign_in
from nightdesk.actions._desk_time import open_desk
from nightdesk.queries.readers import held_for
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import Vault
from nightdesk.records.sign_in import HeldWords
from tests.people import as_reader

KEY = "k" * 32
WORDS = {"what": ["MARKER he took my phone", ""], "key": ["1"]}


@pytest.fixture
def priya(cast: Any, now: datetime) -> Any:
    """Priya at her desk, with words that were sent while it was locked."""
    open_desk(at=now, session_key=KEY, staff=cast.priya, browser="")
    reader = as_reader(cast.priya)
    held_words.seal_words(
        actor=reader, at=now, session_key=KEY, page="counter_form", path="/staff/counter/new/", fields=WORDS
    )
    return reader


def test_what_was_typed_comes_back_as_it_was(priya: Any, now: datetime) -> None:
    """Every value of every field."""
    held = held_words.open_words(actor=priya, at=now, session_key=KEY)
    assert (held.path, held.fields) == ("/staff/counter/new/", WORDS)


def test_the_database_holds_it_only_sealed(priya: Any) -> None:
    """Neither in the row nor in the line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_heldwords")
        row = cursor.fetchone()
    stored = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    assert b"MARKER" not in stored
    line = JournalLine.objects.get(kind="words_sealed")
    assert line.facts == {"page": "counter_form"}


def test_newer_words_replace_older_ones_and_their_key(priya: Any, now: datetime) -> None:
    """One page at a time is given back: the last one sent."""
    vaults = Vault.objects.count()
    held_words.seal_words(
        actor=priya, at=now, session_key=KEY, page="override", path="/x/", fields={"why": ["new"]}
    )
    assert held_words.open_words(actor=priya, at=now, session_key=KEY).fields == {"why": ["new"]}
    assert (HeldWords.objects.count(), Vault.objects.count()) == (1, vaults)


def test_nobody_else_gets_them(priya: Any, cast: Any, now: datetime) -> None:
    """Not even with the session's key."""
    assert held_for(as_reader(cast.sana), KEY) is None
    with pytest.raises(HeldWords.DoesNotExist):
        held_words.open_words(actor=as_reader(cast.sana), at=now, session_key=KEY)


@pytest.mark.parametrize("how", ["sent", "let_go"])
def test_once_released_nothing_is_left_of_them(priya: Any, now: datetime, how: str) -> None:
    """Row and key go together."""
    vaults = Vault.objects.count()
    assert held_words.release_words(actor=priya, at=now, session_key=KEY, how=how) == "/staff/counter/new/"
    assert held_for(priya, KEY) is None
    assert Vault.objects.count() == vaults - 1
    assert JournalLine.objects.get(kind="words_released").facts == {"how": how}


def test_a_session_that_ends_takes_them_along(priya: Any, now: datetime) -> None:
    """Whoever takes the desk over finds nothing."""
    vaults = Vault.objects.count()
    sign_in.end_session(actor=priya, at=now, session_key=KEY, how="taken_over")
    assert not HeldWords.objects.exists()
    assert Vault.objects.count() == vaults - 1
