"""One more turn: what it leaves of somebody's rest, and that an answer counts only for what was shown."""

from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.rules.rota import Span
from nightdesk.rules.strain import (
    LONG,
    TIRED,
    TWICE,
    StrainUnanswered,
    refuse_if_unanswered,
    strain_token,
    strains,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def span(starts: float, ends: float, staff: str = "sana", layer: str = "soit") -> Span:
    return Span(staff, layer, NOW + starts * HOUR, NOW + ends * HOUR)


@pytest.mark.parametrize(
    ("own", "why", "rest"),
    [
        (span(-8, 0), LONG, 0), (span(-4, 0), "", 0), (span(8, 16), LONG, 0), (span(8, 13), "", 0),
        (span(-8, -1), TIRED, 1), (span(-19, -11), "", 11), (span(18.5, 26), TIRED, 10.5), (span(19, 27), "", 11),
        (span(-2, 1), TWICE, 0), (span(2, 4), TWICE, 0), (span(-5, 20), TWICE, 0), (span(0, 8, layer="second"), TWICE, 0),
        (span(2, 4, staff="rae"), "", 0),
    ],
)  # fmt: skip
def test_eight_hours_more_beside_what_somebody_has_anyhow(own: Span, why: str, rest: float) -> None:
    found = strains(span(0, 8), [own])
    assert [one.why for one in found] == ([why] if why else [])
    assert all(one.rest == rest * HOUR for one in found)


def test_every_turn_that_is_too_close_is_named_also_behind_another() -> None:
    found = strains(span(20, 28), [span(0, 24), span(2, 4), span(30, 38)])
    assert [one.why for one in found] == [TWICE, TIRED]


def test_what_is_given_up_in_return_does_not_count() -> None:
    given = span(8, 16)
    assert strains(span(0, 8), [given])
    assert not strains(span(0, 8), [given], given_up=[given])


def test_an_answer_counts_for_exactly_what_was_shown() -> None:
    shown, more = strains(span(0, 8), [span(9, 12)]), strains(span(0, 8), [span(9, 12), span(-3, -1)])
    with pytest.raises(StrainUnanswered) as asked:
        refuse_if_unanswered(shown, "")
    refuse_if_unanswered(shown, asked.value.token)
    with pytest.raises(StrainUnanswered):
        refuse_if_unanswered(more, asked.value.token)
    refuse_if_unanswered([], "whatever")
    assert strain_token(more) == strain_token(more[::-1]) != strain_token(shown)
    assert strain_token([]) == ""
