"""Tasks of a case: made by hand or out of a promise, done once, handed on, given another time with words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions.contact_log import NO_CONTACT
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.staff import Staff
from nightdesk.records.tasks import Task, TaskMove
from nightdesk.rules import task as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.task import TaskRefused, Wanted
from nightdesk.rules.terms import SOIT, SUPERVISOR

NO_TASK: Final = "There is no such task in this case. Go back to the case and choose it there."
OTHER_KEY: Final = "This page was used for another task already. Open it again."
PAST: Final = {
    "do": "done", "drop": "dropped", "hand_on": "handed on", "re_date": "given another time to", "take_back": "reopened",
}  # fmt: skip


@dataclass(frozen=True)
class NewTask:
    """A task to be made: its kind, the title in words, for whom (an id of staff), by when, out of which contact."""

    kind: str
    title: str
    for_whom: str
    due_at: datetime
    contact: UUID | None = None


@together
def make_task(*, actor: Reader, at: datetime, reference: str, sender_key: UUID, new: NewTask) -> Task:
    """A new task of a case. Sent twice, the second finds the first. Raises TaskRefused, NotFound."""
    case = working_case(actor, reference)
    there = Task.objects.filter(sender_key=sender_key).first()
    if there is not None:
        if (there.case_id, str(there.made_by_id)) != (case.pk, actor.id):
            raise TaskRefused(OTHER_KEY)
        return there
    if new.kind not in pack().task_kinds:
        raise TaskRefused("Choose what kind of task it is.")
    if not new.title.strip():
        raise TaskRefused("Say in a few words what is to be done.")
    rule.refuse_if_no_such_time(new.due_at, at)
    contact = case.contacts.filter(pk=new.contact).first() if new.contact else None
    if new.contact and contact is None:
        raise NotFound(NO_CONTACT)
    doer = _doer(case, new.for_whom)
    with entry(
        "task_made", actor=actor, at=at, subject=reference, task=new.kind, origin="contact" if contact else "manual",
        own=str(doer.pk) == actor.id,
    ):  # fmt: skip
        return Task.objects.create(
            case=case, vault=case.disclosure.vault, sender_key=sender_key, kind=new.kind, title=new.title.strip(),
            contact=contact, made_at=at, made_by_id=UUID(actor.id), for_whom=doer, due_at=new.due_at,
        )  # fmt: skip


def _doer(case: Case, key: str) -> Staff:
    """Who may be given a task of this case: its owner, specialists and supervisors of its unit. Raises TaskRefused."""
    of_unit = Q(unit_id=case.unit_id, role__in=(SOIT, SUPERVISOR))
    rows = Staff.objects.filter(of_unit | Q(pk=case.owner_id), is_active=True)
    found = next((one for one in rows if str(one.pk) == key), None)
    if found is None:
        raise TaskRefused("Choose a member of the unit that has this case.")
    return found


@together
def move_task(
    *, actor: Reader, at: datetime, reference: str, task: UUID, seen: int, wanted: Wanted
) -> TaskMove:
    """Do a task, drop it, hand it on, give it another time, or take that back.

    `seen` is how many moves the page knew. The same move of the same person sent twice is kept once. Raises TaskRefused,
    saying who was quicker; NotFound.
    """
    case = working_case(actor, reference)
    row = case.tasks.filter(pk=task).first()
    if row is None:
        raise NotFound(NO_TASK)
    if there := _again(case, row, actor, seen, wanted):
        return there
    state = rule.next_state(row.state, wanted.move)
    rule.refuse_if_incomplete(wanted, due_at=row.due_at, at=at)
    with entry(
        "task_moved", actor=actor, at=at, subject=reference, task=row.kind, move=wanted.move, state=state
    ):
        return _moved(case, row, actor, at, seen + 1, state, wanted)


def _moved(
    case: Case, row: Task, actor: Reader, at: datetime, number: int, state: str, wanted: Wanted
) -> TaskMove:
    before, whose = row.due_at, row.for_whom_id
    row.state = state
    if wanted.move == "re_date" and wanted.due_at is not None:
        row.due_at = wanted.due_at
    if wanted.move == "hand_on":
        row.for_whom = _doer(case, wanted.to)
        if row.for_whom_id == whose:
            raise TaskRefused("They have it already. Choose somebody else.")
    row.save(update_fields=["state", "due_at", "for_whom"])
    return TaskMove.objects.create(
        task=row, vault=case.disclosure.vault, number=number, move=wanted.move, state=state, at=at, by_id=UUID(actor.id),
        due_before=before, due_at=row.due_at, from_whom_id=whose, to_whom=row.for_whom, words=wanted.words.strip(),
    )  # fmt: skip


def _again(case: Case, row: Task, actor: Reader, seen: int, wanted: Wanted) -> TaskMove | None:
    """This very move, kept a moment ago. Raises TaskRefused when somebody was quicker, saying who, what and when."""
    newest = row.moves.select_related("by").order_by("-number").first()
    if (newest.number if newest else 0) == seen:
        return None
    if newest is None:
        raise TaskRefused("This page is older than the task. Nothing was changed: open the case again.")
    newest.vault = case.disclosure.vault
    if (newest.number, str(newest.by_id), newest.move) == (seen + 1, actor.id, wanted.move):
        to = not wanted.to or str(newest.to_whom_id) == wanted.to
        due = wanted.due_at is None or newest.due_at == wanted.due_at
        if to and due and newest.opened("words") == wanted.words.strip():
            return newest
    local = timezone.localtime(newest.at)
    raise TaskRefused(
        f"{newest.by.name} has {PAST[newest.move]} this task at {local:%H:%M} on {date_format(local, 'j F')}, since you "
        "opened the page. Nothing of theirs was changed."
    )
