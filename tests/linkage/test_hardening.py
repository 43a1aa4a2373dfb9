"""Whatever training says, the weights stay fit to be shown to a person."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.linkage.comparisons import USUAL_KM, Comparison, comparisons
from nightdesk.linkage.hardening import LEAST, MOST, Figures, harden
from nightdesk.linkage.weights import Weights, chance
from tests.linkage.reports import weights

ALL = comparisons(("filmed", "choked"))
FIGURE = st.one_of(st.none(), st.sampled_from([1e-6, 4e-80, 1.0]), st.floats(1e-9, 1.0))


def faults(comparison: Comparison, bits: list[float]) -> list[str]:
    """What is wrong with the weights of one comparison."""
    last = len(bits) - 1
    found = [
        f"{weight} out of bounds" for weight in bits if not LEAST <= weight <= MOST or math.isnan(weight)
    ]
    found += ["a worse level above a better one"] * (bits != sorted(bits, reverse=True))
    found += ["a difference for"] * (bits[last] > 0) + ["a veto"] * (bits[last] < comparison.floor - 1e-9)
    for level, weight in zip(comparison.levels, bits, strict=True):
        if level.agrees and not comparison.graded and weight < 0:
            found.append(f"{level.name} against")
        if comparison.name.startswith("place_home") and level.limit > USUAL_KM and weight >= 0:
            found.append("far homes for")
    return found


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_training_makes_a_veto_or_an_agreement_against(data: st.DataObject) -> None:
    """Also one that saw nothing, or went wrong."""
    for comparison in ALL:
        figures = data.draw(
            st.lists(
                st.tuples(FIGURE, FIGURE), min_size=len(comparison.levels), max_size=len(comparison.levels)
            )
        )
        hard = harden({comparison.name: figures}, [comparison])[comparison.name]
        assert not faults(comparison, [each.bits for each in hard])


def test_what_training_never_saw_has_its_prior() -> None:
    """A field without a single pair still works."""
    for comparison in ALL:
        assert not faults(comparison, [each.bits for each in harden({}, [comparison])[comparison.name]])


@pytest.mark.parametrize("comparison", weights().comparisons, ids=lambda each: each.name)
def test_the_shipped_weights_are_hard(comparison: Comparison) -> None:
    """Every level is there, ordered and bounded."""
    levels = weights().levels[comparison.name]
    assert [each.level for each in levels] == [each.name for each in comparison.levels]
    assert not faults(comparison, [each.bits for each in levels])


def test_no_single_difference_outweighs_a_shared_number() -> None:
    """A man with the same phone is worth looking at, whatever else differs by one thing."""
    phone = weights().levels["phone"][0].bits
    assert all(levels[-1].bits + phone > 0 for levels in weights().levels.values())


def test_two_homes_of_a_man_who_moved_do_not_veto() -> None:
    """Training once gave them 264 bits against."""
    veto: Figures = [(0.9, 1e-4), *[(4e-80, 0.1)] * 6]
    home = next(each for each in ALL if each.name == "place_home_point")
    assert harden({home.name: veto}, [home])[home.name][-1].bits >= -3.5


def test_the_prior_falls_as_reports_grow() -> None:
    """Twice the reports, one bit less; the order never changes."""
    one: Weights = weights()
    assert one.prior_bits(10_000) - one.prior_bits(20_000) == pytest.approx(1.0, abs=0.01)
    assert (
        chance(20, one.prior_bits(10_000))
        > chance(20, one.prior_bits(1_000_000))
        > chance(10, one.prior_bits(1_000_000))
    )
