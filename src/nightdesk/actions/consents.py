"""With whom something could be shared, what the person answered, and what a supervisor decided without their consent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions._sharing import entry_of, groups_of, owe_stops, recipient_of, refuse_long_words
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.sharing import Consent, ConsentEnd, ShareRecipient, WithoutConsent
from nightdesk.rules import consent as rule
from nightdesk.rules import sharing
from nightdesk.rules.access import Reader
from nightdesk.rules.consent import Answer, ConsentRefused
from nightdesk.rules.pack_sharing import BY_DUTY
from nightdesk.rules.sharing import SharingRefused
from nightdesk.rules.terms import SUPERVISOR

LONGEST_NAME = 120


@dataclass(frozen=True)
class Asked:
    """What somebody was asked and answered about one recipient, as a form sends it. `replaces`: an earlier answer's number,
    None beside what was said before."""

    key: UUID
    yes: frozenset[str]
    no: frozenset[str]
    purposes: frozenset[str]
    way: str
    answered_at: datetime
    until_at: datetime | None
    words: str
    replaces: int | None = None


@together
def add_recipient(
    *, actor: Reader, at: datetime, reference: str, kind: str, service: str = "", name: str = ""
) -> ShareRecipient:
    """Write down an organisation that something could be shared with. Nothing goes by that.

    The same one, written down twice, is kept once. Raises SharingRefused, NotFound.
    """
    entry_in_pack, name = pack().recipients.get(kind), " ".join(name.split())
    if entry_in_pack is None or (service and service not in entry_in_pack.services):
        raise SharingRefused("Choose who it is from the list.")
    if entry_in_pack.basis == BY_DUTY and not name:
        name = entry_in_pack.label
    if not service and not name:
        raise SharingRefused("Write down what the organisation is called.")
    if len(name) > LONGEST_NAME:
        raise SharingRefused(f"That name is longer than {LONGEST_NAME} characters. Shorten it.")
    case = working_case(actor, reference)
    blind = ShareRecipient.blind_of(kind, service, name)
    if known := case.recipients.filter(blind=blind).first():
        return known
    row = ShareRecipient(
        case=case, vault=case.disclosure.vault, kind=kind, service=service, name="" if service else name, blind=blind,
        added_at=at, added_by_id=UUID(actor.id),
    )  # fmt: skip
    with entry("recipient_added", actor=actor, at=at, subject=reference, recipient=row.code):
        row.save(force_insert=True)
    return row


@together
def answer_consent(*, actor: Reader, at: datetime, reference: str, recipient: UUID, asked: Asked) -> Consent:
    """Keep what the person answered: yes, no, or not asked for each group.

    A form sent twice is kept once. What was sent before and is now said no to owes a stop. Raises ConsentRefused,
    SharingRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = recipient_of(case, recipient)
    if known := row.consents.filter(key=asked.key).first():
        return known
    _refuse_if_not_askable(row, asked, at)
    replaced = _replaced(row, asked)
    number = row.consents.count() + 1
    with entry("consent_answered", actor=actor, at=at, subject=reference) as line:
        kept = Consent.objects.create(
            recipient=row, vault=row.vault, number=number, key=asked.key, yes=sorted(asked.yes), no=sorted(asked.no),
            purposes=sorted(asked.purposes) if asked.yes else [], way=asked.way, answered_at=asked.answered_at, noted_at=at,
            noted_by_id=UUID(actor.id), until_at=asked.until_at if asked.yes else None, replaces=replaced,
            words=asked.words.strip(),
        )  # fmt: skip
        line.facts = {
            "recipient": row.code, "number": number, "yes": len(asked.yes), "no": len(asked.no),
            "replaces": asked.replaces or 0, "stops": owe_stops(row, actor=actor, at=at),
        }  # fmt: skip
    return kept


def _refuse_if_not_askable(row: ShareRecipient, asked: Asked, at: datetime) -> None:
    kind = entry_of(row)
    if kind.basis == BY_DUTY:
        raise ConsentRefused(
            "This is not a question of consent: the law says what goes there. Tell the person, and do not ask."
        )
    refuse_long_words(asked.words)
    answer = Answer(0, asked.yes, asked.no, asked.purposes, asked.answered_at, asked.until_at)
    rule.refuse_if_no_answer(answer, words=asked.words, groups=groups_of(row), now=at)
    if asked.way not in pack().consent_ways.ids():
        raise ConsentRefused("Choose how they answered.")
    fitting = {purpose.id for purpose in pack().share_purposes if row.kind in purpose.kinds}
    if asked.purposes - fitting:
        raise ConsentRefused("Choose what it is for from the page.")
    if asked.yes and asked.until_at and asked.until_at > at + timedelta(days=kind.longest_days + 1):
        raise ConsentRefused(
            f"Ask again after {kind.longest_days} days at the latest: choose an earlier day."
        )


def _replaced(row: ShareRecipient, asked: Asked) -> Consent | None:
    """The answer that this one replaces. Raises ConsentRefused when somebody replaced it meanwhile, or this is the older."""
    if asked.replaces is None:
        return None
    rows = row.consents.filter(number=asked.replaces, replaced_by_answer=None)
    found = rows.select_related("end").first()
    if found is None:
        raise ConsentRefused(
            "Somebody wrote down a newer answer since the page was opened. Look at it first."
        )
    end = getattr(found, "end", None)
    rule.refuse_if_older(asked.answered_at, found.answered_at, end.ended_at if end else None)
    return found


@together
def withdraw_consent(
    *,
    actor: Reader,
    at: datetime,
    reference: str,
    recipient: UUID,
    number: int,
    way: str = "",
    words: str = "",
) -> Consent:
    """The person takes it back: at once, without a reason. Said twice, it is kept once. Raises SharingRefused, NotFound."""
    row = recipient_of(working_case(actor, reference), recipient)
    found = row.consents.filter(number=number).select_related("end").first()
    if found is None:
        raise NotFound("There is no such answer. Go back to the page of what is shared and look there.")
    refuse_long_words(words)
    if way not in ("", *pack().consent_ways.ids()):
        raise SharingRefused("Choose how they told us from the list.")
    if hasattr(found, "end"):
        return found
    with entry("consent_withdrawn", actor=actor, at=at, subject=reference) as line:
        ConsentEnd.objects.create(
            consent=found, vault=row.vault, ended_at=at, ended_by_id=UUID(actor.id), way=way, words=words.strip(),
        )  # fmt: skip
        line.facts = {"recipient": row.code, "number": number, "stops": owe_stops(row, actor=actor, at=at)}
    return found


@together
def share_without_consent(
    *, actor: Reader, at: datetime, reference: str, recipient: UUID, key: UUID, ground: str, groups: frozenset[str],
    reason: str, person_told: bool,
) -> WithoutConsent:  # fmt: skip
    """A supervisor decides that something goes without the person's consent. Never silent: it stands on the page, in
    the pack and in the journal, and ends by itself. A form sent twice is kept once. Raises SharingRefused, NotFound.
    """
    row = recipient_of(working_case(actor, reference), recipient)
    if known := row.decisions.filter(key=key).first():
        return known
    if actor.role != SUPERVISOR:
        raise SharingRefused("Only a supervisor decides this. Ask yours, and say why it can’t wait.")
    refuse_long_words(reason)
    found = pack().share_grounds.get(ground)
    sharing.refuse_if_no_decision(found, kind=row.kind, groups=groups, known=groups_of(row), reason=reason)
    until = at + timedelta(hours=found.hours if found else 0)
    with entry(
        "sharing_decided",
        actor=actor,
        at=at,
        subject=reference,
        recipient=row.code,
        ground=ground,
        groups=len(groups),
    ):
        return WithoutConsent.objects.create(
            recipient=row, vault=row.vault, key=key, ground=ground, groups=sorted(groups), person_told=person_told,
            decided_at=at, decided_by_id=UUID(actor.id), until_at=until, reason=reason.strip(),
        )  # fmt: skip
