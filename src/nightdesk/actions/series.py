"""Series: what a link opens, joins or merges; a report taken out again with a reason, and seen by a second analyst."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._entry import entry
from nightdesk.actions._series_rows import (
    ends_if_too_small,
    joins,
    leaves,
    links_among,
    locked_candidate,
    locked_reports,
    memberships,
    moved,
    new_series,
    refuse_unless_analyst,
)
from nightdesk.actions.refusals import NotFound
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules import series as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.series import SeriesRefused

NO_SERIES = "There is no such series. Go back to the list."
NOT_IN = "This report is not in the series any more. Look again."
SAY_WHY = "Say why it is taken out: a second analyst reads it."
ANOTHER = "A second analyst looks at what was taken out. Ask one of them."


def put_together(*, actor: Reader, at: datetime, candidate: LinkCandidate) -> None:
    """Two reports are linked: they open a series, one joins the other’s, or two series become the older one.

    A part of the deciding answer, inside its transaction.
    """
    with entry("series_changed", actor=actor, at=at) as line:
        new, earlier = candidate.new_id, candidate.earlier_id
        reports = {report.pk: report for report in locked_reports((new, earlier))}
        now_in = {member.report_id: member.series for member in memberships(report__in=[new, earlier])}
        names = [now_in[pk].reference if pk in now_in else "" for pk in (new, earlier)]
        how = rule.effect_of_link(*names)
        wanted = sorted(now_in.values(), key=lambda one: (one.opened_at, one.reference))
        kept = wanted[0] if wanted else new_series(at)
        if how == rule.MERGED:
            _merge(wanted[1], kept, actor, at)
        for pk in (new, earlier):
            if pk not in now_in:
                joins(kept, reports[pk], candidate.pk, at)
        line.facts |= {"series": kept.reference, "how": how, "members": len(memberships(series=kept))}


def _merge(younger: Series, older: Series, actor: Reader, at: datetime) -> None:
    """All reports of the younger series go on in the older one, each by the candidate that brought it."""
    list(Series.objects.select_for_update(no_key=True).filter(pk__in=(younger.pk, older.pk)).order_by("pk"))
    for member in memberships(series=younger):
        leaves(member, actor, at)
        joins(older, member.report, member.by_candidate_id, at)
    younger.ended_at = at
    younger.save(update_fields=["ended_at"])


def take_out(*, actor: Reader, at: datetime, series: str, member: UUID, why: str) -> int:
    """Take a report out of a series, and undo the links that held it; how many reports the series has then.

    What hangs on nothing any more leaves too, and what still hangs together apart from the rest becomes a series of its
    own. Sent twice, it counts once. Raises SeriesRefused, AccessRefused, NotFound.
    """
    refuse_unless_analyst(actor)
    if not why.strip():
        raise SeriesRefused(SAY_WHY)
    gone = SeriesMember.objects.filter(pk=member, series__reference=series, left_by=UUID(actor.id)).first()
    if gone is not None:
        return len(memberships(series=gone.series_id))
    with entry("series_report_taken_out", actor=actor, at=at) as line:
        row = _locked(series)
        members = memberships(series=row)
        out = next((one for one in members if one.pk == member), None)
        if out is None:
            raise SeriesRefused(NOT_IN)
        for link in links_among(one.report_id for one in members):
            if out.report_id in (link.new_id, link.earlier_id):
                moved(locked_candidate(link.pk), actor, at, "unlink", why)
        leaves(out, actor, at, why)
        _regroup(row, actor, at)
        line.facts |= {"series": series, "members": ends_if_too_small(row, actor, at)}
    return int(line.facts["members"])


def _regroup(row: Series, actor: Reader, at: datetime) -> None:
    """What the links that are left still hold together stays together, the largest group in this series."""
    members = {str(one.report_id): one for one in memberships(series=row)}
    links = [
        (str(one.new_id), str(one.earlier_id))
        for one in links_among(one.report_id for one in members.values())
    ]
    for group in rule.parts(members, links)[1:]:
        other = new_series(at) if len(group) >= rule.LEAST else None
        for report in group:
            leaves(members[report], actor, at)
            if other is not None:
                joins(other, members[report].report, members[report].by_candidate_id, at)


def see_taken_out(*, actor: Reader, at: datetime, series: str, member: UUID) -> None:
    """A second analyst has seen what another one took out. Seen twice, the first holds. Raises SeriesRefused, NotFound."""
    refuse_unless_analyst(actor)
    row = SeriesMember.objects.filter(pk=member, series__reference=series, left_at__isnull=False).first()
    if row is None:
        raise NotFound(NO_SERIES)
    if str(row.left_by_id) == actor.id:
        raise SeriesRefused(ANOTHER)
    if row.seen_at is not None:
        return
    with entry("series_taking_out_seen", actor=actor, at=at, series=series):
        SeriesMember.objects.filter(pk=row.pk, seen_at=None).update(seen_at=at, seen_by=UUID(actor.id))


def _locked(series: str) -> Series:
    found = Series.objects.select_for_update(no_key=True).filter(reference=series).first()
    if found is None:
        raise NotFound(NO_SERIES)
    return found
