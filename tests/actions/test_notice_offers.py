"""A case that a colleague was asked to take over and did not answer: told to them, to whoever asked, to a supervisor."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.hand_over import take_back_offer
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page
from nightdesk.actions.rota_changes import note_absence
from nightdesk.jobs.notices import tell_overdue
from nightdesk.outside.current import pack
from nightdesk.queries.notices import on_desk
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.notice_facts import SOURCES
from nightdesk.records.notice_facts import asked as asked_of
from nightdesk.records.notices import NoticeRow
from nightdesk.rules.pack_notices import OFFER
from tests.actions.paging import token_of
from tests.actions.test_hand_over import has_one, offer
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HANDED = ("arrive", "hand_over")  # nobody is called out for it any more


@pytest.fixture(autouse=True)
def only_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nightdesk.jobs.notices.KINDS", (OFFER,))


@pytest.fixture
def asked(cast: Any, now: datetime) -> tuple[str, datetime]:
    """Sana asked Rae at night to take a case over: its reference, and the middle of the next morning."""
    reference = has_one(cast, now, *HANDED)
    offer(cast, now, reference)
    return reference, now + 8 * HOUR


def told() -> list[str]:
    """Who was told of it, in order."""
    rows = Message.objects.filter(about="notice", channel="email").order_by("made_at", "staff__username")
    return list(rows.values_list("staff__username", flat=True))


def swept(at: datetime, *hours: float) -> list[str]:
    """The worker's rounds, and who was told until then."""
    for one in hours:
        tell_overdue(at + one * HOUR)
    return told()


def test_it_is_told_to_the_one_asked_then_to_who_asked_then_to_a_supervisor_once_each(
    cast: Any, asked: tuple[str, datetime]
) -> None:
    reference, at = asked
    assert swept(at, 0, 0.1) == ["rae", "sana"], "eight hours ago, when no worker ran"
    assert swept(at, 1, 3, 9, 15, 15.9) == ["rae", "sana"]
    assert swept(at, 22, 24, 25, 48, 96) == ["rae", "sana", "maud"]
    levels = [line.facts["level"] for line in JournalLine.objects.filter(kind="notice_told")]
    assert sorted(levels) == ["asker", "officer", "supervisor"]
    for staff, answers in ((cast.rae, True), (cast.sana, False), (cast.maud, False)):
        desk = on_desk(as_reader(staff), at + 96 * HOUR)
        assert [(row.kind, row.reference, row.to_answer) for row in desk.things] == [
            (OFFER, reference, answers)
        ]


def test_on_a_shift_it_is_told_after_the_hours_of_the_pack(cast: Any, now: datetime) -> None:
    """Rae and Sana are on: two hours, four hours."""
    offer(cast, now, has_one(cast, now, *HANDED))
    assert swept(now, 1.9) == []
    assert swept(now, 2, 3.9) == ["rae"]
    assert swept(now, 4, 5) == ["rae", "sana"]


@pytest.mark.parametrize("how", ["taken", "turned_down", "taken_back", "asked_another", "closed"])
def test_it_is_gone_when_it_was_answered_taken_back_or_is_nobodys_to_take(
    cast: Any, now: datetime, how: str
) -> None:
    """Noted at once, and neither told nor on a desk after that."""
    reference = has_one(cast, now, *HANDED)
    offer(cast, now, reference)
    assert swept(now, 2) == ["rae"]
    assert on_desk(as_reader(cast.rae), now + 3 * HOUR).count == 1
    at = now + 3 * HOUR
    if how == "taken":
        acknowledge_page(at=at, token=token_of(cast.rae))
    elif how == "turned_down":
        decline_page(at=at, token=token_of(cast.rae), reason="other")
    elif how == "closed":
        Case.objects.update(state="closed")  # how it came to be so is shown in test_closings.py
    else:
        take_back_offer(actor=as_reader(cast.sana), at=at, reference=reference)
    if how == "asked_another":
        offer(cast, at, reference, to=cast.rae)
    count = 1 if how == "asked_another" else 0
    for staff in (cast.rae, cast.sana, cast.maud):
        assert on_desk(as_reader(staff), at + HOUR).count == 0
    swept(at, 1, 4.5, 30, 60)
    assert told().count("rae") == 1 + count, "another time is another thing"
    assert told().count("sana") == told().count("maud") == count


def test_when_the_one_asked_fell_ill_who_asked_is_told_at_once_and_of_two_away_a_supervisor(
    cast: Any, now: datetime
) -> None:
    """Also between the note and the message: it goes on to the next."""
    offer(cast, now, has_one(cast, now, *HANDED))
    for staff, expected in ((cast.rae, ["sana"]), (cast.sana, ["maud"])):
        NoticeRow.objects.all().delete()
        Message.objects.filter(about="notice").delete()
        note_absence(
            actor=as_reader(staff), at=now, staff=staff, kind="sick", starts_at=now, ends_at=now + 5 * DAY
        )
        assert swept(now + 6 * HOUR, 0, 1, 2) == expected


def test_a_supervisor_who_asked_is_told_once_and_the_others_after_her(cast: Any, now: datetime) -> None:
    """Maud is the only one of the unit: after a day she stands for the supervisors, and it is not looked for again."""
    offer(cast, now, has_one(cast, now, *HANDED), by=cast.maud)
    assert swept(now, 2, 4, 8, 30, 60) == ["rae", "maud"]
    assert NoticeRow.objects.get(staff=cast.maud).level == "supervisor"
    assert on_desk(as_reader(cast.maud), now + 60 * HOUR).count == 1
    assert not NoticeRow.objects.filter(staff=cast.sana).exists(), "she has it, and asked nobody"


@pytest.mark.once("PostgreSQL goes by how many rows there are: of none, it reads the table")
def test_offers_are_found_by_the_few_that_are_offered_not_by_all_cases(db: None, now: datetime) -> None:
    assert "INDEX referral_offered" in SOURCES[OFFER](asked_of(pack(), OFFER, now, by=now)).explain()
