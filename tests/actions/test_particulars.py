"""Particulars of a case: kept in versions by who works on it, never written over, withdrawn with a reason."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.actions.refusals import NotFound
from nightdesk.queries import particulars as queries
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.particulars import Particular, ParticularVersion
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.particular import Overtaken
from nightdesk.rules.particular_field import TOLD, Answer, ParticularRefused, given
from tests.actions.paging import raise_one
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
MINUTE = timedelta(minutes=1)
KEY = UUID(int=7)


def keep(staff: Any, at: datetime, *, seen: int = 0, key: UUID = KEY, **more: Any) -> Particular:
    """A suspect of the only case, called as said."""
    call = more.pop("call", "Jay")
    values: dict[str, Answer] = more.pop("values", {"call": given(call, TOLD)})
    chosen = {"kind": "person", "role": "suspect", "why": "better known"} | more
    return keep_particular(
        actor=as_reader(staff), at=at, reference=Disclosure.objects.get().reference, key=key, seen=seen, values=values,
        **chosen,
    )  # fmt: skip


def lines() -> list[str]:
    """The kinds of line about particulars, in order."""
    return list(
        JournalLine.objects.filter(kind__startswith="particular")
        .order_by("seq")
        .values_list("kind", flat=True)
    )


def test_a_correction_is_a_further_version_and_the_first_stays(cast: Any, now: datetime) -> None:
    """With who, when and why; the journal says which fields, never what they say."""
    reference = raise_one(cast, now).reference
    keep(cast.sana, now)
    keep(cast.rae, now + MINUTE, seen=1, call="Jack", why="He told us himself")
    seen = queries.particular(SYSTEM, reference, KEY)
    assert seen is not None
    assert [(v.number, v.by, v.why, v.values["call"].value) for v in seen.versions] == [
        (1, "Sana", "", "Jay"), (2, "Rae", "He told us himself", "Jack"),
    ]  # fmt: skip
    line = JournalLine.objects.filter(kind="particular_recorded").latest("seq")
    assert line.facts == {
        "particular": "person", "entry": str(KEY), "role": "suspect", "number": 2, "changed": ["call"],
        "from_account": False,
    }  # fmt: skip


def test_nothing_is_written_over(cast: Any, now: datetime) -> None:
    """The second of two who started from the same version is refused, and nothing of it is kept or journalled."""
    raise_one(cast, now)
    keep(cast.sana, now)
    keep(cast.rae, now + MINUTE, seen=1, call="Jack")
    with pytest.raises(Overtaken):
        keep(cast.sana, now + 2 * MINUTE, seen=1, call="James")
    with pytest.raises(Overtaken):
        keep(cast.sana, now + 2 * MINUTE, call="James")
    assert ParticularVersion.objects.count() == 2
    assert lines() == ["particular_recorded"] * 2


def test_sent_twice_it_is_kept_once(cast: Any, now: datetime) -> None:
    """The first, a correction, and a correction that a colleague has gone on from."""
    raise_one(cast, now)
    assert keep(cast.sana, now) == keep(cast.sana, now + MINUTE)
    keep(cast.sana, now, seen=1, call="Jack")
    keep(cast.rae, now, seen=2, call="James")
    keep(cast.sana, now + MINUTE, seen=1, call="Jack")
    assert lines() == ["particular_recorded"] * 3


def test_only_who_works_on_the_case_writes(cast: Any, now: datetime) -> None:
    """The owner, their unit's specialists and supervisor; nobody else hears that there is such a case."""
    raise_one(cast, now)
    for number, staff in enumerate((cast.sana, cast.rae, cast.maud), start=1):
        keep(staff, now, key=UUID(int=number))
    for staff in (cast.kofi, cast.priya, cast.idris, cast.odile, cast.alex):
        with pytest.raises(NotFound):
            keep(staff, now)
    assert Particular.objects.count() == 3


def test_what_is_incomplete_is_refused(cast: Any, now: datetime) -> None:
    """No role, no reason, nothing said, a code that the pack has not, a version that never was."""
    raise_one(cast, now)
    with pytest.raises(ParticularRefused, match="victim, a witness or a suspect"):
        keep(cast.sana, now, role="")
    with pytest.raises(ParticularRefused, match="at least one"):
        keep(cast.sana, now, values={})
    with pytest.raises(ParticularRefused, match="answers that the page offers"):
        keep(cast.sana, now, values={"platform": given("nowhere", TOLD)})
    with pytest.raises(NotFound):
        keep(cast.sana, now, seen=3)
    keep(cast.sana, now, values={"platform": given("grindr", TOLD)})
    with pytest.raises(ParticularRefused, match="why it is corrected"):
        keep(cast.sana, now, seen=1, why=" ")
    with pytest.raises(ParticularRefused, match="more than 2000"):
        keep(cast.sana, now, seen=1, why="w" * 2001)
    with pytest.raises(NotFound):
        keep(cast.sana, now, seen=1, kind="object", role="")
    assert Particular.objects.count() == 1


def test_the_key_of_another_case_opens_nothing(cast: Any, now: datetime) -> None:
    """An entry belongs to one case."""
    raise_one(cast, now)
    keep(cast.sana, now)
    other = raise_one(cast, now + MINUTE).reference
    with pytest.raises(NotFound):
        keep_particular(
            actor=as_reader(cast.sana), at=now, reference=other, kind="person", role="suspect", key=KEY, seen=1,
            values={"call": given("Jay", TOLD)}, why="x",
        )  # fmt: skip


def test_what_is_withdrawn_stays_with_its_reason(cast: Any, now: datetime) -> None:
    """Once; it is corrected no more, and a newer version is looked at first."""
    reference = raise_one(cast, now).reference
    keep(cast.sana, now)
    given_ = {"actor": as_reader(cast.rae), "at": now, "reference": reference, "key": KEY}
    with pytest.raises(ParticularRefused, match="why it is withdrawn"):
        withdraw_particular(**given_, seen=1, why="")
    with pytest.raises(Overtaken):
        withdraw_particular(**given_, seen=0, why="Entered twice")
    withdraw_particular(**given_, seen=1, why="Entered twice")
    withdraw_particular(**given_, seen=1, why="Entered twice")
    with pytest.raises(ParticularRefused, match="enter it anew"):
        keep(cast.sana, now, seen=1, call="Jack")
    with pytest.raises(NotFound):
        withdraw_particular(**given_ | {"key": uuid4()}, seen=1, why="Entered twice")
    seen = queries.particular(SYSTEM, reference, KEY)
    assert seen is not None
    assert (seen.withdrawn_by, seen.withdrawn_why, seen.newest.values["call"].value) == (
        "Rae",
        "Entered twice",
        "Jay",
    )
    assert lines() == ["particular_recorded", "particular_withdrawn"]
    counted = queries.counted(SYSTEM, reference, Basics())
    assert (counted.standing, counted.ever) == ({}, 1)


def test_a_case_has_one_contact_plan(cast: Any, now: datetime) -> None:
    """Whatever key is sent: the second is a version of the first, and needs no reason."""
    reference = raise_one(cast, now).reference
    plan = {"kind": "contact_plan", "role": "", "why": ""}
    keep(cast.sana, now, values={"call": given("Sam")}, **plan)
    with pytest.raises(Overtaken):
        keep(cast.rae, now, key=uuid4(), values={"call": given("Sami")}, **plan)
    keep(cast.rae, now, seen=1, values={"call": given("Sami")}, **plan)
    seen = queries.only(SYSTEM, reference, "contact_plan")
    assert seen is not None
    assert [version.values["call"].value for version in seen.versions] == ["Sam", "Sami"]
    with pytest.raises(NotFound):
        withdraw_particular(
            actor=as_reader(cast.sana), at=now, reference=reference, key=seen.id, seen=2, why="no more"
        )


@pytest.mark.usefixtures("journey_db", "plain_triage")
def test_of_many_at_the_same_moment_one_is_kept_and_the_rest_are_told(now: datetime) -> None:
    """In threads with connections of their own; the journal stays whole."""
    cast = make_cast(now)
    raise_one(cast, now)
    keep(cast.sana, now)
    people = (cast.sana, cast.rae, cast.maud, cast.sana)
    results = at_once(
        *(lambda n=n, who=who: keep(who, now, seen=1, call=f"N{n}") for n, who in enumerate(people))
    )
    assert sorted(type(result).__name__ for result in results) == ["Overtaken"] * 3 + ["Particular"]
    assert ParticularVersion.objects.count() == 2
    assert whole_journal()
