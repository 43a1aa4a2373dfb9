"""Who searches how often, and who opens how many cases that are not theirs: for their supervisor, and the auditor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from nightdesk.outside.current import pack
from nightdesk.records.openings import CaseOpening
from nightdesk.records.search import SearchMade
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.opening import too_often
from nightdesk.rules.pack_search import OPENINGS_SEEN, SEARCHES_SEEN
from nightdesk.rules.terms import AUDITOR, SUPERVISOR

DAYS: Final = 7
Counted = Mapping[str, Any]


@dataclass(frozen=True)
class Habit:
    """How often somebody searched and opened others' cases in the last DAYS, and whether that was more than is usual."""

    name: str
    unit: str
    searches: int
    others_found: int
    openings: int
    newest_at: datetime | None
    many_searches: bool
    many_openings: bool

    @property
    def unusual(self) -> bool:
        """Whether it is pointed out."""
        return self.many_searches or self.many_openings


def habits(reader: Reader, now: datetime) -> list[Habit]:
    """Of the reader's unit (the auditor: of all), everybody who searched or opened; the unusual first. Two statements."""
    people = Staff.objects.filter(_watched_by(reader)).select_related("unit")
    since = now - timedelta(days=DAYS)
    searched_much, opened_much = pack().opening_limits[SEARCHES_SEEN], pack().opening_limits[OPENINGS_SEEN]
    lately_searched = Q(at__gt=now - timedelta(hours=searched_much.hours))
    searches: dict[UUID, Counted] = {
        row["by"]: row
        for row in SearchMade.objects.filter(by__in=people.values("pk"), at__gt=since)
        .values("by")
        .annotate(
            n=Count("id"), others=Sum("others"), newest=Max("at"), lately=Count("id", filter=lately_searched)
        )
    }
    lately_opened = Q(opened_at__gt=now - timedelta(hours=opened_much.hours))
    openings: dict[UUID, Counted] = {
        row["opened_by"]: row
        for row in CaseOpening.objects.filter(opened_by__in=people.values("pk"), opened_at__gt=since)
        .values("opened_by")
        .annotate(n=Count("id"), newest=Max("opened_at"), lately=Count("id", filter=lately_opened))
    }
    found = [
        _habit(
            person,
            searches.get(person.pk, {}),
            openings.get(person.pk, {}),
            searched_much.number,
            opened_much.number,
        )
        for person in people.filter(pk__in={*searches, *openings})
    ]
    return sorted(found, key=lambda one: (not one.unusual, -one.openings, -one.searches, one.name))


def _habit(
    person: Staff, searched: Counted, opened: Counted, most_searches: int, most_openings: int
) -> Habit:
    times = [row["newest"] for row in (searched, opened) if row]
    return Habit(
        name=person.name, unit=person.unit.name if person.unit else "", searches=searched.get("n", 0),
        others_found=searched.get("others") or 0, openings=opened.get("n", 0), newest_at=max(times, default=None),
        many_searches=too_often(searched.get("lately", 0), most_searches),
        many_openings=too_often(opened.get("lately", 0), most_openings),
    )  # fmt: skip


def unusual(reader: Reader, now: datetime) -> int:
    """How many people of the reader's unit are pointed out."""
    return sum(one.unusual for one in habits(reader, now))


def _watched_by(reader: Reader) -> Q:
    """Whom the reader watches over."""
    if reader.role == AUDITOR:
        return Q()
    if reader.role == SUPERVISOR and reader.unit:
        return Q(unit=UUID(reader.unit))
    return Q(pk__in=())
