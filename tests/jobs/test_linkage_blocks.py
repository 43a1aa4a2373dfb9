"""Blocks: a linkage worker that begins holds the same with them as without, and they outlive nothing that they hold."""

import threading
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from nightdesk.actions.deaths import correct_death
from nightdesk.actions.intake import accept_disclosure
from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.jobs import linkage_blocks
from nightdesk.jobs.linkage import PACK, PERIODS, LinkageWorker
from nightdesk.jobs.linkage_blocks import hold_everything, pack_span, to_pack
from nightdesk.jobs.linkage_held import Reports
from nightdesk.linkage.block import form_of, from_bytes
from nightdesk.linkage.packing import Packing
from nightdesk.linkage.scan import scan
from nightdesk.linkage.uuids import pairs_of
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_blocks import blocks, opened_blocks
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_reports import VAULT, LinkBlock, LinkReport
from nightdesk.records.sealed import SealBroken, Vault
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics, Suspect, with_answer_states
from tests.actions.together import at_once, without_faults
from tests.jobs.test_linkage import DEATH, KARL, WEIGHTS, died, told, worker
from tests.people import Cast, as_reader, make_cast

SMALL = Packing(full=3, few=1)
HERON = Suspect(handle="quiet_heron", phone="07700 900321")
NEVER = 1 << 62


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def some(people: Cast) -> list[Disclosure]:
    """Seven reports of five disclosures and a death, each taken up by a round of its own."""
    running, found = worker(), []
    for suspects in ((KARL,), (HERON,), (KARL, HERON), (), (HERON,)):
        found.append(told(people.priya, *suspects, where_words="Quay Parade"))
        running.round()
    died(people.tom, met_handle="late_otter")
    running.round()
    return found


def corrected(people: Cast, disclosure: Disclosure, *suspects: Suspect) -> None:
    """Told anew, about other men."""
    basics = with_answer_states(Basics(what="He hurt me", suspects=suspects), {})
    accept_disclosure(
        actor=as_reader(people.priya), at=database_now(), sender_key=disclosure.sender_key, channel="counter", basics=basics
    )  # fmt: skip


def packed(packing: Packing = SMALL) -> list[tuple[int, int]]:
    """What a worker that takes up everything seals; the spans."""
    running = worker()
    running.round()
    spans = to_pack(running.reports, packing)
    assert all(pack_span(running.reports, database_now(), span) for span in spans)
    return spans


def held(monkeypatch: pytest.MonkeyPatch | None = None) -> Reports:
    """What a worker holds that begins now; with a patch, one that knows of no block."""
    reports = Reports(WEIGHTS)
    if monkeypatch is None:
        hold_everything(reports, lambda count: None)
    else:
        with monkeypatch.context() as without:
            without.setattr(linkage_blocks, "opened_blocks", lambda *given: iter(()))
            hold_everything(reports, lambda count: None)
    return reports


def as_values(reports: Reports) -> dict[Any, Any]:
    """Of each report that stands: everything, and its bits with every other one."""
    rows = np.flatnonzero([bool(reports.index.ids[row]) for row in range(len(reports.index))])
    one_by_one = [reports.at(int(row)) for row in rows]
    names = [str(one.id) for one in one_by_one]
    return {
        one.id: (
            one.extract, one.source, one.reported_at, one.seq,
            dict(zip(names, scan(one.extract, reports.index, WEIGHTS)[rows].tolist(), strict=True)),
        )
        for one in one_by_one
    }  # fmt: skip


def in_blocks() -> set[Any]:
    """The ids that any block holds that opens."""
    pairs = [
        tuple(pair)
        for _block, content in opened_blocks(SYSTEM, form_of(WEIGHTS.behaviours), NEVER)
        for pair in from_bytes(content).ids.tolist()
    ]
    keys = {
        tuple(pairs_of([key])[0].tolist()): key for key in LinkReport.objects.values_list("pk", flat=True)
    }
    return {keys[pair] for pair in pairs}


def test_what_is_held_from_blocks_is_what_is_held_one_by_one(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first, after corrections and withdrawals, and after blocks were made anew: the same forms, bits and counts."""
    first, second, third, *_rest = some(people)
    assert len(packed()) >= 2
    assert len(in_blocks()) == 7
    assert as_values(held()) == as_values(held(monkeypatch))
    corrected(people, first, HERON)
    corrected(people, third, KARL)  # the second man is taken out
    worker().round()
    destroy_link_reports(at=database_now(), reference=second.reference)
    worker().round()
    for _turn in range(2):
        found = held()
        assert as_values(found) == as_values(held(monkeypatch))
        assert len(found) == LinkReport.objects.filter(gone_at=None).count() == 5
        packed()
    assert len(in_blocks()) == 5


def test_a_block_is_opened_instead_of_its_reports(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one only what came since."""
    some(people)
    packed()
    told(people.tom, KARL)
    LinkageWorker(threading.Event(), weights=WEIGHTS).round()
    opened = []
    whole = LinkReport.opened
    monkeypatch.setattr(LinkReport, "opened", lambda row, name: opened.append(row.pk) or whole(row, name))
    assert len(held()) == 8
    assert opened == [LinkReport.objects.latest("made_at").pk]


def test_a_round_seals_blocks_now_and_then(people: Cast) -> None:
    """One line for each, with counts; not again while little is in none; a worker that begins goes on from there."""
    some(people)
    at = database_now() + timedelta(seconds=PERIODS[PACK] + 1)
    for seconds in (0, 1):
        LinkageWorker(
            threading.Event(), weights=WEIGHTS, now=lambda s=seconds: at + timedelta(seconds=s), packing=SMALL
        ).round()
    lines = JournalLine.objects.filter(kind="linkage_packed")
    assert sum(line.facts["count"] for line in lines) == 7
    assert not lines.exclude(subject="").exists()
    assert len(blocks(SYSTEM, form_of(WEIGHTS.behaviours))) == lines.count()
    before = LinkBlock.objects.count()
    assert packed(Packing(full=3, few=5)) == []
    assert LinkBlock.objects.count() == before


def everything_sealed() -> str:
    """All that any key of linkage still opens."""
    rows = [*LinkReport.objects.select_related("vault"), *LinkBlock.objects.select_related("vault")]
    found = []
    for row in rows:
        try:
            opened = row.opened("extract" if isinstance(row, LinkReport) else "content")
        except SealBroken:
            continue
        found.append(str(from_bytes(opened).columns if isinstance(opened, bytes) else opened))
    return " ".join(found)


def test_nothing_of_a_destroyed_report_opens_anywhere(people: Cast) -> None:
    """The block that held it goes in the same transaction; the others of that block are sealed anew, without it."""
    only = told(people.priya, Suspect(handle="rare_bittern", phone="07700 900555"))
    some(people)
    packed()
    gone = set(LinkReport.objects.filter(disclosure=only).values_list("pk", flat=True))
    assert gone <= in_blocks()
    assert "rarebittern" in everything_sealed()
    count = LinkBlock.objects.count()
    destroy_link_reports(at=database_now(), reference=only.reference)
    assert "rarebittern" not in everything_sealed()
    assert not gone & in_blocks()
    assert Vault.objects.filter(purpose=VAULT).exclude(destroyed_at=None).count() == 2
    packed()
    assert LinkBlock.objects.count() == LinkBlock.objects.filter(vault__destroyed_at=None).count() == count
    assert (len(in_blocks()), "rarebittern" in everything_sealed()) == (7, False)


@pytest.mark.parametrize("how", ["corrected", "taken out", "death"])
def test_an_old_form_opens_no_longer_than_its_report(people: Cast, how: str) -> None:
    """Corrected or gone: what a block holds is what stands."""
    only = told(people.priya, Suspect(handle="rare_bittern"))
    death = died(people.tom, met_handle="rare_bittern")
    worker().round()
    packed()
    if how == "death":
        correct_death(
            actor=as_reader(people.tom), at=database_now(), reference=death.reference, seen=1,
            values=DEATH | {"met_handle": "late_otter"},
        )  # fmt: skip
    else:
        corrected(people, only, *((KARL,) if how == "corrected" else ()))
    assert len(in_blocks()) == 2
    worker().round()
    assert in_blocks() == set()
    packed()
    stands = set(LinkReport.objects.filter(gone_at=None).values_list("pk", flat=True))
    assert in_blocks() == stands == set(as_values(held()))


def test_a_worker_that_holds_what_no_longer_stands_seals_nothing(people: Cast) -> None:
    """It is behind: the block is made once it has caught up."""
    first, *_rest = some(people)
    behind = worker()
    behind.round()
    spans = to_pack(behind.reports, SMALL)
    destroy_link_reports(at=database_now(), reference=first.reference)
    kept = [pack_span(behind.reports, database_now(), span) for span in spans]
    assert kept[0] is False
    assert all(kept[1:])
    behind.round()
    assert all(pack_span(behind.reports, database_now(), span) for span in to_pack(behind.reports, SMALL))
    assert len(in_blocks()) == 6


def test_a_block_of_another_form_or_a_broken_one_is_not_used(people: Cast) -> None:
    """Its reports are opened one by one, and it is made anew."""
    some(people)
    packed()
    wanted = as_values(held())
    one, other, *_rest = LinkBlock.objects.order_by("after")
    LinkBlock.objects.filter(pk=one.pk).update(form="0-other")
    other.refresh_from_db()
    other.content = b"no block"
    other.save()
    assert as_values(held()) == wanted
    LinkBlock.objects.filter(pk=other.pk).update(upto=other.upto + 1)  # the seal is bound to its span
    assert as_values(held()) == wanted
    LinkBlock.objects.filter(pk=other.pk).update(upto=other.upto)
    assert packed()[0] == (one.after, one.upto)
    assert not LinkBlock.objects.filter(form="0-other").exists()


@pytest.mark.parametrize("turn", range(3))
def test_a_report_destroyed_while_it_is_sealed_is_in_no_block(journey_db: None, turn: int) -> None:
    """Whoever is first: a block that was kept is spoilt, one that comes later is refused."""
    people = make_cast(database_now())
    only = told(people.priya, KARL)
    told(people.tom, HERON)
    running = worker()
    running.round()
    (span,) = to_pack(running.reports, SMALL)
    doings = [
        lambda: pack_span(running.reports, database_now(), span),
        lambda: destroy_link_reports(at=database_now(), reference=only.reference),
    ]
    without_faults(at_once(*doings[:: 1 if turn % 2 else -1]))
    assert in_blocks() == set()
