"""The pages of flags: criteria beside each choice, plain conflicts, nothing lost, and closed to everybody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from nightdesk.queries.clock import database_now
from nightdesk.records.flags import CaseFlag, FlagMove, FlagTelling, LookBack
from nightdesk.records.journal import JournalLine
from tests.actions.flags import CHEMSEX, decide, the_flag, told
from tests.desks.counter_pages import Counter
from tests.people import Cast, signed_in


@pytest.fixture
def flag(cast: Cast) -> CaseFlag:
    """What triage proposed on a case of unit A, just now."""
    return the_flag(told(cast, database_now()))


@pytest.fixture
def sana(cast: Cast) -> Counter:
    """The specialist of the unit."""
    return Counter(signed_in(Client(), cast.sana))


@pytest.fixture
def maud(cast: Cast) -> Counter:
    """Her supervisor."""
    return Counter(signed_in(Client(), cast.maud))


def path(flag: CaseFlag, act: str = "") -> str:
    """The address of a record's flags, or of an act on one."""
    base = f"/staff/flags/{flag.disclosure.reference}/"
    return f"{base}{flag.pk}/{act}/" if act else base


def raised(cast: Cast, flag: CaseFlag) -> CaseFlag:
    """Raised by Sana."""
    return decide(cast.sana, database_now(), flag, "raise")


def test_the_case_shows_what_is_proposed_the_words_and_the_criteria(flag: CaseFlag, sana: Counter) -> None:
    """And one click raises it: the queue then carries its tag."""
    page = sana.page(f"/staff/cases/{flag.disclosure.reference}/")
    for words in (
        "Chemsex context",
        "slamming",
        "Raise it when one of these holds",
        "Not when there is only this",
    ):
        assert words in page
    assert "Chemsex context" not in sana.page("/staff/cases/")
    answer = sana.post(path(flag, "decide"), move="raise", seen="0", back="case")
    assert answer["Location"] == f"/staff/cases/{flag.disclosure.reference}/"
    assert "Chemsex context" in sana.page("/staff/cases/")
    assert "What was decided about flags" in sana.page(answer["Location"])


def test_a_case_of_another_unit_opened_with_a_reason_shows_flags_and_no_buttons(
    flag: CaseFlag, cast: Cast
) -> None:
    """Kofi covers: he reads, and decides nothing."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    page = kofi.reason(f"/staff/cases/{flag.disclosure.reference}/").content.decode()
    assert "Chemsex context" in page
    assert "/decide/" not in page
    assert kofi.post(path(flag, "decide"), move="raise", seen="0").status_code == 404
    assert JournalLine.objects.filter(kind="access_refused").latest("seq").facts == {"what": "flag_decide"}
    assert not FlagMove.objects.exists()


def test_whoever_comes_second_reads_who_was_quicker(flag: CaseFlag, sana: Counter, cast: Cast) -> None:
    """Nothing is overwritten; the page shows how it stands now."""
    decide(cast.rae, database_now(), flag, "decline", "Poppers")
    answer = sana.post(path(flag, "decide"), move="raise", seen="0", back="case")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rae has declined this flag since you opened the page" in page
    assert "Poppers" in page


@pytest.mark.parametrize(
    "sent", [{"move": "burn", "seen": "0"}, {"seen": "0"}, {"move": "raise"}, {"move": "raise", "seen": "-1"}]
)
def test_what_the_page_does_not_offer_is_refused(flag: CaseFlag, sana: Counter, sent: dict[str, str]) -> None:
    """With a sentence, and nothing is written."""
    assert sana.post(path(flag, "decide"), **sent).status_code == 409
    assert not FlagMove.objects.exists()


def test_a_flag_is_raised_by_hand_with_its_criteria_before_the_eyes(flag: CaseFlag, sana: Counter) -> None:
    """Without grounds the page says so and keeps what was typed."""
    choice = f"{path(flag)}raise/domestic_abuse/"
    assert "are or were partners" in sana.page(path(flag))
    assert "They met for the first time" in sana.page(choice)
    faulty = sana.post(choice, seen="0", words="", **{"review_on-day": "31", "review_on-month": "2"})
    assert faulty.status_code == 422
    assert sana.post(choice, seen="0", words="They live together")["Location"] == path(flag)
    made = CaseFlag.objects.get(code="domestic_abuse")
    assert (made.state, made.origin) == ("raised", "person")
    again = sana.post(choice, seen="0", words="Other words")
    assert again.status_code == 409
    assert "Other words" in again.content.decode()
    assert sana.get(f"{path(flag)}raise/nuisance/").status_code == 404


def test_a_supervisor_is_chosen_where_the_pack_asks_for_one(
    flag: CaseFlag, sana: Counter, cast: Cast
) -> None:
    """A specialist names whom she asked."""
    choice = f"{path(flag)}raise/forced_marriage/"
    assert "Supervisor you asked" in sana.page(choice)
    assert (
        "Ask a supervisor first" in sana.post(choice, seen="0", words="To be taken abroad").content.decode()
    )
    sana.post(choice, seen="0", words="To be taken abroad", consulted=str(cast.maud.pk))
    assert FlagMove.objects.get().consulted_id == cast.maud.pk


def test_at_a_review_what_was_typed_stays_when_something_is_missing(
    flag: CaseFlag, sana: Counter, cast: Cast
) -> None:
    """Then it is kept until another day, or lifted."""
    raised(cast, flag)
    answer = sana.post(path(flag, "review"), move="keep", seen="1", words="")
    assert answer.status_code == 422
    assert "Say in a few words why" in answer.content.decode()
    late = sana.post(
        path(flag, "review"), move="keep", seen="1", words="Typed with care", **day(date(2039, 1, 1))
    )
    assert late.status_code == 409
    assert "Typed with care" in late.content.decode()
    sooner = database_now().date() + timedelta(days=30)
    assert (
        sana.post(path(flag, "review"), move="keep", seen="1", words="Fits", **day(sooner)).status_code == 302
    )
    flag.refresh_from_db()
    assert flag.review_on == sooner
    assert sana.post(path(flag, "review"), move="lift", seen="2", words="Over").status_code == 302
    assert "Lifted" in sana.page(path(flag))


def day(at: date) -> dict[str, str]:
    """A date in its three boxes."""
    return {"review_on-day": str(at.day), "review_on-month": str(at.month), "review_on-year": str(at.year)}


def test_who_was_told_is_noted_and_shown(flag: CaseFlag, sana: Counter, cast: Cast) -> None:
    """How, or why not; neither is refused."""
    raised(cast, flag)
    assert sana.post(path(flag, "told"), audience="person", answer="").status_code == 422
    sana.post(path(flag, "told"), audience="person", answer="not.not_safe", words="He lives there")
    sana.post(path(flag, "told"), audience="sarc", answer="told.phone")
    page = sana.page(path(flag))
    for words in ("not told, It is not safe to tell them now", "He lives there", "The SARC: told, By phone"):
        assert words in page
    assert FlagTelling.objects.count() == 2


def test_the_review_queue_leads_to_the_flag_and_its_counts_match(
    flag: CaseFlag, sana: Counter, cast: Cast
) -> None:
    """Nothing due: it says so, and where the rest is."""
    raised(cast, flag)
    assert "No flag waits here." in sana.page("/staff/flags/")
    CaseFlag.objects.filter(pk=flag.pk).update(review_on=database_now().date())
    page = sana.page("/staff/flags/?whose=unit&when=due")
    assert "</a> (1)" in page
    assert path(flag) in page
    assert path(flag) in sana.page("/staff/flags/?whose=nobody&when=never")
    assert path(flag) not in sana.page("/staff/flags/?whose=mine&when=due")


def test_proposals_are_decided_one_by_one(flag: CaseFlag, maud: Counter, cast: Cast) -> None:
    """The words in their place, the reading in the journal, and on to the next."""
    other = the_flag(told(cast, database_now()))
    page = maud.page("/staff/flags/proposals/")
    assert "slamming" in page
    assert flag.disclosure.reference in page
    assert JournalLine.objects.latest("seq").facts["what"] == "flag_proposal"
    answer = maud.post(path(flag, "decide"), move="decline", seen="0", back="proposals", keys="off")
    assert answer["Location"] == f"/staff/flags/proposals/?after={flag.pk}&keys=off"
    following = maud.page(answer["Location"])
    assert "Keys are off" in following
    maud.post(path(other, "decide"), move="raise", seen="0", back="proposals")
    for left in CaseFlag.objects.filter(state="proposed"):
        maud.post(path(left, "decide"), move="decline", seen="0", back="proposals")
    assert "Nothing waits for a decision." in maud.page("/staff/flags/proposals/")


def test_a_proposal_that_somebody_decided_meanwhile_is_said_in_the_queue(
    flag: CaseFlag, maud: Counter, cast: Cast
) -> None:
    """And the next one stands there."""
    raised(cast, flag)
    answer = maud.post(path(flag, "decide"), move="decline", seen="0", back="proposals", after="")
    assert answer.status_code == 409
    assert "Sana has raised this flag" in answer.content.decode()
    flag.refresh_from_db()
    assert flag.state == "raised"


def test_no_proposal_of_another_unit_is_shown(flag: CaseFlag, cast: Cast) -> None:
    """Kofi's queue is empty, whatever he puts in the address."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    for address in ("", f"?after={flag.pk}", f"?after={uuid4()}", "?after=nonsense"):
        page = kofi.page(f"/staff/flags/proposals/{address}")
        assert "Nothing waits for a decision." in page
        assert "slamming" not in page
    assert kofi.get(path(flag)).status_code == 404


def test_a_supervisor_starts_a_look_back_and_sees_how_far_it_is(
    flag: CaseFlag, maud: Counter, sana: Counter
) -> None:
    """Started once however often it is sent; a wrong day keeps what was typed."""
    assert maud.post("/staff/flags/look-back/", **{"since-day": "31", "since-month": "2"}).status_code == 422
    start = {"since-day": "1", "since-month": "1", "since-year": "2026", "codes": ["chemsex_context"]}
    for _ in range(2):
        assert maud.post("/staff/flags/look-back/", **start).status_code == 302
    page = maud.page("/staff/flags/look-back/")
    for words in ("Running", "0 of 1", "Chemsex context"):
        assert words in page
    assert maud.post("/staff/flags/look-back/", **(start | {"codes": []})).status_code == 409
    assert LookBack.objects.count() == 1
    assert sana.get("/staff/flags/look-back/").status_code == 403


def test_no_page_of_flags_puts_words_in_a_title_or_an_address(flag: CaseFlag, sana: Counter) -> None:
    """From two metres nobody reads what it is about."""
    for address in (path(flag), "/staff/flags/", "/staff/flags/proposals/", f"{path(flag)}raise/knife/"):
        title = sana.page(address).split("<title>")[1].split("</title>")[0]
        assert "hemsex" not in title
        assert flag.disclosure.reference not in title
    assert CHEMSEX.what not in sana.page(path(flag))
