"""The shield: what a person said about drugs is sealed, and opened for the case or a doctor, each time with a reason."""

import uuid
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import locked_disclosure, staff_id
from nightdesk.actions._shield_rows import may_enter, shield_of, stand_of
from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.disclosures import Disclosure, Identifier
from nightdesk.records.referrals import Referral
from nightdesk.records.shield import Shield, ShieldEntry, ShieldOpening
from nightdesk.rules import shield as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_shield import ALOUD
from nightdesk.rules.shield import DrugAnswer, ShieldRefused

NOT_HERE: Final = (
    "There is no disclosure with this reference at your counter or in your unit. Check the reference."
)
NOT_YOURS: Final = (
    "Only the specialist who has this case opens it; what a doctor needs, any specialist of its unit. "
    "That somebody tried is noted."
)
SAY_WHY: Final = "Choose why you open it. The reason is kept, with your name and the time."
SAY_MORE: Final = "Write a few words on why. They are sealed with the record."


def enter_answer(*, actor: Reader, at: datetime, reference: str, key: uuid.UUID, answer: DrugAnswer) -> int:
    """Seal what they said as the next version, and return its number. The same form sent twice is kept once.

    It can make the referral more urgent, never less; it writes nothing about anybody else (the hard rule).
    Raises ShieldRefused for an answer that is none; NotFound for a disclosure that the actor does not work on.
    """
    if (kept := ShieldEntry.objects.filter(sender_key=key, entered_by=staff_id(actor)).first()) is not None:
        return kept.number
    rule.refuse_if_not_an_answer(answer, drugs=pack().drugs.ids(), routes=pack().shield_routes.ids(), now=at)
    try:
        with entry("shield_entered", actor=actor, at=at, subject=reference) as line:
            disclosure = locked_disclosure(reference, NOT_HERE)
            if not may_enter(actor, disclosure, at):
                raise NotFound(NOT_HERE)
            row = _next_version(actor, at, disclosure, key, answer)
            line.facts |= {"number": row.number, "urgency": _made_urgent(disclosure, answer, at)}
    except IntegrityError:  # the same form, sent twice at the same moment
        return ShieldEntry.objects.get(sender_key=key, entered_by=staff_id(actor)).number
    return row.number


def open_shield(
    *, actor: Reader, at: datetime, reference: str, purpose: str, reason: str, words: str
) -> ShieldOpening:
    """Note that the actor opens it now, for `purpose`, with a reason of the pack and words; the page then shows it.

    Raises ShieldRefused, the try noted, for whoever may not; and without a reason, or when nothing is sealed.
    """
    disclosure = Disclosure.objects.filter(reference=reference).first()
    stand = stand_of(actor, disclosure) if disclosure else None
    if disclosure is None or stand is None or not rule.may_open(
        purpose=purpose, role=actor.role, own=stand.own, own_unit=stand.own_unit
    ):  # fmt: skip
        note_refusal(actor=actor, at=at, what=f"shield_{purpose}"[:40], reference=reference)
        raise ShieldRefused(NOT_YOURS)
    given = pack().shield_reasons.get(reason)
    if given is None or given.purpose != purpose:
        raise ShieldRefused(SAY_WHY)
    if not words.strip():
        raise ShieldRefused(SAY_MORE)
    shield = (
        Shield.objects.select_related("vault").filter(disclosure=disclosure, entries__isnull=False).first()
    )
    if shield is None:
        raise ShieldRefused("Nothing is sealed here.")
    versions = shield.entries.count()
    with entry(
        "shield_opened",
        actor=actor,
        at=at,
        subject=reference,
        purpose=purpose,
        reason=reason,
        versions=versions,
    ):
        opening = ShieldOpening(
            vault=shield.vault, shield=shield, opened_at=at, opened_by_id=actor.id, purpose=purpose, reason=reason,
            versions=versions, words=words,
        )  # fmt: skip
        opening.save(force_insert=True)
    return opening


def pass_on_desk_question(*, actor: Reader, at: datetime, reference: str) -> None:
    """Something lay on the desk that is not for the counter to decide: the duty supervisor was called. Raises NotFound.

    The line does not say what it was: nothing here points to a possession.
    """
    with entry("desk_question_passed_on", actor=actor, at=at, subject=reference):
        if not may_enter(actor, locked_disclosure(reference, NOT_HERE), at):
            raise NotFound(NOT_HERE)


def _words_edition() -> str:
    """Which words were on the screen: their edition, and the day they were approved, if they were."""
    said = [pack().shield_lines[line] for line in ALOUD]
    signed = max((line.signed_on for line in said if line.signed_on), default=None)
    approved = signed.isoformat() if signed and all(line.signed for line in said) else "unsigned"
    return f"{said[0].edition} {approved}"


def _next_version(
    actor: Reader, at: datetime, disclosure: Disclosure, key: uuid.UUID, answer: DrugAnswer
) -> ShieldEntry:
    shield = shield_of(disclosure, at)
    row = ShieldEntry(
        vault=shield.vault, shield=shield, number=shield.entries.count() + 1, sender_key=key, entered_at=at,
        entered_by_id=actor.id, channel=disclosure.channel, edition=_words_edition(), medical=answer.medical(),
        rest=answer.rest(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _made_urgent(disclosure: Disclosure, answer: DrugAnswer, at: datetime) -> str:
    """Apply the hard rule to the referral, and say how urgent it is now; "" without one."""
    referral = Referral.objects.select_for_update(no_key=True).filter(disclosure=disclosure).first()
    if referral is None:
        return ""
    suspects = Identifier.objects.filter(disclosure=disclosure, about="suspect").count()
    before = rule.Standing(referral.urgency, referral.next_step_at, suspects)
    after = rule.after_answer(before, answer, told_at=at)
    if after.urgency != before.urgency:
        Referral.objects.filter(pk=referral.pk).update(urgency=after.urgency)
    return after.urgency
