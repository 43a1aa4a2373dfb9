"""The register of exhibits: what this reader may know of, where each one is, and counts that match what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from nightdesk.queries.stores import faulty_now
from nightdesk.records import chain
from nightdesk.records.chain import newest_links
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Custody, Destruction, HandOver
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import DESTROYED, LABORATORY, PERSON, PLACES
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR

PAGE_ROWS: Final = 50
MOST_ROWS: Final = 10_000  # in one file
STATES: Final = (
    "offered",
    "with_me",
    "with_staff",
    "in_store",
    "out",
    "overdue",
    "in_fault",
    "returned",
    "destroyed",
)


@dataclass(frozen=True)
class Sought:
    """What is looked for; "" and None ask for nothing. `text`: a code, a court reference or a case reference, or its
    beginning. `first_day` and `last_day` are moments (aware UTC) that the taking lies between."""

    text: str = ""
    kind: str = ""
    store: str = ""
    holder: str = ""
    state: str = ""
    taken_from: datetime | None = None
    taken_until: datetime | None = None


@dataclass(frozen=True)
class Row:
    """A line of the register: no names of persons, nothing of what is written about the exhibit."""

    code: str
    court_ref: str
    kind: str
    reference: str
    taken_at: datetime
    submit_by: datetime | None
    overdue: bool
    holder: str  # staff, store, or a place outside
    holder_name: str
    store: str
    since: datetime
    number: int
    mine: bool
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One page of what was found, how many there are, and how many of them are in each state."""

    rows: tuple[Row, ...]
    total: int
    counts: Mapping[str, int]
    page: int
    pages: int


def register(reader: Reader, sought: Sought, now: datetime, page: int = 1, rows: int = PAGE_ROWS) -> Register:
    """What the reader may know of and looks for, newest first. The counts are those of the search without its state."""
    faulty = faulty_now(now)
    without_state = _found(reader, replace(sought, state=""))
    narrowed = {state: without_state.filter(_in_state(state, reader, now, faulty)) for state in STATES}
    counts = {state: found.count() for state, found in narrowed.items()} | {"": without_state.count()}
    chosen = narrowed[sought.state] if sought.state in STATES else without_state
    total = counts[sought.state if sought.state in STATES else ""]
    pages = max(1, -(-total // rows))
    page = min(max(1, page), pages)
    start = (page - 1) * rows
    listed = chosen.order_by("-exhibit__taken_at", "exhibit__code")[start : start + rows]
    return Register(tuple(_row(link, reader, now, faulty) for link in listed), total, counts, page, pages)


def _found(reader: Reader, sought: Sought) -> QuerySet[Custody]:
    """The newest links of the exhibits that are looked for."""
    found = newest_links().filter(in_sight(reader)).select_related("exhibit__disclosure", "staff", "store")
    if text := sought.text.strip().upper():
        found = found.filter(
            Q(exhibit__code__startswith=text)
            | Q(exhibit__court_ref__iexact=text)
            | Q(exhibit__disclosure__reference__startswith=text)
        )
    plain = {
        "exhibit__kind": sought.kind, "store__code": sought.store, "staff__username": sought.holder,
        "exhibit__taken_at__gte": sought.taken_from, "exhibit__taken_at__lte": sought.taken_until,
    }  # fmt: skip
    return found.filter(**{name: value for name, value in plain.items() if value})


def in_sight(reader: Reader) -> Q:
    """What may_see says, for a whole register (of newest links). A test holds the two alike."""
    if reader.role not in (COUNTER, SOIT, SUPERVISOR):
        return Q(pk__in=[])
    own = Q(staff_id=reader.id) | Q(exhibit__taken_by_id=reader.id) | _offered(reader)
    if reader.station:
        own |= Q(store__station_id=reader.station)
    if reader.role == COUNTER:
        return own
    told = "exhibit__disclosure__"
    own |= Q(**{f"{told}case__owner_id": reader.id})
    if reader.unit:
        own |= Q(store__station__unit_id=reader.unit) | Q(**{f"{told}case__unit_id": reader.unit})
        own |= Q(**{f"{told}case": None, f"{told}station__unit_id": reader.unit})
    return own


def _offered(reader: Reader) -> Q:
    """What somebody is handing to the reader now."""
    offers = HandOver.objects.filter(answered_at=None, offered_to=UUID(reader.id))
    return Q(exhibit_id__in=offers.values("exhibit_id"))


def _in_state(state: str, reader: Reader, now: datetime, faulty: Mapping[Any, Any]) -> Q:
    return {
        "offered": _offered(reader),
        "with_me": Q(staff_id=reader.id),
        "with_staff": Q(staff__isnull=False),
        "in_store": Q(store__isnull=False),
        "out": Q(outside__in=PLACES),
        "overdue": is_overdue(now),
        "in_fault": Q(store_id__in=list(faulty)),
        "returned": Q(outside=PERSON),
        "destroyed": Q(outside=DESTROYED),
    }[state]


def is_overdue(now: datetime) -> Q:
    """Of newest links: it had to have left for the laboratory by now, and it never did; gone is not overdue."""
    submitted = Custody.objects.filter(exhibit=OuterRef("exhibit"), outside=LABORATORY)
    return Q(~Exists(submitted), exhibit__submit_by__lt=now) & ~Q(outside__in=(PERSON, DESTROYED))


def _row(link: Custody, reader: Reader, now: datetime, faulty: Mapping[Any, tuple[str, ...]]) -> Row:
    exhibit = link.exhibit
    late = (
        exhibit.submit_by is not None and exhibit.submit_by < now and link.outside not in (PERSON, DESTROYED)
    )
    submitted = late and exhibit.custody.filter(outside=LABORATORY).exists()
    holder = "staff" if link.staff else "store" if link.store else link.outside
    return Row(
        code=exhibit.code, court_ref=exhibit.court_ref, kind=exhibit.kind, reference=exhibit.disclosure.reference,
        taken_at=exhibit.taken_at, submit_by=exhibit.submit_by, overdue=late and not submitted, holder=holder,
        holder_name=link.staff.name if link.staff else link.store.name if link.store else "",
        store=link.store.code if link.store else "", since=link.at, number=link.number,
        mine=str(link.staff_id) == reader.id, faults=faulty.get(link.store_id, ()) if link.store_id else (),
    )  # fmt: skip


def of_case(reader: Reader, reference: str, now: datetime) -> tuple[Row, ...]:
    """The exhibits of one case that the reader may know of, newest first."""
    return register(reader, Sought(text=reference), now, rows=MOST_ROWS).rows


def may_enter(reader: Reader, reference: str) -> bool:
    """Whether there is a disclosure with this reference to which the reader adds exhibits."""
    told = Disclosure.objects.select_related("station").filter(reference=reference).first()
    return told is not None and chain.may_enter(reader, told)


def colleagues(reader: Reader) -> list[tuple[str, str]]:
    """(username, name) of whom an exhibit can be handed to: the reader's own station and unit first."""
    staff = Staff.objects.filter(is_active=True, role__in=(COUNTER, SOIT, SUPERVISOR)).exclude(pk=reader.id)
    near = {reader.station, reader.unit} - {""}
    ordered = sorted(staff, key=lambda s: (not near & {str(s.station_id), str(s.unit_id)}, s.name))
    return [(member.username, member.name) for member in ordered]


@dataclass(frozen=True)
class ToDecide:
    """A destruction that waits for a decision: by whom it was asked, why, and whether the reader may decide it."""

    code: str
    court_ref: str
    kind: str
    reference: str
    reason: str
    asked_by: str
    asked_at: datetime
    by_me: bool
    held: bool


def destructions_to_decide(reader: Reader) -> list[ToDecide]:
    """What waits for a supervisor of the reader's unit, oldest first."""
    told = "exhibit__disclosure"
    if reader.role != SUPERVISOR or not reader.unit:
        return []
    own = Q(**{f"{told}__case__unit_id": reader.unit})
    own |= Q(**{f"{told}__case": None, f"{told}__station__unit_id": reader.unit})
    waiting = (
        Destruction.objects.filter(own, decided_at=None).select_related(told, "asked_by").order_by("asked_at")
    )
    return [
        ToDecide(
            code=d.exhibit.code, court_ref=d.exhibit.court_ref, kind=d.exhibit.kind, reason=d.reason,
            reference=d.exhibit.disclosure.reference, asked_by=d.asked_by.name, asked_at=d.asked_at,
            by_me=str(d.asked_by_id) == reader.id, held=d.exhibit.disclosure.holds.filter(lifted_at=None).exists(),
        )
        for d in waiting
    ]  # fmt: skip
