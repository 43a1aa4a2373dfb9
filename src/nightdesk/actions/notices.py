"""Telling what is overdue: first a row for each person who is to be told, then one message for all that waits for them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._notices import Seniors, officers_there, still_owed, told_from
from nightdesk.actions.messages import tell
from nightdesk.outside.current import pack
from nightdesk.records.notice_facts import Owed, asked, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.records.staff import Staff
from nightdesk.rules import notice as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import Waits, waiting_notice
from nightdesk.rules.pack_notices import OF_NO_CASE, TURNED_AWAY

MOST: Final = 200  # of a kind in one round, and in one message: the rest is due in the next


@together
def raise_notices(*, at: datetime, kind: str, level: str) -> int:
    """A row for each person who is to be told of something of this kind; how many are new.

    The database keeps each once, so that two workers do no harm; nothing is told here, so there is no line.
    """
    by = rule.due_since(pack().notice_kinds[kind], level, at)
    if by is None:
        return 0
    found = owed(kind, asked(pack(), kind, at, by=by), untold=rule.from_level(level), most=MOST)
    if not found:
        return 0
    of_cases = (
        [] if kind == TURNED_AWAY else found
    )  # whose turn it is stands where the officer of a case does
    people = {str(key) for one in of_cases for key in (one.officer, one.asker) if key}
    here, known, seniors = officers_there(at, people), _known(found), Seniors(at)
    rows: list[NoticeRow] = []
    stand: dict[str, list[UUID]] = {}
    for one in found:
        told = known.get((one.about, one.due_at), {})
        there = {step: key for step, key in _below(one) if key in here}
        whom = rule.told_whom(level, there=there, seniors=seniors.of(one, level), known=told)
        at_level = level if kind == TURNED_AWAY else whom.level
        rows += [_row(one, at_level, UUID(key), at) for key in whom.ids]
        stand.setdefault(at_level, []).extend(told[key] for key in whom.stand)
    NoticeRow.objects.bulk_create(rows, ignore_conflicts=True)
    for at_level, keys in stand.items():
        NoticeRow.objects.filter(pk__in=keys).update(level=at_level)
    return len(rows)


def _known(found: list[Owed]) -> dict[tuple[UUID, datetime], dict[str, UUID]]:
    """Who was told of the same before, each with the key of that row."""
    told: dict[tuple[UUID, datetime], dict[str, UUID]] = {}
    abouts = [one.about for one in found]
    for row in NoticeRow.objects.filter(about__in=abouts, kind=found[0].kind, dropped_at=None):
        told.setdefault((row.about, row.due_at), {})[str(row.staff_id)] = row.pk
    return told


def _below(one: Owed) -> list[tuple[str, str]]:
    """Who is told before the supervisors, level by level."""
    return [(rule.OFFICER, str(one.officer)), (rule.ASKER, str(one.asker))]


def _row(one: Owed, level: str, staff: UUID, at: datetime) -> NoticeRow:
    return NoticeRow(
        kind=one.kind, about=one.about, reference=one.reference, due_at=one.due_at, level=level, staff_id=staff, made_at=at,
    )  # fmt: skip


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
    begins_at = told_from(who, at) if now else at
    if begins_at > at:
        now = [row for row in now if rule.wakes(pack().notice_kinds[row.kind], row.due_at, begins_at)]
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
    """What of it is still so, and still theirs: somebody who is away now is told nothing, and others are in their place."""
    here, seniors = bool(officers_there(at, {str(who.pk)})), Seniors(at)
    stays: set[UUID] = set()
    for kind in {row.kind for row in rows} if who.is_active else ():
        mine = [row for row in rows if row.kind == kind]
        found = still_owed(kind, mine, at)
        for row in mine:
            one = found.get((row.about, row.due_at))
            if one is not None and _theirs(row, one, here, seniors):
                stays.add(row.pk)
    return stays


def _theirs(row: NoticeRow, one: Owed, here: bool, seniors: Seniors) -> bool:
    key = str(row.staff_id)
    if row.level == rule.SENIOR or one.kind == TURNED_AWAY:
        return key in seniors.of(one, row.level)
    return here and key == dict(_below(one))[row.level]
