"""What analysts answer about a candidate, each blind to the other; who looks after it; and looking again.

Nothing follows an answer by itself: a link puts two reports into one series, and no case is changed by it.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from nightdesk.actions._entry import entry
from nightdesk.actions._series_rows import locked_candidate, moved, refuse_unless_analyst
from nightdesk.actions.series import put_together
from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate
from nightdesk.records.staff import Staff
from nightdesk.rules import candidate as rule
from nightdesk.rules import candidate_answer as answers
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate import CandidateRefused
from nightdesk.rules.terms import ANALYST

CODE: Final = re.compile(r"[a-z][a-z_]{0,30}")
CHANGED: Final = (
    "What was found has changed since this page was opened. Read it again below, then send yours again: what you wrote is "
    "still in the box."
)
SAME_MOMENT: Final = (
    "Somebody changed these series at the same moment. Send yours again; it is still in the box."
)
GIVEN_SINCE: Final = "Somebody else has taken or given this since the page was opened. Look again who has it."
NO_SUCH_ANALYST: Final = "Choose an analyst from the list."
OVER: Final = "This is decided, so nobody has to look after it."


def answer_candidate(
    *, actor: Reader, at: datetime, candidate: UUID, seat: str, seen: str, answer: str, grounds: str,
    asked: Sequence[str] = (),
) -> str:  # fmt: skip
    """One analyst’s answer; the state after it. With the answer stays what they saw: evidence, figures and model.

    `seat` and `seen` are what the page let them think: blind or third, and the mark of the evidence. The same form sent
    twice counts once. Raises CandidateRefused with what to do, AccessRefused, NotFound.
    """
    refuse_unless_analyst(actor)
    answers.refuse_without_grounds(answer, grounds, asked)
    if _is_repeated(actor, candidate, seen, answer, grounds):
        return str(LinkCandidate.objects.values_list("state", flat=True).get(pk=candidate))
    try:
        with entry("candidate_answered", actor=actor, at=at) as line:
            row = locked_candidate(candidate)
            given = list(row.answers.filter(round=row.round).order_by("number"))
            before = [str(one.by_id) for one in given]
            answers.refuse_unless_seated(row.state, role=actor.role, who=actor.id, before=before, seat=seat)
            if seen != row.seen_mark():
                raise CandidateRefused(CHANGED)
            move = rule.move_of(row.state, [one.answer for one in given], answer)
            line.facts |= {"candidate": str(candidate), "round": row.round, "number": len(given) + 1}
            _keep(
                row, actor, at, len(given) + 1, answer, grounds, [one for one in asked if CODE.fullmatch(one)]
            )
            line.facts["state"] = moved(row, actor, at, move)
            if row.state == rule.LINKED:
                put_together(actor=actor, at=at, candidate=row)
    except IntegrityError as fault:
        raise CandidateRefused(SAME_MOMENT) from fault
    return row.state


def look_again(*, actor: Reader, at: datetime, candidate: UUID, words: str) -> str:
    """What was asked for has come, or will not: a new round, blind again. `words`: what came. Sent twice, it counts once."""
    refuse_unless_analyst(actor)
    if not words.strip():
        raise CandidateRefused("Say in a few words what came, or that nothing will.")
    newest = LinkCandidate.objects.filter(pk=candidate, state=rule.WAITING).first()
    if newest is not None and newest.moves.filter(move="look_again", by=UUID(actor.id)).exists():
        return newest.state
    with entry("candidate_moved", actor=actor, at=at) as line:
        row = locked_candidate(candidate)
        line.facts |= {
            "candidate": str(candidate), "move": "look_again", "state": moved(row, actor, at, "look_again", words),
        }  # fmt: skip
    return row.state


def give_candidate(*, actor: Reader, at: datetime, candidate: UUID, to: str, seen: str) -> None:
    """An analyst takes a candidate, or gives it to another one (`to`: their username; "" for nobody in particular).

    `seen`: the username that the page knew. Given to whoever has it already, nothing happens. Raises CandidateRefused.
    """
    refuse_unless_analyst(actor)
    wanted = Staff.objects.filter(username=to, role=ANALYST, is_active=True).first() if to else None
    if to and wanted is None:
        raise CandidateRefused(NO_SUCH_ANALYST)
    has = LinkCandidate.objects.filter(pk=candidate).values_list("owner__username", flat=True).first() or ""
    if has == to and LinkCandidate.objects.filter(pk=candidate).exists():
        return
    with entry("candidate_given", actor=actor, at=at, candidate=str(candidate), to=to or "nobody"):
        row = locked_candidate(candidate)
        if row.state not in rule.OWED:
            raise CandidateRefused(OVER)
        if (row.owner.username if row.owner else "") != seen:
            raise CandidateRefused(GIVEN_SINCE)
        row.owner = wanted
        row.save(update_fields=["owner"])


def _keep(
    row: LinkCandidate, actor: Reader, at: datetime, number: int, answer: str, grounds: str, asked: list[str]
) -> None:
    """The answer, with the evidence as it stood before the analyst."""
    seen = {
        "bits": row.bits,
        "prior": row.prior,
        "reports": row.reports,
        "rank": row.rank,
        "incident": row.incident,
    }
    LinkAnswer(
        vault=row.vault, candidate=row, round=row.round, number=number, answer=answer, at=at, by_id=UUID(actor.id),
        model=row.model, grounds=grounds, asked=asked if answer == rule.NEED_MORE else None,
        evidence=row.opened("evidence") | {"seen": seen},
    ).save(force_insert=True)  # fmt: skip


def _is_repeated(actor: Reader, candidate: UUID, seen: str, answer: str, grounds: str) -> bool:
    """Whether this very answer is kept already: the same person, round, answer and grounds."""
    number = seen.partition("-")[0]
    if not number.isdecimal() or len(number) > 4:
        return False
    kept = (
        LinkAnswer.objects.select_related("vault")
        .filter(candidate=candidate, round=int(number), by=UUID(actor.id))
        .first()
    )
    return kept is not None and kept.answer == answer and kept.opened_if_there("grounds", grounds) == grounds
