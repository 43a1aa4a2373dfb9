"""Cases for the bench of the case room: a seeded force of four units in which most of what was ever told is over.

One telling in `SEALED_EVERY` of the first few is taken by the ordinary action, so that its words are really sealed; the
others are rows written straight, with everything that stands in a case (_caseroom_followed.py), and then copied by the
database itself (_caseroom_copies.py): by the actions it would take hours.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from bench._caseroom_followed import Rows, follow
from bench._caseroom_opened import fill

UNITS: Final = 4
OFFICERS: Final = 30  # of each unit; the last one is away
IN_QUEUE: Final = 0.03
NOBODYS: Final = 0.01  # of the queue: told, and nobody answered yet
SEALED_EVERY: Final = 200
YEARS: Final = 6
AWAY_A_YEAR: Final = 8
OVER: Final = ("sarc_offered", "told_in_writing", "crime_recorded", "needs_assessment")
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MOVES: Final = (("page", "paged"), ("acknowledge", "acknowledged"), ("arrive", "with_the_person"))
FIRST: Final = ((0, -1), (1, 0))  # unit and officer (0: nobody) of the first cases
FLAGS: Final = (("chemsex_context", 0.15), ("drug_facilitated_suspected", 0.05))
TOLD_DAYS: Final = 3  # ago: the one that is opened


@dataclass
class Force:
    """Who works here, what every bulk row shares, and the reference of one case that is really sealed."""

    at: datetime
    units: list[Any]
    stations: list[Any]
    officers: list[list[Any]]
    staff: dict[str, Any]
    counter: Any
    opened: str = ""
    models: list[Any] = field(default_factory=list)  # what was written straight
    numbered: dict[Any, tuple[int, int]] = field(
        default_factory=dict
    )  # table → the first and last of its numbers
    dice: Random = field(default_factory=lambda: Random(7))


def force() -> Force:
    """Units, stations and people; one case that is opened by the bench, and one officer of each unit away."""
    from nightdesk.actions.rota_changes import note_absence
    from nightdesk.actions.staff import add_staff, add_station, add_unit
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM

    at = database_now()
    common: dict[str, Any] = {"actor": SYSTEM, "at": at}
    units = [add_unit(**common, code=f"U{n}", name=f"Unit {n}", ring="Control room") for n in range(UNITS)]
    stations = [
        add_station(**common, code=f"S{n}", name=f"Station {n}", unit=unit) for n, unit in enumerate(units)
    ]
    officers = [
        [
            add_staff(**common, username=f"soit{n}-{m}", name=f"Officer {n}-{m}", role="soit", unit=unit)
            for m in range(OFFICERS)
        ]
        for n, unit in enumerate(units)
    ]
    supervisor = add_staff(**common, username="maud", name="Maud", role="supervisor", unit=units[0])
    counter = add_staff(
        **common, username="priya", name="Priya", role="counter", unit=units[0], station=stations[0]
    )
    for unit in officers:
        note_absence(
            actor=SYSTEM, at=at, staff=unit[-1], kind="leave", starts_at=at, ends_at=at + timedelta(days=9)
        )
    _were_away([one for unit in officers for one in unit], at)
    staff = {"soit": officers[0][0], "supervisor": supervisor}
    made = Force(at, units, stations, officers, staff, counter)
    made.opened = _sealed(made)
    fill(made.opened, staff["soit"], at)
    return made


def _were_away(officers: list[Any], at: datetime) -> None:
    """Earlier absences, over long ago."""
    from nightdesk.records.rota import Absence

    times = [at - timedelta(days=30 + turn * 365 / AWAY_A_YEAR) for turn in range(AWAY_A_YEAR * YEARS)]
    Absence.objects.bulk_create(
        Absence(staff=staff, kind="leave", starts_at=time, ends_at=time + timedelta(days=5), noted_at=time)
        for staff in officers
        for time in times
    )


def _sealed(here: Force) -> str:
    """One telling by the ordinary action; its reference."""
    from nightdesk.actions.intake import accept_disclosure
    from nightdesk.queries.readers import reader_of
    from nightdesk.rules.basics import Basics, Suspect

    basics = Basics(
        what="He raped me at his flat. There was G.", call_me="Jo", contact_phone="07700 900123",
        suspects=(Suspect(name_used="Sky", platform="grindr", handle="@nightowl"),),
    )  # fmt: skip
    kept = accept_disclosure(
        actor=reader_of(here.counter),
        at=here.at - timedelta(days=TOLD_DAYS),
        sender_key=uuid4(),
        channel="counter",
        basics=basics,
    )
    return kept.reference


def cases(here: Force, many: int) -> None:
    """The first so many, and a few that are really sealed besides."""
    from django.db import transaction

    from nightdesk.records.clocks import ClockEdition
    from nightdesk.records.journal import JournalLine

    for _ in range(many // SEALED_EVERY):
        _sealed(here)
    kept, rows = ClockEdition.objects.values_list("pk", flat=True)[0], Rows(here)
    for _ in range(many):
        _one(here, rows, kept)
    # Its own range of numbers, so that what the actions write is never copied.
    newest = JournalLine.objects.order_by("-seq").values_list("seq", flat=True)[0]
    for seq, line in enumerate(rows.found[JournalLine], newest + 1):
        line.seq = seq
    with transaction.atomic():
        for model, found in rows.found.items():
            here.models.append(model)
            model.objects.bulk_create(found, batch_size=1000)
            numbers = [row.pk for row in found if isinstance(row.pk, int)]
            if numbers:
                here.numbered[model] = (min(numbers), max(numbers))


def _one(here: Force, rows: Rows, kept: UUID) -> None:
    """One case: over long ago, or one of the few that stand in the queue."""
    from nightdesk.records.cases import Case, CaseStatus
    from nightdesk.records.clocks import ClockStart
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.sealed import Vault
    from nightdesk.rules.queue import nearest

    dice, owner, number, runs = here.dice, *_whose(here, rows)
    opened = here.at - timedelta(days=dice.uniform(0, 20) if runs else dice.uniform(40, 365 * YEARS))
    vault = rows.add(Vault(id=rows.key(), wrapped=dice.randbytes(60), created_at=opened))
    told = rows.add(
        Disclosure(
            id=rows.key(), reference=_reference(dice), sender_key=rows.key(), channel="counter",
            station=here.stations[number], taken_by=here.counter, opened_at=opened, accepted_at=opened,
            accepted_by=here.counter, vault=vault,
        )
    )  # fmt: skip
    case = rows.add(
        Case(
            id=rows.key(), disclosure=told, unit=here.units[number], owner=owner, opened_at=opened, in_queue=runs,
            state="with_soit" if runs and owner else "open" if runs else "closed",
        )
    )  # fmt: skip
    if runs and dice.random() < 0.5:
        case.first_window_ends_at = here.at + timedelta(hours=dice.uniform(1, 160))
    _duties(here, rows, case)
    case.nearest_at = nearest(case.first_window_ends_at, case.next_duty_at)
    rows.add(CaseStatus(case=case, state=case.state, at=opened))
    rows.add(
        ClockStart(
            id=rows.key(), disclosure=told, started_at=opened, runs_from=opened, time_known=True, edition="bench",
            kept_id=kept, first_ends_at=case.first_window_ends_at,
        )
    )  # fmt: skip
    _referral(here, rows, case)
    _flags(here, rows, told)
    follow(rows, case)


def _whose(here: Force, rows: Rows) -> tuple[Any, int, bool]:
    """Owner, number of the unit, and whether it stands in the queue. The first is of somebody away and the second nobody's
    of another unit, so that every list and every hint has a row among few cases too."""
    dice, before = here.dice, rows.cases
    rows.cases += 1
    if before < len(FIRST):
        number, place = FIRST[before]
        return (here.officers[number][place] if place else None), number, True
    number, runs = dice.randrange(UNITS), dice.random() < IN_QUEUE
    nobody = runs and dice.random() < NOBODYS
    return (None if nobody else dice.choice(here.officers[number])), number, runs


def _reference(dice: Random) -> str:
    """It begins with 22: a copy has another beginning."""
    letters = "".join(dice.choices(LETTERS, k=6))
    return f"22{letters[:2]}-{letters[2:]}"


def _duties(here: Force, rows: Rows, case: Any) -> None:
    """Four each; of a case in the queue one runs or was missed."""
    from nightdesk.records.duties import Duty

    for place, kind in enumerate(OVER):
        due_at, state = case.opened_at + timedelta(hours=12 * (place + 1)), "met"
        if case.in_queue and place == 0:
            missed = here.dice.random() < 0.2
            due_at = due_at if missed else here.at + timedelta(hours=here.dice.uniform(1, 90))
            due_at, state = max(due_at, case.opened_at + timedelta(hours=1)), "missed" if missed else "owed"
            case.missed, case.next_duty_at = (1, None) if missed else (0, due_at)
        rows.add(
            Duty(
                id=rows.key(),
                case=case,
                kind=kind,
                edition="bench",
                starts_at=case.opened_at,
                due_at=due_at,
                state=state,
            )
        )


def _referral(here: Force, rows: Rows, case: Any) -> None:
    from nightdesk.records.referrals import Referral, ReferralMove

    moves = MOVES if case.owner else MOVES[:1]
    moves = moves if case.in_queue else (*moves, ("hand_over", "handed_over"))
    referral = Referral(
        id=rows.key(), disclosure=case.disclosure, unit=case.unit, raised_at=case.opened_at,
        because=["sexual_offence"], urgency="soon", state=moves[-1][1],
        policy={"edition": "bench", "steps": [{"layer": "soit", "after_minutes": 0}]},
    )  # fmt: skip
    rows.add(referral)
    for move, state in moves:
        rows.add(ReferralMove(referral=referral, move=move, state=state, at=case.opened_at, by=case.owner))


def _flags(here: Force, rows: Rows, told: Any) -> None:
    """Of some: raised by a person; a few are proposed and wait."""
    from nightdesk.records.flags import CaseFlag

    for code, share in FLAGS:
        if here.dice.random() < share:
            state = "raised" if here.dice.random() < 0.98 else "proposed"
            rows.add(
                CaseFlag(
                    id=rows.key(), disclosure=told, vault=told.vault, code=code, state=state, origin="person",
                    found_at=told.opened_at, edition="bench", review_on=here.at.date() if state == "raised" else None,
                    grounds=rows.sealed(120),
                )
            )  # fmt: skip
