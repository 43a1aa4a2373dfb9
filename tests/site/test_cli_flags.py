"""Looking back from the command line: what was read, what was sealed, what came of it."""

from typing import Any

import pytest

from nightdesk.queries.clock import database_now
from nightdesk.records.flags import CaseFlag
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import Vault
from nightdesk.rules.basics import Basics
from nightdesk.site.cli import main
from tests.actions.flags import told

pytestmark = pytest.mark.django_db
LOOK_BACK = ("flags", "look-back", "--since", "2026-01-01")


@pytest.fixture
def two(cast: Any) -> None:
    """One that can be read and one whose key is gone, told before there were flags."""
    now = database_now()
    told(cast, now)
    gone = told(cast, now, Basics(what="He raped me"))
    Vault.objects.filter(pk=gone.vault_id).update(wrapped=None, destroyed_at=now)
    CaseFlag.objects.all().delete()


def said(capsys: Any, *words: str) -> str:
    """What the command printed."""
    assert main(words) == 0
    return str(capsys.readouterr().out)


def test_it_says_how_far_it_is_and_what_it_could_not_read(two: None, capsys: Any) -> None:
    text = said(capsys, *LOOK_BACK, "--flag", "chemsex_context")
    assert text == (
        "2 of 2\nRead 1 of 2 disclosures. 1 were sealed: their key is gone. 0 were empty.\n"
        "Proposed: chemsex_context 1.\nPassed over: 0 proposed or raised already, 0 decided on the same words.\n"
    )
    assert "Passed over: 1 proposed or raised already" in said(
        capsys, *LOOK_BACK, "--flag", "chemsex_context"
    )


def test_a_dry_run_only_counts(two: None, capsys: Any) -> None:
    assert "Would be proposed: chemsex_context 1" in said(capsys, *LOOK_BACK, "--dry-run")
    assert not CaseFlag.objects.exists()


def test_whoever_gave_the_command_is_in_the_journal(two: None, capsys: Any) -> None:
    said(capsys, *LOOK_BACK)
    for kind in ("look_back_begun", "look_back_ended"):
        assert JournalLine.objects.get(kind=kind).actor.startswith("command-line:")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [(("--flag", "knife"), "No rule proposes knife"), (("--since", "2199-01-01"), "has not come yet")],
)
def test_what_makes_no_sense_is_refused(cast: Any, capsys: Any, more: tuple[str, ...], sentence: str) -> None:
    assert main([*LOOK_BACK, *more]) == 1
    assert sentence in capsys.readouterr().err


def test_a_day_that_is_none_is_not_understood(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["flags", "look-back", "--since", "31.2.2026"])
    assert ended.value.code == 2
    assert "Write it like 2026-01-31" in capsys.readouterr().err
