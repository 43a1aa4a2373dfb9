"""Cases: opened with the referral, taken on by whoever answered."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._cases import move_case
from nightdesk.actions._duties import begun_duties
from nightdesk.actions._entry import entry
from nightdesk.actions._queue import follow_window
from nightdesk.actions._rows import staff_id
from nightdesk.records.cases import Case, CaseStatus
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.duties import Duty
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import case as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_duties import OPENED
from nightdesk.rules.queue import nearest

_LOCKED = PreparedRows(
    lambda: Case.objects.select_for_update(no_key=True).filter(disclosure_id=given("disclosure"))
)


def open_case(
    *,
    actor: Reader,
    at: datetime,
    disclosure: Disclosure,
    unit_id: UUID,
    unit_code: str,
    first_ends_at: datetime | None,
) -> Case:
    """Open the case of a disclosure in a unit, without an owner: it waits in the unit's queue, nearest duty first. What is
    owed begins with the telling.

    `first_ends_at` is when the first specimen window ends (UTC), None when none has an end.
    """
    case = Case(disclosure=disclosure, unit_id=unit_id, opened_at=at, first_window_ends_at=first_ends_at)
    duties = begun_duties(case, starts=OPENED, starts_at=disclosure.opened_at)
    case.next_duty_at = min((duty.due_at for duty in duties), default=None)
    case.nearest_at = nearest(case.first_window_ends_at, case.next_duty_at)
    with entry("case_opened", actor=actor, at=at, subject=disclosure.reference, unit=unit_code):
        case.save(force_insert=True)
        Duty.objects.bulk_create(duties)
        CaseStatus.objects.create(case=case, state=rule.OPEN, at=at, by_id=staff_id(actor))
    return case


def take_on(*, actor: Reader, at: datetime, disclosure: Disclosure) -> Case:
    """The actor owns the case from now on."""
    case = _locked(disclosure)
    with entry("case_taken_on", actor=actor, at=at, subject=disclosure.reference, owner=actor.id):
        case.owner_id = staff_id(actor)
        case.save(update_fields=["owner"])
        move_case(case, "take_on", actor=actor, at=at)
    return case


def give_back(*, actor: Reader, at: datetime, disclosure: Disclosure) -> None:
    """Whoever had taken it on can't any more: the case waits in the unit's queue again. Nothing when nobody had it.

    Source: IOPC learning, October 2024 (cases left with officers who were not there).
    """
    case = _locked(disclosure)
    if case.owner_id is None:
        return
    with entry("case_released", actor=actor, at=at, subject=disclosure.reference, owner=str(case.owner_id)):
        case.owner_id = None
        case.save(update_fields=["owner"])
        move_case(case, "give_back", actor=actor, at=at)


def follow_clock(*, disclosure: Disclosure, first_ends_at: datetime | None) -> None:
    """A newer clock was started: the queue goes by its first window. Called inside the entry that started it."""
    follow_window(first_ends_at, disclosure=disclosure)


def _locked(disclosure: Disclosure) -> Case:
    found = _LOCKED.first(disclosure=disclosure.pk)
    if found is None:
        raise Case.DoesNotExist("A referral without a case.")
    return found
