"""search rebuild: how far it is, what it wrote, and that cut off it goes on."""

from datetime import datetime
from typing import Any

from nightdesk.actions.search import begin_rebuild, rebuild_batch
from nightdesk.records.search import SearchKey, SearchRebuild
from nightdesk.rules.access import SYSTEM
from nightdesk.site.cli import main
from tests.people import make_cast
from tests.records.taking import take


def test_keys_are_made_anew_and_counted(now: datetime, capsys: Any) -> None:
    cast = make_cast(now)
    for _ in range(3):
        take(cast, now)
    count = SearchKey.objects.count()
    SearchKey.objects.all().delete()
    assert main(["search", "rebuild"]) == 0
    assert "3 of 3\nRead 3 disclosures; 0 could not be opened" in capsys.readouterr().out
    assert SearchKey.objects.count() == count > 0


def test_a_run_that_was_cut_off_is_ended_by_the_same_command(now: datetime, capsys: Any) -> None:
    cast = make_cast(now)
    for _ in range(3):
        take(cast, now)
    run = begin_rebuild(actor=SYSTEM, at=now)
    rebuild_batch(actor=SYSTEM, at=now, run=run.pk, most=2)
    assert main(["search", "rebuild"]) == 0
    assert "Read 3 disclosures" in capsys.readouterr().out
    assert SearchRebuild.objects.get().ended_at is not None


def test_nothing_to_do_is_done(capsys: Any) -> None:
    assert main(["search", "rebuild"]) == 0
    assert "Read 0 disclosures" in capsys.readouterr().out
