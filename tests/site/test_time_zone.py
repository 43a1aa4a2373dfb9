"""One clock: what Django shows and reads is the wall clock of the force that the pack names, as for the rules."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from nightdesk.outside import packs
from nightdesk.outside.current import force_zone
from nightdesk.outside.packs import time_zone_of
from tests.codebase.reading import PACKAGE


def test_the_settings_and_the_rules_go_by_one_clock() -> None:
    """Both from the pack in force."""
    assert settings.TIME_ZONE == force_zone().key == time_zone_of(settings.NIGHTDESK_PACK)
    assert str(timezone.get_default_timezone()) == force_zone().key


def test_a_pack_of_another_place_moves_them_both(tmp_path: Path) -> None:
    """A whole process with a pack of another zone: settings, pages and rules."""
    folder = tmp_path / "elsewhere"
    (folder / "lexicon").mkdir(parents=True)
    for path in (PACKAGE / "packs" / "england_wales").glob("*.toml"):
        told = path.read_text("utf-8").replace(
            'time_zone = "Europe/London"', 'time_zone = "America/St_Johns"'
        )
        (folder / path.name).write_text(told, "utf-8")
    code = (
        "import pathlib; from nightdesk.outside import packs; "
        f"packs.packs_folder = lambda: pathlib.Path({str(tmp_path)!r}); "
        "import django; django.setup(); from django.conf import settings; "
        "from nightdesk.outside.current import force_zone; print(settings.TIME_ZONE, force_zone().key)"
    )
    kept = {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings", "NIGHTDESK_PACK": "elsewhere", "NIGHTDESK_DEMO": "1",
        "NIGHTDESK_DATA": str(tmp_path), "NIGHTDESK_SECRET_KEY": "x" * 50,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | kept, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["America/St_Johns"] * 2


@pytest.mark.parametrize("told", ["", "time_zone = 7", 'time_zone = "Nowhere/At_All"', "time_zone = "])
def test_a_pack_that_names_no_zone_stops_no_settings(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`nightdesk pack check` has to start to say what is wrong with it."""
    monkeypatch.setattr(packs, "packs_folder", lambda: tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.toml").write_text(told)
    assert time_zone_of("broken") == time_zone_of("no_such_pack") == time_zone_of("../x") == "UTC"
