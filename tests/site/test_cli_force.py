"""Setting a force up from the command line."""

from typing import Any

import pytest

from nightdesk.records.staff import Station, Unit
from nightdesk.site.cli import main

pytestmark = pytest.mark.django_db
UNIT = ("unit", "add", "NORTH", "--name", "North team", "--ring", "Control room, 01632 960100")


def refused(capsys: Any, *words: str) -> str:
    """The sentence a word was refused with."""
    assert main(words) == 1
    return str(capsys.readouterr().err)


def test_a_unit_and_its_station_are_set_up(cast: Any, capsys: Any) -> None:
    assert main(UNIT) == 0
    assert main(["station", "add", "NQ", "--name", "North Quay", "--unit", "north"]) == 0
    assert Station.objects.get(code="NQ").unit == Unit.objects.get(code="NORTH")
    assert main(["unit", "list"]) == 0
    assert "North Quay" in capsys.readouterr().out


def test_a_code_is_not_given_twice(cast: Any, capsys: Any) -> None:
    main(UNIT)
    assert "already a unit" in refused(capsys, *UNIT)
    main(["station", "add", "NQ", "--name", "N", "--unit", "NORTH"])
    assert "already a station" in refused(capsys, "station", "add", "nq", "--name", "N", "--unit", "NORTH")


def test_unknown_names_are_said(cast: Any, capsys: Any) -> None:
    assert "unit add" in refused(capsys, "station", "add", "NQ", "--name", "N", "--unit", "Q")
    assert "no account" in refused(capsys, "user", "clear-second-factor", "nobody")


def test_the_second_factor_of_a_lost_phone_is_cleared(cast: Any, capsys: Any) -> None:
    assert main(["user", "clear-second-factor", "PRIYA"]) == 0
    assert "sets up a new" in capsys.readouterr().out
