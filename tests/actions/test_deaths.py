"""An unexplained death is entered once, corrected in versions, imported without doubles, and sealed."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions import deaths as actions
from nightdesk.actions.deaths import correct_death, enter_death, import_death
from nightdesk.actions.refusals import NotFound
from nightdesk.queries import deaths as queries
from nightdesk.queries.clock import database_now
from nightdesk.records.deaths import Death, DeathVersion
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.death import DeathRefused
from tests.people import Cast, as_reader, make_cast

SHORT: dict[str, Any] = {"drug": "ghb", "where": "DEATHWHERE", "app": "grindr", "markers": {"bottle": "yes"}}


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def entered(who: Any, key: UUID | None = None, **values: Any) -> Death:
    """A death as `who` enters it."""
    return enter_death(
        actor=as_reader(who), at=database_now(), key=key or uuid4(), source="counter", values=SHORT | values
    )


def corrected(who: Any, row: Death, seen: int, **values: Any) -> int:
    """The version a correction makes."""
    return correct_death(
        actor=as_reader(who), at=database_now(), reference=row.reference, seen=seen, values=SHORT | values
    )


def lines(kind: str) -> list[JournalLine]:
    return list(JournalLine.objects.filter(kind=kind).order_by("seq"))


def test_it_is_kept_sealed_with_one_line_of_counts(people: Cast) -> None:
    row = entered(people.priya)
    assert (row.unit, row.station, row.source) == (people.unit_a, people.harrow_lane, "counter")
    version = DeathVersion.objects.select_related("vault").get()
    assert version.opened("values") == SHORT
    assert version.vault.purpose == "death"
    (line,) = lines("death_entered")
    assert line.subject == row.reference
    assert line.facts == {"source": "counter", "answers": 3, "markers": 1}


def test_sent_twice_it_is_one_death(people: Cast) -> None:
    key = uuid4()
    assert entered(people.priya, key).pk == entered(people.priya, key, where="typed again").pk
    assert len(lines("death_entered")) == DeathVersion.objects.count() == 1


@pytest.mark.parametrize("name", ["wen", "idris", "nell", "ben", "alex", "odile"])
def test_who_takes_no_disclosures_enters_no_deaths(people: Cast, name: str) -> None:
    with pytest.raises(AccessRefused):
        entered(getattr(people, name))
    assert not Death.objects.exists()
    assert lines("access_refused")[-1].facts == {"what": "death_new"}


def test_nothing_at_all_is_refused_and_a_fault_keeps_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DeathRefused, match="One thing is enough"):
        enter_death(
            actor=as_reader(people.priya), at=database_now(), key=uuid4(), source="counter", values={}
        )
    monkeypatch.setattr(actions, "_version", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        entered(people.priya)
    assert not Death.objects.exists()
    assert not lines("death_entered")


def test_a_correction_is_a_new_version_and_the_old_one_stays(people: Cast) -> None:
    row = entered(people.priya)
    assert corrected(people.maud, row, 1, where="by the wall", age="22") == 2
    assert [one.opened("values")["where"] for one in row.versions.order_by("number")] == [
        "DEATHWHERE",
        "by the wall",
    ]
    (line,) = lines("death_corrected")
    assert (line.subject, line.facts) == (row.reference, {"number": 2, "changed": 2})


def test_a_correction_sent_twice_or_that_changes_nothing_makes_no_version(people: Cast) -> None:
    row = entered(people.priya)
    assert [corrected(people.maud, row, 1, age="22") for _ in range(2)] == [2, 2]
    assert corrected(people.maud, row, 2, age="22") == 2
    assert row.versions.count() == 2
    assert len(lines("death_corrected")) == 1


def test_what_an_older_pack_knew_stays_and_nothing_unknown_comes_in(people: Cast) -> None:
    row = entered(people.priya)
    version = DeathVersion.objects.select_related("vault").get()
    old = {**SHORT, "app": "gone_app", "markers": {"gone_marker": "yes"}}
    version.values = old
    version.save()
    assert corrected(people.sana, row, 1, **{**old, "age": "22"}) == 2
    with pytest.raises(DeathRefused, match="code that this pack"):
        corrected(people.sana, row, 2, **{**old, "app": "never_there"})


def test_two_people_at_once_are_told(people: Cast) -> None:
    row = entered(people.priya)
    corrected(people.maud, row, 1, age="22")
    with pytest.raises(DeathRefused, match="Somebody corrected this"):
        corrected(people.sana, row, 1, age="23")
    assert row.versions.count() == 2


def test_it_is_for_its_unit_whoever_entered_it_and_analysts(people: Cast) -> None:
    """A counter officer reads their own entries; nobody of another unit learns that there is one."""
    row = entered(people.priya)
    may = {name for name, who in people.staff().items() if queries.may_read(as_reader(who), row.reference)}
    assert may == {"priya", "sana", "rae", "maud", "wen"}
    seen = queries.death(as_reader(people.wen), row.reference)
    assert seen is not None
    assert (seen.met, seen.may_correct) == (("ghb", "bottle"), False)
    assert queries.death(as_reader(people.tom), row.reference) is None
    assert [one.reference for one in queries.deaths(as_reader(people.sana))[0]] == [row.reference]
    for who in (people.wen, people.kofi, people.tom, people.odile):
        with pytest.raises(NotFound):
            corrected(who, row, 1, age="22")


def test_the_versions_are_shown_with_what_they_changed(people: Cast) -> None:
    row = entered(people.priya)
    corrected(people.sana, row, 1, where="by the wall", markers={"bottle": "no"})
    seen = queries.death(as_reader(people.sana), row.reference)
    assert seen is not None
    assert seen.met == ()
    assert [one.changed for one in seen.versions] == [
        (), (("where", "DEATHWHERE", "by the wall"), ("marker_bottle", "yes", "no")),
    ]  # fmt: skip


def test_a_line_of_a_coroners_file_is_kept_once_and_corrected_by_its_number(people: Cast) -> None:
    def read(**values: Any) -> str:
        return import_death(
            actor=SYSTEM, at=database_now(), number=" C-1 ", unit=people.unit_b, values=SHORT | values
        )

    assert [read(), read(), read(age="30"), read(age="30")] == ["entered", "same", "corrected", "same"]
    row = Death.objects.get()
    assert (row.source, row.unit, row.entered_by, row.versions.count()) == ("import", people.unit_b, None, 2)
    assert queries.may_read(as_reader(people.kofi), row.reference)
