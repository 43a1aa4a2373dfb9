"""Questions of analysts: asked with a reason, answered by the linkage worker, destroyed after a shift with their keys."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions.reading import note_refusal
from nightdesk.records.explorations import VAULT, Exploration
from nightdesk.records.sealed import Vault
from nightdesk.rules import exploration as rule
from nightdesk.rules.access import SYSTEM, AccessRefused, Reader, may_open


def ask_exploration(
    *, actor: Reader, at: datetime, key: UUID, reason: str, facts: Mapping[str, Any]
) -> Exploration:
    """Keep a question, sealed under a key of its own; the journal learns which kinds of fact it uses, never the facts.

    Sent twice it is one question. Raises ExplorationRefused with what to do, AccessRefused for anybody but an analyst.
    """
    if not may_open("explore", actor.role):
        note_refusal(actor=actor, at=at, what="explore")
        raise AccessRefused("Only analysts ask everything that was told. Ask one of them.")
    if (asked := Exploration.objects.filter(sender_key=key, asked_by=staff_id(actor)).first()) is not None:
        return asked
    told = rule.kept(facts)
    rule.refuse_if_not_asked(told, reason)
    try:
        with entry("explored", actor=actor, at=at, kinds=rule.kinds(told)):
            vault = Vault.new(at=at, purpose=VAULT)
            vault.save(force_insert=True)
            row = Exploration(
                vault=vault, sender_key=key, asked_at=at, asked_by_id=UUID(actor.id), reason=reason, facts=told, result=[]
            )  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at the same moment
        return Exploration.objects.get(sender_key=key, asked_by=staff_id(actor))
    return row


@together
def answer_exploration(*, at: datetime, exploration: UUID, result: Sequence[Any]) -> bool:
    """Keep what was found: [[report id, bits, [[comparison, level, bits]...]]...], best first. False when it needs none."""
    row = _waiting(exploration)
    if row is None:
        return False
    with entry("exploration_answered", actor=SYSTEM, at=at, found=len(result)):
        row.result, row.answered_at = list(result), at
        row.save(update_fields=["result", "answered_at"])
    return True


@together
def fail_exploration(*, at: datetime, exploration: UUID, fault: str) -> bool:
    """Note that it could not be answered, and why, by a code of rules/exploration.FAULTS. False when it needs no answer."""
    row = _waiting(exploration)
    if row is None:
        return False
    with entry("exploration_refused", actor=SYSTEM, at=at, fault=fault):
        row.fault, row.answered_at = fault, at
        row.save(update_fields=["fault", "answered_at"])
    return True


def end_explorations(at: datetime) -> int:
    """Destroy the keys of questions whose shift is over; how many. A line only where there were any."""
    ended = Exploration.objects.filter(asked_at__lte=at - rule.SHIFT, vault__destroyed_at=None).values_list(
        "vault_id", flat=True
    )
    if not ended.exists():
        return 0
    with entry("explorations_ended", actor=SYSTEM, at=at) as line:
        vaults = Vault.objects.filter(pk__in=list(ended), destroyed_at=None)
        line.facts["count"] = vaults.update(wrapped=None, destroyed_at=at)
    return int(line.facts["count"])


def _waiting(exploration: UUID) -> Exploration | None:
    """The question for writing, while it waits and its key is there."""
    rows = Exploration.objects.select_related("vault").select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=exploration, answered_at=None, vault__destroyed_at=None).first()
