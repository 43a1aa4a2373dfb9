"""Exhibits of the demo: stores with their thermometers, chains of custody, and one of everything somebody has to look at.

Planned into the demo's days before they are lived through, so that every act has its own time, by the actions pages call.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from nightdesk.actions.custody import answer_offer, offer_exhibit
from nightdesk.actions.destruction import ask_for_destruction
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.stores import add_store
from nightdesk.actions.temperatures import read_temperatures_in
from nightdesk.jobs.demo_life import Life
from nightdesk.jobs.demo_plan import ZONE
from nightdesk.jobs.demo_stores import FRIDGES, STORES, moving
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM, Reader

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NORMAL: Final = {
    "HAL-F1": 45,
    "HAL-Z1": -200,
    "KES-F1": 50,
    "OTT-F1": 42,
}  # tenths; the others have no thermometer yet
READ_DAYS: Final = 8
WARM: Final = ("KES-F1", ((30, 26), (5, 0)))  # from so many hours ago until so many; the second time it lasts
SILENT: Final = ("OTT-F1", 9)  # since so many hours


def plan_exhibits(life: Life) -> None:
    """Put all of it into the days ahead of the demo's life."""
    now, dice = life.now, Random(4)  # dice of its own: the people of the demo stay who they are
    life.later(now - 61 * DAY, lambda at: _build(life, at))
    for day in range(READ_DAYS, 0, -1):
        life.later(now - (day - 1) * DAY - 5 * MINUTE, _thermometers(life, dice))
    for days in (44, 33, 26, 19, 13, 9, 6, 4, 2, 1):
        life.later(now - days * DAY, _night(life, submit=days not in (44, 9, 4, 1), asks=days == 33))
    life.later(now - 2 * DAY - 3 * HOUR, _night(life, fridge="KES-F1", submit=False, unit="CITY"))
    life.later(now - 70 * MINUTE, _night(life, offered=True, submit=False, unit="CITY"))


def _build(life: Life, at: datetime) -> None:
    for station, code, name, kind, capacity in STORES:
        add_store(
            actor=SYSTEM,
            at=at,
            station=life.force.stations[station],
            code=code,
            name=name,
            kind=kind,
            capacity=capacity,
        )


def _thermometers(life: Life, dice: Random) -> Callable[[datetime], None]:
    """A logger's file of the day before: a reading every half hour."""

    def read(at: datetime) -> None:
        lines = ["store;time;degrees C"]
        for code, normal in NORMAL.items():
            for step in range(48, 0, -1):
                moment = at - step * 30 * MINUTE
                hours_ago = (life.now - moment) / HOUR
                if code == SILENT[0] and hours_ago < SILENT[1]:
                    continue
                is_warm = code == WARM[0] and any(since > hours_ago > until for since, until in WARM[1])
                warm = 55 if is_warm else 0
                tenths = normal + warm + dice.randint(-8, 8)
                lines.append(f"{code};{moment:%Y-%m-%dT%H:%M}Z;{tenths / 10}")
        read_temperatures_in(actor=SYSTEM, at=at, raw="\n".join(lines).encode(), zone=ZONE)

    return read


def _specialist(life: Life, unit: str) -> tuple[str, Reader] | None:
    """The newest case whose page went last to a specialist (of `unit`, if one is named), with that specialist."""
    wanted = str(life.force.units[unit].pk) if unit else ""
    for reference, told in reversed(life.mail.items()):
        reader = told[-1][0]
        if reader.role == "soit" and wanted in ("", reader.unit):
            return reference, reader
    return None


def _night(
    life: Life, *, submit: bool, asks: bool = False, offered: bool = False, fridge: str = "", unit: str = ""
) -> Callable[[datetime], None]:
    """A specialist enters urine and mouth samples, and what becomes of them."""

    def enter(at: datetime) -> None:
        found = _specialist(life, unit)
        if found is None:
            return
        reference, reader = found
        urine, mouth = (
            enter_exhibit(
                actor=reader,
                at=at,
                reference=reference,
                kind=kind,
                taken_at=at - 10 * MINUTE,
                description=words,
                seal=seal,
            ).code
            for kind, words, seal in (
                ("urine_pot", "Pot from the early evidence kit, sealed in a bag.", "N 20417"),
                ("mouth_samples", "Swab and rinse from the early evidence kit.", ""),
            )
        )
        if offered:
            life.later(at + 40 * MINUTE, lambda when: _offer(life, reader, urine, when))
            return
        store = fridge or FRIDGES[_unit_code(life, reader)]
        life.later(at + 20 * MINUTE, moving(reader, urine, "stored", store))
        life.later(at + 25 * MINUTE, _giving(life, reader, mouth))
        if submit:
            life.later(at + 3 * DAY, moving(reader, urine, "received"))
            life.later(at + 3 * DAY + 5 * MINUTE, moving(reader, urine, "sent", "laboratory"))
            life.later(at + 15 * DAY, moving(reader, urine, "received"))
            life.later(at + 15 * DAY + 9 * MINUTE, moving(reader, urine, "stored", store))
        if asks:
            life.later(life.now - DAY, lambda when: _ask(reader, urine, when))

    return enter


def _unit_code(life: Life, reader: Reader) -> str:
    return next(code for code, unit in life.force.units.items() if str(unit.pk) == reader.unit)


def _giving(life: Life, reader: Reader, code: str) -> Callable[[datetime], None]:
    """The mouth samples go by way of the next specialist of the unit into the freezer."""

    def give(at: datetime) -> None:
        receiver = _colleague(life, reader)
        offer_exhibit(actor=reader, at=at, code=code, number=1, username=receiver.username)
        life.later(at + 6 * MINUTE, lambda when: _accept(receiver, code, when))
        life.later(at + 45 * MINUTE, moving(receiver, code, "stored", "HAL-Z1"))

    return give


def _colleague(life: Life, reader: Reader) -> Reader:
    """The next specialist of the same unit."""
    team = [s for s in life.force.staff.values() if s.role == "soit" and str(s.unit_id) == reader.unit]
    place = [str(member.pk) for member in team].index(reader.id)
    return reader_of(team[(place + 1) % len(team)])


def _accept(receiver: Reader, code: str, at: datetime) -> None:
    answer_offer(actor=receiver, at=at, code=code, accepted=True)


def _offer(life: Life, reader: Reader, code: str, at: datetime) -> None:
    """Being handed over this minute: the colleague has not said yet that they have it."""
    offer_exhibit(actor=reader, at=at, code=code, number=1, username=_colleague(life, reader).username)


def _ask(reader: Reader, code: str, at: datetime) -> None:
    ask_for_destruction(actor=reader, at=at, code=code, reason="proceedings_ended")
