"""Who may open the pages of a case's particulars. Another unit's are read with a reason, and changed by nobody else."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import WORKS_CASES

PARTICULARS: Final[Mapping[str, frozenset[str]]] = {
    "particulars": WORKS_CASES,
    "particulars_take": WORKS_CASES,
    "particular_new": WORKS_CASES,
    "particular": WORKS_CASES,
    "particular_correct": WORKS_CASES,
    "particular_both": WORKS_CASES,
    "particular_link": WORKS_CASES,
    "particular_unlink": WORKS_CASES,
    "particular_withdraw": WORKS_CASES,
}
