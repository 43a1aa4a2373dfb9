"""Keys are kept with what they come from and can be made anew; a search is noted by kinds and counts, and has its limit."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import search
from nightdesk.actions._search_keys import write_keys
from nightdesk.actions.intake import keep_basics
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import Vault
from nightdesk.records.search import SearchKey, SearchMade
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.particular_field import TOLD, given
from nightdesk.rules.search_asked import SearchRefused
from nightdesk.rules.search_terms import MOST_KEYS
from tests.people import Cast, as_reader
from tests.records.taking import MARKED, take

HOUR = timedelta(hours=1)


def kept() -> list[tuple[Any, ...]]:
    """Every key, whatever its number."""
    rows = SearchKey.objects.values_list("disclosure_id", "source", "kind", "blind", "old")
    return sorted((str(key), source, kind, bytes(blind), old) for key, source, kind, blind, old in rows)


def rebuilt(at: datetime, most: int = 2) -> Any:
    """A run to its end."""
    run = search.begin_rebuild(actor=SYSTEM, at=at)
    while run.ended_at is None:
        run = search.rebuild_batch(actor=SYSTEM, at=at, run=run.pk, most=most)
    return run


def test_keys_are_kept_with_the_version_by_one_statement_more(cast: Cast, now: datetime) -> None:
    """A first version adds one insert; a correction marks the earlier ones as old besides."""
    key = uuid4()
    for number, name in enumerate(("Jo Smith", "Jo Smythe")):
        with CaptureQueriesContext(connection) as asked:
            take(cast, now + number * HOUR, Basics(what="he raped me", call_me=name), key=key)
        about = [query["sql"] for query in asked if "records_searchkey" in query["sql"]]
        assert len(about) == 1 + number
    assert {old for *_, old in kept()} == {False, True}


def test_what_is_typed_so_far_is_not_put_into_search(cast: Cast, now: datetime) -> None:
    """Half a name of somebody who left is no key."""
    keep_basics(actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter", basics=MARKED)
    assert not kept()


def test_another_row_has_keys_of_its_own_source(cast: Cast, now: datetime) -> None:
    """Written again, the earlier ones of that source are old, and no other's."""
    told = take(cast, now, Basics(what="he raped me", call_me="Jo"))
    for value in ("Robin Vale", "Robin Vail"):
        write_keys(told, "person:1", [("name", value), ("handle", "owl", "grindr")])
    old = {(row.source, row.old) for row in SearchKey.objects.all()}
    assert old == {("basics", False), ("person:1", True), ("person:1", False)}


def test_no_flood_of_keys(cast: Cast, now: datetime) -> None:
    """Whatever was typed."""
    told = take(cast, now, Basics(what="he raped me"))
    assert write_keys(told, "x", [("place", f"Row{n} Harbour{n}") for n in range(200)]) == MOST_KEYS


def test_keys_made_anew_are_the_same_and_again_the_same(cast: Cast, now: datetime) -> None:
    """In batches, over versions; one line at the beginning, one with counts at the end."""
    key = uuid4()
    take(cast, now, MARKED, key=key)
    take(cast, now + HOUR, Basics(what="he raped me", call_me="Jo", latest_at=now), key=key)
    for _ in range(3):
        take(cast, now, MARKED)
    before = kept()
    for _ in range(2):
        run = rebuilt(now + HOUR)
        assert kept() == before
    assert (run.read, run.total, run.sealed, run.written) == (4, 4, 0, len(before))
    line = JournalLine.objects.filter(kind="search_rebuild_ended").latest("seq")
    assert line.facts == {"total": 4, "read": 4, "sealed": 0, "written": len(before)}


def test_entries_of_a_case_are_found_and_their_keys_made_anew(cast: Cast, now: datetime) -> None:
    """A corrected name is old, a withdrawn entry's all are; made anew they are the same."""
    told = take(cast, now, Basics(what="he raped me", call_me="Jo"))
    Case.objects.update(owner=cast.sana)
    act: dict[str, Any] = {
        "actor": as_reader(cast.sana),
        "at": now,
        "reference": told.reference,
        "why": "told later",
    }
    for role, key in (("suspect", uuid4()), ("witness", gone := uuid4())):
        for seen, name in enumerate(("Jay Stone", "Jay Stowe")):
            values = {
                "call": given(name, TOLD),
                "handle": given("night_owl", TOLD),
                "platform": given("grindr", TOLD),
            }
            keep_particular(**act, kind="person", key=key, role=role, seen=seen, values=values)
    withdraw_particular(**act, key=gone, seen=2)
    before = [row for row in kept() if row[1].startswith("particular:")]
    assert {kind for _, _, kind, _, _ in before} == {"name", "handle"}
    assert {old for _, source, _, _, old in before if source.endswith(str(gone))} == {True}
    assert {old for _, source, _, _, old in before if not source.endswith(str(gone))} == {True, False}
    SearchKey.objects.all().delete()
    rebuilt(now + HOUR)
    assert [row for row in kept() if row[1].startswith("particular:")] == before


def test_a_run_that_was_cut_off_goes_on(cast: Cast, now: datetime) -> None:
    """Asked for again it is the same run, from its last batch; existing cases without a key get theirs."""
    for _ in range(5):
        take(cast, now, MARKED)
    before = kept()
    SearchKey.objects.all().delete()
    run = search.begin_rebuild(actor=SYSTEM, at=now)
    search.rebuild_batch(actor=SYSTEM, at=now, run=run.pk, most=2)
    assert 0 < len(kept()) < len(before)
    assert rebuilt(now).pk == run.pk
    assert kept() == before
    assert search.rebuild_batch(actor=SYSTEM, at=now, run=run.pk).read == 5  # it is over: nothing happens


def test_what_was_destroyed_loses_its_keys(cast: Cast, now: datetime) -> None:
    """Its key is gone; so must be what is left of it in search."""
    told = take(cast, now, MARKED)
    Vault.objects.filter(pk=told.vault_id).update(wrapped=None, destroyed_at=now)
    run = rebuilt(now)
    assert (run.sealed, kept()) == (1, [])


def test_a_fault_in_a_batch_keeps_nothing_of_it(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old keys are still there."""
    take(cast, now, MARKED)
    before, run = kept(), search.begin_rebuild(actor=SYSTEM, at=now)

    def fails(*_: object) -> None:
        raise RuntimeError("cut off")

    monkeypatch.setattr(search, "_end", fails)
    with pytest.raises(RuntimeError):
        search.rebuild_batch(actor=SYSTEM, at=now, run=run.pk)
    assert kept() == before


def test_a_search_is_noted_by_kinds_and_counts(cast: Cast, now: datetime) -> None:
    """One line, one row; not a word of what was looked for could be in it."""
    search.note_search(actor=as_reader(cast.sana), at=now, kinds=("name", "place"), found=3, others=1)
    line = JournalLine.objects.get(kind="searched")
    assert line.facts == {"kinds": ["name", "place"], "found": 3, "others": 1}
    assert (line.actor, line.subject) == (str(cast.sana.pk), "")
    assert SearchMade.objects.get().others == 1


def test_who_searches_without_end_has_to_wait(cast: Cast, now: datetime) -> None:
    """After the pack's number within its hour; somebody else does not, and an hour later neither."""
    SearchMade.objects.bulk_create(
        SearchMade(by=cast.sana, at=now, kinds=["name"], found=0, others=0) for _ in range(60)
    )
    with pytest.raises(SearchRefused, match="ask your supervisor"):
        search.refuse_if_too_many(actor=as_reader(cast.sana), at=now + HOUR / 2)
    assert JournalLine.objects.get(kind="access_refused").facts == {"what": "case_search"}
    search.refuse_if_too_many(actor=as_reader(cast.kofi), at=now)
    search.refuse_if_too_many(actor=as_reader(cast.sana), at=now + HOUR)


def test_blind_values_tell_kinds_apart(cast: Cast, now: datetime) -> None:
    """One word as a name, a handle and a place: three values, and none of another record's kind is theirs."""
    told = take(cast, now, Basics(what="he raped me"))
    write_keys(told, "x", [("name", "owl"), ("handle", "owl"), ("place", "owl")])
    blinds = {bytes(blind) for blind in SearchKey.objects.values_list("blind", flat=True)}
    assert len(blinds) == SearchKey.objects.count() >= 5
    assert Disclosure.objects.count() == 1
