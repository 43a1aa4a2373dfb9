"""The crime recorded, or an N100 with its reason: chosen by a person, each correction a further row."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._duties import meet_by_recording
from nightdesk.actions._entry import entry, together
from nightdesk.actions.duties import note_key_event
from nightdesk.outside.current import pack
from nightdesk.records.duties import Recording
from nightdesk.rules import recording as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.duty import DutyRefused
from nightdesk.rules.recording import Recorded

TOLD_OF = "crime_recorded"  # the key event, if the pack has it


@together
def record_crime(*, actor: Reader, at: datetime, reference: str, made: Recorded, seen: int) -> Recording:
    """Keep how the report was recorded; the duty to record it is met, and the person is owed to be told of a crime.

    `seen` is how many recordings the page knew. The same one sent twice is kept once. Raises DutyRefused, NotFound.
    """
    case = working_case(actor, reference)
    rule.refuse_if_incomplete(
        made, classes=pack().offence_classes.ids(), grounds={one.id: one for one in pack().no_crime_grounds},
        opened_at=case.opened_at, at=at,
    )  # fmt: skip
    before = list(case.recordings.select_related("vault").order_by("-number"))
    if before and _plain(before[0]) == made:
        return before[0]
    if len(before) != seen:
        raise DutyRefused("Somebody recorded it since the page was opened. Look at that first.")
    row = Recording(
        case=case, vault=case.disclosure.vault, number=len(before) + 1, kind=made.kind,
        offence_class=made.offence_class, ground=made.ground, police_number=made.police_number,
        recorded_at=made.recorded_at, noted_at=at, noted_by_id=UUID(actor.id), words=made.words,
    )  # fmt: skip
    with entry(
        "crime_recorded", actor=actor, at=at, subject=reference, recorded_as=made.kind, offence_class=made.offence_class,
        ground=made.ground, number=row.number,
    ):  # fmt: skip
        row.save(force_insert=True)
        meet_by_recording(case, actor=actor, at=at, done_at=made.recorded_at)
    first_crime = made.kind == rule.CRIME and not any(one.kind == rule.CRIME for one in before)
    if first_crime and TOLD_OF in pack().key_events.ids():
        note_key_event(actor=actor, at=at, reference=reference, kind=TOLD_OF, happened_at=made.recorded_at)
    return row


def _plain(row: Recording) -> Recorded:
    return Recorded(
        row.kind, row.recorded_at, row.offence_class, row.ground, row.opened("police_number"), row.opened("words")
    )  # fmt: skip
