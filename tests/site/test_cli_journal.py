"""`nightdesk journal verify` finds whatever somebody with the keys to the database changed."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from nightdesk.queries import journal
from nightdesk.queries.journal import verify_journal
from nightdesk.records import guard
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.journal import Line, line_hash
from nightdesk.site.cli import main
from tests.people import as_reader


@pytest.fixture
def lines(cast: Any) -> int:
    """How many lines the cast's accounts and shifts left; enough to break one in the middle."""
    number = JournalLine.objects.count()
    assert number > 10
    return number


def changed(change: Callable[[], Any]) -> None:
    """What an owner of the tables could do: lift the guard, change, set it again."""
    guard.lift(connection)
    change()
    guard.set_guard(connection)


def test_a_whole_journal_is_said_to_be_whole(lines: int, capsys: Any) -> None:
    assert main(["journal", "verify"]) == 0
    said = capsys.readouterr().out
    assert f"{lines} lines" in said
    assert f"Head, to keep elsewhere: {lines}:" in said


def test_an_empty_journal_is_whole_and_has_no_head(db: None, capsys: Any) -> None:
    assert main(["journal", "verify"]) == 0
    assert "Head" not in capsys.readouterr().out


def test_changed_facts_are_found(lines: int, capsys: Any) -> None:
    changed(lambda: JournalLine.objects.filter(seq=5).update(facts={"code": "other"}))
    found = verify_journal(SYSTEM)
    assert (found.broken_at, found.why, found.guarded) == (5, journal.CHANGED_LINE, True)
    assert main(["journal", "verify"]) == 1
    assert "BROKEN at line 5" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [{"actor": "somebody"}, {"kind": "pin_set"}, {"role": "admin"}, {"subject": "ZZZZ-2222"}, {"at": None}],
)
def test_every_column_counts(lines: int, change: dict[str, Any], now: Any) -> None:
    change = {"at": now.replace(second=1)} if "at" in change else change
    changed(lambda: JournalLine.objects.filter(seq=7).update(**change))
    assert verify_journal(SYSTEM).broken_at == 7


def test_a_deleted_line_is_found(lines: int) -> None:
    changed(lambda: JournalLine.objects.filter(seq=6).delete())
    found = verify_journal(SYSTEM)
    assert (found.broken_at, found.why) == (7, journal.GAP)


def test_a_deleted_first_line_is_found(lines: int) -> None:
    changed(lambda: JournalLine.objects.filter(seq=1).delete())
    assert (verify_journal(SYSTEM).broken_at, verify_journal(SYSTEM).why) == (2, journal.GAP)


def test_swapped_lines_are_found(lines: int) -> None:
    def swap() -> None:
        for old, new in ((4, 0), (5, 4), (0, 5)):
            JournalLine.objects.filter(seq=old).update(seq=new)

    changed(swap)
    found = verify_journal(SYSTEM)
    assert (found.broken_at, found.why) == (4, journal.CHANGED_HASH)


def test_a_line_made_anew_with_its_own_hash_breaks_the_next_one(lines: int) -> None:
    row = JournalLine.objects.get(seq=8)
    forged = line_hash(
        Line(8, row.at, row.kind, "forged", row.role, row.subject, row.facts), bytes(row.previous)
    )
    changed(lambda: JournalLine.objects.filter(seq=8).update(actor="forged", digest=forged))
    found = verify_journal(SYSTEM)
    assert (found.broken_at, found.why) == (9, journal.CHANGED_HASH)


def test_a_changed_hash_is_found(lines: int) -> None:
    changed(lambda: JournalLine.objects.filter(seq=3).update(digest=hashlib.sha256(b"x").digest()))
    assert (verify_journal(SYSTEM).broken_at, verify_journal(SYSTEM).why) == (3, journal.CHANGED_LINE)


def test_a_missing_guard_is_said_even_when_every_line_is_right(lines: int, capsys: Any) -> None:
    guard.lift(connection)
    assert main(["journal", "verify"]) == 1
    said = capsys.readouterr().out
    guard.set_guard(connection)
    assert "GUARD IS MISSING" in said
    assert "BROKEN" not in said


def test_newest_lines_taken_away_are_found_by_a_head_kept_elsewhere(lines: int, capsys: Any) -> None:
    before = verify_journal(SYSTEM)
    changed(lambda: JournalLine.objects.filter(seq=lines).delete())
    assert verify_journal(SYSTEM).whole, "the chain alone can't tell"
    assert main(["journal", "verify", "--head", f"{before.head}:{before.head_hash}"]) == 1
    assert f"BROKEN at line {lines}" in capsys.readouterr().out


def test_a_head_that_still_fits_is_accepted_after_more_lines(lines: int) -> None:
    row = JournalLine.objects.get(seq=lines - 3)
    assert verify_journal(SYSTEM, kept_head=(row.seq, bytes(row.digest).hex())).whole
    found = verify_journal(SYSTEM, kept_head=(row.seq, "0" * 64))
    assert (found.broken_at, found.why) == (row.seq, journal.HEAD_GONE)


def test_checking_may_begin_in_the_middle(lines: int, capsys: Any) -> None:
    changed(lambda: JournalLine.objects.filter(seq=2).update(actor="x"))
    assert main(["journal", "verify", "--from", "5"]) == 0
    assert f"{lines - 4} lines" in capsys.readouterr().out
    assert main(["journal", "verify", "--from", str(lines + 50)]) == 1


@pytest.mark.parametrize("head", ["17", "0:" + "a" * 64, "5:xyz", "5:" + "A" * 64])
def test_a_head_that_can_not_be_read_is_refused(lines: int, head: str, capsys: Any) -> None:
    assert main(["journal", "verify", "--head", head]) == 1
    assert "number, a colon and the hash" in capsys.readouterr().err


@pytest.mark.parametrize("start", ["0", "-1", "x", "٣"])
def test_a_line_number_that_is_none_is_not_understood(start: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["journal", "verify", "--from", start])
    assert ended.value.code == 2


def test_pieces_join_without_a_seam(lines: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(journal, "PIECE", 4)
    assert verify_journal(SYSTEM).lines == lines
    changed(lambda: JournalLine.objects.filter(seq=5).delete())  # the first of a piece
    assert verify_journal(SYSTEM).broken_at == 6


def test_only_the_auditor_and_the_command_check_the_journal(cast: Any) -> None:
    assert verify_journal(as_reader(cast.odile)).whole
    for person in (cast.priya, cast.sana, cast.ben):
        with pytest.raises(AccessRefused):
            verify_journal(as_reader(person))
