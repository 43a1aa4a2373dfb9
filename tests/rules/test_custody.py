"""Custody: whatever anybody tries, an exhibit is with exactly one holder at every moment, and there is no gap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.custody import (
    ACTS,
    Act,
    CustodyRefused,
    Holder,
    Link,
    acts_from,
    breaks,
    holder_at,
    is_late,
    next_link,
)
from nightdesk.rules.terms import CUSTODY, OUTSIDE

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PRIYA, SANA = Holder("staff", "priya"), Holder("staff", "sana")
FRIDGE, FREEZER = Holder("store", "fridge"), Holder("store", "freezer")
PLACES = tuple(Holder(place) for place in OUTSIDE)
HOLDERS = (PRIYA, SANA, FRIDGE, FREEZER, *PLACES)


def chain_of(*steps: tuple[str, Holder]) -> list[Link]:
    """A chain of these steps, a minute apart."""
    chain: list[Link] = []
    for number, (what, after) in enumerate(steps):
        newest = chain[-1] if chain else None
        at = NOW + number * MINUTE
        act = Act(what, at, newest.holder if newest else None, after, newest.number if newest else 0)
        chain.append(next_link(newest, act, at))
    return chain


def test_the_table_knows_every_act_and_every_holder() -> None:
    """What the records may hold and what the rule allows are the same words."""
    assert tuple(ACTS) == CUSTODY
    kinds = {kind for before, after in ACTS.values() for kind in (*before, *after)}
    assert kinds == {"staff", "store", *OUTSIDE}


def test_a_whole_life() -> None:
    """Taken, handed on, in the fridge, out, to the laboratory and back, destroyed."""
    chain = chain_of(
        ("taken", PRIYA), ("handed", SANA), ("stored", FRIDGE), ("received", SANA), ("sent", Holder("laboratory")),
        ("received", PRIYA), ("destroyed", Holder("destroyed")),
    )  # fmt: skip
    assert [link.number for link in chain] == [1, 2, 3, 4, 5, 6, 7]
    assert breaks(chain) == ()
    assert holder_at(chain, NOW - MINUTE) is None
    assert holder_at(chain, NOW + 2.5 * MINUTE) == FRIDGE
    assert acts_from(chain[-1].holder) == ()


def test_what_was_taken_elsewhere_begins_there() -> None:
    """Swabs taken at the SARC are with the SARC until somebody fetches them."""
    chain = chain_of(("taken", Holder("sarc")), ("received", SANA))
    assert holder_at(chain, NOW) == Holder("sarc")
    assert breaks(chain) == ()


@pytest.mark.parametrize(("what", "before", "after"), list(product(CUSTODY, (None, *HOLDERS), HOLDERS)))
def test_every_step_is_allowed_or_refused_as_the_table_says(
    what: str, before: Holder | None, after: Holder
) -> None:
    """Every act from every holder to every holder."""
    newest = Link(3, "handed", NOW, before, NOW) if before else None
    act = Act(what, NOW, before, after, 3 if before else 0)
    kinds_before, kinds_after = ACTS[what]
    fits = (before is None and what == "taken") or (before is not None and before.kind in kinds_before)
    if fits and after.kind in kinds_after and after != before:
        link = next_link(newest, act, NOW)
        assert (link.number, link.what, link.holder, link.at) == (4 if before else 1, what, after, NOW)
    else:
        with pytest.raises(CustodyRefused):
            next_link(newest, act, NOW)


def test_a_link_takes_it_from_where_it_is() -> None:
    """The page said the fridge, but Sana has it by now: refused, whether the number or the holder gives it away."""
    (taken, stored) = chain_of(("taken", PRIYA), ("stored", FRIDGE))
    act = Act("received", NOW + 5 * MINUTE, FRIDGE, SANA, 2)
    assert next_link(stored, act, NOW + 5 * MINUTE).holder == SANA
    for overlooked in (replace(act, number=1), replace(act, before=FREEZER), replace(act, before=None)):
        with pytest.raises(CustodyRefused, match="not where this page said"):
            next_link(stored, overlooked, NOW + 5 * MINUTE)
    assert taken.holder == PRIYA


def test_times_never_run_backwards_and_never_ahead() -> None:
    """A late entry is welcome, between the last entry and now; the minute of the last entry counts as after it."""
    newest = Link(1, "taken", NOW + timedelta(seconds=40), PRIYA, NOW + timedelta(seconds=40))
    now = NOW + 90 * MINUTE
    act = Act("stored", NOW, PRIYA, FRIDGE, 1)
    assert next_link(newest, act, now).at == newest.at
    late = next_link(newest, replace(act, at=NOW + 10 * MINUTE), now)
    assert (late.at, late.noted_at, is_late(late)) == (NOW + 10 * MINUTE, now, True)
    assert not is_late(next_link(newest, replace(act, at=now), now))
    with pytest.raises(CustodyRefused, match="earlier than the last entry"):
        next_link(newest, replace(act, at=NOW - MINUTE), now)
    with pytest.raises(CustodyRefused, match="lies ahead"):
        next_link(newest, replace(act, at=now + MINUTE), now)


def test_what_is_destroyed_stays_destroyed() -> None:
    """Nothing follows."""
    end = Link(9, "destroyed", NOW, Holder("destroyed"), NOW)
    with pytest.raises(CustodyRefused, match="was destroyed"):
        next_link(end, Act("received", NOW, Holder("destroyed"), PRIYA, 9), NOW)
    with pytest.raises(CustodyRefused, match="begins with being taken"):
        next_link(None, Act("stored", NOW, None, FRIDGE, 0), NOW)
    with pytest.raises(CustodyRefused, match="one of the steps"):
        next_link(end, Act("lost", NOW, None, PRIYA, 9), NOW)


TRIES = st.lists(
    st.tuples(
        st.sampled_from(CUSTODY), st.sampled_from(HOLDERS), st.sampled_from((None, *HOLDERS)),
        st.integers(0, 12), st.integers(-90, 90), st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(TRIES)
def test_no_sequence_of_tries_leaves_a_gap_or_two_holders(
    tries: list[tuple[str, Holder, Holder | None, int, int, bool]],
) -> None:
    """Right and wrong acts, with right and wrong holders, numbers and times: what is kept is one unbroken chain."""
    chain: list[Link] = []
    for what, after, before, number, seconds, honest in tries:
        newest, now = (chain[-1] if chain else None), NOW + len(chain) * MINUTE
        if honest and newest:
            before, number = newest.holder, newest.number
        try:
            chain.append(
                next_link(newest, Act(what, now + timedelta(seconds=seconds), before, after, number), now)
            )
        except CustodyRefused:
            continue
    assert [link.number for link in chain] == list(range(1, len(chain) + 1))
    assert all(earlier.at <= later.at for earlier, later in pairwise(chain))
    assert breaks(chain) == ()
    for link, following in zip(chain, [*chain[1:], None][: len(chain)], strict=True):
        ends_at = following.at if following else NOW + timedelta(days=1)
        for moment in (link.at, link.at + (ends_at - link.at) / 2):
            if moment < ends_at:
                assert holder_at(chain, moment) == link.holder
    assert all(link.holder.kind != "destroyed" for link in chain[:-1])


LIFE = (
    ("taken", PRIYA), ("stored", FRIDGE), ("received", SANA), ("sent", Holder("laboratory")), ("received", SANA),
    ("returned", Holder("person")),
)  # fmt: skip


@pytest.mark.parametrize("place", range(5))
def test_a_link_that_was_taken_out_or_moved_is_found(place: int) -> None:
    """Every one but the newest (the journal tells of that)."""
    chain = chain_of(*LIFE)
    assert breaks([link for link in chain if link is not chain[place]])
    assert breaks([*chain[:place], chain[place + 1], chain[place], *chain[place + 2 :]])


@pytest.mark.parametrize("place", range(1, 6))
@pytest.mark.parametrize(
    "change", [{"holder": Holder("court")}, {"at": NOW - MINUTE}, {"number": 9}, {"what": "taken"}]
)
def test_a_link_that_was_changed_is_found(place: int, change: dict[str, object]) -> None:
    """Another holder than the act can bring it to, an earlier time, another number, another act."""
    chain = chain_of(*LIFE)
    wrong = replace(chain[place], **change)  # type: ignore[arg-type]
    if (place, change) == (3, {"holder": Holder("court")}):
        wrong = replace(
            wrong, holder=Holder("person")
        )  # sent to a court is possible: to the person it is returned
    assert breaks([*chain[:place], wrong, *chain[place + 1 :]])
