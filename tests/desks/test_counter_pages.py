"""The counter's pages, as each member of the cast: what they show, to whom, and what a reading leaves behind."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.counter_pages import WHAT, Counter, journal_kinds
from tests.people import Cast, signed_in


@pytest.fixture
def counter(client: Client, cast: Cast) -> Counter:
    """Priya's terminal at Harrow Lane."""
    return Counter(signed_in(client, cast.priya))


def test_the_list_shows_states_and_no_word_of_what_was_said(counter: Counter) -> None:
    """Whoever leans over the counter reads references and states."""
    reference = counter.send(what=WHAT, call_me="Jo")
    page = counter.page("/staff/counter/")
    assert reference in page
    assert "A specialist is being told" in page
    assert not re.search(f"{WHAT}|>Jo<", page)


def test_what_was_begun_and_not_sent_comes_first(counter: Counter) -> None:
    """Somebody is still waiting for it."""
    sent, begun = counter.send(what=WHAT), counter.save(what="she said")["reference"]
    page = counter.page("/staff/counter/")
    assert page.index(f"Go on: {begun}") < page.index(sent)


def test_the_list_forgets_after_a_shift(counter: Counter) -> None:
    """Twelve hours: then it is the case room's."""
    from nightdesk.records.disclosures import Disclosure

    reference = counter.send(what=WHAT)
    Disclosure.objects.update(opened_at=Disclosure.objects.get().opened_at - timedelta(hours=12, minutes=1))
    assert reference not in counter.page("/staff/counter/")
    assert counter.get(f"/staff/counter/{reference}/").status_code == 404


def test_a_whole_disclosure_costs_few_statements(counter: Counter) -> None:
    """Each is half a millisecond of a processor that 64 counters share; sign-in and desk are among them.

    PostgreSQL's journal takes its lock in one more.
    """
    counter.send(what=WHAT)
    with CaptureQueriesContext(connection) as asked:
        counter.send(what=WHAT)
    assert len(asked) <= 20 + (connection.vendor == "postgresql"), [
        query["sql"][:80] for query in asked.captured_queries
    ]


def test_opening_the_form_makes_no_record(counter: Counter) -> None:
    """The first answer makes it."""
    from nightdesk.records.disclosures import Disclosure

    counter.page("/staff/counter/new/")
    assert not Disclosure.objects.exists()


def test_the_page_after_sending_says_who_is_told_and_runs_the_clock(counter: Counter) -> None:
    """One sentence is enough for both."""
    page = counter.page(f"/staff/counter/{counter.send(what=WHAT)}/")
    for words in ("What happens now", "A specialist is being told", "Evidence clock", "Sexual offence"):
        assert words in page


def test_words_that_point_to_nothing_tell_nobody_and_say_how_to_ask(counter: Counter) -> None:
    """A lost phone is no sexual offence; in doubt staff add one, and then somebody is told."""
    reference = counter.send(what="I lost my phone on the bus")
    assert "nobody was told" in counter.page(f"/staff/counter/{reference}/")
    counter.post(
        f"/staff/counter/{reference}/override/", proposal="sexual_offence.possible", why="He is in tears"
    )
    page = counter.page(f"/staff/counter/{reference}/")
    assert "A specialist is being told" in page
    assert "He is in tears" in page


@pytest.mark.parametrize(
    ("proposal", "why", "sentence"),
    [
        ("sexual_offence.likely", "", "Say in a few words why"),
        ("sexual_offence.likely", " \n ", "Say in a few words why"),
        ("sexual_offence.certain", "because", "Choose what to add or set aside."),
        ("", "because", "Choose what to add or set aside."),
        ("sexual_offence.likely", "x" * 2001, "1 character too long"),
    ],
)
def test_an_override_without_a_reason_or_a_level_is_refused_and_stays_typed(
    counter: Counter, proposal: str, why: str, sentence: str
) -> None:
    """What was typed stays; nothing is kept."""
    from nightdesk.records.disclosures import Override

    reference = counter.send(what=WHAT)
    answer = counter.post(f"/staff/counter/{reference}/override/", proposal=proposal, why=why)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert why.strip() in page
    assert not Override.objects.exists()


def test_a_reading_leaves_one_line_before_anything_is_shown(counter: Counter) -> None:
    """The status page and the basics are readings; the list and the live part are not."""
    reference = counter.send(what=WHAT)
    for path, lines in (("", 1), ("basics/", 1), ("live/", 0)):
        before = journal_kinds()
        counter.page(f"/staff/counter/{reference}/{path}")
        assert journal_kinds()[len(before) :] == ["record_read"] * lines, path


def test_nothing_is_shown_when_the_reading_can_not_be_noted(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail closed: no line, no words."""
    reference = counter.send(what=WHAT)

    def out_of_order(**_: Any) -> None:
        raise OSError("the journal is out")

    monkeypatch.setattr("nightdesk.desks.counter.views.reading.note_reading", out_of_order)
    counter.client.raise_request_exception = False
    answer = counter.get(f"/staff/counter/{reference}/")
    assert answer.status_code == 500
    assert WHAT.encode() not in answer.content


@pytest.mark.parametrize("path", ["", "basics/", "live/"])
def test_another_counter_can_not_tell_theirs_from_none(
    counter: Counter, client: Client, cast: Cast, path: str
) -> None:
    """Tom at Mill Road gets the same page for Harrow Lane's reference as for one that does not exist."""
    reference = counter.send(what=WHAT)
    tom = Counter(signed_in(Client(), cast.tom))
    answers = [tom.get(f"/staff/counter/{one}/{path}") for one in (reference, "XXXX-XXXX")]
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [re.sub(r'value="[^"]+"', "", answer.content.decode()) for answer in answers]
    assert pages[0].replace(reference, "") == pages[1].replace("XXXX-XXXX", "")


@pytest.mark.parametrize("path", ["override/", "left/"])
def test_another_counter_changes_nothing(counter: Counter, cast: Cast, path: str) -> None:
    """A refusal, and a line that says who tried."""
    from nightdesk.records.disclosures import Disclosure, Override

    reference = counter.send(what=WHAT)
    tom = Counter(signed_in(Client(), cast.tom))
    sent = {"proposal": "sexual_offence.not_indicated", "why": "no"}
    assert tom.post(f"/staff/counter/{reference}/{path}", **sent).status_code == 404
    assert journal_kinds()[-1] == "access_refused"
    assert not Override.objects.exists()
    assert Disclosure.objects.get().left_at is None


@pytest.mark.parametrize("who", ["sana", "rae", "maud"])
def test_the_specialists_and_the_supervisor_of_the_unit_may_go_on(
    counter: Counter, cast: Cast, who: str
) -> None:
    """Harrow Lane is unit A's."""
    reference = counter.send(what=WHAT)
    theirs = Counter(signed_in(Client(), getattr(cast, who)))
    assert theirs.get(f"/staff/counter/{reference}/basics/").status_code == 200
    assert reference in theirs.page("/staff/counter/")


@pytest.mark.parametrize("who", ["idris", "wen", "nell", "lars", "odile", "ben", "alex"])
def test_everybody_else_is_refused_aloud(cast: Cast, who: str) -> None:
    """With a sentence that says what to do, and a line."""
    answer = signed_in(Client(), getattr(cast, who)).get("/staff/counter/new/")
    assert answer.status_code == 403
    assert "ask your supervisor" in answer.content.decode()
    assert journal_kinds()[-1] == "access_refused"


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: Client, cast: Cast) -> None:
    """A page leads there; a script gets a sentence, because it would take that page for an answer."""
    answer = client.get("/staff/counter/new/")
    assert answer.status_code == 302
    assert "next=%2Fstaff%2Fcounter%2Fnew%2F" in answer["Location"]
    script = client.post("/staff/counter/save/", {"what": WHAT}, headers={"accept": "application/json"})
    assert script.status_code == 401
    assert "Sign in again" in script.json()["fault"]


def test_a_form_without_its_token_is_refused_with_what_to_do(cast: Cast) -> None:
    """A page in another session, or of another site."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.priya)
    answer = strict.post("/staff/counter/new/", {"what": WHAT, "key": str(uuid4())})
    assert answer.status_code == 403
    assert "send it again" in answer.content.decode()
    script = strict.post("/staff/counter/save/", {"what": WHAT}, headers={"accept": "application/json"})
    assert script.status_code == 403
    assert script.json()["fault"]


def test_the_live_part_holds_no_word_of_theirs(counter: Counter) -> None:
    """It is asked for every few seconds and not journalled: so nothing personal is in it."""
    reference = counter.send(what=WHAT, call_me="Jo", contact_phone="07700 900123")
    part = counter.page(f"/staff/counter/{reference}/live/")
    assert "A specialist is being told" in part
    assert not re.search(f"{WHAT}|>Jo<|900123", part)


def test_no_title_and_no_address_names_anybody(counter: Counter) -> None:
    """Titles stand in tabs, histories and window lists."""
    reference = counter.send(what=WHAT, call_me="Jo")
    for path in ("", "basics/"):
        page = counter.page(f"/staff/counter/{reference}/{path}")
        title = re.search("<title>(.*?)</title>", page, re.DOTALL)
        assert title
        assert not re.search("Jo|raped|Priya", title[1])


def test_a_dead_pager_is_said_with_whom_to_ring(counter: Counter) -> None:
    """No worker has been round: the list and the status page say so."""
    reference = counter.send(what=WHAT)
    assert "The pager is not running" in counter.page("/staff/counter/")
    assert "Ring now: Control room, 01632 960000" in counter.page(f"/staff/counter/{reference}/live/")


def test_a_message_that_can_not_leave_is_said(counter: Counter, cast: Cast) -> None:
    """Told is only who was really told."""
    from nightdesk.actions.worker import beat, take_due_step
    from nightdesk.queries.clock import database_now

    reference = counter.send(what=WHAT)
    counter.on_duty_now(cast)
    take_due_step(at=database_now(), address="http://127.0.0.1")
    beat(at=database_now())
    from nightdesk.records.referrals import Page

    Page.objects.update(told_at=database_now() - timedelta(seconds=31))
    part = counter.page(f"/staff/counter/{reference}/live/")
    assert "Not reached" in part
    assert "the message has not left yet" in part


def test_a_ticked_red_flag_says_to_ring_now_and_is_urgent(counter: Counter) -> None:
    """The medical card comes before everything: by its words, with what to do, and as a ground for the specialist."""
    from nightdesk.outside.current import pack
    from nightdesk.records.referrals import Referral

    flag = next(iter(pack().red_flags))
    page = counter.page(f"/staff/counter/{counter.send(what=WHAT, red_flags=flag.id)}/")
    for words in ("Ring 999 now", flag.do, "Medical emergency", flag.text.en):
        assert html.escape(words) in page
    assert Referral.objects.get().urgency == "now"


def test_the_words_that_led_to_a_proposal_are_marked_where_they_stand(counter: Counter) -> None:
    """On demand, in the person's own sentence; none is marked that the newest version no longer has."""
    reference = counter.send(what=WHAT)
    assert '<mark class="nd-mark">' in counter.page(f"/staff/counter/{reference}/")
    counter.save_again(what="I can't say it")
    assert '<mark class="nd-mark">' not in counter.page(f"/staff/counter/{reference}/")
