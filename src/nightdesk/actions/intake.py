"""Taking a disclosure: kept from the first answer, versions instead of edits, sent on once however often it is sent."""

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from nightdesk.actions import clocks, flag_proposals, referrals
from nightdesk.actions._entry import entry, together
from nightdesk.actions._identifiers import identifier_rows
from nightdesk.actions._rows import found_by_key, locked_disclosure, new_reference, staff_id, unit_for
from nightdesk.actions._search_keys import write_keys
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.outside.current import force_zone, lexicon
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Identifier, Override, Triage
from nightdesk.records.referrals import Referral
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics, changed_fields, missing_basics
from nightdesk.rules.routing import Assessment, Overriding, account_of, assess, refuse_if_no_such_level, weigh
from nightdesk.rules.search_basics import basics_terms
from nightdesk.rules.triage import TriageResult, triage


@dataclass(frozen=True)
class Kept:
    """What a save came to: the public reference, the number of the newest version, and whether a specialist was asked."""

    reference: str
    number: int
    accepted: bool
    referred: bool


def keep_basics(*, actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, basics: Basics) -> Kept:
    """Keep what is typed so far, from the first answer on. Sending the same again changes nothing."""
    return _once_more_if_raced(
        _keep, actor=actor, at=at, sender_key=sender_key, channel=channel, basics=basics
    )


def accept_disclosure(
    *, actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, basics: Basics
) -> Kept:
    """Keep the basics and send them on: triage, evidence clock, referral and case, all or nothing.

    Raises IntakeRefused when there is not one word of *what*, NotFound when the desk belongs to no unit. Sent twice, the
    second finds what the first made; sent again with other answers, a new version is kept and assessed, and the referral
    that was raised stays raised.
    """
    if not basics.what.strip():
        raise IntakeRefused(
            "Write at least one word of what happened, as the person said it. Everything else can wait."
        )
    # Computed before the transaction, so that the database is held for as short as possible.
    result = triage(account_of(basics, channel), lexicon())
    return _once_more_if_raced(
        _accept, actor=actor, at=at, sender_key=sender_key, channel=channel, basics=basics, result=result
    )


def _once_more_if_raced(action: Callable[..., Kept], **kwargs: Any) -> Kept:
    """Two senders with one key at the same moment: the database lets one in, the other then finds its record."""
    try:
        return action(**kwargs)
    except IntegrityError:
        return action(**kwargs)


@together
def _keep(*, actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, basics: Basics) -> Kept:
    found = found_by_key(sender_key)
    disclosure, version = _kept_version(actor, at, sender_key, channel, basics, found)
    return Kept(
        disclosure.reference,
        version.number,
        disclosure.accepted_at is not None,
        found is not None and _is_referred(disclosure),
    )


@together
def _accept(
    *, actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, basics: Basics, result: TriageResult
) -> Kept:
    found = found_by_key(sender_key)
    # Asked for every disclosure, so that a desk without a unit is found before the night on which somebody has to be told.
    unit = unit_for(actor=actor, station_id=found.station_id if found else actor.station)
    disclosure, version = _kept_version(actor, at, sender_key, channel, basics, found, accepted=True)
    is_new = found is None
    if is_new or disclosure.accepted_at is None or not version.triages.exists():
        mark_accepted(actor=actor, at=at, disclosure=disclosure, version=version, basics=basics)
        assessment = assess(result, basics, () if is_new else _overridings(disclosure))
        record_triage(actor=actor, at=at, version=version, assessment=assessment, edition=result.edition)
        flag_proposals.propose_flags(
            actor=actor, at=at, version=version, assessment=assessment, edition=result.edition, is_new=is_new
        )
        clock = clocks.start_clock(
            actor=actor,
            at=at,
            disclosure=disclosure,
            basics=basics,
            version=version,
            is_new=is_new,
        )
        if assessment.specialist:
            referrals.refer(
                actor=actor, at=at, disclosure=disclosure, because=assessment.because, urgency=assessment.urgency,
                unit=unit, clock=clock, is_new=is_new,
            )  # fmt: skip
            return Kept(disclosure.reference, version.number, True, referred=True)
    return Kept(disclosure.reference, version.number, True, not is_new and _is_referred(disclosure))


def _kept_version(
    actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, basics: Basics, found: Disclosure | None,
    *, accepted: bool = False,
) -> tuple[Disclosure, BasicsVersion]:  # fmt: skip
    """The disclosure, opened if it was not `found`, and its newest version, added if anything changed.

    `accepted`: one that is opened now is sent on in the same breath, so its row is written once.
    """
    if found is None:
        disclosure = take_disclosure(
            actor=actor, at=at, sender_key=sender_key, channel=channel, accepted=accepted
        )
        return disclosure, record_basics(
            actor=actor, at=at, disclosure=disclosure, basics=basics, before=None
        )
    _refuse_if_not_theirs(actor, found)
    newest = found.versions.order_by("-number").first()
    if newest is not None:
        newest.vault = found.vault
        if not changed_fields(newest.basics(), basics):
            return found, newest
    return found, record_basics(actor=actor, at=at, disclosure=found, basics=basics, before=newest)


def _refuse_if_not_theirs(actor: Reader, disclosure: Disclosure) -> None:
    """A page's key is secret; still, only whoever took it, their counter or their unit may add to a disclosure."""
    unit = disclosure.station.unit_id if disclosure.station else None
    theirs = {str(disclosure.taken_by_id), str(disclosure.station_id), str(unit)}
    if actor.role != "system" and not theirs & {actor.id, actor.station, actor.unit}:
        raise NotFound(
            "There is no disclosure of your counter with this key. Open it anew from the counter’s list."
        )


def _overridings(disclosure: Disclosure) -> list[Overriding]:
    """What staff added or set aside so far, oldest first; their reasons stay sealed."""
    return [Overriding(row.label, row.level, "") for row in disclosure.overrides.order_by("at")]


def _is_referred(disclosure: Disclosure) -> bool:
    return Referral.objects.filter(disclosure=disclosure).exists()


def take_disclosure(
    *, actor: Reader, at: datetime, sender_key: uuid.UUID, channel: str, accepted: bool = False
) -> Disclosure:
    """Open a disclosure at the first answer, so that nothing is lost if the person leaves.

    `accepted`: it is sent on in the same transaction (mark_accepted writes that line).
    """
    vault = Vault.new(at=at)
    disclosure = Disclosure(
        reference=new_reference(), sender_key=sender_key, channel=channel, station_id=actor.station or None,
        taken_by_id=staff_id(actor), opened_at=at, vault=vault,
        accepted_at=at if accepted else None, accepted_by_id=staff_id(actor) if accepted else None,
    )  # fmt: skip
    with entry(
        "disclosure_taken",
        actor=actor,
        at=at,
        subject=disclosure.reference,
        channel=channel,
        station=actor.station,
    ):
        vault.save(force_insert=True)
        disclosure.save(force_insert=True)
    return disclosure


def record_basics(
    *, actor: Reader, at: datetime, disclosure: Disclosure, basics: Basics, before: BasicsVersion | None
) -> BasicsVersion:
    """Add a version of the basics. `before` is the newest one; the journal names the fields that differ only."""
    version = BasicsVersion.of(
        basics, disclosure=disclosure, vault=disclosure.vault, number=before.number + 1 if before else 1,
        recorded_at=at, recorded_by_id=staff_id(actor),
    )  # fmt: skip
    changed = list(changed_fields(before.basics() if before else None, basics))
    with entry(
        "basics_recorded",
        actor=actor,
        at=at,
        subject=disclosure.reference,
        number=version.number,
        changed=changed,
    ):
        version.save(force_insert=True)
    return version


def mark_accepted(
    *, actor: Reader, at: datetime, disclosure: Disclosure, version: BasicsVersion, basics: Basics
) -> None:
    """The basics were sent on: from here the disclosure counts, and its identifiers can be compared."""
    rows = identifier_rows(disclosure, version, basics)
    with entry(
        "disclosure_accepted", actor=actor, at=at, subject=disclosure.reference, number=version.number,
        missing=list(missing_basics(basics)),
    ):  # fmt: skip
        if disclosure.accepted_at is None:
            disclosure.accepted_at, disclosure.accepted_by_id = at, staff_id(actor)
            disclosure.save(update_fields=["accepted_at", "accepted_by"])
        Identifier.objects.bulk_create(rows)
        write_keys(disclosure, "basics", basics_terms(basics, force_zone()), first=version.number == 1)


def record_triage(
    *, actor: Reader, at: datetime, version: BasicsVersion, assessment: Assessment, edition: str
) -> Triage:
    """Keep what triage proposed for this version, with the words that led there (sealed)."""
    reasons = [asdict(proposal) for proposal in assessment.proposals]
    row = Triage(
        disclosure=version.disclosure, version=version, vault=version.vault, at=at, edition=edition,
        levels=assessment.proposed, because=list(assessment.because), urgency=assessment.urgency, reasons=reasons,
    )  # fmt: skip
    proposed = sorted({proposal.label for proposal in assessment.proposals})
    with entry(
        "triage_recorded", actor=actor, at=at, subject=version.disclosure.reference,
        proposed=proposed, edition=edition, urgency=assessment.urgency,
    ):  # fmt: skip
        row.save(force_insert=True)
    return row


@together
def override_proposal(
    *, actor: Reader, at: datetime, reference: str, label: str, level: str, why: str
) -> None:
    """A person adds or sets aside a proposal; it is kept with who and why, and a specialist is asked if that follows.

    Raises IntakeRefused when the reason is missing or the level unknown, NotFound for an unknown reference.
    """
    try:
        refuse_if_no_such_level(label, level)
    except ValueError as fault:
        raise IntakeRefused(str(fault)) from fault
    if not why.strip():
        raise IntakeRefused("Say in a few words why, so that the next person understands.")
    disclosure = locked_disclosure(reference)
    row = Override(
        disclosure=disclosure, vault=disclosure.vault, at=at, by_id=actor.id, label=label, level=level, why=why
    )  # fmt: skip
    with entry("proposal_overridden", actor=actor, at=at, subject=reference, label=label, level=level):
        row.save(force_insert=True)
    newest = disclosure.triages.select_related("version").order_by("-version__number").first()
    if newest is None:
        return
    assessment = weigh(newest.levels, _overridings(disclosure))
    flag_proposals.propose_added(actor=actor, at=at, triage=newest, assessment=assessment, label=label)
    if assessment.specialist:
        referrals.refer(
            actor=actor,
            at=at,
            disclosure=disclosure,
            because=assessment.because,
            urgency=assessment.urgency,
        )


@together
def record_departure(*, actor: Reader, at: datetime, reference: str) -> None:
    """The person left. The record and its evidence clock stay open; a referral that was raised goes on.

    Left before anything was sent on, the clock starts now: they may come back, or be found.
    """
    disclosure = locked_disclosure(reference)
    if disclosure.left_at is not None:
        return
    before_referral = not _is_referred(disclosure)
    with entry("person_left", actor=actor, at=at, subject=reference, before_referral=before_referral):
        disclosure.left_at, disclosure.left_by_id = at, staff_id(actor)
        disclosure.save(update_fields=["left_at", "left_by"])
    if not disclosure.clocks.exists():
        newest = disclosure.versions.order_by("-number").first()
        basics = newest.basics() if newest else Basics()
        clocks.start_clock(actor=actor, at=at, disclosure=disclosure, basics=basics, version=newest)
