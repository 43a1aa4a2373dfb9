"""Before new weights go live, a person reads what they change."""

from dataclasses import replace
from typing import Any

import pytest

from nightdesk.jobs.linkage_retraining import retrain
from nightdesk.linkage import changes
from nightdesk.linkage.changes import Rank, compare, not_learned, ranks_of, text
from nightdesk.linkage.comparisons import IDENTIFIERS
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights
from tests.linkage.reports import invented, weights


def with_bits(comparison: str, number: int, bits: float) -> Weights:
    """The shipped weights with one level changed."""
    levels = list(weights().levels[comparison])
    levels[number] = replace(levels[number], bits=bits)
    return replace(weights(), version="new", levels={**weights().levels, comparison: tuple(levels)})


def test_the_same_weights_change_nothing() -> None:
    found = compare(weights(), weights())
    assert found.moved == ()
    assert list(found.not_learned) == list(weights().about["not_learned"])
    assert all(each.kept and each.by == 0 for each in found.levels)
    assert len(found.levels) == sum(len(each.levels) for each in weights().comparisons)


@pytest.mark.parametrize(("more", "far"), [(0.9, False), (-0.9, False), (1.1, True), (-1.1, True)])
def test_a_level_that_moves_by_more_than_a_bit_is_told(more: float, far: bool) -> None:
    plain = weights().levels["hair"][0].bits
    found = compare(weights(), with_bits("hair", 0, plain + more))
    assert [(each.comparison, each.level) for each in found.moved] == ([("hair", "same")] if far else [])
    assert ("hair, same" in text(found)) is far


def test_what_only_one_version_compares_is_told_and_is_no_move() -> None:
    """Ethnicity switched off; a behaviour of the form that is new."""
    found = compare(weights(), weights().without_ethnicity())
    assert found.moved == ()
    assert {each.comparison for each in found.levels if not each.kept} == {"ethnicity"}
    assert "ethnicity, same: +" in text(found)
    assert "-> not compared" in text(found)


def test_levels_that_training_never_saw_are_listed() -> None:
    email = next(each for each in IDENTIFIERS if each.name == "email")
    assert not_learned({"email": [(None, 0.1), (1e-9, 0.1), (0.5, 0.9)]}, [email]) == [
        "email: same",
        "email: similar before the @",
    ]


def test_the_rank_of_a_link_is_its_place_in_the_list_of_the_later_report() -> None:
    held = [each for each in invented() if each.handle and each.lat is not None]
    twice = [*held[:30], replace(held[3], id="again")]
    found = ranks_of(twice, weights(), [(3, 30), (0, 30)])
    assert found[0] == 1
    assert found[1] > 1


def test_what_the_later_report_says_itself_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked as on the night it came; and counted again for the next one."""
    carried: list[int] = []

    def spied(query: Extract, index: Index, used: Weights) -> Any:
        carried.append(index.columns["stem"].carried(query.stem))
        return scan(query, index, used)

    monkeypatch.setattr(changes, "scan", spied)
    held = [each for each in invented() if each.stem][:20]
    mine = sum(each.stem == held[3].stem for each in held)
    ranks_of([*held, replace(held[3], id="again")], weights(), [(3, 20), (3, 20)])
    assert carried == [mine, mine]


def test_links_that_fall_are_told_without_an_id_and_those_in_the_first_ten_are_counted() -> None:
    ranks = [Rank("MARK-a", "MARK-b", 2, 40), Rank("MARK-a", "MARK-c", 15, 3), Rank("MARK-b", "MARK-c", 4, 4)]
    found = compare(weights(), with_bits("hair", 0, 3.0), ranks, unknown=2)
    assert found.listed() == (2, 2)
    said = text(found)
    assert "Confirmed links in the first 10: 2 before, 2 after, of 3." in said
    assert "  a confirmed link: 2 -> 40" in said
    assert said.count("a confirmed link:") == 1
    assert "MARK" not in said
    assert "could not be looked at: 2." in said


def test_training_anew_gives_weights_and_their_report_and_changes_nothing_itself() -> None:
    held = list(invented(rows=500, seed=9))
    current = weights().without_ethnicity()
    steps: list[tuple[str, int, int]] = []
    found = retrain(
        held, current, [(held[9].id, held[3].id), ("gone", held[3].id)], seed=1, version="anew",
        progress=lambda *step: steps.append(step),
    )  # fmt: skip
    assert (found.weights.version, found.weights.ethnicity) == ("anew", False)
    assert (found.changes.old, found.changes.new, found.changes.unknown) == ("shipped-2", "anew", 1)
    assert [(each.earlier, each.later) for each in found.changes.ranks] == [(held[3].id, held[9].id)]
    assert set(found.changes.not_learned) < set(found.weights.about["not_learned"])
    assert "email: same" in found.changes.not_learned
    assert steps[-1] == ("ranking", 3, 3)
    assert "ethnicity" not in text(found.changes)
