"""The colours can be read by everyone, by day and by night (WCAG 2.2 AA: 1.4.3 text, 1.4.11 what is not text)."""

import re
from pathlib import Path

import pytest

import nightdesk.desks.furniture

STATIC = Path(nightdesk.desks.furniture.__file__).parent / "static" / "nightdesk"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
LOOK = (STATIC / "nightdesk.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "sheet", "grey-tint")
TEXT = [
    *[(ink, ground) for ground in GROUNDS for ink in ("ink", "quiet", "link")],
    *[(ink, ground) for ground in GROUNDS[:2] for ink in ("link-visited", "link-hover", "error", "good")],
    ("focus-ink", "focus"), ("bar-ink", "bar"), ("bar-quiet", "bar"), ("mark-ink", "mark"),
    ("go-ink", "go"), ("go-ink", "go-hover"), ("plain-ink", "plain"), ("plain-ink", "plain-hover"),
    ("stop-ink", "stop"), ("stop-ink", "stop-hover"), ("inverse", "brand"), ("inverse", "good"),
    ("calm-ink", "calm-tint"),
    *[(f"{tint}-ink", tint) for tint in ("good-tint", "warn-tint", "bad-tint", "dusk-tint", "grey-tint")],
]  # fmt: skip
CLOCKS = ("clock-open", "clock-soon", "clock-closing", "clock-closed")
SHAPES = [
    *[(shape, ground) for ground in ("paper", "sheet") for shape in ("field-line", "brand", "error", "good", *CLOCKS)],
    *[(clock, "track") for clock in CLOCKS],
    ("lamp", "bar"), ("focus", "bar"), ("go", "paper"), ("stop", "paper"), ("focus-ink", "focus"),
]  # fmt: skip


def blocks():
    """The colours of each theme block: light, dark as the device says, dark as chosen."""
    found = [
        dict(re.findall(r"--nd-([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\{[^{}]*\}", TOKENS)
    ]
    return [block for block in found if block]


LIGHT, DARK_BY_DEVICE, DARK_BY_CHOICE = blocks()


def luminance(colour):
    """WCAG's relative luminance of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG's contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_DEVICE], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (SHAPES, 3.0)], ids=["text", "shapes"])
def test_everything_can_be_read_in_both_themes(theme, pairs, least):
    low = {f"{a} on {b}": round(contrast(theme[a], theme[b]), 2) for a, b in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < least} == {}


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_dark_is_the_same_whether_the_device_or_the_person_asks_for_it():
    assert DARK_BY_DEVICE == DARK_BY_CHOICE
    assert DARK_BY_DEVICE.keys() == LIGHT.keys()


def test_the_dark_does_not_glare():
    assert luminance(DARK_BY_DEVICE["paper"]) > luminance("#0a0a0a")
    assert (
        max(
            luminance(DARK_BY_DEVICE[name])
            for name in ("paper", "sheet", "go", "stop", "good-tint", "bad-tint")
        )
        < 0.2
    )
    assert contrast(DARK_BY_DEVICE["ink"], DARK_BY_DEVICE["paper"]) < 14


def test_every_colour_has_a_name_and_every_name_is_used():
    assert re.findall(r"#[0-9a-f]{3,6}\b", re.sub(r"@media print \{.*", "", LOOK, flags=re.S)) == []
    used = set(re.findall(r"var\(--nd-([a-z-]+)\)", LOOK + TOKENS))
    assert used - LIGHT.keys() == {"clock-ink"}
    assert LIGHT.keys() - used == set()


def test_nothing_blinks_or_moves():
    assert not re.search(r"animation|transition|@keyframes|blink", LOOK)


def test_the_look_needs_no_second_copy_for_right_to_left():
    physical = r"(margin|padding|border)-(left|right)|[^-]\b(left|right):|text-align: (left|right)|float: (left|right)"
    assert re.findall(physical, LOOK) == []
