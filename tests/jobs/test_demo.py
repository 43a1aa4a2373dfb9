"""The fictional force shows every state a desk may see, and is only ever made where nothing real is."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from nightdesk.jobs.demo import PASSPHRASE, DemoRefused, make_force
from nightdesk.queries.exhibits import Sought, register
from nightdesk.queries.journal import verify_journal
from nightdesk.queries.kits import DEMO_NUMBER, demo_card, holders
from nightdesk.queries.readers import reader_of
from nightdesk.queries.stores import stores
from nightdesk.records.cases import Case
from nightdesk.records.chain import chain_of
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Identifier, Override
from nightdesk.records.exhibits import Destruction, Exhibit, HandOver, StoreFault
from nightdesk.records.journal import JournalLine
from nightdesk.records.kits import Kit, KitStep
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff, Station, Unit
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.custody import breaks
from nightdesk.rules.terms import CHANNELS, KIT_OUTCOMES, LAYERS, ROLES
from tests.jobs.demo_made import COUNT, NOW, force

__all__ = ["force"]


def opened_basics() -> list[Any]:
    """The newest basics of every disclosure."""
    newest = {}
    for version in BasicsVersion.objects.select_related("vault").order_by("number"):
        newest[version.disclosure_id] = version
    return [version.basics() for version in newest.values()]


def test_every_state_of_a_referral_can_be_seen(force: None) -> None:
    assert set(Referral.objects.values_list("state", flat=True)) == set(rule.STATES)


def test_some_wait_this_minute_and_old_ones_do_not_wait_for_ever(force: None) -> None:
    due = Referral.objects.filter(next_step_at__isnull=False)
    waiting, gone = due.exclude(state=rule.ON_THE_WAY), due.filter(state=rule.ON_THE_WAY)
    assert waiting.count() >= 3
    assert not waiting.filter(raised_at__lt=NOW - timedelta(hours=1)).exists()
    assert gone.exists()
    assert not gone.filter(raised_at__lt=NOW - timedelta(hours=3)).exists()
    assert Referral.objects.get(state=rule.RAISED).raised_at == NOW


def test_someone_declined_and_the_next_layer_answered(force: None) -> None:
    declined = ReferralMove.objects.filter(move="decline").select_related("referral")
    assert declined
    assert all(move.reason for move in declined)
    assert any(move.referral.pages.count() > 1 for move in declined)


def test_every_layer_of_cover_was_told_at_some_time(force: None) -> None:
    assert set(Page.objects.values_list("layer", flat=True)) == {*LAYERS, rule.NAMED}


def test_drafts_departures_and_other_matters_are_there(force: None) -> None:
    drafts = Disclosure.objects.filter(accepted_at=None)
    assert drafts.filter(left_at=None).exists()
    assert drafts.exclude(left_at=None).exists()
    assert Disclosure.objects.exclude(accepted_at=None).filter(referral=None).exists()
    assert Disclosure.objects.exclude(left_at=None).exclude(referral=None).exists()


def test_some_were_corrected_and_some_were_added_to(force: None) -> None:
    assert BasicsVersion.objects.filter(number__gte=2, disclosure__accepted_at__isnull=False).exists()
    assert Override.objects.exists()


def test_answers_are_given_not_known_declined_and_not_asked(force: None) -> None:
    basics = opened_basics()
    states = {state for b in basics for state in b.answers.values()}
    assert states == {"given", "dont_know", "rather_not", "not_asked"}
    assert any(b.earliest_at and b.earliest_at == b.latest_at for b in basics), "an exact time"
    assert any(b.earliest_at and b.latest_at and b.earliest_at < b.latest_at for b in basics), "a range"
    assert any(b.latest_at is None for b in basics), "no time"


def test_the_young_the_ill_the_endangered_and_those_who_need_an_interpreter_are_there(force: None) -> None:
    basics = opened_basics()
    assert any(b.under_18 == "yes" for b in basics)
    assert any(b.red_flags for b in basics)
    assert any(b.danger_now == "yes" for b in basics)
    assert any(b.on_behalf for b in basics)
    assert {"es", "pl", "cy", "bsl"} <= {b.interpreter for b in basics}


def test_whoever_is_named_in_several_reports_has_equal_identifiers(force: None) -> None:
    reports: dict[bytes, set[Any]] = {}
    for row in Identifier.objects.filter(kind="handle"):
        reports.setdefault(bytes(row.blind), set()).add(row.disclosure_id)
    assert max(len(found) for found in reports.values()) >= 2


def test_thirty_three_staff_in_all_roles_can_sign_in_with_one_phrase(force: None) -> None:
    staff = list(Staff.objects.all())
    assert len(staff) == 33
    assert {member.role for member in staff} == set(ROLES)
    assert all(member.is_demo for member in staff)
    assert [member.username for member in staff if not member.email.endswith(".invalid")] == ["celia"]
    assert check_password(PASSPHRASE, staff[0].password)
    assert (Station.objects.count(), Unit.objects.count()) == (4, 3)


def test_messages_of_the_past_left_and_carry_no_personal_data(force: None) -> None:
    names = {b.call_me for b in opened_basics() if len(b.call_me) > 3}
    for message in Message.objects.all():
        assert message.sent_at or message.attempts == 0  # or somebody answered before its turn came
        assert not any(name in message.body for name in names)


def test_the_journal_is_whole_and_in_the_order_of_time(force: None) -> None:
    assert verify_journal(SYSTEM).whole
    times = list(JournalLine.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)
    assert max(times) <= NOW
    assert JournalLine.objects.order_by("-seq").first().kind == "demo_made"


def test_every_write_has_its_journal_line(force: None) -> None:
    def lines(kind: str) -> int:
        return JournalLine.objects.filter(kind=kind).count()

    assert lines("disclosure_taken") == Disclosure.objects.count() == COUNT
    assert lines("referral_made") == Referral.objects.count() == Case.objects.count()
    assert lines("message_sent") == Message.objects.filter(sent_at__isnull=False).count()
    assert lines("basics_recorded") == BasicsVersion.objects.count()


def test_kits_are_open_closed_and_declined_and_one_can_be_followed(force: None) -> None:
    assert set(KitStep.objects.values_list("outcome", flat=True)) == set(KIT_OUTCOMES)
    assert Kit.objects.filter(closed_at=None).exists()
    assert Kit.objects.exclude(closed_at=None).exists()
    card = demo_card(None)  # given only when the words hold
    assert card is not None
    assert card[0] == DEMO_NUMBER
    assert holders(None, DEMO_NUMBER)


def test_exhibits_show_every_thing_somebody_has_to_look_at(force: None) -> None:
    """Overdue, in a store with a fault, being handed over, a destruction to decide; and every chain is whole."""
    inspector = reader_of(Staff.objects.get(username="maud"))
    found = register(inspector, Sought(), NOW, rows=500)
    assert all(found.counts[state] for state in ("in_store", "overdue", "in_fault", "with_staff"))
    assert Destruction.objects.filter(decided_at=None).count() == 1
    assert HandOver.objects.filter(answered_at=None).count() == 1
    assert {row.code: row.faults for row in stores(inspector, NOW)}["OTT-F1"] == ("no_readings",)
    ended, lasting = StoreFault.objects.filter(kind="too_warm").order_by("starts_at")
    assert (ended.store.code, ended.ends_at is not None, lasting.ends_at) == ("KES-F1", True, None)
    for exhibit in Exhibit.objects.prefetch_related("custody"):
        assert breaks(chain_of(exhibit.custody.all())) == ()


def test_disclosures_come_by_every_channel_over_sixty_days(force: None) -> None:
    assert set(Disclosure.objects.values_list("channel", flat=True)) == set(CHANNELS)
    oldest = Disclosure.objects.order_by("opened_at").first()
    assert oldest
    assert NOW - timedelta(days=61) < oldest.opened_at < NOW - timedelta(days=40)


def test_a_second_force_is_refused(force: None) -> None:
    with pytest.raises(DemoRefused, match="--fresh"):
        make_force(now=NOW, seed=22, count=COUNT)
