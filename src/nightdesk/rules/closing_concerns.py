"""What a supervisor looks at twice before a case is closed on what somebody said. Pure; nothing here decides anything.

Source: London Rape Review 2021 (38 % of withdrawals within 7 days); London Victim Attrition Review 2025 (noted
without asking the victim): casework reference 4.3.
"""

from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules import closing_said as said
from nightdesk.rules.pack_closing import LOST_CONTACT, WITHDRAWAL

SOON: Final = timedelta(days=7)
CONCERNS: Final = (
    "others_present", "presence_not_known", "somebody_else_said_it", "through_an_interpreter", "by_message",
    "asked_by_officer", "support_only_after", "within_a_week", "wants_police", "suspect_known", "examination_runs",
    "tries_beside_log",
)  # fmt: skip


def concerns(
    ending: str,
    row: said.Said,
    *,
    opened_at: datetime,
    suspect_known: bool,
    clock_runs: bool,
    wants_police: bool = False,
) -> tuple[str, ...]:
    """The points of CONCERNS that hold, in that order."""
    holds = {
        "others_present": row.present == said.OTHERS,
        "presence_not_known": row.present == said.NOT_KNOWN,
        "somebody_else_said_it": row.speaker in (said.SOMEBODY_ELSE, said.SPEAKS_FOR),
        "through_an_interpreter": row.speaker == said.INTERPRETER,
        "by_message": row.how == said.MESSAGE,
        "asked_by_officer": ending == WITHDRAWAL and row.unasked == said.NO,
        "support_only_after": row.support == said.AFTER,
        "within_a_week": row.said_at is not None and row.said_at < opened_at + SOON,
        "wants_police": ending == WITHDRAWAL and wants_police,
        "suspect_known": suspect_known and row.suspect != said.YES,
        "examination_runs": clock_runs and ending != LOST_CONTACT,
        "tries_beside_log": ending == LOST_CONTACT and row.beside.given,
    }
    return tuple(code for code in CONCERNS if holds[code])
