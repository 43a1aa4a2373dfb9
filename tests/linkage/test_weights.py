"""The weights are one file that a person can read and that says what it is."""

import json
from pathlib import Path

import pytest

from nightdesk.linkage.comparisons import comparisons
from nightdesk.linkage.weights import load, save
from tests.linkage.reports import weights


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every level, and where it is from."""
    save(weights(), tmp_path / "w.json")
    assert load(tmp_path / "w.json") == weights()
    assert "seed" in weights().about


def test_a_file_for_other_levels_is_refused(tmp_path: Path) -> None:
    """Rather than weighing one level with another's bits."""
    save(weights(), tmp_path / "w.json")
    told = json.loads((tmp_path / "w.json").read_text())
    told["levels"]["age"].pop()
    (tmp_path / "w.json").write_text(json.dumps(told))
    with pytest.raises(ValueError, match="levels of age"):
        load(tmp_path / "w.json")
    (tmp_path / "w.json").write_text("{}")
    with pytest.raises(ValueError, match="train anew"):
        load(tmp_path / "w.json")


def test_ethnicity_can_be_switched_off_and_never_counts_as_rare() -> None:
    """A whole community must not weigh like a shared name."""
    assert "ethnicity" not in {each.name for each in weights().without_ethnicity().comparisons}
    assert next(each for each in comparisons(()) if each.name == "ethnicity").rarity == ""
