"""Taking a disclosure: one word is enough, nothing is lost, and sending it again makes nothing twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.intake import Kept, accept_disclosure, keep_basics, record_departure, take_disclosure
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Identifier, Triage
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Referral
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics, with_answer_states
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader, make_cast
from tests.records.taking import MARKED, take

pytestmark = pytest.mark.usefixtures("plain_triage")

ROWS = (Vault, Disclosure, BasicsVersion, Identifier, Triage, ClockStart, Referral, Case, JournalLine)
ONE_WORD = Basics(what="raped")
PLAIN = Basics(what="somebody took my phone on the bus")


def counts() -> list[int]:
    """How many rows of each kind there are."""
    return [model.objects.count() for model in ROWS]


def kinds(reference: str) -> list[str]:
    """Kinds of the lines about a disclosure, in order."""
    return list(JournalLine.objects.filter(subject=reference).order_by("seq").values_list("kind", flat=True))


def sent(cast: Any, at: datetime, basics: Basics = ONE_WORD, **more: Any) -> Kept:
    """Priya sends it on."""
    values = {"actor": as_reader(cast.priya), "sender_key": uuid4(), "channel": "counter"} | more
    return accept_disclosure(at=at, basics=basics, **values)


def test_one_word_is_enough_to_ask_for_a_specialist(cast: Any, now: datetime) -> None:
    """Triage, clock, referral and case follow at once, each with its line, in this order."""
    kept = sent(cast, now)
    assert kept == Kept(kept.reference, 1, accepted=True, referred=True)
    assert kinds(kept.reference) == [
        "disclosure_taken", "basics_recorded", "disclosure_accepted", "triage_recorded", "clock_started", "referral_made",
        "case_opened",
    ]  # fmt: skip
    disclosure = Disclosure.objects.get(reference=kept.reference)
    assert (disclosure.station, disclosure.taken_by, disclosure.accepted_by) == (
        cast.harrow_lane,
        cast.priya,
        cast.priya,
    )
    assert disclosure.opened_at == disclosure.accepted_at == now
    assert disclosure.referral.unit == disclosure.case.unit == cast.unit_a
    assert (disclosure.referral.state, disclosure.referral.next_step_at) == ("raised", now)
    assert disclosure.case.first_window_ends_at is not None
    assert disclosure.versions.get().basics() == ONE_WORD


@pytest.mark.parametrize("what", ["", " ", "\n\t ", "\u00a0"])
def test_without_one_word_nothing_is_sent_on_and_nothing_is_lost(cast: Any, now: datetime, what: str) -> None:
    """The sentence says what to do; what was kept before stays kept."""
    key = uuid4()
    keep_basics(
        actor=as_reader(cast.priya), at=now, sender_key=key, channel="counter", basics=Basics(call_me="Jo")
    )
    before = counts()
    with pytest.raises(IntakeRefused, match="at least one word"):
        sent(cast, now, Basics(what=what, call_me="Jo"), sender_key=key)
    assert counts() == before
    assert BasicsVersion.objects.get().basics().call_me == "Jo"


def test_what_is_typed_is_kept_from_the_first_answer(cast: Any, now: datetime) -> None:
    """A draft is a record, with no triage and nobody told."""
    key, priya = uuid4(), as_reader(cast.priya)
    first = keep_basics(
        actor=priya, at=now, sender_key=key, channel="phone", basics=Basics(where_words="a flat")
    )
    second = keep_basics(actor=priya, at=now, sender_key=key, channel="phone", basics=MARKED)
    assert (first.number, second.number, second.accepted, second.referred) == (1, 2, False, False)
    assert first.reference == second.reference
    assert not Triage.objects.exists()
    assert not Referral.objects.exists()
    assert kinds(first.reference) == ["disclosure_taken", "basics_recorded", "basics_recorded"]
    changed = JournalLine.objects.filter(kind="basics_recorded").order_by("-seq").first()
    assert changed is not None
    assert "what" in changed.facts["changed"]


@pytest.mark.parametrize("later", [0, 1, 3600, 40 * 3600])
def test_sending_the_same_again_changes_nothing(cast: Any, now: datetime, later: int) -> None:
    """A double click, a reload, the next morning: one record, one version, one referral, not one line more."""
    key = uuid4()
    first = sent(cast, now, MARKED, sender_key=key)
    before = counts()
    assert sent(cast, now + timedelta(seconds=later), MARKED, sender_key=key) == first
    again = keep_basics(actor=as_reader(cast.priya), at=now, sender_key=key, channel="counter", basics=MARKED)
    assert again == first
    assert counts() == before


def test_a_draft_that_is_sent_on_unchanged_is_one_version(cast: Any, now: datetime) -> None:
    """Kept while typed, then sent with the button."""
    key = uuid4()
    keep_basics(actor=as_reader(cast.priya), at=now, sender_key=key, channel="counter", basics=MARKED)
    kept = sent(cast, now + timedelta(minutes=9), MARKED, sender_key=key)
    assert (kept.number, kept.accepted, kept.referred) == (1, True, True)
    told = Disclosure.objects.get()
    assert (told.opened_at, told.accepted_at) == (now, now + timedelta(minutes=9))


def test_other_answers_make_a_version_that_is_assessed_and_nobody_is_told_twice(
    cast: Any, now: datetime
) -> None:
    """The referral that was raised stays raised; the first version stays as it was."""
    key, later = uuid4(), now + timedelta(minutes=20)
    sent(cast, now, ONE_WORD, sender_key=key)
    referral = Referral.objects.get()
    kept = sent(cast, later, replace(PLAIN, where_words="Route 12"), sender_key=key)
    assert (kept.number, kept.accepted, kept.referred) == (2, True, True)
    disclosure = Disclosure.objects.get()
    assert [v.basics().what for v in disclosure.versions.order_by("number")] == [ONE_WORD.what, PLAIN.what]
    assert [t.levels["sexual_offence"] for t in disclosure.triages.order_by("at")] == [
        "likely",
        "not_indicated",
    ]
    assert Referral.objects.get().__dict__ | {"_state": 0} == referral.__dict__ | {"_state": 0}
    assert disclosure.accepted_at == now
    assert disclosure.clocks.count() == 1  # nothing new about the time
    assert kinds(kept.reference)[7:] == [
        "basics_recorded",
        "disclosure_accepted",
        "triage_recorded",
    ]


def test_a_specialist_is_asked_as_soon_as_a_later_version_says_so(cast: Any, now: datetime) -> None:
    """First a lost phone, then the rest."""
    key = uuid4()
    assert not sent(cast, now, PLAIN, sender_key=key).referred
    kept = sent(cast, now + timedelta(minutes=5), replace(PLAIN, what="he raped me"), sender_key=key)
    assert kept.referred
    assert Case.objects.get().disclosure.reference == kept.reference


def test_a_later_version_makes_a_referral_more_urgent_never_less(cast: Any, now: datetime) -> None:
    """Danger that is told later still reaches whoever is paged next."""
    key = uuid4()
    urgency = []
    for minutes, danger in enumerate(("", "yes", "no")):
        sent(cast, now + timedelta(minutes=minutes), replace(ONE_WORD, danger_now=danger), sender_key=key)
        urgency.append(Referral.objects.get().urgency)
    assert urgency == ["soon", "now", "now"]


def test_a_person_who_asks_for_nothing_special_is_accepted_without_a_specialist(
    cast: Any, now: datetime
) -> None:
    """Triage is kept, the clock is kept, nobody is woken."""
    kept = sent(cast, now, PLAIN)
    assert (kept.accepted, kept.referred) == (True, False)
    assert Triage.objects.get().urgency == "soon"
    assert not Case.objects.exists()


def test_times_said_as_hours_ago_do_not_move_when_sent_again(cast: Any, now: datetime) -> None:
    """They were fixed when the telling began; the second version says nothing new about the time, so the clock stays."""
    key, then = uuid4(), now - timedelta(hours=9)
    said = replace(
        ONE_WORD, when_choice="last_24_hours", earliest_at=now - timedelta(hours=24), latest_at=then
    )
    sent(cast, now, said, sender_key=key)
    sent(cast, now + timedelta(hours=3), replace(said, where_words="a flat"), sender_key=key)
    assert list(ClockStart.objects.values_list("runs_from", flat=True)) == [then]
    assert list(BasicsVersion.objects.values_list("latest_at", flat=True)) == [then, then]


def test_with_no_time_known_every_version_counts_from_the_first_word(cast: Any, now: datetime) -> None:
    """Not from the moment of the correction: the specimen does not wait."""
    key = uuid4()
    sent(cast, now, ONE_WORD, sender_key=key)
    sent(cast, now + timedelta(hours=5), replace(ONE_WORD, call_me="Jo"), sender_key=key)
    assert list(ClockStart.objects.values_list("runs_from", "time_known")) == [(now, False)]


def test_a_person_who_left_keeps_a_running_clock(cast: Any, now: datetime) -> None:
    """Before anybody was asked for; the record stays open and can be sent on afterwards."""
    key, priya = uuid4(), as_reader(cast.priya)
    kept = keep_basics(actor=priya, at=now, sender_key=key, channel="counter", basics=ONE_WORD)
    left = now + timedelta(minutes=2)
    record_departure(actor=priya, at=left, reference=kept.reference)
    record_departure(actor=priya, at=left + timedelta(hours=1), reference=kept.reference)
    told = Disclosure.objects.get()
    assert (told.left_at, told.left_by, told.accepted_at) == (left, cast.priya, None)
    assert JournalLine.objects.get(kind="person_left").facts == {"before_referral": True}
    assert ClockStart.objects.get().started_at == left  # one clock, however often it is noted
    assert sent(cast, left, ONE_WORD, sender_key=key).referred
    assert all(clock.first_ends_at for clock in ClockStart.objects.all())


def test_a_person_who_left_before_the_first_word_keeps_a_clock_too(cast: Any, now: datetime) -> None:
    """They may come back, or be found; then the first words are its first version."""
    key, priya = uuid4(), as_reader(cast.priya)
    told = take_disclosure(actor=priya, at=now, sender_key=key, channel="counter")
    record_departure(actor=priya, at=now, reference=told.reference)
    assert ClockStart.objects.get().time_known is False
    assert sent(cast, now + timedelta(minutes=1), ONE_WORD, sender_key=key).number == 1


def test_a_person_who_left_after_the_referral_is_still_gone_to(cast: Any, now: datetime) -> None:
    """The referral goes on."""
    kept = sent(cast, now)
    record_departure(actor=as_reader(cast.priya), at=now, reference=kept.reference)
    assert JournalLine.objects.get(kind="person_left").facts == {"before_referral": False}
    assert Referral.objects.get().next_step_at == now
    with pytest.raises(NotFound, match="no disclosure with this reference"):
        record_departure(actor=as_reader(cast.priya), at=now, reference="AAAA-AAAA")


@pytest.mark.parametrize("basics", [ONE_WORD, PLAIN])
def test_a_desk_that_belongs_nowhere_is_told_so_before_anything_is_half_done(
    cast: Any, now: datetime, basics: Basics
) -> None:
    """On any disclosure, so that it is found before the night on which it matters; the sentence says whom to ring."""
    nowhere = replace(as_reader(cast.priya), station="", unit="")
    before = counts()
    with pytest.raises(NotFound, match="Ring the control room"):
        sent(cast, now, basics, actor=nowhere)
    assert counts() == before
    key = uuid4()
    keep_basics(actor=nowhere, at=now, sender_key=key, channel="counter", basics=basics)
    assert Disclosure.objects.get().station is None


def test_a_specialist_without_a_station_refers_to_their_own_unit(cast: Any, now: datetime) -> None:
    """Kofi is told of it on the street."""
    sent(cast, now, actor=as_reader(cast.kofi))
    assert Referral.objects.get().unit == cast.unit_b


def test_a_referral_goes_to_the_unit_of_the_station_where_it_was_taken(cast: Any, now: datetime) -> None:
    """Also when somebody of another unit helps out at that counter."""
    sent(
        cast,
        now,
        actor=replace(as_reader(cast.tom), unit=str(cast.unit_b.pk), station=str(cast.harrow_lane.pk)),
    )
    assert Referral.objects.get().unit == cast.unit_a


@pytest.mark.parametrize("who", ["tom", "kofi", "alex", "odile"])
def test_nobody_of_another_counter_adds_to_a_disclosure(cast: Any, now: datetime, who: str) -> None:
    """Not even with the key of the page."""
    key = uuid4()
    sent(cast, now, ONE_WORD, sender_key=key)
    before = counts()
    for action in (keep_basics, accept_disclosure):
        with pytest.raises(NotFound, match="of your counter"):
            action(
                actor=as_reader(getattr(cast, who)), at=now, sender_key=key, channel="counter",
                basics=Basics(what="something else"),
            )  # fmt: skip
    assert counts() == before


@pytest.mark.parametrize("who", ["priya", "sana", "maud"])
def test_the_counter_and_its_unit_go_on_with_what_was_begun(cast: Any, now: datetime, who: str) -> None:
    """A colleague takes over; the specialist adds what was told later."""
    key = uuid4()
    sent(cast, now, ONE_WORD, sender_key=key)
    kept = sent(
        cast, now, replace(ONE_WORD, call_me="Jo"), sender_key=key, actor=as_reader(getattr(cast, who))
    )
    assert kept.number == 2


def test_times_the_wrong_way_round_keep_nothing_half_done(cast: Any, now: datetime) -> None:
    """The page refuses them; whoever comes past the page is refused as a whole."""
    with pytest.raises(ValueError, match="swap them"):
        sent(cast, now, replace(ONE_WORD, earliest_at=now, latest_at=now - timedelta(hours=1)))
    assert not Disclosure.objects.exists()


def test_everything_that_can_be_typed_is_kept_as_it_was_typed(cast: Any, now: datetime) -> None:
    """Control characters, emoji, right-to-left, half a megabyte."""
    odd = "raped \0\x1b\u202e مرحبا 🌙 \U0001f469\u200d\U0001f469 " + "x" * 500_000
    told = take(cast, now, with_answer_states(Basics(what=odd, call_me="\0"), {}))
    assert told.versions.get().basics().what == odd


def test_a_disclosure_at_two_in_the_morning_of_the_clock_change_is_one_moment(cast: Any) -> None:
    """Half past one happens twice on that night; UTC knows which."""
    from datetime import UTC
    from zoneinfo import ZoneInfo

    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    second = first.replace(fold=1)
    assert [take(cast, at).opened_at for at in (first, second)] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]  # fmt: skip
    assert whole_journal()


@pytest.mark.parametrize("senders", [2, 6])
def test_one_page_sent_by_many_at_once_is_one_disclosure(
    journey_db: None, now: datetime, senders: int
) -> None:
    """A double click on a slow line: all get the same answer, one record is there."""
    cast, key = make_cast(now), uuid4()
    kept = without_faults(at_once(*[lambda: sent(cast, now, MARKED, sender_key=key)] * senders))
    assert len(set(kept)) == 1
    assert [m.objects.count() for m in (Disclosure, BasicsVersion, Triage, ClockStart, Referral, Case)] == [
        1
    ] * 6
    assert Vault.objects.count() == 1
    whole_journal()


def test_many_pages_sent_at_once_are_all_kept(journey_db: None, now: datetime) -> None:
    """Eight desks on a bad night."""
    cast = make_cast(now)
    kept = without_faults(at_once(*[lambda: sent(cast, now, MARKED)] * 8))
    assert len({one.reference for one in kept}) == 8
    assert [m.objects.count() for m in (Disclosure, BasicsVersion, Triage, ClockStart, Referral, Case)] == [
        8
    ] * 6
    whole_journal()


def test_outside_any_other_transaction_every_action_works(journey_db: None, now: datetime) -> None:
    """As it is called in the site: nothing else holds a transaction open."""
    cast, priya = make_cast(now), None
    priya, key = as_reader(cast.priya), uuid4()
    keep_basics(actor=priya, at=now, sender_key=key, channel="counter", basics=ONE_WORD)
    kept = sent(cast, now, ONE_WORD, sender_key=key)
    record_departure(actor=priya, at=now, reference=kept.reference)
    keep_basics(actor=SYSTEM, at=now, sender_key=key, channel="counter", basics=MARKED)
    assert whole_journal()
