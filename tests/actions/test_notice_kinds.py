"""Every kind of what is overdue is found in the database, and told to whoever can do something about it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.notices import raise_notices
from nightdesk.jobs.duties import miss_overdue
from nightdesk.outside.current import pack
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.duties import Duty
from nightdesk.records.flags import CaseFlag
from nightdesk.records.notice_facts import asked, owed
from nightdesk.records.notices import NoticeRow
from nightdesk.records.staff import Staff
from nightdesk.rules import pack_notices as kinds
from nightdesk.rules.notice import LEVELS, OFFICER, SENIOR
from tests.actions import sharing
from tests.actions.closings import ask, closable
from tests.actions.contacts import begun, noted
from tests.actions.flags import decide, the_flag, told
from tests.actions.shield import reported
from tests.actions.test_away import away, note
from tests.actions.test_hand_over import has_one

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told_of(kind: str, at: datetime, level: str = OFFICER) -> list[str]:
    """Who is to be told of a kind at a time; the second time nobody."""
    before = set(NoticeRow.objects.values_list("pk", flat=True))
    raise_notices(at=at, kind=kind, level=level)
    rows = NoticeRow.objects.exclude(pk__in=before).order_by("staff__username")
    found = list(rows.values_list("staff__username", flat=True))
    assert raise_notices(at=at, kind=kind, level=level) == 0
    return sorted(set(found))


@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("untold", [(), LEVELS, (SENIOR,)])
def test_each_kind_can_be_asked_for(db: None, now: datetime, kind: str, untold: tuple[str, ...]) -> None:
    assert owed(kind, asked(pack(), kind, now, by=now), untold=untold) == []
    assert owed(kind, asked(pack(), kind, now), only={uuid4()}) == []


@pytest.mark.usefixtures("plain_triage")
def test_a_duty_is_told_before_it_ends_and_again_when_it_was_missed(cast: Any, now: datetime) -> None:
    has_one(cast, now)
    due = Duty.objects.order_by("due_at").values_list("due_at", flat=True)[0]
    assert told_of(kinds.DUTY_SOON, due - 7 * HOUR) == []
    assert told_of(kinds.DUTY_SOON, due - 6 * HOUR) == ["sana"]
    miss_overdue(due)
    assert told_of(kinds.DUTY_SOON, due + HOUR) == told_of(kinds.DUTY_MISSED, due - HOUR) == []
    assert told_of(kinds.DUTY_MISSED, due + HOUR) == ["sana"]
    assert told_of(kinds.DUTY_MISSED, due + 11 * HOUR, SENIOR) == []
    assert told_of(kinds.DUTY_MISSED, due + 12 * HOUR, SENIOR) == ["maud"]


@pytest.mark.usefixtures("plain_triage")
def test_a_promise_is_told_until_the_person_is_reached(cast: Any, now: datetime) -> None:
    """Promised again in the meantime, the newer counts."""
    reference = has_one(cast, now)
    first = begun(cast.sana, now + HOUR, reference, direction="in")
    noted(cast.sana, now + HOUR, reference, first, "they_contacted", next_by_at=now + 3 * HOUR)
    assert told_of(kinds.PROMISE, now + 2 * HOUR) == []
    assert told_of(kinds.PROMISE, now + 3 * HOUR) == ["sana"]
    assert told_of(kinds.PROMISE, now + 27 * HOUR, SENIOR) == ["maud"]
    again = begun(cast.sana, now + 28 * HOUR, reference, direction="in")
    noted(cast.sana, now + 28 * HOUR, reference, again, "they_contacted")
    assert owed(kinds.PROMISE, asked(pack(), kinds.PROMISE, now + 29 * HOUR)) == []


def test_a_flag_is_told_on_the_day_of_its_review(cast: Any, now: datetime) -> None:
    told(cast, now)
    flag = the_flag(CaseFlag.objects.all()[0].disclosure)
    decide(cast.maud, now + HOUR, flag, "raise")
    on = CaseFlag.objects.get(pk=flag.pk).review_on
    assert on is not None
    midnight = now.replace(year=on.year, month=on.month, day=on.day, hour=0, minute=0)
    assert told_of(kinds.FLAG, midnight - HOUR) == []
    assert told_of(kinds.FLAG, midnight + HOUR) == ["maud"]  # nobody has the case yet


@pytest.mark.usefixtures("plain_triage")
def test_a_case_of_somebody_away_that_nobody_looked_at_is_told_again(cast: Any, now: datetime) -> None:
    has_one(cast, now)
    away(cast.sana, now + HOUR)
    note(cast, now + HOUR)
    assert told_of(kinds.AWAY, now + 4 * HOUR, SENIOR) == []
    assert told_of(kinds.AWAY, now + 5 * HOUR, SENIOR) == ["maud"]


def test_a_report_of_being_turned_away_is_told_to_whose_turn_it_is(cast: Any, now: datetime) -> None:
    reported(now, station=cast.harrow_lane.code)
    hours = asked(pack(), kinds.TURNED_AWAY, now).hours["received"]
    assert told_of(kinds.TURNED_AWAY, now + (hours - 1) * HOUR) == []
    assert told_of(kinds.TURNED_AWAY, now + hours * HOUR) == ["maud"]
    assert told_of(kinds.TURNED_AWAY, now + (hours + 48) * HOUR, SENIOR) == commanders()


def commanders() -> list[str]:
    """All of them."""
    return sorted(Staff.objects.filter(role="commander").values_list("username", flat=True))


@pytest.mark.usefixtures("plain_triage")
def test_a_closing_that_waits_is_told_to_a_supervisor_who_may_look(cast: Any, now: datetime) -> None:
    ask(cast.sana, now + DAY, closable(cast, now))
    assert told_of(kinds.CLOSING, now + 3 * DAY) == []
    assert told_of(kinds.CLOSING, now + 47 * HOUR, SENIOR) == []
    assert told_of(kinds.CLOSING, now + 48 * HOUR, SENIOR) == ["maud"]


def a_sent_pack(cast: Any, now: datetime) -> Any:
    """To a recipient to whom the person said yes, for thirty days."""
    sharing.case_of(cast, now)
    to = sharing.recipient(cast.sana, now, Disclosure.objects.get().reference)
    sharing.answer(cast.sana, now, to, sharing.every_group(to.kind))
    made = sharing.make(cast.sana, now, to)
    sharing.file_of(cast.sana, now, made)
    sharing.moved(cast.sana, now, made, "send", 0)
    return to


def test_a_pack_that_has_to_be_stopped_is_told_at_once(cast: Any, now: datetime) -> None:
    to = a_sent_pack(cast, now)
    assert told_of(kinds.STOP, now + HOUR) == []
    sharing.withdraw(cast.sana, now + HOUR, to)
    assert told_of(kinds.STOP, now + HOUR) != []
    assert told_of(kinds.CONSENT_OVER, now + 31 * DAY) == []


def test_a_consent_that_ran_out_is_told_while_they_have_the_pack(cast: Any, now: datetime) -> None:
    a_sent_pack(cast, now)
    assert told_of(kinds.CONSENT_OVER, now + 29 * DAY) == []
    assert told_of(kinds.CONSENT_OVER, now + 30 * DAY) != []
