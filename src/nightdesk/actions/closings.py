"""Closing a case: asked for with what was said, looked at by a supervisor, closed or sent back. Nothing is overwritten."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._cases import move_case, working_case
from nightdesk.actions._closing_rows import keep_outcome, limits, standing, times
from nightdesk.actions._entry import entry, together
from nightdesk.actions.duties import note_key_event
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.closings import Closing, ClosingLook
from nightdesk.rules import closing as rule
from nightdesk.rules import closing_said
from nightdesk.rules.access import Reader
from nightdesk.rules.case import ASKED, CLOSED, TAKE_BACK, CaseRefused, next_state
from nightdesk.rules.closing_said import Said
from nightdesk.rules.closing_tries import Tried, all_tries, refuse_if_reached_since
from nightdesk.rules.pack_closing import LOST_CONTACT, OUTCOME, WITHOUT_CRIME

TOLD_OF: Final = "no_further_steps"  # the key event that the person is told of, if the pack has it
PERSON_IS_TOLD: Final = (OUTCOME, WITHOUT_CRIME, LOST_CONTACT)  # what the person ended themself, they know
CHARGED: Final = ("charged", "charged_with_another")
CHARGE_TOLD_OF: Final = "charge_decision"
ANSWERS: Final = (
    "ending", "outcome", "asked_by_id", "how", "speaker", "said_at", "present", "unasked", "support", "told_back",
    "told_kept", "tries", "try_ways", "first_try_on", "last_try_on", "suspect", "prosecutors_on", "told",
)  # fmt: skip
SEALED_ANSWERS: Final = ("words", "said_to", "present_who", "grounds", "tries_where")
MOVED_ON: Final = (
    "Somebody changed something about this case since the page was opened. Look at it again, then decide."
)


@together
def ask_to_close(
    *, actor: Reader, at: datetime, reference: str, ending: str, outcome: str, said: Said, seen: int
) -> Closing:
    """Ask to close a case; where no look is needed it is closed at once.

    `seen` is how many closings the page knew. The same one of the same person sent twice is kept once. Raises CaseRefused
    with what is missing or what blocks it; NotFound for a case that is not the actor's or their unit's.
    """
    case = working_case(actor, reference)
    known = standing(case, at)
    row = _row(case, seen + 1, ending, outcome, said, actor, at)
    if ending == LOST_CONTACT:
        _keep_tries(row, known.tried, said)
    before = list(case.closings.select_related("look", "vault").order_by("-number"))
    if len(before) != seen:
        if before and len(before) == seen + 1 and _is_again(before[0], row):
            return before[0]
        raise CaseRefused(MOVED_ON)
    chosen = pack().outcomes.get(outcome)
    next_state(case.state, "ask_to_close")
    rule.refuse_if_blocked(known, ending, rule.WHAT_TO_DO)
    closing_said.refuse_if_incomplete(
        ending, chosen, said, standing=known, times=times(case, at), limits=limits()
    )
    found = rule.against(known, ending)
    if found and not said.looked:
        raise CaseRefused("Look at what is still open in this case, and say that you have.", "looked")
    row.against = rule.kept(found)
    if rule.needs_look(ending, pack().outcomes[outcome]):
        _let_wait(case, row, actor, at)
    else:
        _close_at_once(case, row, actor, at)
    return row


def _let_wait(case: Case, row: Closing, actor: Reader, at: datetime) -> None:
    with entry(
        "closing_asked", actor=actor, at=at, subject=case.disclosure.reference, number=row.number, ending=row.ending,
        outcome=row.outcome, against=len(row.against),
    ):  # fmt: skip
        row.save(force_insert=True)
        move_case(case, "ask_to_close", actor=actor, at=at)


def _close_at_once(case: Case, row: Closing, actor: Reader, at: datetime) -> None:
    with entry(
        "case_closed", actor=actor, at=at, subject=case.disclosure.reference, number=row.number, ending=row.ending,
        outcome=row.outcome,
    ):  # fmt: skip
        row.save(force_insert=True)
        _look(case, row, rule.NOT_NEEDED, "", actor, at)


def _is_again(newest: Closing, sent: Closing) -> bool:
    """Whether the same person sent the same once more: every answer is the same. Then nothing is lost by keeping one."""
    plain = all(getattr(newest, name) == getattr(sent, name) for name in ANSWERS)
    return plain and all((newest.opened(name) or "") == getattr(sent, name) for name in SEALED_ANSWERS)


def _row(
    case: Case, number: int, ending: str, outcome: str, said: Said, actor: Reader, at: datetime
) -> Closing:
    return Closing(
        case=case, vault=case.disclosure.vault, number=number, ending=ending, outcome=outcome, asked_at=at,
        asked_by_id=UUID(actor.id), how=said.how, speaker=said.speaker, said_at=said.said_at, present=said.present,
        unasked=said.unasked, support=said.support, told_back=said.told_back, told_kept=said.told_kept, suspect=said.suspect,
        prosecutors_on=said.prosecutors_on, told=said.told, words=said.words.strip(),
        said_to=said.said_to.strip(), present_who=said.present_who.strip(), grounds=said.grounds.strip(), tries_where="",
    )  # fmt: skip


def _keep_tries(row: Closing, logged: Tried, said: Said) -> None:
    """What the log said at that moment, with what was tried beside it; the log may change, the row does not."""
    tried = all_tries(logged, said.beside)
    row.tries, row.tries_logged, row.try_ways = tried.count, logged.count, list(tried.ways)
    row.first_try_on, row.last_try_on, row.tries_where = tried.first_on, tried.last_on, said.beside.where


@together
def look_at_closing(
    *, actor: Reader, at: datetime, reference: str, number: int, verdict: str, words: str
) -> ClosingLook:
    """A supervisor closes the case, or sends it back with words. `number` is the closing that the page showed.

    The same verdict of the same person sent twice is kept once. Raises CaseRefused when somebody else decided it (saying
    who), when the actor asked for it or has the case, or when something blocks it by now; NotFound.
    """
    case = working_case(actor, reference)
    row = _newest(case, number)
    if (made := _decided(row)) is not None:
        if (str(made.by_id), made.verdict, made.opened("words")) == (actor.id, verdict, words.strip()):
            return made
        raise CaseRefused(_who_was_quicker(made, actor))
    rule.refuse_look(verdict, words)
    own_unit = bool(actor.unit) and str(case.unit_id) == actor.unit
    asked, owner = str(row.asked_by_id) == actor.id, str(case.owner_id) == actor.id
    if not rule.may_look(role=actor.role, own_unit=own_unit, asked=asked, owner=owner):
        raise CaseRefused(
            "A supervisor of the unit looks at it, and not whoever asked for it or has the case. Ask a colleague."
        )
    if verdict == rule.APPROVED:
        known = standing(case, at)
        rule.refuse_if_blocked(known, row.ending, rule.WHAT_TO_DO)
        refuse_if_reached_since(row.first_try_on, row.tries_logged, known.tried)
    return _decide(case, row, verdict, words, actor, at)


@together
def take_back_closing(*, actor: Reader, at: datetime, reference: str, number: int) -> ClosingLook:
    """Whoever asked takes it back, before anybody decided. Sent twice, it is kept once. Raises CaseRefused, NotFound."""
    case = working_case(actor, reference)
    row = _newest(case, number)
    if (made := _decided(row)) is not None:
        if (str(made.by_id), made.verdict) == (actor.id, rule.TAKEN_BACK):
            return made
        raise CaseRefused(_who_was_quicker(made, actor))
    if str(row.asked_by_id) != actor.id:
        raise CaseRefused("Only whoever asked for it takes it back. A supervisor can send it back.")
    return _decide(case, row, rule.TAKEN_BACK, "", actor, at)


def _newest(case: Case, number: int) -> Closing:
    """The closing that is shown, if it is still the newest. Raises CaseRefused."""
    newest = case.closings.select_related("look__by", "asked_by").order_by("-number").first()
    if newest is None or newest.number != number:
        raise CaseRefused(MOVED_ON)
    newest.vault = case.disclosure.vault
    return newest


def _decided(row: Closing) -> ClosingLook | None:
    made: ClosingLook | None = getattr(row, "look", None)
    if made is not None:
        made.vault = row.vault
    return made


def _who_was_quicker(made: ClosingLook, actor: Reader) -> str:
    done = {
        rule.APPROVED: "closed it", rule.SENT_BACK: "sent it back", rule.TAKEN_BACK: "took it back",
        rule.NOT_NEEDED: "closed it",
    }[made.verdict]  # fmt: skip
    if str(made.by_id) == actor.id:
        return f"You {done} already. Look at what was decided; nothing of this was kept."
    return f"{made.by.name} was quicker and {done}. Look at what was decided; nothing of yours was kept."


def _decide(case: Case, row: Closing, verdict: str, words: str, actor: Reader, at: datetime) -> ClosingLook:
    """The verdict with its line."""
    with entry("closing_decided", actor=actor, at=at, subject=case.disclosure.reference) as line:
        made = _look(case, row, verdict, words, actor, at)
        line.facts = {"number": row.number, "verdict": verdict, "ending": row.ending, "state": case.state}
    return made


def _look(case: Case, row: Closing, verdict: str, words: str, actor: Reader, at: datetime) -> ClosingLook:
    """The verdict, the move of the case, and what follows from its being closed. Called inside the entry that says so."""
    made = ClosingLook.objects.create(
        closing=row, vault=case.disclosure.vault, verdict=verdict, at=at, by_id=UUID(actor.id),
        asked_by_id=row.asked_by_id, words=words.strip(),
    )  # fmt: skip
    if move_case(case, _move_of(case, verdict), actor=actor, at=at) == CLOSED:
        said = Said(
            suspect=row.suspect,
            prosecutors_on=row.prosecutors_on,
            told=row.told,
            grounds=row.opened("grounds"),
        )
        keep_outcome(row, row.outcome, said, actor=actor, at=at, number=1)
        owe_telling(case, row.ending, row.outcome, actor=actor, at=at)
    return made


def _move_of(case: Case, verdict: str) -> str:
    """The move of the case that a verdict is; what is taken back goes to where the case was before it was asked for."""
    if verdict != rule.TAKEN_BACK:
        return rule.MOVE_OF[verdict]
    before = case.statuses.exclude(state=ASKED).order_by("-id").values_list("state", flat=True)[0]
    return TAKE_BACK[before]


@together
def owe_telling(
    case: Case, ending: str, outcome: str, *, before: str = "", actor: Reader, at: datetime
) -> None:
    """The person is owed to be told of an ending that is not their own word; again for another event than `before`."""
    event = _event_of(outcome)
    if before and event == _event_of(before):
        return
    if ending in PERSON_IS_TOLD and event in pack().key_events.ids():
        note_key_event(actor=actor, at=at, reference=case.disclosure.reference, kind=event, happened_at=at)


def _event_of(outcome: str) -> str:
    return CHARGE_TOLD_OF if outcome in CHARGED else TOLD_OF
