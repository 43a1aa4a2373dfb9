"""What is known of a case that speaks against closing it: counted from the rows; one seal is opened, that of the wishes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.closing_tries import tried_of
from nightdesk.records.contact_plan import wants_police
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Custody
from nightdesk.records.flags import CaseFlag
from nightdesk.rules.closing import Standing
from nightdesk.rules.duty import STILL_OWED
from nightdesk.rules.flag import PROPOSED, RAISED, is_due
from nightdesk.rules.kept_clock import next_end
from nightdesk.rules.particular_kinds import SUSPECT
from nightdesk.rules.referral import HANDED_OVER

OUTER_WINDOW = "examination"  # how long an examination is suggested at all: an id that every pack has


@dataclass(frozen=True)
class OfPack:
    """Codes of the pack that the rows are read with: duties that are offers of support, outcomes that reached the person."""

    offers: Collection[str]
    reached: Collection[str]


def standing_of(case: Case, codes: OfPack, *, at: datetime, today: date) -> Standing:
    """The facts at `at`. `case.disclosure` is at hand."""
    told, owed = (
        case.disclosure,
        list(case.duties.filter(state__in=STILL_OWED).values_list("kind", flat=True)),
    )
    recorded = case.recordings.order_by("-number").values_list("kind", flat=True).first()
    due, proposed = _flags(told, today)
    return Standing(
        handed_over=told.referral.state == HANDED_OVER, recorded=recorded or "",
        offers_owed=sum(kind in codes.offers for kind in owed),
        duties_owed=sum(kind not in codes.offers for kind in owed),
        flags_due=due, flags_proposed=proposed, clock_runs=_clock_runs(told, at), specimens_held=_held(told),
        suspect_known=_suspect_known(case), wants_police=wants_police(case), tried=tried_of(case, codes.reached),
    )  # fmt: skip


def _suspect_known(case: Case) -> bool:
    """Whether the first account names anything to find a suspect by, or an entry for one stands."""
    entries = case.particulars.filter(role=SUSPECT, withdrawn_at=None)
    return case.disclosure.identifiers.filter(about="suspect").exists() or entries.exists()


def _flags(told: Disclosure, today: date) -> tuple[int, int]:
    """How many raised flags are due to be looked at again, and how many proposals wait."""
    rows = CaseFlag.objects.filter(disclosure=told, state__in=(PROPOSED, RAISED)).values_list(
        "state", "review_on"
    )
    found = list(rows)
    return sum(is_due(day, today) for _, day in found), sum(state == PROPOSED for state, _ in found)


def _held(told: Disclosure) -> int:
    """How many exhibits are with staff or in a store."""
    return Custody.objects.filter(exhibit__disclosure=told, until=None, outside="").count()


def _clock_runs(disclosure: Disclosure, at: datetime) -> bool:
    """Whether the window of an examination is open by the newest clock."""
    clock = (
        ClockStart.objects.filter(disclosure=disclosure)
        .select_related("kept")
        .order_by("-started_at")
        .first()
    )
    outer = [row for row in clock.windows if row["id"] == OUTER_WINDOW] if clock else []
    return next_end(outer, at) is not None
