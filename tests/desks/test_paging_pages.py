"""The pages of paging as each of the cast: one's own ways, the strip, the history, hand-over and reassigning."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.referrals import acknowledge_page
from nightdesk.actions.rota import add_shifts
from nightdesk.queries.clock import database_now
from nightdesk.queries.disclosures import ALIVE_SECONDS
from nightdesk.records.cases import Case
from nightdesk.records.contacts import ContactWay
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Heartbeat, Message
from nightdesk.records.referrals import Page, Referral
from nightdesk.records.rota import Shift
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.terms import LAYERS
from tests.actions.paging import step
from tests.desks.test_access import Told, refer_and_page
from tests.people import as_reader, signed_in

WAYS = "/staff/told/"
YEARS = timedelta(days=1500)


def text_of(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def told(cast: Any) -> Told:
    """A referral to Sana, paged just now by the machine's own clock, as pages go by the database's."""
    at, hour = database_now(), timedelta(hours=1)
    add_shifts(actor=SYSTEM, at=at, unit=cast.unit_a, shifts=[(cast.sana, LAYERS[0], at - hour, at + hour)])
    return refer_and_page(cast, at)


@pytest.fixture
def sana(client: Client, cast: Any) -> Client:
    """Her browser."""
    return signed_in(client, cast.sana)


def add(sana: Client, channel: str = "email", address: str = "sana.night@force.test") -> Any:
    """She adds a way."""
    return sana.post(WAYS, {"channel": channel, "address": address})


def code() -> str:
    """The code of the newest test message."""
    found = re.search(r"\d{6}", Message.objects.order_by("-made_at")[0].body)
    assert found
    return found[0]


def test_a_way_is_added_confirmed_put_first_and_withdrawn(sana: Client) -> None:
    """Each by one form, without any script."""
    assert add(sana).status_code == 302
    way = ContactWay.objects.get()
    assert "Not confirmed yet" in text_of(sana.get(WAYS))
    assert sana.post(f"{WAYS}{way.pk}/confirm/", {"code": code()}).status_code == 302
    page = text_of(sana.get(WAYS))
    assert "Works" in page
    assert "Only one way to reach you works" in page
    add(sana, "screen", "")
    screen = ContactWay.objects.get(channel="screen")
    assert "Only one way" not in text_of(sana.get(WAYS))
    assert sana.post(f"{WAYS}{screen.pk}/first/").status_code == 302
    assert list(ContactWay.objects.order_by("place").values_list("channel", flat=True)) == ["screen", "email"]
    assert sana.post(f"{WAYS}{way.pk}/withdraw/").status_code == 302
    assert "told on the screen only" not in text_of(sana.get(WAYS))  # the account's address is there


@pytest.mark.parametrize(
    ("channel", "address", "said"),
    [
        ("", "x", "Choose how you want to be told."), ("email", "nobody", "Enter an e-mail address"),
        ("sms", "07700 900123", "Choose how you want to be told."), ("pigeon", "", "Choose how you want to be told."),
        ("email", "a" * 300 + "@force.test", "at most 254"),
    ],
)  # fmt: skip
def test_what_can_not_be_kept_is_said_and_what_was_typed_stays(
    sana: Client, channel: str, address: str, said: str
) -> None:
    """Also a channel that is not set up here."""
    answer = add(sana, channel, address)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ContactWay.objects.exists()
    if address:
        assert f'value="{address}"' in answer.content.decode()


def test_a_wrong_code_and_an_early_test_are_refused_aloud(sana: Client) -> None:
    """The page says what to do."""
    add(sana)
    way = ContactWay.objects.get()
    answer = sana.post(f"{WAYS}{way.pk}/confirm/", {"code": "1"})
    assert (answer.status_code, "not the code" in text_of(answer)) == (422, True)
    answer = sana.post(f"{WAYS}{way.pk}/test/")
    assert (answer.status_code, "half a minute" in text_of(answer)) == (409, True)


def test_nobody_can_touch_the_way_of_another(sana: Client, cast: Any) -> None:
    """404, as if it were not there."""
    add(sana)
    way = ContactWay.objects.get()
    rae = signed_in(Client(), cast.rae)
    for act in ("test", "confirm", "first", "withdraw"):
        assert rae.post(f"{WAYS}{way.pk}/{act}/", {"code": code()}).status_code == 404
    assert "sana.night" not in text_of(rae.get(WAYS))


def test_whoever_can_not_be_reached_is_told_so(sana: Client, cast: Any) -> None:
    """In the first sentence."""
    type(cast.sana).objects.filter(pk=cast.sana.pk).update(email="")
    assert "You can’t be reached" in text_of(sana.get(WAYS))
    add(sana, "screen", "")
    assert "told on the screen only" in text_of(sana.get(WAYS))


def test_a_webhook_shows_its_secret_once(sana: Client, cast: Any, settings: Any) -> None:
    """When it was added; it is good for that address alone."""
    settings.WEBHOOK_SECRET = "a secret of the force of 32 characters"
    page = text_of(add(sana, "webhook", "https://pager.example.org/"))
    assert "whsec_" in page
    assert settings.WEBHOOK_SECRET not in page
    assert "whsec_" not in text_of(add(sana, "webhook", "https://pager.example.org/"))
    assert "whsec_" not in text_of(sana.get(WAYS))


def test_a_new_secret_is_made_and_shown_once(sana: Client, cast: Any, settings: Any) -> None:
    """The page says until when the old one signs too; a second click makes none, and nobody makes one for another."""
    settings.WEBHOOK_SECRET = "a secret of the force of 32 characters"
    first = re.search(r"whsec_\S+", text_of(add(sana, "webhook", "https://pager.example.org/")))
    address = f"{WAYS}{ContactWay.objects.get().pk}/secret/"
    answer = sana.post(address, {"number": "1"})
    second = re.search(r"whsec_\S+", text_of(answer))
    assert first
    assert second
    assert first[0] != second[0]
    assert "The old one signs beside it" in text_of(answer)
    for number in ("1", "", "x", "9" * 50):
        again = sana.post(address, {"number": number})
        assert (again.status_code, "make another one now" in text_of(again)) == (409, True)
    assert "whsec_" not in text_of(sana.get(WAYS))
    assert signed_in(Client(), cast.rae).post(address, {"number": "2"}).status_code == 404


def test_the_strip_is_on_every_page_of_whoever_is_called(sana: Client, told: Told, cast: Any) -> None:
    """One tap there answers; then it is gone. Nobody else sees it."""
    for address in ("/staff/cases/", WAYS, "/staff/call-outs/", "/staff/call-outs/live/"):
        page = sana.get(address).content.decode()
        assert f"/staff/page/{told.token}/" in page
        assert "raped" not in page
    rae = signed_in(Client(), cast.rae)
    assert told.token not in rae.get("/staff/call-outs/live/").content.decode()
    assert sana.post(f"/staff/page/{told.token}/").status_code == 302
    assert told.token not in sana.get("/staff/call-outs/live/").content.decode()
    assert "Nobody is calling you now" in text_of(sana.get("/staff/call-outs/"))


def test_whoever_can_not_come_says_so_from_the_link(client: Client, told: Told) -> None:
    """Without signing in; with a reason, or told that one is needed."""
    address = f"/staff/page/{told.token}/"
    answer = client.post(f"{address}cannot/", {"reason": ""})
    assert (answer.status_code, "Choose why" in text_of(answer)) == (422, True)
    assert client.post(f"{address}cannot/", {"reason": "in_court"}).status_code == 302
    assert "You said that you can’t" in text_of(client.get(address))
    assert Referral.objects.get().moves.filter(move="decline", reason="in_court").exists()
    assert client.post("/staff/page/unknown/cannot/", {"reason": "in_court"}).status_code == 404


def test_the_link_says_that_somebody_has_it_and_not_who(client: Client, told: Told, cast: Any) -> None:
    """Nothing of a person, and nobody's name."""
    Shift.objects.filter(layer="second").update(ends_at=database_now() + YEARS)
    Referral.objects.update(next_step_at=database_now())
    step(database_now())
    rae = Page.objects.get(staff=cast.rae)
    acknowledge_page(at=database_now(), token=told.token)
    page = text_of(client.get(f"/staff/page/{rae.token}/"))
    assert "Somebody else has it" in page
    assert "Sana" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("priya", 200), ("sana", 200), ("maud", 200), ("odile", 200), ("tom", 404), ("kofi", 404), ("ben", 403)],
)
def test_the_history_is_one_screen_of_names_of_staff(
    client: Client,
    told: Told,
    cast: Any,
    who: str,
    status: int,
) -> None:
    """Linked from the counter's and the case's page."""
    answer = signed_in(client, getattr(cast, who)).get(f"/staff/paging/{told.reference}/")
    assert answer.status_code == status
    assert "raped" not in text_of(answer)
    if status == 200:
        assert "Specialist on duty" in text_of(answer)
        assert "Sana" in text_of(answer)


def test_the_history_is_linked_from_where_people_look(client: Client, told: Told, cast: Any) -> None:
    """The counter's page and the case."""
    way = reverse("page_history", args=[told.reference])
    assert way in signed_in(Client(), cast.priya).get(f"/staff/counter/{told.reference}/").content.decode()
    assert way in signed_in(client, cast.sana).get(f"/staff/cases/{told.reference}/").content.decode()


def rae_is_on(cast: Any) -> None:
    """Now, by the clock of the machine."""
    Shift.objects.filter(staff=cast.rae).update(ends_at=database_now() + YEARS)


def test_a_case_is_offered_taken_back_and_taken_over(client: Client, told: Told, cast: Any) -> None:
    """Until Rae answers, Sana has it, and the case says so."""
    acknowledge_page(at=database_now(), token=told.token)
    rae_is_on(cast)
    sana, case = signed_in(client, cast.sana), f"/staff/cases/{told.reference}/"
    assert "Ask a colleague" in text_of(sana.get(case))
    assert sana.post(f"{case}offer/", {"colleague": ""}).status_code == 422
    assert sana.post(f"{case}offer/", {"colleague": str(cast.kofi.pk)}).status_code == 422
    assert sana.post(f"{case}offer/", {"colleague": str(cast.rae.pk)}).status_code == 302
    assert "Rae is asked to take this over" in text_of(sana.get(case))
    assert sana.post(f"{case}take-back/").status_code == 302
    sana.post(f"{case}offer/", {"colleague": str(cast.rae.pk)})
    rae = signed_in(Client(), cast.rae)
    strip = rae.get("/staff/call-outs/live/").content.decode()
    token = re.findall(r"/staff/page/([\w-]+)/", strip)[0]
    assert "Will you take this over?" in text_of(rae.get(f"/staff/page/{token}/"))
    rae.post(f"/staff/page/{token}/")
    assert Case.objects.get().owner == cast.rae


@pytest.mark.parametrize("who", ["kofi", "priya"])
def test_nobody_outside_the_unit_offers_a_case(client: Client, told: Told, cast: Any, who: str) -> None:
    """Refused, and kept."""
    acknowledge_page(at=database_now(), token=told.token)
    stranger = signed_in(client, getattr(cast, who))
    for path in ("offer/", "take-back/"):
        answer = stranger.post(f"/staff/cases/{told.reference}/{path}", {"colleague": str(cast.rae.pk)})
        assert answer.status_code in (403, 404)
    assert JournalLine.objects.filter(kind="access_refused").count() == 2


def test_cases_of_somebody_who_is_away_are_given_to_others(client: Client, told: Told, cast: Any) -> None:
    """By their supervisor, each to a colleague or to whoever is on; a page says how many."""
    acknowledge_page(at=database_now(), token=told.token)
    rae_is_on(cast)
    maud = signed_in(client, cast.maud)
    assert "Sana" in text_of(maud.get("/staff/reassign/"))
    address = f"/staff/reassign/{cast.sana.pk}/"
    assert told.reference in text_of(maud.get(address))
    assert "for at least one case" in text_of(maud.post(address, {told.reference: ""}))
    assert maud.post(address, {told.reference: str(cast.kofi.pk)}).status_code == 422
    answer = maud.post(address, {told.reference: str(cast.rae.pk)}, follow=True)
    assert "1 case was reassigned" in text_of(answer)
    assert (Case.objects.get().owner, Referral.objects.get().meant_for) == (None, cast.rae)
    assert maud.get(f"/staff/reassign/{cast.kofi.pk}/").status_code == 404
    assert "They have no open case" in text_of(maud.get(address))


def test_an_illegal_move_is_refused_aloud_and_kept(client: Client, told: Told, cast: Any) -> None:
    """409 with what is possible, and a line (acceptance test 1)."""
    sana = signed_in(client, cast.sana)
    answer = sana.post(f"/staff/cases/{told.reference}/move/", {"move": "arrive"})
    assert (answer.status_code, "Possible now" in text_of(answer)) == (409, True)
    line = JournalLine.objects.get(kind="move_refused")
    assert (line.subject, line.facts, line.actor) == (
        told.reference,
        {"move": "arrive"},
        as_reader(cast.sana).id,
    )


def test_a_supervisor_sees_who_can_not_be_reached(client: Client, cast: Any) -> None:
    """Linked from her own page."""
    type(cast.rae).objects.filter(pk=cast.rae.pk).update(email="")
    maud = signed_in(client, cast.maud)
    assert "/staff/told/unit/" in maud.get(WAYS).content.decode()
    page = text_of(maud.get("/staff/told/unit/"))
    assert "1 person can’t be reached" in page
    assert "Only one" in page


def test_a_pager_that_died_is_said_on_open_pages_within_half_a_minute(
    client: Client, told: Told, cast: Any
) -> None:
    """The longest silence that still counts as alive, and the time until the page is read again; with whom to ring."""
    priya = signed_in(client, cast.priya)
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": database_now() - timedelta(seconds=26)})
    for address in ("/staff/counter/", f"/staff/counter/{told.reference}/"):
        page = priya.get(address).content.decode()
        every = int(re.findall(r'data-live-seconds="(\d+)"', page.split("data-call-outs", 1)[1])[0])
        assert ALIVE_SECONDS + every < 30
        assert "The pager is not running" in page
    assert "01632 960000" in text_of(priya.get(f"/staff/counter/{told.reference}/live/"))
