"""Opening another's case: a reason that holds for some hours; that its owner saw it; what was asked and answered."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import locked_disclosure
from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.openings import CaseOpening, OpeningMove, OpeningSeen, nobody_there
from nightdesk.records.staff import Staff
from nightdesk.rules import opening as rule
from nightdesk.rules.access import AccessRefused, Reader, may_open
from nightdesk.rules.opening import OpeningRefused
from nightdesk.rules.pack_search import OPENING_HOLDS
from nightdesk.rules.terms import SUPERVISOR

NO_CASE = "There is no case with this reference. Check the reference."
NO_OPENING = "There is no such opening of yours, of your cases or of your unit. Go back to the list."


@together
def give_reason(*, actor: Reader, at: datetime, reference: str, reason: str, words: str) -> CaseOpening:
    """Note why the actor opens a case that is not theirs; given again while one holds, the same opening is given back.

    Raises OpeningRefused without a reason of the pack or without words, AccessRefused for a role that works no cases,
    NotFound for an unknown reference.
    """
    if not may_open("case", actor.role):
        note_refusal(actor=actor, at=at, what="case", reference=reference)
        raise AccessRefused("Cases are opened by specialists and supervisors. Ask one of them.")
    if reason not in pack().opening_reasons:
        raise OpeningRefused("Choose why you open this case.")
    if not words.strip():
        raise OpeningRefused("Say in a few words why, so that its owner understands.")
    disclosure = locked_disclosure(reference, NO_CASE)
    case = Case.objects.filter(disclosure=disclosure).first()
    if case is None:
        raise NotFound(NO_CASE)
    standing = CaseOpening.objects.filter(case=case, opened_by_id=UUID(actor.id), until_at__gt=at).first()
    if standing is not None:
        return standing
    hours = pack().opening_limits[OPENING_HOLDS].hours
    row = CaseOpening(
        vault=disclosure.vault, case=case, opened_at=at, opened_by_id=UUID(actor.id), until_at=rule.holds_until(at, hours),
        reason=reason, words=words,
    )  # fmt: skip
    with entry("other_case_opened", actor=actor, at=at, subject=reference, reason=reason, hours=hours):
        row.save(force_insert=True)
    return row


def see_openings(*, actor: Reader, at: datetime, openings: Iterable[UUID]) -> int:
    """The owner has seen these openings of their cases, or the supervisor of the case's unit while nobody is there to.

    How many are newly seen. Any other is passed over, and so is one's own: whoever opened a case doesn't see it for its
    owner.
    """
    theirs = Q(case__owner=UUID(actor.id))
    if actor.role == SUPERVISOR and actor.unit:
        theirs |= Q(case__unit=UUID(actor.unit)) & nobody_there(at)
    wanted = CaseOpening.objects.filter(theirs, pk__in=list(openings), seen__isnull=True)
    rows = [
        OpeningSeen(opening=row, at=at, by_id=UUID(actor.id))
        for row in wanted.exclude(opened_by=UUID(actor.id))
    ]
    with entry("openings_seen", actor=actor, at=at, count=len(rows)):
        OpeningSeen.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@together
def move_opening(
    *, actor: Reader, at: datetime, opening: UUID, move: str, words: str, finding: str = "", seen: int
) -> OpeningMove:
    """Ask why, or answer. `seen`: how many moves the page knew. Raises OpeningRefused with what to do, NotFound."""
    row = (
        CaseOpening.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__disclosure", "vault")
        .filter(pk=opening)
        .first()
    )
    standing = _standing(actor, row) if row else rule.Standing()
    if row is None or not standing.may_see:
        raise NotFound(NO_OPENING)
    moves = list(row.moves.order_by("number"))
    state = moves[-1].state if moves else rule.NOTED
    if len(moves) != seen:
        raise OpeningRefused("Somebody was quicker. What they wrote is below; read it, then go on.")
    after = rule.next_state(state, move) if move in ("ask", "answer") else ""
    if not after:
        raise OpeningRefused("Choose one of the steps that the page offers.")
    rule.refuse_unless_may(standing, move)
    if move == "answer" and finding not in rule.FINDINGS:
        raise OpeningRefused("Choose what you found.")
    if not words.strip():
        raise OpeningRefused("Say in a few words why, so that the next person understands.")
    made = OpeningMove(
        vault=row.vault, opening=row, number=len(moves) + 1, move=move, state=after,
        finding=finding if move == "answer" else "", at=at, by_id=UUID(actor.id), words=words,
    )  # fmt: skip
    with entry(
        "opening_moved", actor=actor, at=at, subject=row.case.disclosure.reference, move=move, finding=made.finding,
        number=made.number,
    ):  # fmt: skip
        made.save(force_insert=True)
    return made


def _standing(actor: Reader, row: CaseOpening) -> rule.Standing:
    """How the actor stands to an opening."""
    opener_unit = Staff.objects.filter(pk=row.opened_by_id).values_list("unit_id", flat=True).first()
    supervises = actor.role == SUPERVISOR and bool(actor.unit)
    return rule.Standing(
        opener=str(row.opened_by_id) == actor.id, owner=str(row.case.owner_id) == actor.id,
        supervises=supervises and actor.unit in (str(row.case.unit_id), str(opener_unit)),
    )  # fmt: skip
