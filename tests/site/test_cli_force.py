"""Setting a force up from the command line."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nightdesk.records.rota import Shift
from nightdesk.records.staff import Station, Unit
from nightdesk.site.cli import main

pytestmark = pytest.mark.django_db
UNIT = ("unit", "add", "NORTH", "--name", "North team", "--ring", "Control room, 01632 960100")


def refused(capsys: Any, *words: str) -> str:
    """The sentence a word was refused with."""
    assert main(words) == 1
    return str(capsys.readouterr().err)


def test_a_unit_its_station_and_a_shift_are_set_up(cast: Any, capsys: Any) -> None:
    assert main(UNIT) == 0
    assert main(["station", "add", "NQ", "--name", "North Quay", "--unit", "north"]) == 0
    assert main(["rota", "add", "NORTH", "priya", "soit", "2026-07-01T22:00", "2026-07-02T06:00"]) == 0
    assert Station.objects.get(code="NQ").unit == Unit.objects.get(code="NORTH")
    shift = Shift.objects.get(unit__code="NORTH")
    assert shift.starts_at == datetime(2026, 7, 1, 21, tzinfo=UTC)  # British summer time
    assert main(["unit", "list"]) == 0
    assert "North Quay" in capsys.readouterr().out


def test_a_code_is_not_given_twice(cast: Any, capsys: Any) -> None:
    main(UNIT)
    assert "already a unit" in refused(capsys, *UNIT)
    main(["station", "add", "NQ", "--name", "N", "--unit", "NORTH"])
    assert "already a station" in refused(capsys, "station", "add", "nq", "--name", "N", "--unit", "NORTH")


def test_unknown_names_are_said(cast: Any, capsys: Any) -> None:
    assert "unit add" in refused(capsys, "station", "add", "NQ", "--name", "N", "--unit", "Q")
    times = ("2026-07-01T22:00", "2026-07-02T06:00")
    assert "no unit" in refused(capsys, "rota", "add", "Q", "priya", "soit", *times)
    assert "no account" in refused(capsys, "rota", "add", "A", "nobody", "soit", *times)
    assert "no account" in refused(capsys, "user", "clear-second-factor", "nobody")


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("tonight", "2026-07-02T06:00", "not a time"),
        ("2026-07-02T06:00", "2026-07-01T22:00", "ends before"),
        ("2026-03-29T01:30", "2026-03-29T09:00", "did not happen"),
    ],
)
def test_a_shift_that_can_not_be_is_refused(
    cast: Any, starts: str, ends: str, sentence: str, capsys: Any
) -> None:
    assert sentence in refused(capsys, "rota", "add", "A", "priya", "soit", starts, ends)
    assert not Shift.objects.filter(staff__username="priya").exists()


def test_the_second_factor_of_a_lost_phone_is_cleared(cast: Any, capsys: Any) -> None:
    assert main(["user", "clear-second-factor", "PRIYA"]) == 0
    assert "sets up a new" in capsys.readouterr().out
