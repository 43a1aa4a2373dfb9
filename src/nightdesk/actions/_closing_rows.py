"""What acts on an ending share: the facts against it, the words of what blocks, and the outcome row."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.closing_facts import OfPack, standing_of
from nightdesk.records.closings import CaseOutcome, Closing
from nightdesk.rules.access import Reader
from nightdesk.rules.closing import Standing
from nightdesk.rules.closing_said import Said, Times

OFFER = "answer"  # duties that are met by the answer to an offer


def standing(case: Case, at: datetime) -> Standing:
    """The facts of a case at `at`, by today's pack."""
    codes = OfPack(
        offers=[duty.id for duty in pack().duties if duty.met_by == OFFER],
        reached=[outcome.id for outcome in pack().contact_outcomes if outcome.reached],
    )
    return standing_of(case, codes, at=at, today=local_day(at))


def local_day(at: datetime) -> date:
    """The day by the local clock."""
    return timezone.localtime(at).date()


def times(case: Case, at: datetime) -> Times:
    """When it was told, now, and both days."""
    opened_at = case.disclosure.opened_at
    return Times(opened_at, at, local_day(opened_at), local_day(at))


def limits() -> dict[str, int]:
    """The pack's limits by their id."""
    return {limit.id: limit.amount for limit in pack().closing_limits}


def keep_outcome(
    closing: Closing, outcome: str, said: Said, *, actor: Reader, at: datetime, number: int
) -> CaseOutcome:
    """One outcome of a closed case; the newest counts. `closing.vault` is at hand."""
    return CaseOutcome.objects.create(
        closing=closing, vault=closing.vault, number=number, outcome=outcome, suspect=said.suspect,
        prosecutors_on=said.prosecutors_on, told=said.told, at=at, by_id=UUID(actor.id), grounds=said.grounds.strip(),
    )  # fmt: skip
