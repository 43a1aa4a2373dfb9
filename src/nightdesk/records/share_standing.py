"""How a case stands to one recipient: its answers and decisions as facts for the rule, and what a pack would hold."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nightdesk.records.sealed import blind_index
from nightdesk.records.sharing import Consent, ShareRecipient
from nightdesk.rules.consent import Answer
from nightdesk.rules.pack_sharing import Recipient
from nightdesk.rules.shared_entry import Piece
from nightdesk.rules.sharing import Fate, Standing


def answers_of(row: ShareRecipient) -> tuple[Answer, ...]:
    """Every answer about a recipient, oldest first."""
    found = Consent.objects.filter(recipient=row).select_related("end", "replaced_by_answer")
    return tuple(consent.answer() for consent in found.order_by("number"))


def standing_of(row: ShareRecipient, entry: Recipient, purpose: str) -> Standing:
    """What is known when something is to go there for a purpose. `entry`: its kind in the pack."""
    decisions = tuple(decision.decision() for decision in row.decisions.order_by("decided_at"))
    return Standing(entry, purpose, answers_of(row), decisions)


def print_of(found: Iterable[Fate], values: Mapping[str, tuple[Piece, ...]]) -> str:
    """A keyed print of exactly what would go, so that a pack is made of what was looked at. Tells nothing of it."""
    going: dict[str, Any] = {
        fate.field.id: values[fate.field.id] for fate in found if fate.goes and fate.field.id in values
    }
    return blind_index("pack_preview", json.dumps(going, ensure_ascii=False, sort_keys=True)).hex()
