"""Contact with the person: begun after the plan was looked at, and what came of it, as notes of which each stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._contact_plan import plan_in_force
from nightdesk.actions._entry import entry, together
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.rules import contact as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.contact import DIRECTIONS, Came, ContactRefused

NO_CONTACT: Final = "There is no such contact in this case. Go back to the case and choose it there."
OTHER_KEY: Final = "This page was used for another contact already. Open it again."


@dataclass(frozen=True)
class Begun:
    """A contact that begins, or began earlier: way and direction, when, which warnings the page said, why one goes on."""

    way: str
    direction: str
    begun_at: datetime
    told: tuple[str, ...] = ()
    reason: str = ""


@together
def begin_contact(
    *, actor: Reader, at: datetime, reference: str, sender_key: UUID, begun: Begun
) -> PersonContact:
    """Note that a contact begins, with what the plan says to this way at that moment.

    Sent twice, the second finds the first. Raises ContactRefused when a warning was not on the page or goes without a
    reason; NotFound for somebody else's case.
    """
    way = pack().contact_ways.get(begun.way)
    if way is None or begun.direction not in DIRECTIONS:
        raise ContactRefused("Choose how you get in touch.")
    case = working_case(actor, reference)
    if there := _same(case, sender_key, begun, actor):
        return there
    rule.refuse_if_no_such_time(begun.begun_at, opened_at=case.opened_at, at=at)
    plan, zone = plan_in_force(case)
    found = rule.checked(plan, way, begun.direction, begun.begun_at, zone)
    rule.refuse_if_unwarned(found, begun.told, begun.reason)
    with entry(
        "contact_begun", actor=actor, at=at, subject=reference, way=begun.way, direction=begun.direction,
        warnings=list(found.warnings), plan=plan.number,
    ):  # fmt: skip
        return PersonContact.objects.create(
            case=case, vault=case.disclosure.vault, sender_key=sender_key, way=begun.way, direction=begun.direction,
            begun_at=begun.begun_at, noted_at=at, noted_by_id=UUID(actor.id), plan=plan.number,
            warnings=list(found.warnings), reason=begun.reason.strip(),
        )  # fmt: skip


def _same(case: Case, sender_key: UUID, begun: Begun, actor: Reader) -> PersonContact | None:
    """The contact that this page made already. Raises ContactRefused when its key was used for another one."""
    row = PersonContact.objects.filter(sender_key=sender_key).first()
    if row is None:
        return None
    if (row.case_id, row.way, row.direction, str(row.noted_by_id)) != (
        case.pk, begun.way, begun.direction, actor.id
    ):  # fmt: skip
        raise ContactRefused(OTHER_KEY)
    return row


@together
def note_outcome(
    *, actor: Reader, at: datetime, reference: str, contact: UUID, seen: int, came: Came
) -> ContactNote:
    """Note what came of a contact, or correct what was noted: a further note, the earlier one stays.

    `seen` is how many notes the page knew. The same note sent twice is kept once. Raises ContactRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = case.contacts.filter(pk=contact).first()
    if row is None:
        raise NotFound(NO_CONTACT)
    if there := _again(case, row, actor, seen, came):
        return there
    outcomes = {outcome.id: outcome for outcome in pack().contact_outcomes}
    rule.refuse_if_incomplete(
        came, row.direction, outcomes, begun_at=row.begun_at, plan=plan_in_force(case)[0], correction=seen > 0
    )
    with entry(
        "contact_noted", actor=actor, at=at, subject=reference, way=row.way, outcome=came.outcome, number=seen + 1,
        promised=came.next_by_at is not None,
    ):  # fmt: skip
        return ContactNote.objects.create(
            contact=row, vault=case.disclosure.vault, number=seen + 1, outcome=came.outcome, at=at, by_id=UUID(actor.id),
            next_by_at=came.next_by_at, words=came.words.strip(), agreed=came.agreed.strip(),
        )  # fmt: skip


def _again(case: Case, row: PersonContact, actor: Reader, seen: int, came: Came) -> ContactNote | None:
    """This very note, kept a moment ago. Raises ContactRefused when somebody else noted something meanwhile."""
    newest = row.notes.select_related("by").order_by("-number").first()
    if (newest.number if newest else 0) == seen:
        return None
    if newest is not None:
        newest.vault = case.disclosure.vault
        same = (newest.number, str(newest.by_id), newest.outcome, newest.next_by_at) == (
            seen + 1, actor.id, came.outcome, came.next_by_at
        )  # fmt: skip
        if (
            same
            and newest.opened("words") == came.words.strip()
            and newest.opened("agreed") == came.agreed.strip()
        ):
            return newest
    who = newest.by.name if newest else ""
    raise ContactRefused(
        f"{who} has noted something about this contact since the page was opened. It is shown below; nothing was lost."
    )
