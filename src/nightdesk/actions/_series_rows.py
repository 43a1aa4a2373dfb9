"""Rows of candidates and series that several actions need: locked, moved, put into a series and out of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import new_reference, staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import VAULT, LinkReport
from nightdesk.records.sealed import Vault
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules import candidate as rule
from nightdesk.rules import candidate_answer, series
from nightdesk.rules.access import SYSTEM, AccessRefused, Reader
from nightdesk.rules.terms import ANALYST

NO_CANDIDATE = "There is no such candidate. Go back to the list."
ONLY_ANALYSTS = "Only analysts do this. Ask one of them."


def refuse_unless_analyst(actor: Reader) -> None:
    """Raise AccessRefused for everybody but an analyst."""
    if actor.role != ANALYST:
        raise AccessRefused(ONLY_ANALYSTS)


def locked_candidate(candidate: UUID) -> LinkCandidate:
    """The candidate for writing, locked until the transaction ends. Raises NotFound."""
    rows = LinkCandidate.objects.select_related("vault").select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=candidate).first()
    if found is None:
        raise NotFound(NO_CANDIDATE)
    return found


def moved(row: LinkCandidate, actor: Reader, at: datetime, move: str, words: str = "") -> str:
    """Move a locked candidate; the state after. Raises CandidateRefused when the move is not possible."""
    row.state = rule.next_state(row.state, move)
    row.due_at = candidate_answer.due_after(row.state, row.due_at, at)
    if row.state == rule.WAITING:
        row.round += 1
    row.save(update_fields=["state", "due_at", "round"])
    LinkMove(
        vault=_open_vault(row.vault, at), candidate=row, number=row.moves.count() + 1, move=move, state=row.state, at=at,
        by_id=staff_id(actor), words=words,
    ).save(force_insert=True)  # fmt: skip
    return row.state


def _open_vault(vault: Vault, at: datetime) -> Vault:
    """The vault; where its key was destroyed a new one, so that what people do about it later can still be kept."""
    if vault.destroyed_at is None:
        return vault
    fresh = Vault.new(at=at, purpose=VAULT)
    fresh.save(force_insert=True)
    return fresh


def withdrawn(reports: Iterable[UUID], at: datetime) -> int:
    """Nobody need decide about pairs of these reports any more; how many waited. What was linked stays linked."""
    ids = list(reports)
    rows = LinkCandidate.objects.select_related("vault").select_for_update(of=("self",), no_key=True)
    waiting = list(rows.filter(Q(new__in=ids) | Q(earlier__in=ids), state__in=rule.OWED).order_by("pk"))
    for row in waiting:
        with entry(
            "candidate_moved", actor=SYSTEM, at=at, candidate=str(row.pk), move="withdraw", state=rule.GONE
        ):
            moved(row, SYSTEM, at, "withdraw")
    return len(waiting)


def locked_reports(reports: Iterable[UUID]) -> list[LinkReport]:
    """Reports locked in one order, so that two links at the same moment wait for each other and do not cross."""
    rows = LinkReport.objects.select_related("vault").select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=list(reports)).order_by("pk"))


def memberships(**filters: object) -> list[SeriesMember]:
    """Who is in a series now, earliest first."""
    rows = SeriesMember.objects.select_related("vault", "series", "report__vault")
    return list(rows.filter(left_at=None, **filters).order_by("joined_at", "pk"))


def new_series(at: datetime) -> Series:
    """A series without members yet."""
    return Series.objects.create(reference=new_reference(), opened_at=at)


def joins(series_row: Series, report: LinkReport, candidate_id: UUID, at: datetime) -> None:
    """The report is in the series from now on."""
    SeriesMember(
        vault=_open_vault(report.vault, at), series=series_row, report=report, by_candidate_id=candidate_id, joined_at=at,
        left_why="",
    ).save(force_insert=True)  # fmt: skip


def leaves(member: SeriesMember, actor: Reader, at: datetime, why: str = "") -> None:
    """The report is not in the series any more."""
    member.vault = _open_vault(member.vault, at)
    member.left_at, member.left_by_id, member.left_why = at, staff_id(actor), why
    member.save(update_fields=["vault", "left_at", "left_by", "left_why"])


def ends_if_too_small(series_row: Series, actor: Reader, at: datetime) -> int:
    """How many reports the series has now; with fewer than two it ends, and who is left is in none any more."""
    left = memberships(series=series_row)
    if len(left) >= series.LEAST:
        return len(left)
    for member in left:
        leaves(member, actor, at)
    series_row.ended_at = at
    series_row.save(update_fields=["ended_at"])
    return 0


def links_among(reports: Iterable[UUID]) -> list[LinkCandidate]:
    """The candidates that hold these reports together."""
    ids = list(reports)
    rows = LinkCandidate.objects.select_related("vault").filter(state=rule.LINKED)
    return list(rows.filter(Q(new__in=ids) & Q(earlier__in=ids)).order_by("pk"))
