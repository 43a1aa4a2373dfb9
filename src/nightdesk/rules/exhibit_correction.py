"""Correcting what was entered about an exhibit: which facts, for what reason, and what a correction may never say.

A court needs the entry as it was made and the correction beside it, so the earlier value stays. The code, the court
reference and the links of the chain are never corrected: a wrong step of custody is answered by a further step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from nightdesk.rules.custody import DESTROYED, CustodyRefused, Link
from nightdesk.rules.exhibit import Nearness, refuse_if_long_ago
from nightdesk.rules.terms import COUNTER, EXHIBIT_FACTS, SOIT, SUPERVISOR

REASONS: Final = ("mistyped", "misread", "mixed_up", "better_known")
DESCRIPTION: Final = "description"
ON_LABEL: Final = frozenset({"kind", "taken_at"})


@dataclass(frozen=True)
class Facts:
    """What is kept about an exhibit, or shall be: a kind, when (aware UTC) and where it was taken ("": by whoever entered
    it; "sarc", "hospital"), the number on its seal now, and its description (None: left as it is)."""

    kind: str
    taken_at: datetime
    taken_where: str = ""
    seal: str = ""
    description: str | None = None


def differing(kept: Facts, given: Facts) -> tuple[str, ...]:
    """The facts in which `given` differs from `kept`; a page gives times to the minute, so seconds do not matter."""
    return tuple(field.name for field in fields(Facts) if _differs(kept, given, field.name))


def _differs(kept: Facts, given: Facts, name: str) -> bool:
    if name == DESCRIPTION and given.description is None:
        return False
    if name == "taken_at":
        return kept.taken_at.replace(second=0, microsecond=0) != given.taken_at.replace(
            second=0, microsecond=0
        )
    return bool(getattr(kept, name) != getattr(given, name))


def plain_words(facts: Facts, name: str) -> str:
    """A fact as it is kept in clear: a code, a time (ISO), a number; "" for the description, which is sealed."""
    if name not in EXHIBIT_FACTS:
        raise ValueError(f"Correct one of {', '.join(EXHIBIT_FACTS)}.")
    if name == DESCRIPTION:
        return ""
    return facts.taken_at.isoformat() if name == "taken_at" else str(getattr(facts, name))


def may_correct(near: Nearness) -> bool:
    """Whether the reader corrects it: whoever entered it, or a SOIT or supervisor of the case or of its unit."""
    if near.role not in (COUNTER, SOIT, SUPERVISOR):
        return False
    return near.taken_by_me or (near.role != COUNTER and (near.case_of_my_unit or near.case_mine))


def refuse_if_not_correctable(chain: list[Link], given: Facts, reason: str, now: datetime) -> None:
    """Raise CustodyRefused, with what to do, for a destroyed exhibit, no reason, or a time that can't be."""
    for sentence in _refusals(chain, given, reason, now):
        raise CustodyRefused(sentence)
    refuse_if_long_ago(given.taken_at, now)


def _refusals(chain: list[Link], given: Facts, reason: str, now: datetime) -> Iterator[str]:
    if chain[-1].holder.kind == DESTROYED:
        yield "This exhibit was destroyed. What is kept about it stays as it is."
    if reason not in REASONS:
        yield "Choose why it is corrected."
    if given.taken_at > now:
        yield "That time lies ahead. Give the time at which it was really taken."
    if len(chain) > 1 and given.taken_at.replace(second=0, microsecond=0) > chain[1].at:
        yield "It was moved before that time already. Look at its history and give the time again."
