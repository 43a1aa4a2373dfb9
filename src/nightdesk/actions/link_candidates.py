"""Candidates: raised, renewed, brought back or withdrawn by the linkage worker, and told of when they wait too long.

Lines say how many, never who with whom: nobody who reads a case or the journal of one learns that anything matched.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from nightdesk.actions._away import whom_to_tell
from nightdesk.actions._entry import entry, together
from nightdesk.actions._link_place import locked_place, move_place
from nightdesk.actions._series_rows import moved, withdrawn
from nightdesk.actions.messages import tell
from nightdesk.outside.current import pack
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import COMPARED, READ, VAULT, LinkList, LinkReport
from nightdesk.records.sealed import SealBroken, Vault
from nightdesk.records.staff import Staff
from nightdesk.rules import candidate as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.candidate_evidence import comes_back
from nightdesk.rules.messages import candidates_overdue_notice
from nightdesk.rules.pack_linkage import DUE_HOURS

RAISED: Final = "raised"
RENEWED: Final = "renewed"
AGAIN: Final = "again"
LEFT: Final = "left"  # decided, and nothing has changed
BACK: Final = (rule.NOT_LINKED, rule.UNLINKED)


@dataclass(frozen=True)
class Pair:
    """What was found between a report and an earlier one: its rank in the list, bits without the prior, and the evidence."""

    new: UUID
    earlier: UUID
    rank: int
    bits: float
    incident: str
    evidence: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """All pairs of one comparison; `seq`: how far everything up to it is compared (None: not of a report that came in)."""

    why: str
    model: str
    prior: float
    reports: int
    pairs: Sequence[Pair]
    caused_by: UUID | None = None
    seq: int | None = None
    report: UUID | None = None
    best: Sequence[tuple[str, float]] = ()  # the list of `report`: ids and bits


@transaction.atomic
def keep_candidates(*, at: datetime, found: Finding) -> dict[str, int]:
    """Keep what was found; how many were raised, renewed, brought back, left. Done twice, it changes nothing."""
    done = kept_pairs(found, at)
    if found.report is not None and _standing({found.report}):
        _keep_list(found, found.report, at)
    if done[RAISED] or done[AGAIN]:
        with entry(
            "candidates_raised", actor=SYSTEM, at=at, why=found.why, raised=done[RAISED], again=done[AGAIN],
            renewed=done[RENEWED],
        ):  # fmt: skip
            pass
    if found.seq is not None:
        move_place(COMPARED, found.seq, at)
    return dict(done)


def kept_pairs(found: Finding, at: datetime) -> Counter[str]:
    """Keep each pair; how many were raised, renewed, brought back, left. A part of the action that has the line.

    What was destroyed or ended since it was compared counts nowhere. The lock is the one under which reports change and are
    destroyed: nothing that one of them said can be sealed anew while another transaction destroys it.
    """
    locked_place(READ, at)
    standing = _standing({side for pair in found.pairs for side in (pair.new, pair.earlier)})
    stands = [pair for pair in found.pairs if {pair.new, pair.earlier} <= standing]
    return Counter(_keep(pair, found, at) for pair in stands)


def _standing(reports: set[UUID]) -> set[UUID]:
    rows = LinkReport.objects.filter(pk__in=reports, gone_at=None, vault__destroyed_at=None)
    return set(rows.values_list("pk", flat=True))


@together
def withdraw_candidates(*, at: datetime, report: UUID, seq: int) -> int:
    """A report does not stand any more: nobody need decide about it. What was linked stays linked until people say so."""
    waited = withdrawn([report], at)
    move_place(COMPARED, seq, at)
    return waited


@together
def pass_over(*, at: datetime, seq: int, fault: str) -> None:
    """A report that can't be compared is left behind, so that those after it are; the line says that it was."""
    with entry("comparison_failed", actor=SYSTEM, at=at, fault=fault):
        move_place(COMPARED, seq, at)


@together
def tell_overdue(*, at: datetime, address: str) -> int:
    """Tell supervisors of both units, once, that candidates wait too long: how many and where, nothing else; how many."""
    rows = LinkCandidate.objects.select_for_update(of=("self",), no_key=True).filter(
        state__in=rule.OWED, due_at__lt=at, escalated_at=None
    )
    late = list(rows.order_by("pk"))
    if not late:
        return 0
    counts: Counter[Staff] = Counter()
    for row in late:
        for staff in {one for unit in _units(row) for one in whom_to_tell(unit, at)}:
            counts[staff] += 1
    with entry("candidates_escalated", actor=SYSTEM, at=at, count=len(late), told=len(counts)):
        LinkCandidate.objects.filter(pk__in=[row.pk for row in late]).update(escalated_at=at)
        for staff, count in counts.items():
            notice = candidates_overdue_notice(count=count, link=f"{address}/staff/series/people/")
            tell(at=at, staff=staff, about="notice", notice=notice)
    return len(late)


def _keep_list(found: Finding, of: UUID, at: datetime) -> None:
    """The list of a report in place of its last one."""
    report = LinkReport.objects.select_related("vault").get(pk=of)
    row = LinkList.objects.select_for_update(no_key=True).filter(report=report).first() or LinkList(
        report=report
    )
    row.vault, row.at, row.model, row.prior, row.among = (
        report.vault,
        at,
        found.model,
        found.prior,
        found.reports,
    )
    row.best = [[key, round(bits, 2)] for key, bits in found.best]
    row.save()


def _units(row: LinkCandidate) -> set[UUID]:
    sides = LinkReport.objects.filter(pk__in=(row.new_id, row.earlier_id))
    found = sides.values_list("disclosure__case__unit", "disclosure__station__unit", "death__unit")
    return {unit for case, station, death in found if (unit := case or station or death)}


def _keep(pair: Pair, found: Finding, at: datetime) -> str:
    rows = LinkCandidate.objects.select_related("vault").select_for_update(of=("self",), no_key=True)
    row = rows.filter(new=pair.new, earlier=pair.earlier).first()
    if row is None:
        return _raise(pair, found, at)
    if row.state == rule.LINKED:
        return LEFT
    if row.state in rule.OWED:
        if _same(row, pair):
            return LEFT
        _found(row, pair, found).save()
        return RENEWED
    if row.state in BACK and not comes_back(_seen(row), pair.evidence):
        return LEFT
    _found(row, pair, found).save()
    moved(row, SYSTEM, at, "reopen")
    row.due_at, row.escalated_at, row.raised_at = at + _allowed(), None, at
    row.save(update_fields=["due_at", "escalated_at", "raised_at"])
    return AGAIN


def _raise(pair: Pair, found: Finding, at: datetime) -> str:
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save(force_insert=True)
    row = LinkCandidate(
        vault=vault, new_id=pair.new, earlier_id=pair.earlier, state=rule.WAITING, raised_at=at, due_at=at + _allowed()
    )  # fmt: skip
    _found(row, pair, found).save(force_insert=True)
    LinkMove(
        vault=vault, candidate=row, number=1, move="raise", state=row.state, at=at, by=None, words=""
    ).save(force_insert=True)
    return RAISED


def _found(row: LinkCandidate, pair: Pair, found: Finding) -> LinkCandidate:
    row.why, row.caused_by_id = found.why, found.caused_by
    row.rank, row.bits, row.incident, row.evidence = pair.rank, pair.bits, pair.incident, pair.evidence
    row.prior, row.reports, row.model = found.prior, found.reports, found.model
    return row


def _same(row: LinkCandidate, pair: Pair) -> bool:
    """Whether an analyst would read the same as before: a new prior alone is no reason to ask anybody to read again."""
    return row.incident == pair.incident and _levels(_seen(row)) == _levels(pair.evidence)


def _levels(evidence: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    found = evidence.get("found", ())
    return {(one["comparison"], one["level"], one.get("mine", ""), one.get("theirs", "")) for one in found}


def _seen(row: LinkCandidate) -> dict[str, Any]:
    try:
        return dict(row.opened("evidence"))
    except SealBroken:  # destroyed with one of its reports: whatever is found now is news
        return {}


def _allowed() -> timedelta:
    return timedelta(hours=pack().link_limits[DUE_HOURS].number)
