"""The register of exhibits: what this reader may know of, where each one is, and counts that match what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, When

from nightdesk.queries.exhibit_sight import being_offered, links_in_sight
from nightdesk.queries.stores import faulty_now
from nightdesk.records import chain
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Custody, Destruction
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import DESTROYED, LABORATORY, PERSON, PLACES
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR

PAGE_ROWS: Final = 50
MOST_ROWS: Final = 10_000  # in one file
Faulty = Mapping[Any, tuple[str, ...]]  # store id → kinds of fault that last
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
    beginning. `taken_from` and `taken_until` are moments (aware UTC) that the taking lies between; `since`: where it is
    now, it has been from then on or later."""

    text: str = ""
    kind: str = ""
    store: str = ""
    holder: str = ""
    state: str = ""
    taken_from: datetime | None = None
    taken_until: datetime | None = None
    since: datetime | None = None


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
    """What the reader may know of and looks for, newest first. The counts are those of the search without its state.

    All counts come from one pass over what was found, and only one page of rows is read.
    """
    faulty = faulty_now(now)
    found = _found(reader, replace(sought, state=""))
    states = {state: _in_state(state, reader, now, faulty) for state in STATES}
    counted = found.aggregate(
        whole=Count("pk"), **{state: Count("pk", filter=within) for state, within in states.items()}
    )
    counts = {state: counted[state] for state in STATES} | {"": counted["whole"]}
    total = counts[sought.state if sought.state in STATES else ""]
    pages = max(1, -(-total // rows))
    page = min(max(1, page), pages)
    listed = _listed(reader, sought, now, faulty, (page - 1) * rows, rows)
    return Register(listed, total, counts, page, pages)


def listed(reader: Reader, sought: Sought, now: datetime, rows: int = MOST_ROWS) -> tuple[Row, ...]:
    """The same rows without the counts: for files, labels and lists of a case."""
    return _listed(reader, sought, now, faulty_now(now), 0, rows)


def _listed(
    reader: Reader, sought: Sought, now: datetime, faulty: Faulty, start: int, rows: int
) -> tuple[Row, ...]:
    found = _found(reader, sought).select_related("exhibit__disclosure", "staff", "store")
    if sought.state in STATES:
        found = found.filter(_in_state(sought.state, reader, now, faulty))
    ordered = found.annotate(late=_late(now)).order_by("-exhibit__taken_at", "exhibit__code")
    return tuple(_row(link, reader, faulty) for link in ordered[start : start + rows])


def _found(reader: Reader, sought: Sought) -> QuerySet[Custody]:
    """The newest links of the exhibits that are looked for."""
    found = links_in_sight(reader)
    if text := sought.text.strip().upper():
        found = found.filter(
            Q(exhibit__code__startswith=text)
            | Q(exhibit__court_ref__iexact=text)
            | Q(exhibit__disclosure__reference__startswith=text)
        )
    plain = {
        "exhibit__kind": sought.kind, "store__code": sought.store, "staff__username": sought.holder,
        "exhibit__taken_at__gte": sought.taken_from, "exhibit__taken_at__lte": sought.taken_until, "at__gte": sought.since,
    }  # fmt: skip
    return found.filter(**{name: value for name, value in plain.items() if value})


def _in_state(state: str, reader: Reader, now: datetime, faulty: Faulty) -> Q:
    return {
        "offered": being_offered(reader),
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


def _late(now: datetime) -> Any:
    """Whether it is overdue, worked out with the row."""
    return Case(When(is_overdue(now), then=True), default=False, output_field=BooleanField())


def _row(link: Any, reader: Reader, faulty: Faulty) -> Row:
    exhibit = link.exhibit
    holder = "staff" if link.staff else "store" if link.store else link.outside
    return Row(
        code=exhibit.code, court_ref=exhibit.court_ref, kind=exhibit.kind, reference=exhibit.disclosure.reference,
        taken_at=exhibit.taken_at, submit_by=exhibit.submit_by, overdue=link.late, holder=holder,
        holder_name=link.staff.name if link.staff else link.store.name if link.store else "",
        store=link.store.code if link.store else "", since=link.at, number=link.number,
        mine=str(link.staff_id) == reader.id, faults=faulty.get(link.store_id, ()) if link.store_id else (),
    )  # fmt: skip


def of_case(reader: Reader, reference: str, now: datetime) -> tuple[Row, ...]:
    """The exhibits of one case that the reader may know of, newest first."""
    return listed(reader, Sought(text=reference), now)


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
