"""The stores of the demo, and how an exhibit is moved there: by whoever has it, as far as the chain allows."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from nightdesk.actions.custody import move_exhibit
from nightdesk.jobs.demo_force import Force
from nightdesk.queries.custody import next_acts
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import CustodyRefused

# station, code, name, kind, capacity
STORES: Final = (
    ("HAL", "HAL-F1", "Fridge 1, medical room", "fridge", 24),
    ("HAL", "HAL-Z1", "Freezer, exhibits store", "freezer", 60),
    ("HAL", "HAL-D1", "Drying cupboard", "dry", 40),
    ("KES", "KES-F1", "Fridge, front office", "fridge", 12),
    ("OTT", "OTT-F1", "Fridge, quay side", "fridge", 12),
    ("BRA", "BRA-F1", "Fridge, custody corridor", "fridge", 8),
)
FRIDGES: Final = {"CITY": "HAL-F1", "COAST": "OTT-F1", "MOOR": "BRA-F1"}


def fridge_of(force: Force, reader: Reader) -> str:
    """The fridge at the reader's counter; for whoever has none, the one of the largest station."""
    station = next((code for code, row in force.stations.items() if str(row.pk) == reader.station), "HAL")
    return next(code for at, code, _name, kind, _capacity in STORES if at == station and kind == "fridge")


def moving(reader: Reader, code: str, what: str, to: str = "") -> Callable[[datetime], None]:
    """An act that moves an exhibit, if the chain and the reader's hands allow it by then."""

    def move(at: datetime) -> None:
        number, acts = next_acts(reader, code)
        if what in acts:
            with suppress(
                CustodyRefused
            ):  # the store is full or has a fault just then: it stays with whoever has it
                move_exhibit(actor=reader, at=at, code=code, number=number, what=what, to=to)

    return move
