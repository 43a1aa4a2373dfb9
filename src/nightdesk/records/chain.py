"""From rows of custody to the facts that the rules know, and what a reader has to do with an exhibit."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Custody, Exhibit, HandOver, Store
from nightdesk.records.prepared_rows import PreparedColumns, PreparedRows, given
from nightdesk.rules import custody as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.exhibit import Nearness
from nightdesk.rules.readings import Row

_NEWEST = PreparedRows(
    lambda: (
        Custody.objects.filter(exhibit_id=given("exhibit"))
        .select_related("staff", "store__station", "noted_by")
        .order_by("-number")[:1]
    )
)
_OFFERED_TO = PreparedColumns(
    lambda: HandOver.objects.filter(exhibit_id=given("exhibit"), answered_at=None).values_list(
        "offered_to_id"
    )
)
_CASE = PreparedRows(lambda: Case.objects.filter(disclosure_id=given("disclosure")))


def holder_of(row: Custody) -> rule.Holder:
    """The one holder that a link names."""
    if row.staff_id:
        return rule.Holder(rule.STAFF, str(row.staff_id))
    return rule.Holder(rule.STORE, str(row.store_id)) if row.store_id else rule.Holder(row.outside)


def link_of(row: Custody) -> rule.Link:
    """The link as the rules know it."""
    return rule.Link(row.number, row.what, row.at, holder_of(row), row.noted_at)


def chain_of(rows: Iterable[Custody]) -> list[rule.Link]:
    """The chain as the rules know it, oldest first."""
    return [link_of(row) for row in sorted(rows, key=lambda row: row.number)]


def newest_of(exhibit: Exhibit) -> Custody:
    """The newest link: where the exhibit is now."""
    found = _NEWEST.first(exhibit=exhibit.pk)
    if found is None:
        raise Custody.DoesNotExist("An exhibit without a chain.")
    return found


def case_of(exhibit: Exhibit) -> Case | None:
    """The case of its disclosure, if there is one."""
    return _CASE.first(disclosure=exhibit.disclosure_id)


def newest_links() -> QuerySet[Custody]:
    """The newest link of every exhibit: where each one is now."""
    return Custody.objects.filter(until=None)


def ends_astray(rows: Iterable[Custody]) -> tuple[str, ...]:
    """Sentences for links that do not end when the next begins; empty for a whole chain."""
    ordered = sorted(rows, key=lambda row: row.number)
    begins = [row.at for row in ordered[1:]] + [None]
    return tuple(
        f"Link {row.number}: it does not end where the next begins."
        for row, begin in zip(ordered, begins, strict=True)
        if row.until != begin
    )


def nearness_of(reader: Reader, exhibit: Exhibit, newest: Custody, case: Case | None) -> Nearness:
    """What the reader has to do with the exhibit. `case`: of its disclosure; without one, the unit of the station counts."""
    station = newest.store.station if newest.store else None
    here = station is not None and (
        (bool(reader.station) and str(station.pk) == reader.station)
        or (reader.role != "counter" and bool(reader.unit) and str(station.unit_id) == reader.unit)
    )
    return Nearness(
        role=reader.role, with_me=str(newest.staff_id) == reader.id or is_offered(reader, exhibit),
        taken_by_me=str(exhibit.taken_by_id) == reader.id, here=here,
        case_of_my_unit=bool(reader.unit) and unit_of(exhibit.disclosure, case) == reader.unit,
        case_mine=case is not None and str(case.owner_id) == reader.id,
    )  # fmt: skip


def unit_of(disclosure: Disclosure, case: Case | None) -> str:
    """The unit of the case, or without one of the station, as text; "" for none."""
    unit = case.unit_id if case else disclosure.station.unit_id if disclosure.station else None
    return str(unit or "")


def is_of_unit(reader: Reader, disclosure: Disclosure) -> bool:
    """Whether what was told belongs to the reader's unit."""
    case = Case.objects.filter(disclosure=disclosure).first()
    return bool(reader.unit) and unit_of(disclosure, case) == reader.unit


def may_enter(reader: Reader, disclosure: Disclosure) -> bool:
    """Whether the reader enters exhibits of a disclosure: whoever took it, its counter, the unit, the owner of the case."""
    station, case = disclosure.station, Case.objects.filter(disclosure=disclosure).first()
    theirs = {disclosure.taken_by_id, disclosure.station_id, station.unit_id if station else None}
    theirs |= {case.owner_id, case.unit_id} if case else set()
    mine = {reader.id, reader.station} | ({reader.unit} if reader.role != "counter" else set())
    return bool({str(found) for found in theirs if found} & (mine - {""}))


def is_offered(reader: Reader, exhibit: Exhibit) -> bool:
    """Whether somebody is handing it to the reader now."""
    return reader.id in (str(staff_id) for (staff_id,) in _OFFERED_TO.rows(exhibit=exhibit.pk))


def kept_readings(rows: Iterable[Row]) -> dict[str, dict[datetime, int]]:
    """Per store that a file names and that there is: the readings kept in the span of the file."""
    spans: dict[str, list[datetime]] = {}
    for row in rows:
        spans.setdefault(row.store, []).append(row.at)
    found: dict[str, dict[datetime, int]] = {}
    for store in Store.objects.filter(code__in=spans):
        times = spans[store.code]
        kept = store.temperatures.filter(at__gte=min(times), at__lte=max(times))
        found[store.code] = dict(kept.values_list("at", "tenths"))
    return found
