"""Identifiers: what is the same to a person is the same here, and what says nothing makes no two strangers equal."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.phones import normal_phone
from nightdesk.rules import identifiers

SAME: dict[Callable[[str], str], list[list[str]]] = {
    identifiers.handle: [
        ["@Night_Owl.99", "nightowl99", "NIGHT OWL 99", "night-owl-99", "https://example.test/night_owl99/",
         "example.test/@nightowl99?hl=en", "ｎｉｇｈｔｏｗｌ９９", "night\u200bowl99", "'@nightowl99'", "nightowl99#about"],
        ["Łukasz", "łukasz"], ["Zoë", "zoe"], ["🖤🖤", "@🖤🖤"],
    ],
    identifiers.plain: [
        ["  José   María ", "jose maria", "JOSÉ MARÍA", "Jose\u0301 Mari\u0301a", "\u200fJosé María\u200e"],
        ["Straße", "STRASSE"],
    ],
    identifiers.email: [
        ["Jo@Example.test", "jo@example.test", " jo+reports@example.test ", "JO @example.test"],
        ["j.o.e@gmail.com", "joe@googlemail.com", "Joe+x@gmail.com"],
    ],
    identifiers.vehicle: [["AB12 CDE", "ab12cde", "AB12-CDE", "ab 12 c.d.e"]],
}  # fmt: skip
DIFFERENT: list[tuple[Callable[[str], str], str, str]] = [
    (identifiers.handle, "nightowl99", "nightowl98"),
    (identifiers.email, "j.o@example.test", "jo@example.test"),
    (identifiers.email, "jo@example.test", "jo@example.invalid"),
    (identifiers.vehicle, "AB12 CDE", "AB12 CDF"),
    (identifiers.vehicle, "АВ 123", "ЕК 123"),
    (identifiers.plain, "Jo Smith", "Jo Smyth"),
]
PHONES = [
    "07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700 900123", "07700-900-123", "(07700) 900123",
    "\u202a+44 7700 900123\u202c", "٠٧٧٠٠٩٠٠١٢٣", "tel: 07700900123", "０７７００９００１２３",
]  # fmt: skip


@pytest.mark.parametrize(("normal", "forms"), [(n, forms) for n, groups in SAME.items() for forms in groups])
def test_one_identifier_written_in_many_ways_is_one(normal: Callable[[str], str], forms: list[str]) -> None:
    """Copied from a profile, typed from memory, pasted with invisible marks."""
    assert len({normal(form) for form in forms}) == 1, {form: normal(form) for form in forms}


@pytest.mark.parametrize(("normal", "first", "second"), DIFFERENT)
def test_two_identifiers_stay_two(normal: Callable[[str], str], first: str, second: str) -> None:
    """A normal form that says too little links strangers."""
    assert normal(first) != normal(second)


@pytest.mark.parametrize("form", PHONES)
def test_one_phone_written_in_many_ways_is_one(form: str) -> None:
    """In the form that the whole world uses."""
    assert normal_phone(form, "GB") == "+447700900123"


def test_a_phone_abroad_and_a_part_of_a_number_are_kept_apart() -> None:
    """The last four digits are not a number, and say so by having no plus."""
    assert normal_phone("+48 512 345 678", "GB") == "+48512345678"
    assert normal_phone("ends in 0123", "GB") == "0123"
    assert normal_phone("123", "GB") == "123"


@pytest.mark.parametrize("nothing", ["", "?", "...", "-", "unknown", "don't know", "n/a"])
def test_a_phone_that_is_no_number_tells_nobody_apart(nothing: str) -> None:
    """Otherwise every unknown number would be the same person's."""
    assert not identifiers.tells_apart(normal_phone(nothing, "GB"))


@pytest.mark.parametrize(
    "normal", [identifiers.handle, identifiers.plain, identifiers.vehicle, identifiers.email]
)
@pytest.mark.parametrize("nothing", ["", " ", "?", "...", "--", "\u200b", "@", "@@", "./"])
def test_marks_alone_tell_nobody_apart(normal: Callable[[str], str], nothing: str) -> None:
    """A question mark typed into a box is no identifier."""
    assert not identifiers.tells_apart(normal(nothing))


@pytest.mark.parametrize(
    "normal", [identifiers.handle, identifiers.plain, identifiers.vehicle, identifiers.digits]
)
@given(text=st.text(max_size=30))
def test_a_normal_form_is_its_own_normal_form(normal: Callable[[str], str], text: str) -> None:
    """So that what is stored can be compared with what is stored."""
    assert normal(normal(text)) == normal(text)


@given(text=st.text(max_size=60))
def test_any_text_at_all_has_a_normal_phone(text: str) -> None:
    """People type what they like."""
    found = normal_phone(text, "GB")
    assert found.lstrip("+").isdigit() or found == ""
    assert found.isascii()
