"""Telling what is overdue: first a row for each person who is to be told, then one message for all that waits for them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._away import whom_to_tell
from nightdesk.actions._entry import entry, together
from nightdesk.actions._notices import asked, may_tell, officers_there, seniors_of, still_owed
from nightdesk.actions.messages import tell
from nightdesk.outside.current import pack
from nightdesk.records.notice_facts import Owed, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.records.staff import Staff
from nightdesk.rules import notice as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import Waits, waiting_notice
from nightdesk.rules.pack_notices import KINDS, OF_NO_CASE, TURNED_AWAY, WORD

MOST: Final = 200  # of a kind in one round, and in one message: the rest is due in the next


@together
def raise_notices(*, at: datetime, kind: str, level: str) -> int:
    """A row for each person who is to be told of something of this kind; how many are new.

    The database keeps each once, so that two workers do no harm; nothing is told here, so there is no line.
    """
    by = rule.due_since(pack().notice_kinds[kind], level, at)
    if by is None:
        return 0
    untold = rule.LEVELS if level == rule.OFFICER else (rule.SENIOR,)
    found = owed(kind, asked(at, by), untold=untold, most=MOST)
    if not found:
        return 0
    here = officers_there(at, {str(one.officer) for one in found if one.officer and kind != TURNED_AWAY})
    known = _known(found)
    there: dict[UUID | None, list[Staff]] = {}  # of each unit, asked once
    rows: list[NoticeRow] = []
    for one in found:
        told = known.get((one.about, one.due_at), set())
        if one.unit not in there:
            there[one.unit] = whom_to_tell(one.unit, at)
        rows += _rows(one, level, at, here, told, there[one.unit])
    NoticeRow.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _known(found: list[Owed]) -> dict[tuple[UUID, datetime], set[str]]:
    """Who was told of the same before."""
    told: dict[tuple[UUID, datetime], set[str]] = {}
    rows = NoticeRow.objects.filter(
        about__in=[one.about for one in found], kind=found[0].kind, dropped_at=None
    )
    for row in rows:
        told.setdefault((row.about, row.due_at), set()).add(str(row.staff_id))
    return told


def _rows(
    one: Owed, level: str, at: datetime, here: set[str], known: set[str], there: list[Staff]
) -> list[NoticeRow]:
    of_case = "" if one.kind == TURNED_AWAY else str(one.officer or "")
    seniors = seniors_of(one, level, there)
    asked_level, ids = rule.told_whom(
        level, officer=of_case, there=of_case in here, seniors=seniors, known=known
    )
    if one.kind == WORD and asked_level == rule.SENIOR and known:
        return []  # they were told in the officer's place, and the officer will be, once they are back
    if one.kind == TURNED_AWAY:
        asked_level = level  # whose turn it is stands where the officer of a case does
    return [
        NoticeRow(
            kind=one.kind, about=one.about, reference=one.reference, due_at=one.due_at, level=asked_level,
            staff_id=UUID(key), made_at=at,
        )
        for key in ids
    ]  # fmt: skip


@together
def tell_waiting(*, at: datetime, staff: UUID, address: str) -> int:
    """One message to somebody about all that waits for them and may be told now; about how many things.

    What was settled meanwhile, or went to somebody else, is dropped. Their row is locked, so that two workers do not tell
    twice. `address` is the site's, as written in messages.
    """
    who = Staff.objects.select_for_update(no_key=True).get(pk=staff)
    rows = list(NoticeRow.objects.filter(staff=who, told_at=None, dropped_at=None).order_by("due_at")[:MOST])
    stays = _stays(rows, who, at)
    gone = [row.pk for row in rows if row.pk not in stays]
    NoticeRow.objects.filter(pk__in=gone).update(dropped_at=at)
    now = [row for row in rows if row.pk in stays]
    if now and not may_tell(who, at, wakes=False):
        now = [row for row in now if pack().notice_kinds[row.kind].wakes]
    if not now:
        return 0
    waits = [Waits(pack().notice_kinds[row.kind].label, row.reference) for row in now]
    tell(at=at, staff=who, about="notice", notice=waiting_notice(waits=waits, link=f"{address}/staff/desk/"))
    NoticeRow.objects.filter(pk__in=[row.pk for row in now]).update(told_at=at)
    for row in now:
        of = "" if row.kind in OF_NO_CASE else row.reference
        with entry("notice_told", actor=SYSTEM, at=at, subject=of, notice=row.kind, level=row.level):
            pass
    return len(now)


def _stays(rows: list[NoticeRow], who: Staff, at: datetime) -> set[UUID]:
    """What of it is still so, and still theirs: an officer who is away now is told nothing, their supervisors are."""
    here = officers_there(at, {str(who.pk)})
    stays: set[UUID] = set()
    for kind in KINDS:
        mine = [row for row in rows if row.kind == kind]
        found = still_owed(kind, mine, at) if mine else {}
        for row in mine:
            one = found.get((row.about, row.due_at))
            if one is None:
                continue
            theirs = str(one.officer) == str(who.pk) and bool(here)
            if row.level == rule.SENIOR or kind == TURNED_AWAY or theirs:
                stays.add(row.pk)
    return stays if who.is_active else set()
