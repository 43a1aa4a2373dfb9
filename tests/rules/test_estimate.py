"""Ages and heights as they are guessed."""

import pytest

from nightdesk.linkage.comparisons import comparisons
from nightdesk.linkage.weights import shipped
from nightdesk.rules.estimate import KINDS, NoEstimate, estimate


@pytest.mark.parametrize(
    ("name", "told", "found"),
    [
        ("age", "35", 35),
        ("age", " about 35 years ", 35),
        ("age", "30 to 40", 35),
        ("age", "30-40", 35),
        ("age", "40–30", 35),
        ("age", "between 30 and 35", 32),
        ("age", "120", 120),
        ("height_cm", "178", 178),
        ("height_cm", "178 cm", 178),
        ("height_cm", "1.78 m", 178),
        ("height_cm", "1,8", 180),
        ("height_cm", "5 ft 10", 178),
        ("height_cm", "5'10\"", 178),
        ("height_cm", "5’10”", 178),
        ("height_cm", "6ft", 183),
        ("height_cm", "5 foot 8 inches to 6 ft", 178),
        ("height_cm", "175 to 185", 180),
        ("height_cm", "roughly 1.75–1.80", 178),
    ],
)
def test_a_figure_is_taken_and_a_range_as_its_middle(name: str, told: str, found: int) -> None:
    assert estimate(name, told) == found


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("age", "0"), ("age", "121"), ("age", "thirty"), ("age", "-"), ("age", "30 to"), ("age", "20 to 25 to 30"),
        ("age", "30.5"), ("age", "5 ft"), ("age", "²"), ("height_cm", "99"), ("height_cm", "241"), ("height_cm", "tall"),
        ("height_cm", "5 ft 12"), ("height_cm", "9 ft"), ("height_cm", "178 to"), ("height_cm", "1.7777"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_refused(name: str, told: str) -> None:
    with pytest.raises(NoEstimate) as refusal:
        estimate(name, told)
    assert not refusal.value.wide


@pytest.mark.parametrize(("name", "told"), [("age", "20 to 41"), ("height_cm", "160 to 177")])
def test_a_range_that_tells_nobody_apart_is_refused(name: str, told: str) -> None:
    with pytest.raises(NoEstimate) as refusal:
        estimate(name, told)
    assert refusal.value.wide


@pytest.mark.parametrize("name", ["age", "height_cm"])
def test_the_widest_range_is_twice_the_last_step_of_the_engine(name: str) -> None:
    """So that whoever is at one of its ends is still compared as near."""
    held = name.removesuffix("_cm")
    steps = next(one for one in comparisons(shipped().behaviours) if one.name == held).levels
    assert KINDS[name].widest == 2 * max(level.limit for level in steps if level.agrees)
