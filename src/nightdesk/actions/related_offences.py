"""Further offences recorded with a case, chosen by a person; withdrawn with a reason, never taken out."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.related_offences import RelatedOffence, RelatedOffenceEnd
from nightdesk.rules import related_offence as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.related_offence import Added

NO_OFFENCE = "There is no such offence in this case. Go back to the case and choose it there."


@together
def add_related_offence(
    *, actor: Reader, at: datetime, reference: str, added: Added, suggested: bool, seen: int
) -> RelatedOffence:
    """Record a further offence. `suggested`: whether something known pointed to it; `seen`: how many the page knew.

    The same one sent twice is kept once. Raises CaseRefused, NotFound.
    """
    case = working_case(actor, reference)
    rule.refuse_if_incomplete(added, pack().related_classes.ids())
    before = list(case.related_offences.select_related("vault", "end").order_by("-number"))
    if len(before) != seen:
        if before and _plain(before[0]) == added and not hasattr(before[0], "end"):
            return before[0]
        raise CaseRefused("Somebody recorded another offence since the page was opened. Look at that first.")
    with entry(
        "related_offence_added", actor=actor, at=at, subject=reference, number=seen + 1, suggested=suggested,
        offence_class=added.offence_class,
    ):  # fmt: skip
        return RelatedOffence.objects.create(
            case=case, vault=case.disclosure.vault, number=seen + 1, offence_class=added.offence_class,
            suggested=suggested, added_at=at, added_by_id=UUID(actor.id), police_number=added.police_number,
            why=added.why.strip(),
        )  # fmt: skip


@together
def end_related_offence(
    *, actor: Reader, at: datetime, reference: str, number: int, why: str
) -> RelatedOffenceEnd:
    """Withdraw a further offence, with the reason; it stays where it is. Raises CaseRefused, NotFound."""
    case = working_case(actor, reference)
    row = case.related_offences.select_related("end__by").filter(number=number).first()
    if row is None:
        raise NotFound(NO_OFFENCE)
    made: RelatedOffenceEnd | None = getattr(row, "end", None)
    if made is not None:
        if str(made.by_id) == actor.id:
            return made
        raise CaseRefused(f"{made.by.name} was quicker and has withdrawn it already.")
    rule.refuse_if_unsaid(why)
    with entry(
        "related_offence_ended", actor=actor, at=at, subject=reference, number=number, offence_class=row.offence_class
    ):  # fmt: skip
        return RelatedOffenceEnd.objects.create(
            offence=row, vault=case.disclosure.vault, at=at, by_id=UUID(actor.id), why=why.strip()
        )


def _plain(row: RelatedOffence) -> Added:
    return Added(row.offence_class, row.opened("why"), row.opened("police_number"))
