"""The specialist's pages: one tap, the unit's queue, a case with a reason for whoever is not its unit, and its moves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.desks.counter_pages import WHAT, Counter, journal_kinds
from tests.people import Cast, signed_in


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    return Counter(signed_in(Client(), cast.priya)).send(
        what=WHAT,
        call_me="Jo",
        where_words="Above the chip shop",
        under_18="no",
        **{"suspect0-handle": "nightowl"},
    )


@pytest.fixture
def token(reference: str, cast: Cast) -> str:
    """The key in the link of the page that Sana was sent."""
    from nightdesk.actions.worker import take_due_step
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page

    Counter(Client()).on_duty_now(cast)
    take_due_step(at=database_now(), address="http://127.0.0.1")
    return str(Page.objects.get(staff=cast.sana).token)


@pytest.fixture
def sana(cast: Cast) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def state() -> str:
    """Where the only referral stands."""
    from nightdesk.records.referrals import Referral

    return str(Referral.objects.get().state)


def test_the_link_shows_where_and_how_urgent_and_nothing_more(token: str, reference: str) -> None:
    """Whoever looks over her shoulder on the bus reads a station and a reference."""
    page = Counter(Client()).page(f"/staff/page/{token}/")
    for words in ("Harrow Lane", reference, "As soon as you can", "I have it"):
        assert words in page
    for words in (WHAT, "Jo", "nightowl", "chip shop", "Sana"):
        assert words not in page


def test_one_tap_takes_it_on_and_a_second_changes_nothing(token: str, sana: Counter, reference: str) -> None:
    """No sign-in; looking alone answers nothing."""
    phone = Counter(Client())
    phone.page(f"/staff/page/{token}/")
    assert state() == "paged"
    for _ in range(2):
        assert phone.post(f"/staff/page/{token}/").status_code == 302
    assert state() == "acknowledged"
    assert journal_kinds().count("referral_acknowledged") == 1
    assert "You have it" in phone.page(f"/staff/page/{token}/")
    assert "<strong>You</strong>" in sana.page("/staff/cases/")


def test_a_later_answer_is_thanked(token: str, cast: Cast) -> None:
    """Somebody else was quicker."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.actions.worker import take_due_step
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page, Referral

    Referral.objects.update(next_step_at=database_now() - timedelta(seconds=1))
    take_due_step(at=database_now(), address="http://127.0.0.1")
    others = Page.objects.exclude(token=token)
    acknowledge_page(at=database_now(), token=token)
    for other in others:
        assert "Somebody else has it" in Counter(Client()).page(f"/staff/page/{other.token}/")


@pytest.mark.parametrize("unknown", ["no-such-link", "%00", "x" * 900, "%ED%A0%80", "Ω"])
def test_an_unknown_link_is_said_to_be_so(cast: Cast, unknown: str) -> None:
    """With what to do, whether looked at or tapped."""
    phone = Counter(Client())
    for answer in (phone.get(f"/staff/page/{unknown}/"), phone.post(f"/staff/page/{unknown}/")):
        assert answer.status_code == 404
        assert "<h1" in answer.content.decode()


def test_the_queue_is_the_units_own_and_names_nobody(reference: str, sana: Counter, cast: Cast) -> None:
    """Kofi's is empty and says what will come; Sana's has the case with its clock."""
    page = sana.page("/staff/cases/")
    assert reference in page
    assert "hours left" in page
    assert not [words for words in (WHAT, "Jo<", "nightowl") if words in page]
    assert "No open cases in your unit." in Counter(signed_in(Client(), cast.kofi)).page("/staff/cases/")


def test_a_case_shows_everything_that_was_told_and_leaves_a_line(reference: str, sana: Counter) -> None:
    """Words, people, clock, proposals, who was told; what was not asked is told apart."""
    page = sana.page(f"/staff/cases/{reference}/")
    for words in (
        WHAT,
        "Jo",
        "nightowl",
        "Above the chip shop",
        "Evidence clock",
        "Sexual offence",
        "Not asked",
    ):
        assert words in page
    assert journal_kinds()[-1] == "record_read"


def test_another_unit_opens_a_case_only_with_a_reason_that_is_kept(reference: str, cast: Cast) -> None:
    """Kofi of unit B is asked why; nothing is shown before, and the journal has the reason."""
    from nightdesk.records.journal import JournalLine

    kofi = Counter(signed_in(Client(), cast.kofi))
    path = f"/staff/cases/{reference}/"
    for asked in (kofi.get(path), kofi.post(path), kofi.post(path, reason="curious")):
        page = asked.content.decode()
        assert "Why do you open this case?" in page
        assert WHAT not in page
    assert "Choose why you open this case." in page
    assert "record_read" not in journal_kinds()
    assert WHAT in kofi.reason(path).content.decode()
    line = JournalLine.objects.get(kind="record_read")
    assert line.facts == {"what": "case", "reason": "covering"}
    assert line.actor == str(cast.kofi.pk)


def test_the_moves_go_in_their_order_and_an_illegal_one_is_refused_aloud(
    reference: str, token: str, sana: Counter
) -> None:
    """On the way, with the person, handed over; not before it was answered, not twice."""
    path = f"/staff/cases/{reference}/move/"
    early = sana.post(path, move="set_off")
    assert early.status_code == 409
    assert "is not possible" in early.content.decode()
    Counter(Client()).post(f"/staff/page/{token}/")
    for move, after in (
        ("set_off", "on_the_way"),
        ("arrive", "with_the_person"),
        ("hand_over", "handed_over"),
    ):
        assert sana.post(path, move=move).status_code == 302
        assert state() == after
    page = sana.page("/staff/cases/")
    assert reference in page  # something is owed still
    assert "Handed over" in page


def test_who_can_not_take_it_after_all_says_why_and_the_next_is_told(
    reference: str, token: str, sana: Counter
) -> None:
    """Without one of the reasons it is refused: free text could name somebody, and is kept nowhere."""
    path = f"/staff/cases/{reference}/move/"
    Counter(Client()).post(f"/staff/page/{token}/")
    refused = sana.post(path, move="decline", reason="I know her brother")
    assert refused.status_code == 409
    assert "Choose why you can’t take this" in refused.content.decode()
    assert sana.post(path, move="decline", reason="other_call").status_code == 302
    assert state() == "paged"
    assert "I am with another person" in sana.page(f"/staff/cases/{reference}/")


@pytest.mark.parametrize("move", ["", "page", "acknowledge", "no-such-move", "x" * 5000, "\x00"])
def test_a_move_that_is_none_is_refused_with_a_sentence(reference: str, sana: Counter, move: str) -> None:
    """Nothing changes."""
    answer = sana.post(f"/staff/cases/{reference}/move/", move=move)
    assert answer.status_code == 409
    assert state() == "raised"


def test_another_unit_moves_nothing(reference: str, cast: Cast) -> None:
    """A reason opens a case; it does not make it theirs."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    answer = kofi.post(f"/staff/cases/{reference}/move/", move="set_off")
    assert answer.status_code == 404
    assert journal_kinds()[-1] == "access_refused"


@pytest.mark.parametrize("unknown", ["XXXX-XXXX", "x" * 400])
def test_an_unknown_reference_is_said_to_be_so(sana: Counter, unknown: str) -> None:
    """On every page that takes one, however long."""
    answers = [
        sana.get(f"/staff/cases/{unknown}/"), sana.post(f"/staff/cases/{unknown}/move/", move="set_off"),
        sana.get(f"/staff/counter/{unknown}/"), sana.post(f"/staff/counter/{unknown}/left/"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("who", ["priya", "sana", "odile", "ben"])
def test_everybody_on_the_staff_sees_who_is_on(cast: Cast, who: str) -> None:
    """Names of staff, until when, and whom to ring; a gap is said."""
    Counter(Client()).on_duty_now(cast)
    page = Counter(signed_in(Client(), getattr(cast, who))).page("/staff/rota/")
    for words in ("Sana", "Unit B", "Nobody", "Control room, 01632 960000"):
        assert words in page


def test_the_case_room_is_for_the_case_room(cast: Cast, reference: str) -> None:
    """Counter, analyst and auditor are refused, and not one word of it shown."""
    for person in (cast.priya, cast.wen, cast.odile, cast.alex):
        client: Any = signed_in(Client(), person)
        for path in ("/staff/cases/", f"/staff/cases/{reference}/"):
            answer = client.get(path)
            assert answer.status_code == 403
            assert WHAT not in answer.content.decode()
