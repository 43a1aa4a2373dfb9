"""The weights are one file that a person can read and that says what it is."""

import json
from pathlib import Path

import pytest

from nightdesk.linkage.comparisons import comparisons
from nightdesk.linkage.weights import NoWeights, load, written
from tests.linkage.reports import weights


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every level, and where it is from."""
    (tmp_path / "w.json").write_text(written(weights()))
    assert load(tmp_path / "w.json") == weights()
    assert "seed" in weights().about


def test_a_file_for_other_levels_is_refused(tmp_path: Path) -> None:
    """Rather than weighing one level with another's bits."""
    (tmp_path / "w.json").write_text(written(weights()))
    told = json.loads((tmp_path / "w.json").read_text())
    told["levels"]["age"].pop()
    (tmp_path / "w.json").write_text(json.dumps(told))
    with pytest.raises(ValueError, match="levels of age"):
        load(tmp_path / "w.json")
    (tmp_path / "w.json").write_text("{}")
    with pytest.raises(ValueError, match="train anew"):
        load(tmp_path / "w.json")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read (No such file"),
        (b"MARKVALUE", "w.json is no weights file (JSONDecodeError)"),
        (b"\xff", "w.json is no weights file (UnicodeDecodeError)"),
        (b"[]", "w.json is no weights file (TypeError)"),
        (b'{"format": 1}', "w.json is no weights file (KeyError)"),
        (
            b'{"format": 1, "levels": {"age": [{"bits": "MARKVALUE"}]}}',
            "w.json is no weights file (TypeError)",
        ),
    ],
)
def test_a_file_that_is_none_is_said_without_its_contents(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    """Whatever is wrong with it, one kind of fault."""
    if content is not None:
        (tmp_path / "w.json").write_bytes(content)
    with pytest.raises(NoWeights) as found:
        load(tmp_path / "w.json")
    assert sentence in str(found.value)
    assert "MARKVALUE" not in str(found.value)


def test_ethnicity_can_be_switched_off_and_never_counts_as_rare() -> None:
    """A whole community must not weigh like a shared name."""
    assert "ethnicity" not in {each.name for each in weights().without_ethnicity().comparisons}
    assert next(each for each in comparisons(()) if each.name == "ethnicity").rarity == ""
