"""Passing on: the person is offered a SARC, an ISVA or a partner, and what becomes of it. By their yes only."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions._sharing import entry_of, recipient_of, refuse_long_words
from nightdesk.actions.duties import move_duty
from nightdesk.actions.refusals import NotFound
from nightdesk.records.duties import Duty
from nightdesk.records.share_standing import answers_of
from nightdesk.records.sharing import PassingOn, PassingOnMove, ShareRecipient
from nightdesk.rules import passing_on as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.duty import STILL_OWED, Said
from nightdesk.rules.pack_sharing import BY_DUTY
from nightdesk.rules.passing_on import PassingOnRefused

ANSWERED: Final = "offer"  # the first move


@together
def offer_recipient(
    *, actor: Reader, at: datetime, reference: str, recipient: UUID, key: UUID, answer: str, words: str = "",
    duty: UUID | None = None, done_at: datetime | None = None,
) -> PassingOn:  # fmt: skip
    """The person was offered this recipient and answered. With `duty` that answers the duty to offer, and only then.

    A form sent twice is kept once. Raises PassingOnRefused, DutyRefused, SharingRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = recipient_of(case, recipient)
    if known := row.passings_on.filter(key=key).first():
        return known
    refuse_long_words(words)
    state, done = rule.first_state(answer), done_at or at
    rule.refuse_if_incomplete(ANSWERED, words, done, since=case.opened_at, at=at)
    if entry_of(row).basis == BY_DUTY:
        raise PassingOnRefused(
            "Nobody is offered the prosecutors. Make a pack for them when it is asked for."
        )
    if row.passings_on.filter(state__in=rule.OPEN).exists():
        raise PassingOnRefused("They have been offered this one already. Write down what became of that.")
    owed = _duty(row, duty) if duty else None
    with entry(
        "passing_on_begun",
        actor=actor,
        at=at,
        subject=reference,
        recipient=row.code,
        answer=answer,
        state=state,
    ):
        made = PassingOn.objects.create(recipient=row, key=key, duty=owed, state=state, offered_at=done)
        _move(made, row, ANSWERED, actor=actor, at=at, done_at=done, words=words)
    if owed is not None:
        move_duty(
            actor=actor, at=at, reference=reference, duty=owed.pk, move="meet", seen=owed.moves.count(),
            said=Said(answer=answer, words=words, done_at=done_at),
        )  # fmt: skip
    return made


def _duty(row: ShareRecipient, key: UUID) -> Duty:
    """The duty to offer that this answers. Raises PassingOnRefused for one that is answered, NotFound for another's."""
    found = row.case.duties.filter(pk=key, kind=entry_of(row).duty).first()
    if found is None:
        raise NotFound("This duty is not about such an offer. Go back to the case and choose it there.")
    if found.state not in STILL_OWED:
        raise PassingOnRefused(
            "This duty was answered already. Open the offer from the page of what is shared."
        )
    return found


def move_passing_on(
    *, actor: Reader, at: datetime, reference: str, recipient: UUID, move: str, seen: int, words: str = "",
    done_at: datetime | None = None,
) -> PassingOn:  # fmt: skip
    """The next step: accepted, sent, received, seen, not taken, declined, ended. `seen`: how many moves the page knew.

    Sending needs a consent that stands. Raises PassingOnRefused, SharingRefused, NotFound.
    """
    with entry("passing_on_moved", actor=actor, at=at, subject=reference) as line:
        row = recipient_of(working_case(actor, reference), recipient)
        found = row.passings_on.order_by("-offered_at", "-pk").filter(state__in=rule.OPEN).first()
        if found is None or found.moves.count() != seen:
            raise PassingOnRefused(
                "Somebody wrote something down about this since the page was opened. Look again."
            )
        refuse_long_words(words)
        rule.refuse_if_incomplete(move, words, done_at, since=found.offered_at, at=at)
        state = rule.next_state(found.state, move)
        if move == "send" and not _may_send(row, at):
            raise PassingOnRefused(
                "Nothing may go to them yet. Write down first what the person said yes to."
            )
        found.state = state
        found.save(update_fields=["state"])
        _move(found, row, move, actor=actor, at=at, done_at=done_at or at, words=words)
        line.facts = {"recipient": row.code, "move": move, "state": state}
    return found


def _may_send(row: ShareRecipient, at: datetime) -> bool:
    """Whether any consent, or a decision without it, stands."""
    return any(answer.stands(at) for answer in answers_of(row)) or any(
        decision.decision().until_at > at for decision in row.decisions.all()
    )


def _move(
    made: PassingOn,
    row: ShareRecipient,
    move: str,
    *,
    actor: Reader,
    at: datetime,
    done_at: datetime,
    words: str,
) -> None:
    PassingOnMove.objects.create(
        passing_on=made, vault=row.vault, number=made.moves.count() + 1, move=move, state=made.state, at=at,
        by_id=UUID(actor.id), done_at=done_at, words=words.strip(),
    )  # fmt: skip
