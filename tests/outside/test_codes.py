"""What a scanner sees on a label is the code of the exhibit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.codes import QUIET, new_exhibit_code, qr_modules, qr_svg
from nightdesk.rules.exhibit import RANDOM_SIGNS, SIGNS, exhibit_code, read_code
from tests.outside.qr import read_qr

CODES = st.text(SIGNS, min_size=RANDOM_SIGNS, max_size=RANDOM_SIGNS).map(exhibit_code)


def test_codes_are_random_and_right() -> None:
    """No two alike, each with its check sign."""
    made = [new_exhibit_code() for _ in range(200)]
    assert len(set(made)) == 200
    assert [read_code(code) for code in made] == made


@given(CODES)
def test_what_is_drawn_reads_back_by_the_standard(code: str) -> None:
    """By a reader that knows nothing of the library that drew it."""
    assert read_qr(qr_modules(code)) == code


@given(CODES)
def test_the_picture_has_the_same_modules_and_a_quiet_zone(code: str) -> None:
    """Module by module, four white ones all round."""
    svg, modules = qr_svg(code), qr_modules(code)
    dark = {(int(y) - QUIET, int(x) - QUIET) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg)}
    assert dark == {(y, x) for y, row in enumerate(modules) for x, on in enumerate(row) if on}
    assert f'viewBox="0 0 {len(modules) + 2 * QUIET} {len(modules) + 2 * QUIET}"' in svg


def test_the_reader_of_the_tests_finds_a_fault() -> None:
    """A code with a finder spoilt is none; a module of the data changed reads otherwise."""
    code = "EK7M2-Q9XRT"
    modules = [list(row) for row in qr_modules(code)]
    modules[20][20] ^= 1
    try:
        found = read_qr(modules)
    except (ValueError, IndexError):
        found = ""
    assert found != code
    modules[3][3] ^= 1
    with pytest.raises(ValueError, match="no finder"):
        read_qr(modules)
