"""Page × role of the rota: a part of the table in rules/access.py."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import ADMIN, ANYONE, STAFF, SUPERVISOR

CHANGES_ROTAS: Final = frozenset({SUPERVISOR, ADMIN})

ROTA: Final[Mapping[str, frozenset[str]]] = {
    "rota": STAFF,
    "rota_calendar": STAFF,
    "rota_day": STAFF,
    "my_shifts": STAFF,
    "my_absence": STAFF,
    "my_feed": STAFF,
    "ask_swap": STAFF,
    "answer_swap": STAFF,
    "rota_change": CHANGES_ROTAS,
    "rota_pattern": CHANGES_ROTAS,
    "rota_pattern_end": CHANGES_ROTAS,
    "rota_absence": CHANGES_ROTAS,
    "rota_stand_in": CHANGES_ROTAS,
    "rota_withdraw": STAFF,  # one's own absence too; the action looks at whose it is
    "rota_import": CHANGES_ROTAS,
    "rota_kept": CHANGES_ROTAS,  # whose file it is, the action looks at
    "shift_feed": ANYONE,  # the secret in the address is the key: shows when one officer is on, nothing more
}
