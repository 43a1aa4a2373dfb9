"""What several acts on a case need: it locked for writing, for whoever may work on it; and its moves."""

from datetime import datetime

from nightdesk.actions._queue import follow
from nightdesk.actions._rows import staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.records.cases import Case, CaseStatus
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules.access import Reader
from nightdesk.rules.case import may_open_without_reason, next_state
from nightdesk.rules.queue import SETTLES

NO_CASE = "There is no case of yours or your unit’s with this reference. Check the reference."

_LOCKED = PreparedRows(
    lambda: (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("disclosure__vault")
        .filter(disclosure__reference=given("reference"))
    )
)


def locked_case(reference: str) -> Case | None:
    """The case for writing, locked until the transaction ends, whoever acts; None when there is none."""
    return _LOCKED.first(reference=reference)


def working_case(actor: Reader, reference: str) -> Case:
    """The case for writing, locked until the transaction ends. Raises NotFound unless it is the actor's or their unit's."""
    found = locked_case(reference)
    if found is None or not may_open_without_reason(
        role=actor.role, own=str(found.owner_id) == actor.id, own_unit=bool(actor.unit) and str(found.unit_id) == actor.unit
    ):  # fmt: skip
        raise NotFound(NO_CASE)
    return found


def move_case(case: Case, move: str, *, actor: Reader, at: datetime) -> str:
    """One move of a case that is locked: the status row, and the state beside it. Raises CaseRefused."""
    before, case.state = case.state, next_state(case.state, move)
    case.save(update_fields=["state"])
    CaseStatus.objects.create(case=case, state=case.state, move=move, at=at, by_id=staff_id(actor))
    if SETTLES in (before, case.state):
        follow(case)
    return case.state
