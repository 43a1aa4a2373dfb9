"""Cases for the bench of the case room: a seeded force of four units in which most of what was ever told is over.

One telling in `SEALED_EVERY` of the first few is taken by the ordinary action, so that its words are really sealed; the
others are rows written straight, with what the pages read of them, and then copied by the database itself
(_caseroom_copies.py): a journal for each by the actions would take hours.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

UNITS: Final = 4
OFFICERS: Final = 10  # of each unit; the last one is away
IN_QUEUE: Final = 0.03
SEALED_EVERY: Final = 200
YEARS: Final = 6
OVER: Final = ("sarc_offered", "told_in_writing", "crime_recorded", "needs_assessment")
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MOVES: Final = (("page", "paged"), ("acknowledge", "acknowledged"), ("arrive", "with_the_person"))
FLAGS: Final = (("chemsex_context", 0.15), ("drug_facilitated_suspected", 0.05))
LINES: Final = (
    ("disclosure_accepted", {"number": 1, "missing": []}), ("case_opened", {"unit": "U0"}),
    ("referral_acknowledged", {"step": 0}),
)  # fmt: skip


@dataclass
class Force:
    """Who works here, what every bulk row shares, and the reference of one case that is really sealed."""

    at: datetime
    units: list[Any]
    stations: list[Any]
    officers: list[list[Any]]
    staff: dict[str, Any]
    counter: Any
    vault: Any
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
    from nightdesk.records.sealed import Vault
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
    vault = Vault.new(at=at)
    vault.save(force_insert=True)
    staff = {"soit": officers[0][0], "supervisor": supervisor}
    made = Force(at, units, stations, officers, staff, counter, vault)
    made.opened = _sealed(made)
    return made


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
        actor=reader_of(here.counter), at=here.at, sender_key=uuid4(), channel="counter", basics=basics
    )
    return kept.reference


def cases(here: Force, many: int) -> None:
    """The first so many, and a few that are really sealed besides."""
    from django.db import transaction

    from nightdesk.records.clocks import ClockEdition
    from nightdesk.records.journal import JournalLine

    for _ in range(many // SEALED_EVERY):
        _sealed(here)
    kept, rows = ClockEdition.objects.values_list("pk", flat=True)[0], _Rows()
    for _ in range(many):
        _one(here, rows, kept)
    # Its own range of numbers, so that what the actions write is never copied.
    newest = JournalLine.objects.order_by("-seq").values_list("seq", flat=True)[0]
    for seq, line in enumerate(rows.lines, newest + 1):
        line.seq = seq
    with transaction.atomic():
        for found in rows.in_order():
            here.models.append(type(found[0]))
            here.models[-1].objects.bulk_create(found, batch_size=1000)
            numbers = [row.pk for row in found if isinstance(row.pk, int)]
            if numbers:
                here.numbered[here.models[-1]] = (min(numbers), max(numbers))


@dataclass
class _Rows:
    told: list[Any] = field(default_factory=list)
    referrals: list[Any] = field(default_factory=list)
    moves: list[Any] = field(default_factory=list)
    cases: list[Any] = field(default_factory=list)
    statuses: list[Any] = field(default_factory=list)
    clocks: list[Any] = field(default_factory=list)
    duties: list[Any] = field(default_factory=list)
    flags: list[Any] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)

    def in_order(self) -> list[list[Any]]:
        """Tables, each after those it points at."""
        return [
            self.told, self.referrals, self.moves, self.cases, self.statuses, self.clocks, self.duties, self.flags,
            self.lines,
        ]  # fmt: skip


def _one(here: Force, rows: _Rows, kept: UUID) -> None:
    """One case: over long ago, or one of the few that stand in the queue."""
    from nightdesk.records.cases import Case, CaseStatus
    from nightdesk.records.clocks import ClockStart
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.rules.queue import nearest

    dice, first = (
        here.dice,
        not rows.cases,
    )  # which is of somebody away: every list has a row among few cases too
    number = 0 if first else dice.randrange(UNITS)
    runs = first or dice.random() < IN_QUEUE
    opened = here.at - timedelta(days=dice.uniform(0, 20) if runs else dice.uniform(40, 365 * YEARS))
    told = Disclosure(
        id=_key(dice), reference=_reference(dice), sender_key=_key(dice), channel="counter", station=here.stations[number],
        taken_by=here.counter, opened_at=opened, accepted_at=opened, accepted_by=here.counter, vault=here.vault,
    )  # fmt: skip
    owner = None if runs and dice.random() < 0.1 else dice.choice(here.officers[number])
    owner = here.officers[0][-1] if first else owner
    case = Case(
        id=_key(dice), disclosure=told, unit=here.units[number], owner=owner, opened_at=opened, in_queue=runs
    )
    if runs and dice.random() < 0.5:
        case.first_window_ends_at = here.at + timedelta(hours=dice.uniform(1, 160))
    _duties(here, rows, case)
    case.nearest_at = nearest(case.first_window_ends_at, case.next_duty_at)
    rows.told.append(told)
    rows.cases.append(case)
    rows.statuses.append(CaseStatus(case=case, state="open", at=opened))
    rows.clocks.append(
        ClockStart(
            id=_key(dice), disclosure=told, started_at=opened, runs_from=opened, time_known=True, edition="bench",
            kept_id=kept, first_ends_at=case.first_window_ends_at,
        )
    )  # fmt: skip
    _referral(here, rows, case)
    _marks(here, rows, told)


def _reference(dice: Random) -> str:
    """It begins with 22: a copy has another beginning."""
    letters = "".join(dice.choices(LETTERS, k=6))
    return f"22{letters[:2]}-{letters[2:]}"


def _key(dice: Random) -> UUID:
    """It begins with four zeros: a copy has its number there."""
    return UUID(int=dice.getrandbits(112))


def _duties(here: Force, rows: _Rows, case: Any) -> None:
    """Four each; of a case in the queue one runs or was missed."""
    from nightdesk.records.duties import Duty

    for place, kind in enumerate(OVER):
        due_at, state = case.opened_at + timedelta(hours=12 * (place + 1)), "met"
        if case.in_queue and place == 0:
            missed = here.dice.random() < 0.2
            due_at = due_at if missed else here.at + timedelta(hours=here.dice.uniform(1, 90))
            due_at, state = max(due_at, case.opened_at + timedelta(hours=1)), "missed" if missed else "owed"
            case.missed, case.next_duty_at = (1, None) if missed else (0, due_at)
        rows.duties.append(
            Duty(
                id=_key(here.dice),
                case=case,
                kind=kind,
                edition="bench",
                starts_at=case.opened_at,
                due_at=due_at,
                state=state,
            )
        )


def _referral(here: Force, rows: _Rows, case: Any) -> None:
    from nightdesk.records.referrals import Referral, ReferralMove

    moves = MOVES if case.owner else MOVES[:1]
    moves = moves if case.in_queue else (*moves, ("hand_over", "handed_over"))
    referral = Referral(
        id=_key(here.dice), disclosure=case.disclosure, unit=case.unit, raised_at=case.opened_at,
        because=["sexual_offence"], urgency="soon", state=moves[-1][1],
        policy={"edition": "bench", "steps": [{"layer": "soit", "after_minutes": 0}]},
    )  # fmt: skip
    rows.referrals.append(referral)
    rows.moves += [
        ReferralMove(referral=referral, move=move, state=state, at=case.opened_at, by=case.owner)
        for move, state in moves
    ]


def _marks(here: Force, rows: _Rows, told: Any) -> None:
    """Flags of some, and lines of all."""
    from nightdesk.records.flags import CaseFlag
    from nightdesk.records.journal import JournalLine

    for code, share in FLAGS:
        if here.dice.random() < share:
            rows.flags.append(
                CaseFlag(
                    id=_key(here.dice), disclosure=told, vault=here.vault, code=code, state="raised", origin="person",
                    found_at=told.opened_at, edition="bench", review_on=here.at.date(), grounds=[],
                )
            )  # fmt: skip
    rows.lines += [
        JournalLine(
            at=told.opened_at, kind=kind, actor=str(here.counter.pk), role="counter", subject=told.reference, facts=facts,
            previous=b"x" * 32, digest=b"x" * 32,
        )
        for kind, facts in LINES
    ]  # fmt: skip
