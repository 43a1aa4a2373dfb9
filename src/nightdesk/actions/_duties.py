"""What is behind duties: begun, one move with the queue, what a recording meets. Called inside the entry that says why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from nightdesk.actions._queue import follow
from nightdesk.actions._rows import staff_id
from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.holidays import bank_holidays
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty, DutyMove, KeyEventNoted
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.rules import duty as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.duty import DutyRefused, Said
from nightdesk.rules.pack_duties import RECORDING, DutyEntry

_MOVES = PreparedColumns(lambda: DutyMove.objects.filter(duty_id=given("duty")).values_list("number"))


def moves_made(row: Duty) -> int:
    """How many moves a duty has so far."""
    return len(_MOVES.rows(duty=row.pk))


def begun_duties(
    case: Case, *, starts: str, starts_at: datetime, because: KeyEventNoted | None = None
) -> list[Duty]:
    """What is owed from now on, by today's pack: rows not saved yet."""
    calendar = rule.Calendar(force_zone(), _holidays(starts_at))
    return [
        Duty(
            case=case, kind=duty.id, because=because, edition=duty.edition, starts_at=starts_at,
            due_at=rule.due_at(starts_at, duty, calendar), state=rule.OWED,
        )
        for duty in pack().duties if duty.starts == starts
    ]  # fmt: skip


def make_move(case: Case, row: Duty, move: str, *, actor: Reader, at: datetime, said: Said) -> None:
    """One move of a duty, and the queue follows. The case is locked."""
    state = rule.next_state(row.state, move)
    done_at = said.done_at or at
    if move == "meet":
        state = rule.met_state(row.due_at, done_at)
    elif move == "take_back":
        state = rule.state_after_taking_back(row.due_at, at)
    row.state = state
    row.save(update_fields=["state"])
    DutyMove.objects.create(
        duty=row, vault=case.disclosure.vault, number=moves_made(row) + 1, move=move, state=state, at=at,
        by_id=staff_id(actor), done_at=done_at if move == "meet" else None, ground=said.ground, answer=said.answer,
        words=said.words.strip(),
    )  # fmt: skip
    follow(case)


def meet_by_recording(case: Case, *, actor: Reader, at: datetime, done_at: datetime) -> None:
    """The crime or an N100 was recorded: what is met by that is met."""
    kinds = [duty.id for duty in pack().duties if duty.met_by == RECORDING]
    for row in case.duties.filter(kind__in=kinds, state__in=rule.STILL_OWED):
        make_move(case, row, "meet", actor=actor, at=at, said=Said(done_at=done_at))


def grounds_for(kind: str) -> Mapping[str, Any]:
    """Why this duty may not apply: the pack's grounds by their id."""
    return {ground.id: ground for ground in pack().duty_grounds if not ground.of or kind in ground.of}


def entry_of(row: Duty) -> DutyEntry:
    """The pack's entry of a duty. Raises DutyRefused when today's pack has none."""
    found = pack().duties.get(row.kind)
    if found is None:
        raise DutyRefused(
            "The pack of today does not have this duty any more. Ask the admin before you answer it."
        )
    return found


def _holidays(starts_at: datetime) -> set[date]:
    return set(bank_holidays(range(starts_at.year, starts_at.year + 2)))
