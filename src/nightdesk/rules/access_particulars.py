"""Who may open the pages of a case's particulars. Another unit's are read with a reason, and changed by nobody else."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SOIT, SUPERVISOR

_WORKS_CASES: Final = frozenset({SOIT, SUPERVISOR})
PARTICULARS: Final[Mapping[str, frozenset[str]]] = {
    "particulars": _WORKS_CASES,
    "particulars_take": _WORKS_CASES,
    "particular_new": _WORKS_CASES,
    "particular": _WORKS_CASES,
    "particular_correct": _WORKS_CASES,
    "particular_both": _WORKS_CASES,
    "particular_link": _WORKS_CASES,
    "particular_unlink": _WORKS_CASES,
    "particular_withdraw": _WORKS_CASES,
}
