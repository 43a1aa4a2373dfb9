"""Stores and their temperatures from the command line."""

from pathlib import Path
from typing import Any

import pytest

from nightdesk.records.exhibits import Store, Temperature
from nightdesk.site.cli import main

pytestmark = pytest.mark.django_db
STORE = (
    "stores",
    "add",
    "hl-f1",
    "--station",
    "HL",
    "--name",
    "Fridge 1",
    "--kind",
    "fridge",
    "--capacity",
    "12",
)


def refused(capsys: Any, *words: str) -> str:
    """The sentence a word was refused with."""
    assert main(words) == 1
    return str(capsys.readouterr().err)


def test_a_store_is_added_and_listed(cast: Any, capsys: Any) -> None:
    assert main(STORE) == 0
    assert Store.objects.get().code == "HL-F1"
    assert "HL-F1 already" in refused(capsys, *STORE)
    assert "no station" in refused(capsys, *STORE[:4], "XX", *STORE[5:])
    assert main(["stores", "list"]) == 0
    assert "0 of 12" in capsys.readouterr().out


def test_a_file_is_tried_read_in_and_read_in_again(cast: Any, capsys: Any, tmp_path: Path) -> None:
    """Exit code 1 while a line is not taken, each told with its number."""
    main(STORE)
    path = tmp_path / "log.csv"
    path.write_text(
        "store;time;°C\nHL-F1;22/11/2026 02:10;4,5\nHL-F9;22/11/2026 02:10;4\n", encoding="cp1252"
    )
    assert main(["stores", "import", "--dry-run", str(path)]) == 1
    assert not Temperature.objects.exists()
    assert main(["stores", "import", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Line 3: There is no store with this code." in said
    assert "1 readings kept, 0 were kept already, 1 lines not taken." in said
    path.write_text("HL-F1;2026-11-22T02:10Z;4.5\n")
    assert main(["stores", "import", str(path)]) == 0
    assert "0 readings kept, 1 were kept already" in capsys.readouterr().out
    assert Temperature.objects.count() == 1


def test_a_file_that_can_not_be_read_is_said(cast: Any, capsys: Any, tmp_path: Path) -> None:
    assert "can’t be read" in refused(capsys, "stores", "import", str(tmp_path / "none.csv"))
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04\x00")
    assert "not a text file" in refused(capsys, "stores", "import", str(tmp_path / "sheet.xlsx"))
