"""After and beside closing: under investigation, the outcome corrected, a closed case opened again."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._cases import move_case, working_case
from nightdesk.actions._closing_rows import keep_outcome, standing, times
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions.closings import MOVED_ON, owe_telling
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case, CaseStatus
from nightdesk.records.closings import CaseOutcome, Closing, Reopening
from nightdesk.rules import closing as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CLOSED, INVESTIGATING, CaseRefused
from nightdesk.rules.closing_said import Said, refuse_needs


@together
def begin_investigation(*, actor: Reader, at: datetime, reference: str) -> CaseStatus | None:
    """The case is under investigation from now on. Sent twice, it is kept once (None). Raises CaseRefused, NotFound."""
    case = working_case(actor, reference)
    if case.state == INVESTIGATING:
        return None
    with entry("case_moved", actor=actor, at=at, subject=reference) as line:
        state = move_case(case, "investigate", actor=actor, at=at)
        line.facts = {"move": "investigate", "state": state}
    return case.statuses.order_by("-id").first()


@together
def reopen_case(
    *, actor: Reader, at: datetime, reference: str, number: int, ground: str, words: str = ""
) -> Reopening:
    """Open a closed case again, with the reason. `number` is the closing that the page showed; its ending stays.

    Whoever reopens a case that nobody has, has it. Sent twice, it is kept once. Raises CaseRefused when somebody was
    quicker (saying who) or something is missing; NotFound.
    """
    case = working_case(actor, reference)
    newest = _closed_by(case, number)
    made: Reopening | None = getattr(newest, "reopening", None)
    if made is not None:
        made.vault = case.disclosure.vault
        if (str(made.by_id), made.ground, made.opened("words")) == (actor.id, ground, words.strip()):
            return made
        raise CaseRefused(f"{made.by.name} was quicker: the case is open again. Look at it there.")
    rule.refuse_reopening(pack().reopen_grounds.get(ground), words, actor.role)
    with entry("case_reopened", actor=actor, at=at, subject=reference, ground=ground, number=newest.number):
        move_case(case, "reopen", actor=actor, at=at)
        if case.owner_id is None:
            case.owner_id = staff_id(actor)
            case.save(update_fields=["owner"])
            move_case(case, "take_on", actor=actor, at=at)
        return Reopening.objects.create(
            closing=newest, vault=case.disclosure.vault, ground=ground, at=at, by_id=UUID(actor.id), words=words.strip()
        )  # fmt: skip


@together
def correct_outcome(
    *, actor: Reader, at: datetime, reference: str, outcome: str, said: Said, seen: int
) -> CaseOutcome:
    """Put the outcome of a closed case right: a further row, the newest counts. `seen`: how many outcomes the page knew.

    Only within the same ending; another ending is a case opened again. An outcome that needs a look is put right by whoever
    could have looked at it: else the look is gone round. The same sent twice is kept once. Raises CaseRefused, NotFound.
    """
    case = working_case(actor, reference)
    newest = case.closings.select_related("vault").order_by("-number").first()
    if case.state != CLOSED or newest is None:
        raise CaseRefused("This case is not closed, so that there is no outcome to correct.")
    rows = list(newest.outcomes.select_related("vault").order_by("-number"))
    chosen = pack().outcomes.get(outcome)
    if len(rows) != seen:
        if len(rows) == seen + 1 and _is_again(rows[0], actor, outcome, said):
            return rows[0]
        raise CaseRefused(MOVED_ON)
    if chosen is None or newest.ending not in chosen.endings or outcome == rows[0].outcome:
        raise CaseRefused(
            "Choose another outcome of the same ending. For another ending, open the case again.", "outcome"
        )
    if not rule.may_correct(newest.ending, chosen, looks=_may_look(actor, case, newest)):
        raise CaseRefused(
            "A supervisor looks at this outcome: ask one of the unit who neither asked to close the case nor has it.",
            "outcome",
        )
    if not said.grounds.strip():
        raise CaseRefused("Say why it is corrected.", "grounds")
    refuse_needs(chosen, said, recorded=standing(case, at).recorded, times=times(case, at))
    with entry(
        "outcome_corrected", actor=actor, at=at, subject=reference, number=seen + 1, outcome=outcome, before=rows[0].outcome
    ):  # fmt: skip
        owe_telling(case, newest.ending, outcome, before=rows[0].outcome, actor=actor, at=at)
        return keep_outcome(newest, outcome, said, actor=actor, at=at, number=seen + 1)


def _may_look(actor: Reader, case: Case, newest: Closing) -> bool:
    """Whether the actor could have looked at this closing."""
    own_unit = bool(actor.unit) and str(case.unit_id) == actor.unit
    asked, owner = str(newest.asked_by_id) == actor.id, str(case.owner_id) == actor.id
    return rule.may_look(role=actor.role, own_unit=own_unit, asked=asked, owner=owner)


def _is_again(newest: CaseOutcome, actor: Reader, outcome: str, said: Said) -> bool:
    """Whether the same person sent the same correction once more, in the same words."""
    kept = (newest.outcome, str(newest.by_id), newest.suspect, newest.prosecutors_on, newest.told)
    sent = (outcome, actor.id, said.suspect, said.prosecutors_on, said.told)
    return kept == sent and newest.opened("grounds") == said.grounds.strip()


def _closed_by(case: Case, number: int) -> Closing:
    """The newest closing, when it is the one that was shown and the case was closed by it. Raises CaseRefused."""
    newest = case.closings.select_related("reopening__by").order_by("-number").first()
    if (
        newest is None
        or newest.number != number
        or (case.state != CLOSED and not hasattr(newest, "reopening"))
    ):
        raise CaseRefused(MOVED_ON)
    return newest
