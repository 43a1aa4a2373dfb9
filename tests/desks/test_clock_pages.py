"""The clock's pages: what they say, who may read them, what a reading leaves behind, and what became better known."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from nightdesk.outside.current import pack
from nightdesk.rules.pack_found import Entries
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in

WHAT = "He raped me"


@pytest.fixture
def priya(cast: Cast) -> Counter:
    """At Harrow Lane."""
    return Counter(signed_in(Client(), cast.priya))


@pytest.fixture
def sana(cast: Cast) -> Counter:
    """The specialist of unit A."""
    return Counter(signed_in(Client(), cast.sana))


@pytest.fixture
def reference(priya: Counter) -> str:
    """A disclosure that Priya took."""
    return priya.send(what=WHAT)


def path(reference: str, name: str = "") -> str:
    return f"/staff/clock/{reference}/{name}"


def because() -> list[str]:
    """Why each clock was computed, the newest last."""
    from nightdesk.records.clocks import ClockStart

    return list(ClockStart.objects.order_by("started_at").values_list("because", flat=True))


def in_order(page: str, *words: str) -> bool:
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_what_to_do_now_comes_first_and_what_waits_last(priya: Counter, reference: str) -> None:
    """The first urine, then what runs out next, then hair; care before all of it."""
    page = priya.page(path(reference))
    order = (
        "Care comes first",
        "First urine",
        "Mouth samples",
        "Examination at the SARC",
        "What waits",
        "Hair for drugs",
    )
    assert in_order(page, *order)
    assert "Offer a clean urine pot now" in page
    assert "The time is not known, so this is counted from when they came:" in page
    assert f"Edition {pack().edition}, to be looked at again by 22 May 2027." in page
    assert "too late" not in page.lower()


def test_health_is_said_aloud_and_what_to_avoid_is_said_with_comfort(priya: Counter, reference: str) -> None:
    """In the words of the pack, marked while nobody has signed them."""
    page = priya.page(path(reference))
    assert "There is a medicine that can stop HIV." in page
    assert in_order(
        page, "Brushing your teeth", "If you already have, that is all right. Evidence may still be there."
    )
    assert "Jest lek, który może zapobiec HIV." in page  # opened on the page, without leaving it
    assert page.count("Not yet signed by the force.") > len(pack().health)
    assert "To be confirmed by the force." in page


def test_every_reading_is_one_line_and_both_desks_have_a_way_back(
    priya: Counter, sana: Counter, reference: str
) -> None:
    """Priya comes from her page, Sana from her case too."""
    before = len(journal_kinds())
    assert f"/staff/counter/{reference}/" in priya.page(path(reference))
    assert f"/staff/cases/{reference}/" in sana.page(path(reference))
    assert journal_kinds()[before:] == ["record_read"] * 2


def test_the_status_page_and_the_case_show_the_same_clock_and_lead_here(
    priya: Counter, sana: Counter, reference: str
) -> None:
    """One component."""
    for page in (priya.page(f"/staff/counter/{reference}/"), sana.page(f"/staff/cases/{reference}/")):
        assert "First urine" in page
        assert path(reference) in page


def test_a_case_of_another_unit_shows_its_clock_and_no_way_to_its_pages(cast: Cast, reference: str) -> None:
    """Opened with a reason; the clock's own pages are the unit's."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    answer = kofi.reason(f"/staff/cases/{reference}/")
    page = answer.content.decode()
    assert answer.status_code == 200, page
    assert "First urine" in page
    assert path(reference) not in page


@pytest.mark.parametrize("name", ["", "live/", "known/", "card/", "card/pdf/"])
@pytest.mark.parametrize("stranger", ["tom", "kofi"])
def test_nobody_else_reads_it_and_the_try_is_journalled(
    cast: Cast, reference: str, name: str, stranger: str
) -> None:
    """No such clock, as far as they can tell."""
    other = Counter(signed_in(Client(), getattr(cast, stranger)))
    for asked in (reference, "AAAA-AAAA"):
        answer = other.get(path(asked, name))
        assert (answer.status_code, "There is no clock with this reference" in answer.content.decode()) == (
            404,
            True,
        )
    assert journal_kinds()[-2:] == ["access_refused"] * 2


@pytest.mark.parametrize("name", ["known/", "anew/"])
def test_nobody_else_changes_it(cast: Cast, reference: str, name: str) -> None:
    """And nothing is written."""
    tom = Counter(signed_in(Client(), cast.tom))
    assert tom.post(path(reference, name), sites=["oral"]).status_code == 404
    assert because() == ["first"]


def test_what_became_known_moves_the_clocks_and_is_shown_to_be_corrected(
    sana: Counter, reference: str
) -> None:
    """A site and a drug: two codes, sealed; sent twice it is the same; corrected it is a new version."""
    for _ in range(2):
        answer = sana.post(path(reference, "known/"), sites=["oral"], drugs=["ghb"])
        assert (answer.status_code, answer["Location"]) == (302, path(reference))
    page = sana.page(path(reference))
    assert in_order(
        page, "First urine", "GHB / GBL: blood", "Mouth samples", "Clocks that nothing points to so far"
    )
    assert in_order(page, "Clocks that nothing points to so far", "Anal samples")
    form = sana.page(path(reference, "known/"))
    assert form.count(" checked") == 2
    sana.post(path(reference, "known/"), sites=["oral", "dont_know"], drugs=["ghb"])
    assert "Clocks that nothing points to so far" not in sana.page(path(reference))
    assert because() == ["first", "act", "act"]


@pytest.mark.parametrize(
    "sent", [{"sites": ["elbow"]}, {"drugs": ["water", "ghb"]}, {"sites": ["x" * 9000, "\x00"]}]
)
def test_an_answer_that_nobody_offers_is_refused_on_the_page(
    sana: Counter, reference: str, sent: dict[str, Any]
) -> None:
    """With what to do; nothing is kept."""
    answer = sana.post(path(reference, "known/"), **sent)
    assert answer.status_code == 422
    assert "Choose from the answers on the page." in answer.content.decode()
    assert because() == ["first"]


def test_nothing_ticked_changes_nothing(sana: Counter, reference: str) -> None:
    """A form may be sent empty."""
    assert sana.post(path(reference, "known/")).status_code == 302
    assert because() == ["first"]


def test_before_anything_was_sent_on_the_pages_say_what_to_do(priya: Counter) -> None:
    """A draft has no clock."""
    draft = priya.save(what="begun")["reference"]
    assert "It starts when the basics are sent on." in priya.page(path(draft))
    refused = priya.post(path(draft, "known/"), sites=["oral"])
    assert (refused.status_code, "Send them on first." in refused.content.decode()) == (422, True)
    assert priya.post(path(draft, "anew/")).status_code == 404
    assert priya.get(path(draft, "card/")).status_code == 404


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's pack is a newer edition, in which the first urine counts for 10 hours."""
    from nightdesk.actions import clocks as acts
    from nightdesk.queries import clocks

    shorter = [
        replace(w, hours=10.0, edition="2027-05") if w.id == "first_urine" else w for w in pack().specimens
    ]
    later = replace(pack(), specimens=Entries(shorter), about=replace(pack().about, edition="2027-05"))
    for module in (acts, clocks):
        monkeypatch.setattr(module, "pack", lambda: later)


def test_a_newer_edition_is_offered_and_taken_only_when_asked(
    sana: Counter, reference: str, newer: None
) -> None:
    """The kept hours stand until then; afterwards both versions are listed."""
    page = sana.page(path(reference))
    assert "There is a newer edition of these times." in page
    assert "11 hours left" in page
    for _ in range(2):
        assert sana.post(path(reference, "anew/")).status_code == 302
    page = sana.page(path(reference))
    assert "There is a newer edition" not in page
    assert "9 hours left" in page
    assert "Computed by a newer edition" in page
    assert because() == ["first", "edition"]


def test_an_edition_past_its_review_has_a_banner_and_is_still_shown(
    sana: Counter, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also on the case."""
    from nightdesk.queries import clocks

    monkeypatch.setattr(clocks, "overdue_since", lambda entries, today: date(2027, 5, 22))
    for page in (sana.page(path(reference)), sana.page(f"/staff/cases/{reference}/")):
        assert "should have been looked at again by 22 May 2027" in page
        assert "First urine" in page


def test_read_again_every_minute_it_is_no_use_of_the_desk_and_opens_no_seal_unnoticed(
    sana: Counter, reference: str
) -> None:
    """Nothing sealed: no line. With facts: one line each time, and the desk's last use stays as it was."""
    from nightdesk.records.sign_in import DeskSession

    sana.page(path(reference))
    old = DeskSession.objects.get(staff__username="sana").active_at - timedelta(minutes=2)
    DeskSession.objects.filter(staff__username="sana").update(active_at=old)
    before = len(journal_kinds())
    answer = sana.get(path(reference, "live/"))
    assert answer["Refresh"] == "60"
    assert len(journal_kinds()) == before
    assert DeskSession.objects.get(staff__username="sana").active_at == old
    sana.post(path(reference, "known/"), sites=["oral"])
    before = len(journal_kinds())
    sana.get(path(reference, "live/"))
    assert journal_kinds()[before:] == ["record_read"]
    assert "Refresh" not in sana.get(path(reference))
