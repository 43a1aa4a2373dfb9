"""Live work of linkage: what the worker counts (it alone opens an age for that), and what the fairness page shows of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from nightdesk.records.deaths import Death
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.link_audits import LinkAudit, LinkSwitchState
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.particulars import ParticularVersion
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate import GONE, LINKED, NOT_LINKED, UNLINKED
from nightdesk.rules.fairness import NOT_RECORDED, Live
from nightdesk.rules.link_audit import AuditRow, age_band, band_of_years, from_plain
from nightdesk.rules.pack_deaths import ETHNICITY
from nightdesk.rules.particular_kinds import VICTIM
from nightdesk.rules.terms import GIVEN

DAYS: Final = 365
AT_ONCE: Final = 100  # ages opened before looking what came in
DEATH: Final = "death"
OF_NO_UNIT: Final = ""


@dataclass(frozen=True)
class SwitchSeen:
    """How the linkage worker uses a switch: since when, and by which edition of the pack then."""

    on: bool
    since: datetime
    edition: str


@dataclass(frozen=True)
class AuditSeen:
    """One counting, as it may be shown."""

    at: datetime
    days: int
    rows: tuple[AuditRow, ...]


def newest_audit(reader: Reader) -> AuditSeen | None:
    """The newest counting; None while there is none."""
    row = LinkAudit.objects.order_by("-at", "-id").first()
    return AuditSeen(row.at, row.days, tuple(from_plain(row.figures))) if row else None


def switch_seen(reader: Reader, switch: str) -> SwitchSeen | None:
    """How the worker last began with a switch; None while it never did."""
    rows = list(LinkSwitchState.objects.filter(switch=switch).order_by("-at", "-id"))
    if not rows:
        return None
    first = rows[0]
    for row in rows:  # back to where it became what it is
        if row.on is not first.on:
            break
        first = row
    return SwitchSeen(first.on, first.at, first.edition)


def live(reader: Reader, now: datetime, *, between: Callable[[], object] = lambda: None) -> list[Live]:
    """Each candidate of the last year, for the worker alone: it opens how old the person is, and keeps only counts.

    `between` is called before every AT_ONCE ages: a year's worth takes seconds to open, and a new report may come.

    One that was linked and unlinked later was accepted once: it counts as not linked, because that is what was found.
    """
    if reader.role != "system":
        return []
    decided = LinkMove.objects.filter(candidate=OuterRef("pk"), state__in=(LINKED, NOT_LINKED))
    rows = LinkCandidate.objects.filter(raised_at__gt=now - timedelta(days=DAYS)).exclude(state=GONE).annotate(
        decided_at=Subquery(decided.order_by("number").values("at")[:1], output_field=DateTimeField()),
        channel=F("new__disclosure__channel"), disclosure=F("new__disclosure"), death=F("new__death"),
        unit=Coalesce(
            F("new__death__unit__name"), F("new__disclosure__case__unit__name"),
            F("new__disclosure__station__unit__name"),
        ),
    )  # fmt: skip
    kept = list(
        rows.values("state", "raised_at", "decided_at", "channel", "unit", "disclosure", "death").order_by(
            "raised_at"
        )
    )
    ages = {}
    for number, source in enumerate({(row["disclosure"], row["death"]) for row in kept}):
        if number % AT_ONCE == 0:
            between()
        ages[source] = _age(*source)
    switched = list(
        LinkSwitchState.objects.filter(switch=ETHNICITY).order_by("at", "id").values_list("at", "on")
    )
    return [_live(row, ages[row["disclosure"], row["death"]], switched) for row in kept]


def _live(row: Mapping[str, Any], age: str, switched: Sequence[tuple[datetime, bool]]) -> Live:
    state, at = row["state"], row["decided_at"]
    linked = state == LINKED if state in (LINKED, NOT_LINKED, UNLINKED) else None
    hours = (at - row["raised_at"]).total_seconds() / 3600 if at and linked is not None else None
    compared = [on for since, on in switched if since <= row["raised_at"]]
    return Live(
        row["channel"] or DEATH,
        row["unit"] or OF_NO_UNIT,
        linked,
        hours,
        age,
        bool(compared and compared[-1]),
    )


def _age(disclosure: UUID | None, death: UUID | None) -> str:
    """The band of whom it happened to; not recorded where nobody said, and where the key is gone."""
    try:
        if death is not None:
            return _age_of_death(death)
        return _age_of_told(disclosure) if disclosure is not None else NOT_RECORDED
    except (SealBroken, ValueError, TypeError, KeyError):
        return NOT_RECORDED


def _age_of_death(key: UUID) -> str:
    row = Death.objects.select_related("vault").get(pk=key)
    newest = row.versions.order_by("-number").first()
    if newest is None:
        return NOT_RECORDED
    newest.vault = row.vault
    return band_of_years(str(newest.opened("values").get("age", "")))


def _age_of_told(key: UUID) -> str:
    """As the case has it of one person whom it happened to; else what was answered at the counter."""
    row = Disclosure.objects.select_related("vault").get(pk=key)
    standing = ParticularVersion.objects.filter(
        particular__case__disclosure=row, particular__withdrawn_at=None, particular__kind="person",
        particular__role=VICTIM,
    )  # fmt: skip
    newest = {
        one.particular_id: one for one in standing.select_related("particular", "vault").order_by("number")
    }
    answers = [one.said().get("age") for one in newest.values()]
    ages = {str(one.value) for one in answers if one is not None and one.state == GIVEN and one.value}
    first = row.versions.order_by("-number").first()
    if first is not None:
        first.vault = row.vault
    told = first.basics().under_18 if first is not None else ""
    return age_band(ages.pop() if len(ages) == 1 else "", told)
