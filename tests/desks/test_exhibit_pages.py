"""The exhibits room by hand: scanning, one tap each, what each reader is shown, and what the pages refuse aloud."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.custody import offer_exhibit
from nightdesk.queries.clock import database_now
from nightdesk.records.exhibits import Destruction, Exhibit, Hold
from nightdesk.records.journal import JournalLine
from tests.actions.exhibits import enter, fridge, journey_of, move
from tests.actions.paging import raise_one
from tests.people import as_reader, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """By the database's own clock, as pages go by it; a while ago, so that what a page notes comes after."""
    return database_now() - 3 * HOUR


def act(client: Client, exhibit: Exhibit, **given: Any) -> Any:
    """A tap on the exhibit's page."""
    return client.post(reverse("exhibit_act", args=[exhibit.code]), given)


def test_a_scan_leads_to_the_exhibit_however_it_was_read(client: Client, cast: Any, now: datetime) -> None:
    """Small letters, no dash; a wrong sign and an unknown code are told, with what was typed still there."""
    made = enter(cast, now)
    signed_in(client, cast.priya)
    answer = client.get(reverse("exhibit_scan"), {"code": made.code.replace("-", "").lower()})
    assert (answer.status_code, answer["Location"]) == (302, reverse("exhibit", args=[made.code]))
    for typed, sentence in (("5012345678900", "not the code of an exhibit"), ("E2345-6789", "not the code")):
        answer = client.get(reverse("exhibit_scan"), {"code": typed})
        assert answer.status_code == 404
        assert sentence in answer.content.decode()
        assert typed in answer.content.decode()
    signed_in(client, cast.kofi)
    assert b"that you can see" in client.get(reverse("exhibit_scan"), {"code": made.code}).content


def test_each_tap_is_one_link(client: Client, cast: Any, now: datetime) -> None:
    """Priya puts it in, Sana takes it out and sends it to the laboratory."""
    made, store = enter(cast, now), fridge(cast, now)
    act(signed_in(client, cast.priya), made, what="stored", store=store.code, number=1)
    assert (
        b"Take it out of Fridge HL-F1"
        in signed_in(client, cast.sana).get(reverse("exhibit", args=[made.code])).content
    )
    act(client, made, what="received", number=2)
    act(client, made, what="sent", place="laboratory", number=3)
    assert [(what, who) for _, what, who in journey_of(made)] == [
        ("taken", "priya"), ("stored", "HL-F1"), ("received", "sana"), ("sent", "laboratory"),
    ]  # fmt: skip


def test_somebody_was_quicker(client: Client, cast: Any, now: datetime) -> None:
    """409, who did it, and the page as it is now."""
    made, store = enter(cast, now), fridge(cast, now)
    move(made, cast.priya, "stored", now, store.code)
    move(made, cast.sana, "received", now)
    answer = act(signed_in(client, cast.priya), made, what="received", number=2)
    assert answer.status_code == 409
    assert "Sana has moved it meanwhile: with Sana." in answer.content.decode()
    assert [what for _, what, _ in journey_of(made)] == ["taken", "stored", "received"]


def test_what_happened_earlier_is_noted_with_both_times_and_the_new_seal(
    client: Client, cast: Any, now: datetime
) -> None:
    """From the page with time and seal."""
    from django.utils import timezone

    made, store = enter(cast, now), fridge(cast, now)
    when = timezone.localtime(now + HOUR)
    moment = {
        "when-day": when.day,
        "when-month": when.month,
        "when-year": when.year,
        "when-time": f"{when:%H:%M}",
    }
    assert signed_in(client, cast.priya).get(reverse("exhibit_act", args=[made.code])).status_code == 200
    answer = act(client, made, what="stored", store=store.code, number=1, seal="B77", **moment)
    assert answer.status_code == 302
    link = made.custody.latest("number")
    assert (link.seal, link.at) == ("B77", (now + HOUR).replace(second=0, microsecond=0))
    assert "Noted later" in client.get(reverse("exhibit", args=[made.code])).content.decode()
    assert act(client, made, what="stored", number="x").status_code == 422


def test_a_hand_over_is_answered_by_the_colleague(client: Client, cast: Any, now: datetime) -> None:
    """Offered by Priya, seen by Tom of another station only now, taken with one tap."""
    made = enter(cast, now)
    page = reverse("exhibit", args=[made.code])
    assert signed_in(client, cast.tom).get(page).status_code == 404
    act(signed_in(client, cast.priya), made, what="handed", colleague="tom", number=1)
    assert "has not said yet" in client.get(page).content.decode()
    content = signed_in(client, cast.tom).get(page).content.decode()
    assert "Priya is handing it to you." in content
    client.post(reverse("exhibit_offer", args=[made.code]), {"answer": "accept"})
    assert journey_of(made)[-1] == (2, "handed", "tom")


def test_declining_leads_away_from_what_is_no_longer_seen(client: Client, cast: Any, now: datetime) -> None:
    """Tom said no: the exhibit is none of his business again."""
    made = enter(cast, now)
    offer_exhibit(actor=as_reader(cast.priya), at=now, code=made.code, number=1, username="tom")
    answer = signed_in(client, cast.tom).post(
        reverse("exhibit_offer", args=[made.code]), {"answer": "decline"}
    )
    assert answer["Location"] == reverse("exhibits")
    assert client.post(reverse("exhibit_offer", args=[made.code]), {"answer": "accept"}).status_code == 404


def test_entering_twice_is_entering_once(client: Client, cast: Any, now: datetime) -> None:
    """The code in the page makes it so; faults keep what was typed; a stranger finds no such page."""
    told = raise_one(cast, now)
    page = reverse("exhibit_new", args=[told.reference])
    form = signed_in(client, cast.priya).get(page).context["form"]
    filled = {
        "kind": "clothes",
        "description": "MARKBAG jacket",
        "code": form.initial["code"],
        "taken_where": "",
    }
    filled |= {"taken_at-day": "1", "taken_at-month": "1", "taken_at-year": "2020", "taken_at-time": "10:00"}
    answers = [client.post(page, filled) for _ in range(2)]
    made = Exhibit.objects.get()
    assert [answer["Location"] for answer in answers] == [reverse("exhibit", args=[made.code])] * 2
    wrong = client.post(page, filled | {"kind": "", "code": form.initial["code"]})
    assert wrong.status_code == 422
    assert b"MARKBAG" in wrong.content
    assert signed_in(client, cast.tom).post(page, filled).status_code == 404


def test_the_description_opens_for_the_case_only_and_its_reading_is_journalled(
    client: Client, cast: Any, now: datetime
) -> None:
    """Not by looking at the exhibit, only by asking for it; never at the counter."""
    made = enter(cast, now)
    page = reverse("exhibit", args=[made.code])
    assert b"MARKPOT" not in signed_in(client, cast.sana).get(page).content
    assert b"MARKPOT" in client.get(page, {"description": "1"}).content
    read = JournalLine.objects.filter(kind="record_read").order_by("-seq").first()
    assert read
    assert (read.subject, read.facts["what"]) == (made.disclosure.reference, "exhibit_description")
    assert b"MARKPOT" not in signed_in(client, cast.priya).get(page, {"description": "1"}).content


def test_the_register_counts_prints_and_saves_what_it_shows(client: Client, cast: Any, now: datetime) -> None:
    """The same search on the page, on paper and in the file; a wrong day is told."""
    made, store = [enter(cast, now) for _ in range(3)], fridge(cast, now)
    move(made[0], cast.priya, "stored", now, store.code)
    signed_in(client, cast.priya)
    page = client.get(reverse("exhibits"), {"state": "in_store"})
    assert [row["code"] for row in page.context["rows"]] == [made[0].code]
    counts = {str(state["text"]): state["count"] for state in page.context["states"]}
    assert counts["All"] == 3
    assert counts["In a store"] == 1
    paper = client.get(reverse("exhibits"), {"state": "in_store", "print": "1"}).content.decode()
    assert made[0].code in paper
    assert made[1].code not in paper
    lines = (
        client.get(reverse("exhibits_csv"), {"state": "in_store"}).content.decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2
    assert lines[1].startswith(f"{made[0].code},P/1,{made[0].disclosure.reference},urine_pot,")
    assert "MARKPOT" not in "".join(lines)
    assert client.get(reverse("exhibits"), {"first_day-day": "45"}).status_code == 422
    assert client.get(reverse("exhibits"), {"text": made[1].code[:6].lower()}).context["found"].total == 1


def test_one_scan_after_another_goes_into_the_same_store(client: Client, cast: Any, now: datetime) -> None:
    """Each at once; what can't go in says why and the field keeps it; again is no harm."""
    made, store = [enter(cast, now) for _ in range(3)], fridge(cast, now, places=2)
    signed_in(client, cast.priya)
    page = reverse("exhibits_put")
    assert store.code in client.get(page).content.decode()
    for exhibit in made[:2]:
        answer = client.post(page, {"store": store.code, "code": exhibit.code})
        assert answer.status_code == 200
        assert f"{exhibit.code} is in." in answer.content.decode()
    full = client.post(page, {"store": store.code, "code": made[2].code})
    assert full.status_code == 409
    assert "is full: 2 of 2" in full.content.decode()
    assert [row["code"] for row in full.context["lately"]] != []
    wrong = client.post(page, {"store": store.code, "code": "cereal"}).content.decode()
    assert "not the code of an exhibit" in wrong
    assert 'value="cereal"' in wrong


def test_a_destruction_from_the_page_to_the_last_link(client: Client, cast: Any, now: datetime) -> None:
    """Sana asks, Maud finds it on her list and allows it, Sana destroys it; no button before."""
    made = enter(cast, now, by=cast.sana)
    page, ask = reverse("exhibit", args=[made.code]), reverse("exhibit_destruction", args=[made.code])
    assert b"I have destroyed it" not in signed_in(client, cast.sana).get(page).content
    assert client.post(ask, {}).status_code == 422
    assert client.post(ask, {"reason": "spoilt"}).status_code == 302
    assert client.post(ask, {"answer": "allow"}).status_code == 409
    assert made.code in signed_in(client, cast.maud).get(reverse("destructions")).content.decode()
    assert b"Allow it" in client.get(ask).content
    assert client.post(ask, {"answer": "allow"}).status_code == 302
    assert Destruction.objects.get().allowed is True
    assert b"I have destroyed it" in signed_in(client, cast.sana).get(page).content
    assert act(client, made, what="destroyed", number=1).status_code == 302
    assert journey_of(made)[-1] == (2, "destroyed", "destroyed")


def test_a_legal_hold_is_placed_and_lifted_by_the_supervisor(
    client: Client, cast: Any, now: datetime
) -> None:
    """And stands on the page of every exhibit of the case."""
    made = enter(cast, now)
    hold = reverse("exhibit_hold", args=[made.disclosure.reference])
    signed_in(client, cast.maud)
    assert client.post(hold, {}).status_code == 422
    assert client.post(hold, {"reason": "appeal"}).status_code == 302
    assert client.post(hold, {"reason": "court"}).status_code == 409
    assert b"There is a legal hold" in client.get(reverse("exhibit", args=[made.code])).content
    assert b"Lift the legal hold" in client.get(hold).content
    client.post(hold, {"lift": "1"})
    assert Hold.objects.get().lifted_by == cast.maud
    assert client.get(reverse("exhibit_hold", args=["AAAA-AAAA"])).status_code == 404


def test_the_statement_shows_every_link_with_who_noted_it(client: Client, cast: Any, now: datetime) -> None:
    """To print and sign."""
    made, store = enter(cast, now, seal="B1"), fridge(cast, now)
    move(made, cast.priya, "stored", now, store.code)
    content = (
        signed_in(client, cast.priya).get(reverse("exhibit_continuity", args=[made.code])).content.decode()
    )
    for words in ("there is no gap", "Seal B1.", "Fridge HL-F1", "Priya", made.court_ref):
        assert words in content


def test_the_case_lists_its_exhibits(client: Client, cast: Any, now: datetime) -> None:
    """With a way to enter another."""
    made = enter(cast, now)
    content = (
        signed_in(client, cast.sana).get(reverse("case", args=[made.disclosure.reference])).content.decode()
    )
    assert made.code in content
    assert reverse("exhibit_new", args=[made.disclosure.reference]) in content


def test_only_the_pages_that_scan_may_use_the_camera(client: Client, cast: Any) -> None:
    """And for this site alone."""
    signed_in(client, cast.priya)
    for name, camera in (
        ("exhibit_scan", "(self)"),
        ("exhibits_put", "(self)"),
        ("exhibits", "()"),
        ("counter", "()"),
    ):
        assert client.get(reverse(name))["Permissions-Policy"].startswith(
            f"camera={camera}, microphone=()"
        ), name
