"""Links between the particulars of a case: made with what they rest on, taken back with a reason, never deleted."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions.particulars import LONGEST_WHY, NO_ENTRY
from nightdesk.actions.refusals import NotFound
from nightdesk.records.cases import Case
from nightdesk.records.particulars import Particular, ParticularLink
from nightdesk.rules.access import Reader
from nightdesk.rules.particular_field import ParticularRefused
from nightdesk.rules.particular_link import BOTH_WAYS, refuse_if_no_link

SAY_WHY: Final = "Say in a few words why the link is taken back, so that the next person understands."
NO_LINK: Final = "There is no such link in this case. Go back to the entry and choose it there."


@together
def link_particulars(
    *, actor: Reader, at: datetime, reference: str, kind: str, one: UUID, other: UUID, basis: str
) -> ParticularLink:
    """Note that two entries belong together. A link that stands already is kept once, read from either end where it is the
    same both ways. Raises ParticularRefused, NotFound.
    """
    case = working_case(actor, reference)
    ends = _standing(case, one), _standing(case, other)
    refuse_if_no_link(kind, ends[0].kind, ends[1].kind, same=one == other, basis=basis)
    pairs = [(one, other), (other, one)] if kind in BOTH_WAYS else [(one, other)]
    for first, second in pairs:
        standing = case.links.filter(kind=kind, one=first, other=second, taken_back_at=None).first()
        if standing is not None:
            return standing
    with entry(
        "particulars_linked", actor=actor, at=at, subject=reference, link=kind, one=str(one), other=str(other)
    ):  # fmt: skip
        row = ParticularLink(
            vault=case.disclosure.vault, case=case, kind=kind, one_id=one, other_id=other, basis=basis, made_at=at,
            made_by_id=UUID(actor.id), why="",
        )  # fmt: skip
        row.save(force_insert=True)
    return row


@together
def take_back_link(*, actor: Reader, at: datetime, reference: str, key: UUID, why: str) -> ParticularLink:
    """The link holds no longer; it stays readable with the reason. Taken back twice, it is taken back once.

    Raises ParticularRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = case.links.select_related("vault").filter(pk=key).first()
    if row is None:
        raise NotFound(NO_LINK)
    if row.taken_back_at is not None:
        return row
    if not why.strip():
        raise ParticularRefused(SAY_WHY)
    if len(why) > LONGEST_WHY:
        raise ParticularRefused(f"That is more than {LONGEST_WHY} characters. Say it in fewer.")
    with entry(
        "particulars_unlinked", actor=actor, at=at, subject=reference, link=row.kind, one=str(row.one_id),
        other=str(row.other_id),
    ):  # fmt: skip
        row.taken_back_at, row.taken_back_by_id, row.why = at, UUID(actor.id), why.strip()
        row.save(update_fields=["taken_back_at", "taken_back_by", "why"])
    return row


def _standing(case: Case, key: UUID) -> Particular:
    """An entry of this case that was not withdrawn. Raises NotFound, ParticularRefused."""
    row = case.particulars.filter(pk=key).first()
    if row is None:
        raise NotFound(NO_ENTRY)
    if row.withdrawn_at is not None:
        raise ParticularRefused("One of the two was withdrawn. Choose an entry that holds.")
    return row
