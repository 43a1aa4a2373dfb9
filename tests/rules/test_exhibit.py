"""The code on a label, the court reference, what is overdue, and who sees what."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import exhibit as rule
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.exhibit import CodeUnreadable, Nearness, Standing
from nightdesk.rules.terms import COUNTER, ROLES, SOIT, SUPERVISOR

SIGNS = st.text(rule.SIGNS, min_size=8, max_size=8)


@given(SIGNS)
def test_a_code_is_read_back_however_it_was_typed(signs: str) -> None:
    """Small letters, spaces, no dash, another keyboard's dash, full-width letters, and the Enter of a scanner."""
    code = rule.exhibit_code(signs)
    assert (len(code), code[0], code[5]) == (11, "E", "-")
    plain = code.replace("-", "")
    for typed in (
        code,
        code.lower(),
        plain,
        " ".join(plain),
        plain[:5] + "/" + plain[5:],
        f"{code}\r\n",
        f"*{plain}*",
    ):
        assert rule.read_code(typed) == code
    assert rule.read_code("".join(chr(ord(sign) + 0xFEE0) for sign in plain)) == code


@given(SIGNS, st.integers(1, 9), st.sampled_from(rule.SIGNS))
def test_one_wrong_sign_is_always_noticed(signs: str, place: int, other: str) -> None:
    """Whichever sign, whatever it was read as."""
    plain = rule.exhibit_code(signs).replace("-", "")
    wrong = plain[:place] + other + plain[place + 1 :]
    if wrong != plain:
        with pytest.raises(CodeUnreadable, match="One sign of that code is wrong"):
            rule.read_code(wrong)


@given(SIGNS, st.integers(1, 9), st.integers(1, 9))
def test_two_signs_that_changed_places_are_always_noticed(signs: str, one: int, two: int) -> None:
    """Neighbours or not."""
    listed = list(rule.exhibit_code(signs).replace("-", ""))
    listed[one], listed[two] = listed[two], listed[one]
    if "".join(listed) != rule.exhibit_code(signs).replace("-", ""):
        with pytest.raises(CodeUnreadable):
            rule.read_code("".join(listed))


@given(st.text())
def test_whatever_is_scanned_is_a_code_or_a_sentence(typed: str) -> None:
    """A cereal box, another number, nothing."""
    said = ""
    try:
        assert rule.SHAPE.fullmatch(rule.read_code(typed).replace("-", ""))
    except CodeUnreadable as fault:
        said = str(fault)
    assert said == "" or said.endswith(".")


@pytest.mark.parametrize("typed", ["", "  ", "K7M2-Q9XR", "5012345678900", "E1234-56789", "EEEEE"])
def test_what_is_no_code_says_so(typed: str) -> None:
    """A case reference and a bar code of a shop are told apart from an exhibit."""
    with pytest.raises(CodeUnreadable, match="code"):
        rule.read_code(typed)


def test_a_code_is_made_of_its_own_signs_only() -> None:
    """Nothing that is read wrongly."""
    assert not set("01IOLSU") & set(rule.SIGNS)
    for wrong in ("2345678", "234567890", "2345678O"):
        with pytest.raises(ValueError, match="Give 8 signs"):
            rule.exhibit_code(wrong)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman-Holt", "PRH"), ("Inês Harcastle", "IH"), ("Łukasz Żak", "ŁZ"), ("Aoife O’Brien", "AO"),
        ("Sana", "S"), ("María de la Cruz y Vega", "MDLC"), ("", "X"), ("123", "X"), ("张 伟", "张伟"),
    ],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    """As people with all kinds of names sign."""
    assert rule.initials(name) == letters


def test_the_next_court_reference_counts_on_for_the_same_initials() -> None:
    """Two officers of the same initials share the row of numbers: it comes once in a case."""
    given_so_far = ["PRH/1", "S/1", "PRH/7", "PR/9", "PRH", "PRH/x"]
    assert rule.next_court_ref("Priya Raman-Holt", given_so_far) == "PRH/8"
    assert rule.next_court_ref("Paul R. Hall", given_so_far) == "PRH/8"
    assert rule.next_court_ref("Kofi Lathbury", given_so_far) == "KL/1"


def test_submission_is_due_by_the_days_of_the_pack() -> None:
    """Or never."""
    taken = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
    assert rule.submit_by(taken, 14) == taken + timedelta(days=14)
    assert rule.submit_by(taken, None) is None


@pytest.mark.parametrize(
    ("asked", "allowed", "held"), list(product((True, False), (None, True, False), (True, False)))
)
def test_nothing_is_destroyed_without_authority_or_under_a_hold(
    asked: bool, allowed: bool | None, held: bool
) -> None:
    """One combination of all lets it happen."""
    standing = Standing(asked, allowed, held)
    if (asked, allowed, held) == (True, True, False):
        rule.refuse_if_destruction_not_allowed(standing)
        return
    with pytest.raises(
        CustodyRefused, match="legal hold" if held else "supervisor decides|not decided|not allowed"
    ):
        rule.refuse_if_destruction_not_allowed(standing)


@pytest.mark.parametrize(
    ("role", "me", "took", "here", "unit", "mine"), list(product(ROLES, *[(False, True)] * 5))
)
def test_who_sees_an_exhibit_and_who_reads_what_is_written(
    role: str, me: bool, took: bool, here: bool, unit: bool, mine: bool
) -> None:
    """Every role in every relation: written out a second time."""
    near = Nearness(role, with_me=me, taken_by_me=took, here=here, case_of_my_unit=unit, case_mine=mine)
    if role == COUNTER:
        assert rule.may_see(near) is (me or took or here)
        assert not rule.may_read_description(near)
    elif role in (SOIT, SUPERVISOR):
        assert rule.may_see(near) is (me or took or here or unit or mine)
        assert rule.may_read_description(near) is (unit or mine)
    else:
        assert not rule.may_see(near)
        assert not rule.may_read_description(near)


@pytest.mark.parametrize(("role", "own", "asked"), list(product(ROLES, (True, False), (True, False))))
def test_only_another_supervisor_of_the_unit_decides(role: str, own: bool, asked: bool) -> None:
    """Never whoever asked."""
    assert rule.may_decide(role=role, own_unit=own, asked_by_me=asked) is (
        role == SUPERVISOR and own and not asked
    )
