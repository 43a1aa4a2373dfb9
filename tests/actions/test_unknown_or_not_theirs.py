"""Whoever may not know hears the same of a case that is not theirs as of a reference that nobody was ever given."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.destruction import place_hold
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.flags import Decision, decide_flag, note_telling, raise_flag
from nightdesk.actions.interest import ask_interest
from nightdesk.actions.openings import give_reason
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.shield import enter_answer, pass_on_desk_question
from nightdesk.rules.basics import Basics, with_answer_states
from tests.actions.shield import case_of_sana, said
from tests.people import as_reader
from tests.records.taking import take

NOBODYS = "ZZZZ-ZZZZ"
ACTS: dict[str, Callable[..., object]] = {
    "raise_flag": lambda at, **to: raise_flag(at=at, code="domestic_abuse", words="They said so.", **to),
    "decide_flag": lambda at, **to: decide_flag(
        at=at, flag=uuid4(), seen=0, decision=Decision("raise"), **to
    ),
    "note_telling": lambda at, **to: note_telling(
        at=at, flag=uuid4(), audience="person", told=True, way="phone", **to
    ),
    "ask_interest": lambda at, **to: ask_interest(
        at=at, key=uuid4(), kind="own_use", against=False, grounds="Said so.", **to
    ),
    "enter_answer": lambda at, **to: enter_answer(at=at, key=uuid4(), answer=said(at), **to),
    "pass_on_desk_question": lambda at, **to: pass_on_desk_question(at=at, **to),
    "place_hold": lambda at, **to: place_hold(at=at, reason="appeal", **to),
    "enter_exhibit": lambda at, **to: enter_exhibit(
        at=at, kind="urine_pot", taken_at=at, description="pot", **to
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_learns_by_asking_whether_a_reference_exists(cast: Any, now: datetime, act: str) -> None:
    """The same sentence for another unit's case and for one that is none."""
    heard = {}
    for reference in (case_of_sana(cast, now), NOBODYS):
        with pytest.raises(NotFound) as refused:
            ACTS[act](now, actor=as_reader(cast.kofi), reference=reference)
        heard[reference] = str(refused.value)
    assert len(set(heard.values())) == 1, heard


def test_what_is_told_and_no_case_yet_is_as_if_it_were_nothing(cast: Any, now: datetime) -> None:
    """A disclosure that waits at another counter is no case: a reason for opening one does not find it."""
    heard = set()
    coat = Basics(what="a coat was left on the bus")
    for reference in (take(cast, now, with_answer_states(coat, {})).reference, NOBODYS):
        with pytest.raises(NotFound) as refused:
            give_reason(
                actor=as_reader(cast.kofi), at=now, reference=str(reference), reason="linked", words="A link."
            )
        heard.add(str(refused.value))
    assert len(heard) == 1
