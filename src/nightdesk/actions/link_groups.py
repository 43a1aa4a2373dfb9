"""Groups to look at: proposed by a comparison of the whole database, taken up pair by pair, or set aside with a reason.

Nothing follows from a group by itself: taken up, its pairs wait for two analysts each, blind, as every candidate does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nightdesk.actions._entry import entry
from nightdesk.actions._link_place import locked_place
from nightdesk.actions._series_rows import refuse_unless_analyst
from nightdesk.actions.link_candidates import AGAIN, RAISED, RENEWED, Finding, Pair, kept_pairs
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.link_groups import GROUPED, LinkBatch, LinkGroup, LinkGroupMember
from nightdesk.records.link_reports import READ, VAULT, LinkReport
from nightdesk.records.sealed import SealBroken, Vault
from nightdesk.rules import link_group as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate import BATCH
from nightdesk.rules.link_group import LinkGroupRefused
from nightdesk.rules.pack_deaths import ETHNICITY

NO_GROUP = "There is no such group. Go back to the list."
NEW: Final = "new"
SAME: Final = "renewed"
LEFT: Final = "left"
CHUNK: Final = 500  # reports looked up at once


class _Repeated(Exception):
    """This very decision is kept already: nothing is written, no line either."""


@dataclass(frozen=True)
class GroupFound:
    """A group: its reports with the change of the journal that each was compared at; bits without the prior; its pairs."""

    members: tuple[tuple[UUID, int], ...]
    acts: int
    weakest: float
    mean: float
    full: bool
    links: Sequence[dict[str, Any]]

    @property
    def key(self) -> frozenset[UUID]:
        """Which reports."""
        return frozenset(report for report, _seq in self.members)


@dataclass(frozen=True)
class BatchFound:
    """Everything that one comparison of the whole database found; `left`: groups that people have decided about."""

    model: str
    engine: str
    prior: float
    ethnicity: bool
    reports: int
    compared: int
    seq: int
    groups: Sequence[GroupFound]
    left: int = 0


def keep_groups(*, actor: Reader, at: datetime, found: BatchFound) -> dict[str, int]:
    """Keep what a batch found in place of what the one before proposed; how many are new, as before, no more, not shown.

    A group that people have decided about stays as it is. A batch that saw less than one that is kept already changes
    nothing.
    """
    with entry("groups_proposed", actor=actor, at=at) as line:
        place = locked_place(GROUPED, at)
        done = Counter({NEW: 0, SAME: 0, LEFT: found.left, "replaced": 0})
        if found.seq >= place.seq:
            place.seq, place.at = found.seq, at
            place.save()
            done.update(_keep_all(found, at))
        else:
            done[LEFT] += len(found.groups)
        line.facts |= {"reports": found.reports, "ethnicity": found.ethnicity, **done}
    return dict(done)


def _keep_all(found: BatchFound, at: datetime) -> Counter[str]:
    batch = LinkBatch.objects.create(
        at=at, model=found.model, engine=found.engine, prior=found.prior, ethnicity=found.ethnicity, reports=found.reports,
        compared=found.compared, seq=found.seq,
    )  # fmt: skip
    before = _before()
    standing = _standing({report for group in found.groups for report in group.key})
    done: Counter[str] = Counter()
    for group in found.groups:
        row = before.pop(group.key, None)
        if not group.key <= standing or (row is not None and row.decision):
            done[LEFT] += 1
            continue
        _keep(group, row, batch, at)
        done[NEW if row is None else SAME] += 1
    for row in before.values():
        if not row.decision:
            _replace(row, at)
            done["replaced"] += 1
    return done


def _before() -> dict[frozenset[UUID], LinkGroup]:
    """What stands proposed or decided, by its reports. An open one goes before a decided one."""
    rows = LinkGroup.objects.select_related("vault").filter(replaced_at=None).prefetch_related("members")
    ordered = sorted(rows.select_for_update(of=("self",), no_key=True), key=lambda row: row.decision == "")
    return {frozenset(one.report_id for one in row.members.all()): row for row in ordered}


def _standing(reports: set[UUID]) -> set[UUID]:
    """Those that still stand and whose key is there."""
    rows, wanted = LinkReport.objects.filter(gone_at=None, vault__wrapped__isnull=False), sorted(reports)
    return {
        key
        for start in range(0, len(wanted), CHUNK)
        for key in rows.filter(pk__in=wanted[start : start + CHUNK]).values_list("pk", flat=True)
    }


def _replace(row: LinkGroup, at: datetime) -> None:
    """It was found no more; its evidence goes, since nobody decided by it."""
    row.replaced_at = at
    row.save(update_fields=["replaced_at"])
    if row.vault.wrapped is not None:
        row.links = []
        row.save(update_fields=["links"])


def _keep(group: GroupFound, row: LinkGroup | None, batch: LinkBatch, at: datetime) -> None:
    if row is None:
        vault = Vault.new(at=at, purpose=VAULT)
        vault.save(force_insert=True)
        row = LinkGroup(vault=vault, found_at=at, decision="", why="")
    row.batch, row.acts, row.weakest, row.mean, row.full = (
        batch, group.acts, group.weakest, group.mean, group.full,
    )  # fmt: skip
    row.links = list(group.links)
    row.save()
    LinkGroupMember.objects.bulk_create(
        [LinkGroupMember(group=row, report_id=report, seq=seq) for report, seq in group.members],
        update_conflicts=True, update_fields=["seq"], unique_fields=["group", "report"],
    )  # fmt: skip


def take_up(*, actor: Reader, at: datetime, group: UUID) -> dict[str, int]:
    """Make candidates of the pairs that hold a group together; how many were raised, brought back, as before.

    Two analysts decide each of them, blind, as ever. Sent twice, it counts once. Raises LinkGroupRefused, NotFound.
    """
    refuse_unless_analyst(actor)
    try:
        with entry("group_raised", actor=actor, at=at) as line:
            locked_place(READ, at)  # no report is changed or destroyed meanwhile
            row = _locked(group)
            if _is_done(row, actor, rule.RAISED):
                raise _Repeated
            _refuse_unless_open(row, actor)
            if row.batch.ethnicity and not pack().link_switches[ETHNICITY].on:
                raise LinkGroupRefused(rule.ETHNICITY_OFF)
            pairs = _pairs(row)
            if not pairs:
                raise LinkGroupRefused(rule.LINKS_GONE)
            batch = row.batch
            done = kept_pairs(Finding(BATCH, batch.model, batch.prior, batch.reports, pairs), at)
            line.facts |= {"group": str(group)} | {name: done[name] for name in (RAISED, AGAIN, RENEWED)}
            _decide(row, rule.RAISED, actor, at)
    except _Repeated:
        return {}
    return dict(done)


def set_aside(*, actor: Reader, at: datetime, group: UUID, why: str) -> None:
    """Set a group aside: it comes back only when a report joined it. Sent twice with one reason, it counts once.

    Raises LinkGroupRefused, NotFound.
    """
    refuse_unless_analyst(actor)
    rule.refuse_without_reason(why)
    try:
        with entry("group_dismissed", actor=actor, at=at, group=str(group)):
            row = _locked(group)
            if _is_done(row, actor, rule.ASIDE) and row.opened_if_there("why", why) == why:
                raise _Repeated
            _refuse_unless_open(row, actor)
            row.why = why
            _decide(row, rule.ASIDE, actor, at)
    except SealBroken:  # the key went with a report: no word can be kept under it
        raise LinkGroupRefused(rule.LINKS_GONE) from None
    except _Repeated:
        return


def _locked(group: UUID) -> LinkGroup:
    rows = LinkGroup.objects.select_related("vault", "batch").select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=group).first()
    if found is None:
        raise NotFound(NO_GROUP)
    return found


def _is_done(row: LinkGroup, actor: Reader, decision: str) -> bool:
    """Whether this analyst has decided so; looked at under the group's lock, as two forms can come at once."""
    return row.decision == decision and row.decided_by_id == UUID(actor.id)


def _refuse_unless_open(row: LinkGroup, actor: Reader) -> None:
    own = row.decided_by_id == UUID(actor.id)
    rule.refuse_unless_open(row.decision, replaced=row.replaced_at is not None, own=own)


def _decide(row: LinkGroup, decision: str, actor: Reader, at: datetime) -> None:
    row.decision, row.decided_at, row.decided_by_id = decision, at, UUID(actor.id)
    row.save(update_fields=["decision", "decided_at", "decided_by", "why"])


def _pairs(row: LinkGroup) -> list[Pair]:
    """The pairs that hold it together, of reports that still say what they said then."""
    try:
        links = row.opened("links")
    except SealBroken:
        return []
    members = row.members.select_related("report__vault")
    same = {
        str(one.report_id)
        for one in members
        if one.report.seq == one.seq and one.report.gone_at is None and one.report.vault.wrapped is not None
    }
    return [
        Pair(
            UUID(one["new"]), UUID(one["earlier"]), one["rank"], one["bits"], one["incident"], one["evidence"]
        )
        for one in links
        if one["holds"] and {one["new"], one["earlier"]} <= same
    ]
