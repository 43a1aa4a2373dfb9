"""What tests of openings share: a case of Sana's, and somebody of another unit who opens it."""

from datetime import datetime
from typing import Any

from nightdesk.actions.openings import give_reason, move_opening
from nightdesk.records.openings import CaseOpening
from tests.people import as_reader

REASON = {"reason": "linked", "words": "OPENINGWORDS: it may be the same person."}


def opened(who: Any, at: datetime, reference: str, **more: str) -> CaseOpening:
    """`who` gives a reason."""
    return give_reason(actor=as_reader(who), at=at, reference=reference, **{**REASON, **more})


def moved(who: Any, at: datetime, row: CaseOpening, move: str, **more: Any) -> Any:
    """`who` asks, or answers."""
    given = {
        "words": f"OPENING{move.upper()}",
        "seen": row.moves.count(),
        "finding": "in_order" if move == "answer" else "",
    }
    return move_opening(actor=as_reader(who), at=at, opening=row.pk, move=move, **{**given, **more})
