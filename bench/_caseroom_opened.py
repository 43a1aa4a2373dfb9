"""The one case that the bench opens, filled by the ordinary actions: really sealed, with what a busy week leaves."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

OBJECTS: Final = 6
CONTACTS: Final = 12
TASKS: Final = 8
READINGS: Final = 200  # lines in its journal besides


def fill(reference: str, owner: Any, at: datetime) -> None:
    """`owner` took it on, entered what was told, agreed a plan, called, has things to do, and looked often."""
    from nightdesk.actions.particular_account import take_from_account
    from nightdesk.actions.particulars import keep_particular
    from nightdesk.actions.reading import note_reading
    from nightdesk.queries.particulars import offered
    from nightdesk.queries.readers import reader_of
    from nightdesk.records.cases import Case
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.particular_field import TOLD, given

    Case.objects.filter(disclosure__reference=reference).update(owner=owner)
    here: dict[str, Any] = {"actor": reader_of(owner), "at": at, "reference": reference}
    version, parts = offered(SYSTEM, reference)
    take_from_account(**here, version=version, codes=[part.code for part in parts])
    for number in range(OBJECTS):
        values = {"sort": given("bottle", TOLD), "what": given(f"Small brown bottle, number {number}", TOLD)}
        keep_particular(**here, kind="object", key=uuid4(), seen=0, values=values)
    plan = {
        "ways": given(("phone_call",)),
        "when": given("any"),
        "others_read": given("no"),
        "message": given("yes"),
    }
    keep_particular(**here, kind="contact_plan", key=uuid4(), seen=0, values=plan)
    keep_particular(**here, kind="wishes", key=uuid4(), seen=0, values={"police": given("action")})
    _contacts(here, str(owner.pk))
    for _ in range(READINGS):
        note_reading(**here, what="case")


def _contacts(here: dict[str, Any], owner: str) -> None:
    """Calls by the plan, each with what came of it; tasks."""
    from nightdesk.actions.contact_log import Begun, begin_contact, note_outcome
    from nightdesk.actions.tasks import NewTask, make_task
    from nightdesk.rules.contact import Came

    for number in range(CONTACTS):
        begun = Begun("phone_call", "out", here["at"] - timedelta(hours=5 * number))
        row = begin_contact(**here, sender_key=uuid4(), begun=begun)
        note_outcome(**here, contact=UUID(str(row.pk)), seen=0, came=Came("no_answer"))
    for number in range(TASKS):
        new = NewTask(
            "evidence", f"Ask venue {number} for its video", owner, here["at"] + timedelta(hours=40 + number)
        )
        make_task(**here, sender_key=uuid4(), new=new)
