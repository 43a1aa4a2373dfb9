"""Duties: moved by whoever works on the case, missed when their time has passed; key events begin new ones."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._cases import locked_case, working_case
from nightdesk.actions._duties import begun_duties, entry_of, grounds_for, make_move
from nightdesk.actions._entry import entry, together
from nightdesk.actions._outbox import unclaimed
from nightdesk.actions._queue import follow
from nightdesk.actions._rows import staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty, KeyEventNoted
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import duty as rule
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.duty import DutyRefused, Said
from nightdesk.rules.pack_duties import KEY_EVENT

NO_DUTY: Final = "There is no such duty in this case. Go back to the case and choose it there."
_OF_CASE: Final = PreparedRows(lambda: Duty.objects.filter(case_id=given("case"), pk=given("duty")))


@together
def note_key_event(
    *, actor: Reader, at: datetime, reference: str, kind: str, happened_at: datetime
) -> KeyEventNoted:
    """Something happened that the person is told of: the clock of telling them starts when it happened.

    The same event at the same time, noted twice, is kept once. Raises DutyRefused, NotFound.
    """
    if kind not in pack().key_events.ids():
        raise DutyRefused("Choose what happened.")
    case = working_case(actor, reference)
    rule.refuse_if_no_such_time(happened_at, starts_at=case.opened_at, at=at)
    if known := case.key_events.filter(kind=kind, happened_at=happened_at).first():
        return known
    with entry("key_event_noted", actor=actor, at=at, subject=reference, event=kind):
        return _key_event(case, kind, happened_at, at, actor)


def _key_event(case: Case, kind: str, happened_at: datetime, at: datetime, actor: Reader) -> KeyEventNoted:
    row = KeyEventNoted.objects.create(
        case=case, kind=kind, happened_at=happened_at, noted_at=at, noted_by_id=staff_id(actor)
    )
    Duty.objects.bulk_create(begun_duties(case, starts=KEY_EVENT, starts_at=happened_at, because=row))
    follow(case)
    return row


@together
def move_duty(
    *, actor: Reader, at: datetime, reference: str, duty: UUID, move: str, said: Said, seen: int
) -> Duty:
    """Start a duty, meet it, set it aside or take that back. Its time stays as it was counted.

    `seen` is how many moves the page knew: a move that was made since is shown first. The same move with the same words sent
    twice is kept once. Raises DutyRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = _OF_CASE.first(case=case.pk, duty=duty)
    if row is None:
        raise NotFound(NO_DUTY)
    grounds = grounds_for(row.kind)
    rule.refuse_if_incomplete(entry_of(row), move, said, grounds=grounds, starts_at=row.starts_at, at=at)
    if _again(case, row, actor, seen, move, said):
        return row
    with entry("duty_moved", actor=actor, at=at, subject=reference) as line:
        make_move(case, row, move, actor=actor, at=at, said=said)
        line.facts = {"duty": row.kind, "move": move, "state": row.state, "said": said.ground or said.answer}
    return row


def _again(case: Case, row: Duty, actor: Reader, seen: int, move: str, said: Said) -> bool:
    """Whether this very move was kept a moment ago. Raises DutyRefused when something else was noted since."""
    newest = row.moves.order_by("-number").first()
    if (newest.number if newest else 0) == seen:
        return False
    if newest is not None and (newest.number, newest.by_id, newest.move) == (seen + 1, staff_id(actor), move):
        newest.vault = case.disclosure.vault
        kept = (newest.ground, newest.answer, newest.opened("words"))
        done = said.done_at or (newest.at if newest.done_at else None)
        if kept == (said.ground, said.answer, said.words.strip()) and done == newest.done_at:
            return True
    raise DutyRefused("Somebody noted something about this duty since the page was opened. Look again.")


@together
def miss_duty(*, at: datetime, duty: UUID, reference: str) -> bool:
    """A duty's time has passed: it is missed, still owed, and can be met late. False when somebody answered it meanwhile.

    The case is locked first, then the duty, as everywhere.
    """
    case = locked_case(reference)
    if case is None:
        raise NotFound(NO_DUTY)
    row = unclaimed(Duty.objects.filter(pk=duty, state__in=rule.RUNNING, due_at__lte=at)).first()
    if row is None:
        return False
    with entry("duty_moved", actor=SYSTEM, at=at, subject=reference) as line:
        make_move(case, row, "miss", actor=SYSTEM, at=at, said=Said())
        line.facts = {"duty": row.kind, "move": "miss", "state": row.state, "said": ""}
    return True
