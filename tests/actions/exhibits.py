"""An exhibit of a referred disclosure, a store for it, and short forms of the acts."""

from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions.custody import answer_offer, move_exhibit, offer_exhibit
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.stores import add_store
from nightdesk.records.exhibits import Custody, Exhibit, Store
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import raise_one
from tests.people import as_reader

MINUTE = timedelta(minutes=1)


def enter(cast: Any, at: datetime, *, by: Any = None, told: Any = None, **more: Any) -> Exhibit:
    """Priya enters a urine pot of a disclosure at Harrow Lane (unit A), taken at `at`."""
    reference = (told or raise_one(cast, at)).reference
    given = {"kind": "urine_pot", "taken_at": at, "description": "MARKPOT small pot, blue lid"} | more
    return enter_exhibit(actor=as_reader(by or cast.priya), at=at, reference=reference, **given)


def fridge(
    cast: Any,
    at: datetime,
    *,
    code: str = "HL-F1",
    places: int = 3,
    station: Any = None,
    kind: str = "fridge",
) -> Store:
    """A fridge at Harrow Lane."""
    return add_store(
        actor=SYSTEM,
        at=at,
        station=station or cast.harrow_lane,
        code=code,
        name=f"Fridge {code}",
        kind=kind,
        capacity=places,
    )


def number_of(exhibit: Exhibit) -> int:
    """The number of its newest link."""
    return exhibit.custody.latest("number").number


def move(exhibit: Exhibit, who: Any, what: str, at: datetime, to: str = "", **more: Any) -> Custody:
    """The act, from the newest link on."""
    given = {"number": number_of(exhibit)} | more
    return move_exhibit(actor=as_reader(who), at=at, code=exhibit.code, what=what, to=to, **given)


def hand(exhibit: Exhibit, giver: Any, receiver: Any, at: datetime) -> None:
    """Offered and accepted a minute later."""
    offer_exhibit(
        actor=as_reader(giver),
        at=at,
        code=exhibit.code,
        number=number_of(exhibit),
        username=receiver.username,
    )
    answer_offer(actor=as_reader(receiver), at=at + MINUTE, code=exhibit.code, accepted=True)


def journey_of(exhibit: Exhibit) -> list[tuple[int, str, str]]:
    """Number, act, and who or what has it since."""
    rows = exhibit.custody.select_related("staff", "store").order_by("number")
    return [
        (
            row.number,
            row.what,
            row.staff.username if row.staff else row.store.code if row.store else row.outside,
        )
        for row in rows
    ]
