"""The rota from the command line: who is on, gaps, one more shift, a calendar file, shifts worked out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nightdesk.actions.rota_changes import note_absence
from nightdesk.records.contacts import ContactWay
from nightdesk.records.journal import JournalLine
from nightdesk.records.rota import Shift, StandIn
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.terms import LAYERS
from nightdesk.site.cli import main

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any, now: datetime) -> None:
    """The command line reads the time from the database; here it stands at `now`."""
    monkeypatch.setattr("nightdesk.queries.clock.database_now", lambda: now)


def refused(capsys: Any, *words: str) -> str:
    """The sentence a word was refused with."""
    assert main(words) == 1
    return str(capsys.readouterr().err)


def said(capsys: Any, *words: str, code: int = 0) -> str:
    """What a word printed."""
    assert main(words) == code
    return str(capsys.readouterr().out)


def utc(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def put_on(who: str, starts_at: datetime, ends_at: datetime, layers: tuple[str, ...] = LAYERS) -> None:
    for layer in layers:
        assert main(["rota", "add", "A", who, layer, utc(starts_at), utc(ends_at)]) == 0


def calendar_file(folder: Path, now: datetime, *events: tuple[str, str]) -> str:
    """A calendar of shifts (UID, who), eight hours tomorrow."""
    texts = (
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{who}\nDTSTART:{now + DAY:%Y%m%dT%H%M%SZ}\nDURATION:PT8H\nEND:VEVENT"
        for uid, who in events
    )
    path = folder / "duty.ics"
    path.write_text("\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *texts, "END:VCALENDAR")))
    return str(path)


def importing(path: str, *more: str, unit: str = "A") -> tuple[str, ...]:
    return ("rota", "import", path, "--unit", unit, "--layer", "soit", "--name", "Duty sheet", *more)


def test_a_shift_is_put_in_besides_whoever_is_on(cast: Any, now: datetime, capsys: Any) -> None:
    assert "Sana is on as soit" in said(
        capsys, "rota", "add", "a", "SANA", "soit", utc(now + DAY), utc(now + DAY + HOUR)
    )
    [row] = StandIn.objects.all()
    assert (row.staff, row.instead_of, row.noted_by) == (cast.sana, None, None)
    assert Shift.objects.standing().filter(stand_in=row, starts_at=row.starts_at).exists()


def test_a_time_is_meant_by_the_clock_on_the_wall(cast: Any) -> None:
    assert main(["rota", "add", "A", "priya", "soit", "2101-07-01T22:00", "2101-07-02T06:00"]) == 0
    assert StandIn.objects.get().starts_at == datetime(2101, 7, 1, 21, tzinfo=UTC)  # British summer time


def test_it_is_said_when_somebody_put_on_is_away_or_can_not_be_told(
    cast: Any, now: datetime, capsys: Any
) -> None:
    note_absence(
        actor=SYSTEM, at=now, staff=cast.rae, kind="leave", starts_at=now + DAY, ends_at=now + 2 * DAY
    )
    Staff.objects.filter(username="tom").update(email="")
    times = (utc(now + DAY), utc(now + DAY + HOUR))
    assert "They are away" in said(capsys, "rota", "add", "A", "rae", "soit", *times)
    assert not Shift.objects.filter(staff=cast.rae, stand_in__isnull=False).exists()
    assert "no working way" in said(capsys, "rota", "add", "A", "tom", "soit", *times)
    assert "on as soit in Unit A.\n" in said(capsys, "rota", "add", "A", "sana", "soit", *times)


def test_too_little_rest_is_told_and_noted(cast: Any, capsys: Any, now: datetime) -> None:
    """Whoever types it decides: the shift is there, and the line says that it was known."""
    shift = ("rota", "add", "A", "tom", "soit")
    assert "rest" not in said(capsys, *shift, utc(now + DAY), utc(now + DAY + 8 * HOUR))
    told = said(capsys, *shift, utc(now + DAY + 9 * HOUR), utc(now + DAY + 17 * HOUR))
    assert "1 of their other turns leave less than 11 hours of rest, or overlap." in told
    assert JournalLine.objects.get(kind="short_rest_noted").facts["username"] == "tom"


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("tonight", "2101-07-02T06:00", "not a time"),
        ("2101-07-02T06:00", "2101-07-01T22:00", "ends before"),
        ("2026-03-29T01:30", "2026-03-29T09:00", "did not happen"),
        ("2021-07-01T22:00", "2021-07-02T06:00", "has passed"),
    ],
)
def test_a_shift_that_can_not_be_is_refused(
    cast: Any, starts: str, ends: str, sentence: str, capsys: Any
) -> None:
    assert sentence in refused(capsys, "rota", "add", "A", "priya", "soit", starts, ends)
    assert not StandIn.objects.exists()


def test_unknown_names_are_said(cast: Any, tmp_path: Path, now: datetime, capsys: Any) -> None:
    times = ("2101-07-01T22:00", "2101-07-02T06:00")
    assert "no unit" in refused(capsys, "rota", "add", "Q", "priya", "soit", *times)
    assert "no account" in refused(capsys, "rota", "add", "A", "nobody", "soit", *times)
    for word in ("list", "gaps"):
        assert "Units: A, B" in refused(capsys, "rota", word, "--unit", "Q")
    path = calendar_file(tmp_path, now, ("1", "sana"))
    assert "Units: A, B" in refused(capsys, *importing(path, unit="Q"))


def test_a_force_without_units_is_told_what_to_do(db: None, capsys: Any) -> None:
    for word in ("list", "gaps", "work-out"):
        assert "unit add" in refused(capsys, "rota", word)


def test_who_is_on_is_listed_for_every_unit_and_without_those_who_are_away(
    cast: Any, now: datetime, capsys: Any
) -> None:
    both = said(capsys, "rota", "list", "--days", "1")
    assert both.index("Unit A") < both.index("Sana") < both.index("Unit B") < both.index("Kofi")
    note_absence(
        actor=SYSTEM, at=now, staff=cast.sana, kind="sick", starts_at=now - HOUR, ends_at=now + 2 * DAY
    )
    one = said(capsys, "rota", "list", "--unit", "a", "--days", "1")
    assert "Rae" in one
    assert "Sana" not in one
    assert "Unit B" not in one


def test_a_gap_within_a_day_makes_the_exit_code_one(cast: Any, now: datetime, capsys: Any) -> None:
    put_on("rae", now - HOUR, now + 20 * DAY)
    capsys.readouterr()
    assert "no gap in the next 14 days" in said(capsys, "rota", "gaps", "--unit", "A")
    shown = said(capsys, "rota", "gaps", code=1)
    assert shown.count("nobody is on") == 4
    assert "A  " not in shown


def test_a_gap_that_comes_later_is_shown_with_exit_code_none(cast: Any, now: datetime, capsys: Any) -> None:
    put_on("rae", now - HOUR, now + 3 * DAY)
    put_on("rae", now + 4 * DAY, now + 20 * DAY)
    capsys.readouterr()
    assert said(capsys, "rota", "gaps", "--unit", "A").count("nobody is on") == 4


def test_somebody_who_can_not_be_reached_covers_nothing(cast: Any, now: datetime, capsys: Any) -> None:
    put_on("rae", now - HOUR, now + 20 * DAY)
    Staff.objects.filter(username="rae").update(email="")
    assert not ContactWay.objects.exists()
    capsys.readouterr()
    assert "can’t be reached: Rae" in said(capsys, "rota", "gaps", "--unit", "A", code=1)


def test_a_calendar_file_is_read_in_and_what_is_rejected_is_told_with_its_line(
    cast: Any, now: datetime, tmp_path: Path, capsys: Any
) -> None:
    path = calendar_file(tmp_path, now, ("one@x", "Sana"), ("two@x", "Somebody else"))
    shown = said(capsys, *importing(path), code=1)
    assert "1 added, 0 withdrawn, 0 as before, 1 rejected." in shown
    [line] = [text for text in shown.splitlines() if "two@x" in text]
    assert line.startswith("10 ")
    assert line.endswith("names nobody of this force")
    assert Shift.objects.standing().get(stand_in__isnull=False).staff == cast.sana
    changed = calendar_file(tmp_path, now, ("three@x", "Rae"))
    assert "1 added, 1 withdrawn, 0 as before, 0 rejected." in said(capsys, *importing(changed))


def test_a_dry_run_tells_and_changes_nothing(cast: Any, now: datetime, tmp_path: Path, capsys: Any) -> None:
    path, lines = calendar_file(tmp_path, now, ("1", "Sana")), JournalLine.objects.count()
    shown = said(capsys, *importing(path, "--dry-run"))
    assert "Sana" in shown
    assert "Nothing was changed" in shown
    assert (StandIn.objects.count(), JournalLine.objects.count()) == (0, lines)


def test_a_file_that_is_no_calendar_or_not_there_is_refused(cast: Any, tmp_path: Path, capsys: Any) -> None:
    assert "can’t be read (FileNotFoundError)" in refused(capsys, *importing(str(tmp_path / "none.ics")))
    assert "can’t be read (IsADirectoryError)" in refused(capsys, *importing(str(tmp_path)))
    (tmp_path / "photo.ics").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    assert "no calendar file" in refused(capsys, *importing(str(tmp_path / "photo.ics")))


def test_a_calendar_needs_a_name(cast: Any, now: datetime, tmp_path: Path, capsys: Any) -> None:
    words = importing(calendar_file(tmp_path, now, ("1", "Sana")))[:-1]
    assert "Give the calendar a name" in refused(capsys, *words, " ")


def test_shifts_are_worked_out_for_every_unit_and_again_changes_nothing(
    cast: Any, now: datetime, capsys: Any
) -> None:
    put_on("rae", now + DAY, now + 2 * DAY, layers=("soit",))
    Shift.objects.filter(stand_in__isnull=False).update(cancelled_at=now, because="test")
    capsys.readouterr()
    assert said(capsys, "rota", "work-out").splitlines() == [
        "Shifts of Unit A (A): 1 added, 0 cancelled.",
        "Shifts of Unit B (B): 0 added, 0 cancelled.",
    ]
    assert "(A): 0 added" in said(capsys, "rota", "work-out")
