"""What came of a contact, and the promise in it as a task: both or neither."""

from datetime import datetime
from uuid import UUID, uuid5

from nightdesk.actions._entry import together
from nightdesk.actions.contact_log import Begun, begin_contact, note_outcome
from nightdesk.actions.tasks import NewTask, make_task
from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.rules.access import Reader
from nightdesk.rules.contact import Came
from nightdesk.rules.pack_contact import CALL_BACK


@together
def note_with_task(
    *, actor: Reader, at: datetime, reference: str, contact: UUID, seen: int, came: Came, task: str = ""
) -> ContactNote:
    """Note what came of a contact; `task`: the title of the task that its promise becomes, for whoever promised.

    Raises ContactRefused, TaskRefused, NotFound.
    """
    note = note_outcome(actor=actor, at=at, reference=reference, contact=contact, seen=seen, came=came)
    if task and came.next_by_at is not None:
        new = NewTask(CALL_BACK, task, actor.id, came.next_by_at, contact)
        make_task(actor=actor, at=at, reference=reference, sender_key=uuid5(note.pk, "task"), new=new)
    return note


@together
def note_contact(
    *, actor: Reader, at: datetime, reference: str, sender_key: UUID, begun: Begun, came: Came, task: str = ""
) -> PersonContact:
    """A contact that is over already, or that the person began: how it began and what came of it, together.

    Raises ContactRefused, TaskRefused, NotFound.
    """
    row = begin_contact(actor=actor, at=at, reference=reference, sender_key=sender_key, begun=begun)
    note_with_task(actor=actor, at=at, reference=reference, contact=row.pk, seen=0, came=came, task=task)
    return row
