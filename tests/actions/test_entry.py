"""One write, one transaction, one line: all of it, or none of it, in one chain however many write."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.actions import _entry
from nightdesk.actions._entry import HalfDone, entry, together
from nightdesk.actions.reading import note_refusal
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.journal import JournalRefused
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader, make_cast

NIGHT = datetime(2026, 11, 22, 2, 10, 0, 123456, tzinfo=UTC)


def add(code: str, at: datetime = NIGHT) -> None:
    """A write with its line."""
    with entry("unit_added", actor=SYSTEM, at=at, code=code):
        Unit.objects.create(code=code, name=code)


def kinds() -> list[str]:
    """Kinds of the lines, in order."""
    return list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))


def codes() -> set[str]:
    """Codes of the units that were kept."""
    return set(Unit.objects.values_list("code", flat=True))


def test_a_write_leaves_one_line(db: None) -> None:
    """Who, when, what, of whom."""
    priya = Reader(id="p", role="counter")
    with entry("person_left", actor=priya, at=NIGHT, subject="K7M2-Q9XR", before_referral=True):
        pass
    line = JournalLine.objects.get()
    assert (line.seq, line.kind, line.actor, line.role, line.subject) == (
        1,
        "person_left",
        "p",
        "counter",
        "K7M2-Q9XR",
    )
    assert (line.at, line.facts, bytes(line.previous)) == (NIGHT, {"before_referral": True}, bytes(32))
    assert whole_journal() == 1


def test_a_line_can_be_filled_while_the_write_is_under_way(db: None) -> None:
    """What is known only afterwards."""
    with entry("person_left", actor=SYSTEM, at=NIGHT) as line:
        line.subject, line.facts = "K7M2-Q9XR", {"before_referral": False}
    assert JournalLine.objects.get().facts == {"before_referral": False}


FAULTY: list[dict[str, Any]] = [
    {}, {"code": "A", "more": 1}, {"code": 1.5}, {"code": NIGHT}, {"code": "a\0b"}, {"code": {1, 2}},
]  # fmt: skip


@pytest.mark.parametrize("facts", FAULTY, ids=str)
def test_a_line_that_is_refused_takes_the_write_with_it(db: None, facts: dict[str, Any]) -> None:
    """Fail closed: nothing is kept that the journal does not tell."""
    with pytest.raises(JournalRefused), entry("unit_added", actor=SYSTEM, at=NIGHT, **facts):
        Unit.objects.create(code="A", name="A")
    assert (codes(), kinds()) == (set(), [])


def test_an_undeclared_kind_takes_the_write_with_it(db: None) -> None:
    """Named, so that it is declared."""
    with (
        pytest.raises(JournalRefused, match="never_heard_of"),
        entry("never_heard_of", actor=SYSTEM, at=NIGHT),
    ):
        Unit.objects.create(code="A", name="A")
    assert codes() == set()


def test_a_time_without_a_zone_is_refused(db: None) -> None:
    """It could be an hour wrong."""
    with pytest.raises(ValueError, match="with its zone"):
        add("A", at=NIGHT.replace(tzinfo=None))
    assert kinds() == []


@pytest.mark.parametrize("hours", [-11, -1, 0, 1, 5.75, 14])
def test_lines_written_from_any_zone_verify(db: None, hours: float) -> None:
    """Stored, hashed and read back in UTC, to the microsecond."""
    add("A", at=NIGHT.astimezone(timezone(timedelta(hours=hours))))
    assert JournalLine.objects.get().at == NIGHT
    assert whole_journal() == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
    st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1990 < at.year < 2090),
)
def test_whatever_a_line_takes_it_verifies_with(db: None, value: Any, at: datetime) -> None:
    """Taken and hashed as it will be read back, or refused at once: never found broken years later."""
    try:
        with entry("desk_locked", actor=SYSTEM, at=at, how=value):
            pass
    except JournalRefused:
        assert "\\u0000" in repr(value).replace("\\x00", "\\u0000")
    whole_journal()


def test_actions_together_are_all_kept_in_order_or_none(db: None) -> None:
    """However deep they lie in one another."""

    @together
    def inner() -> None:
        add("A")
        add("B")

    @together
    def outer(fail: bool) -> None:
        with entry("person_left", actor=SYSTEM, at=NIGHT, before_referral=True):
            inner()
        add("C")
        if fail:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        outer(True)
    assert (codes(), kinds()) == (set(), [])
    outer(False)
    assert codes() == {"A", "B", "C"}
    assert [line.facts.get("code") for line in JournalLine.objects.order_by("seq")] == ["A", "B", None, "C"]
    assert whole_journal() == 4


def test_a_fault_that_somebody_caught_keeps_nothing(db: None) -> None:
    """Otherwise the half that was written before the fault would stay, without its line."""

    @together
    def careless() -> None:
        add("A")
        try:
            with entry("unit_added", actor=SYSTEM, at=NIGHT, code="B"):
                Unit.objects.create(code="B", name="B")
                raise RuntimeError
        except RuntimeError:
            pass

    with pytest.raises(HalfDone, match="nothing of it was kept"):
        careless()
    assert (codes(), kinds()) == (set(), [])
    add("C")
    assert (codes(), kinds()) == ({"C"}, ["unit_added"])


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_a_fault_leaves_no_line_for_the_next_write(db: None, fault: type[BaseException]) -> None:
    """The next request is served by the same thread."""

    @together
    def faulty() -> None:
        add("B")
        raise fault

    with pytest.raises(fault):
        faulty()
    assert getattr(_entry._local, "pending", None) is None
    add("C")
    assert (codes(), kinds(), whole_journal()) == ({"C"}, ["unit_added"], 1)


def test_a_line_that_cannot_be_stored_takes_the_write_with_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a lost connection: at the very last moment."""

    def broken(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(JournalLine.objects, "bulk_create", broken)
    with pytest.raises(OSError, match="disk full"):
        add("A")
    monkeypatch.undo()
    assert (codes(), kinds()) == (set(), [])
    add("B")
    assert whole_journal() == 1


def test_the_lines_of_one_thread_are_not_anothers(journey_db: None) -> None:
    """Two desks write at the same moment; one of them fails."""

    def failing() -> None:
        with entry("unit_added", actor=SYSTEM, at=NIGHT, code="A"):
            add("B")
            raise RuntimeError

    results = at_once(failing, lambda: add("C"), failing, lambda: add("D"))
    assert [type(result) for result in results] == [RuntimeError, type(None), RuntimeError, type(None)]
    assert (codes(), sorted(kinds()), whole_journal()) == ({"C", "D"}, ["unit_added"] * 2, 2)


def test_many_writers_leave_one_chain(journey_db: None) -> None:
    """Eight desks, twelve lines each, some of them several at a time: no fork, no gap, nothing lost."""

    @together
    def several(desk: int, turn: int) -> None:
        for part in range(3):
            note_refusal(actor=SYSTEM, at=NIGHT, what=f"{desk}-{turn}-{part}")

    def desk(number: int) -> None:
        for turn in range(4):
            several(number, turn)

    without_faults(at_once(*(lambda n=number: desk(n) for number in range(8))))
    said = list(JournalLine.objects.order_by("seq").values_list("facts__what", flat=True))
    assert whole_journal() == 96
    assert len(set(said)) == 96
    together_in_order = [said[n : n + 3] for n in range(0, 96, 3)]
    assert all([what.rsplit("-", 1)[1] for what in three] == ["0", "1", "2"] for three in together_in_order)


def test_a_writer_that_holds_a_row_and_one_that_points_to_it_do_not_block_each_other(
    journey_db: None,
) -> None:
    """Priya changes her second factor (her row is locked) while she is named in a new shift: both succeed.

    Foreign keys are checked at commit, with the chain in hand: without care each would wait for the other for ever.
    """
    cast = make_cast(NIGHT)
    locked, noted = threading.Event(), threading.Event()

    def change() -> None:
        with entry("second_factor_set", actor=SYSTEM, at=NIGHT, username="priya"):
            Staff.objects.select_for_update().get(pk=cast.priya.pk)
            locked.set()
            noted.wait(0.8)  # on SQLite nobody else writes meanwhile: then this just ends

    def point() -> None:
        from nightdesk.actions.rota import add_shifts

        locked.wait(10)
        threading.Timer(0.4, noted.set).start()
        hours = (NIGHT, NIGHT + timedelta(hours=1))
        add_shifts(actor=SYSTEM, at=NIGHT, unit=cast.unit_a, shifts=[(cast.priya, "soit", *hours)])

    without_faults(at_once(change, point))
    whole_journal()


def test_the_chain_is_taken_last(journey_db: None) -> None:
    """After its place in the chain is known comes the insert of the line and nothing else: nobody waits long."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        add("A")
    place = next(n for n, sql in enumerate(seen) if "records_journalline" in sql and sql.startswith("SELECT"))
    assert all("records_journalline" in sql or "SAVEPOINT" in sql for sql in seen[place:])
    assert any("records_unit" in sql for sql in seen[:place])


def test_an_entry_inside_somebody_elses_transaction_goes_with_it(db: None) -> None:
    """The demo makes its force in one transaction: nothing of it may stay when that fails."""
    with transaction.atomic():
        add("A")
        transaction.set_rollback(True)
    assert (codes(), kinds()) == (set(), [])


def test_a_reader_acts_under_their_own_id_and_role(cast: Any, now: datetime) -> None:
    """As they are now; the name is looked up when the line is shown."""
    note_refusal(actor=as_reader(cast.sana), at=now, what="journal")
    line = JournalLine.objects.order_by("-seq").first()
    assert line is not None
    assert (line.actor, line.role) == (str(cast.sana.pk), "soit")
