"""Opening another's case in pages: the reason, what its owner sees, the question why, and the supervisor's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nightdesk.records.journal import JournalLine
from nightdesk.records.openings import CaseOpening
from nightdesk.records.search import SearchMade
from tests.desks.counter_pages import WHAT, Counter, journal_kinds
from tests.people import Cast, signed_in

SAID = "It may be the same flat."


@pytest.fixture
def reference(cast: Cast) -> str:
    """A case of unit A that Sana has."""
    from nightdesk.records.cases import Case

    found = Counter(signed_in(Client(), cast.priya)).send(what=WHAT, call_me="Jo")
    Case.objects.update(owner=cast.sana)
    return found


@pytest.fixture
def kofi(cast: Cast) -> Counter:
    """A specialist of unit B."""
    return Counter(signed_in(Client(), cast.kofi))


@pytest.fixture
def opening(reference: str, kofi: Counter) -> CaseOpening:
    """Kofi has opened it."""
    assert WHAT in kofi.reason(f"/staff/cases/{reference}/", "linked", SAID).content.decode()
    return CaseOpening.objects.get()


def desk(staff: Any) -> Counter:
    """Somebody's browser."""
    return Counter(signed_in(Client(), staff))


def move(who: Counter, opening: CaseOpening, move: str, **given: str) -> Any:
    """What `who` sends about an opening."""
    reference = opening.case.disclosure.reference
    sent = {f"{opening.pk}-{name}": value for name, value in {"seen": "0", **given}.items()}
    return who.client.post(f"/staff/cases/{reference}/openings/{opening.pk}/{move}/", sent)


def test_a_reason_opens_the_case_for_a_shift(opening: CaseOpening, kofi: Counter, reference: str) -> None:
    """Without being asked again; each reading leaves its line with the code."""
    kofi.page(f"/staff/cases/{reference}/")
    facts = [line.facts for line in JournalLine.objects.filter(kind="record_read")]
    assert facts == [{"what": "case", "reason": "linked"}] * 2
    CaseOpening.objects.update(opened_at=opening.opened_at - timedelta(hours=9), until_at=opening.opened_at)
    assert "Why do you open this case?" in kofi.page(f"/staff/cases/{reference}/")


@pytest.mark.parametrize(
    ("reason", "words", "says"),
    [("", SAID, "Choose why you open this case."), ("linked", " ", "so that its owner understands"),
     ("linked", "x" * 1001, "at most 1000 characters"), ("curious", SAID, "Choose why you open this case.")],
)  # fmt: skip
def test_without_a_reason_nothing_opens(
    reference: str, kofi: Counter, reason: str, words: str, says: str
) -> None:
    """What was typed stays on the page."""
    answer = kofi.post(f"/staff/cases/{reference}/", reason=reason, words=words)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert words.strip()[:20] in answer.content.decode()
    assert "record_read" not in journal_kinds()


def test_the_owner_sees_who_opened_it_and_marks_it(opening: CaseOpening, cast: Cast, reference: str) -> None:
    """A count on the queue, a list, the words on the case's own page; looking alone marks nothing."""
    sana = desk(cast.sana)
    assert "Openings of my cases</a> (1)" in sana.page("/staff/cases/")
    case = sana.page(f"/staff/cases/{reference}/")
    for words in ("Opened by others 1 time", "1 not seen yet", "Kofi, Unit B", "may be linked"):
        assert words in case
    assert SAID not in case
    for _ in range(2):
        listed = sana.page("/staff/cases/openings/")
        assert "1 opening that you have not seen." in listed
    assert SAID in sana.page(f"/staff/cases/{reference}/openings/")
    assert JournalLine.objects.filter(kind="record_read").latest("seq").facts["what"] == "openings"
    assert sana.post("/staff/cases/openings/", opening=str(opening.pk)).status_code == 302
    assert "0 openings that you have not seen." in sana.page("/staff/cases/openings/")
    assert "Openings of my cases</a> ·" in desk(cast.maud).page("/staff/cases/")


def test_a_question_goes_to_the_supervisor_and_its_answer_to_the_owner(
    opening: CaseOpening, cast: Cast, reference: str
) -> None:
    """The whole way, in pages."""
    sana, maud = desk(cast.sana), desk(cast.maud)
    assert move(sana, opening, "ask", words="Who asked you to?").status_code == 302
    watch = maud.page("/staff/cases/openings/unit/")
    assert reference in watch.split("Nobody there to see it")[0]
    page = maud.page(f"/staff/cases/{reference}/openings/")
    assert "Who asked you to?" in page
    late = move(maud, opening, "answer", words="Fine.", finding="in_order")
    assert (late.status_code, "Somebody was quicker" in late.content.decode()) == (409, True)
    bare = move(maud, opening, "answer", seen="1", words="Fine.")
    assert (bare.status_code, "Choose what you found." in bare.content.decode()) == (422, True)
    assert (
        move(maud, opening, "answer", seen="1", words="It was agreed.", finding="in_order").status_code == 302
    )
    assert "No question waits." in maud.page("/staff/cases/openings/unit/")
    answered = sana.page(f"/staff/cases/{reference}/openings/")
    for words in ("It was agreed.", "It was in order", "Answered"):
        assert words in answered


def test_whoever_opened_it_sees_the_question_and_answers_nothing(
    opening: CaseOpening, cast: Cast, kofi: Counter, reference: str
) -> None:
    """They read what is asked about them; another answers."""
    move(desk(cast.sana), opening, "ask", words="Who asked you to?")
    page = kofi.page(f"/staff/cases/{reference}/openings/")
    assert "Who asked you to?" in page
    assert "/answer/" not in page
    assert move(kofi, opening, "answer", seen="1", words="I did.", finding="in_order").status_code == 409


@pytest.mark.parametrize("name", ["rae", "tom", "odile", "alex", "idris"])
def test_nobody_else_reads_the_words(opening: CaseOpening, cast: Cast, reference: str, name: str) -> None:
    """A colleague of the unit sees on the case that it was opened, and no words."""
    who = desk(getattr(cast, name))
    answer = who.get(f"/staff/cases/{reference}/openings/")
    assert answer.status_code in (403, 404)
    assert SAID not in answer.content.decode()
    if name == "rae":
        case = who.page(f"/staff/cases/{reference}/")
        assert "Opened by others 1 time" in case
        assert f"/staff/cases/{reference}/openings/" not in case


def test_the_supervisor_sees_for_an_owner_who_is_away(
    opening: CaseOpening, cast: Cast, reference: str
) -> None:
    """Away by the rota, or nobody has it; then it can be marked for them."""
    from nightdesk.records.cases import Case

    maud = desk(cast.maud)
    assert "Every opening has an owner" in maud.page("/staff/cases/openings/unit/")
    Case.objects.update(owner=None)
    page = maud.page("/staff/cases/openings/unit/")
    assert "The owner is away, or nobody has the case." in page
    assert maud.post("/staff/cases/openings/", opening=str(opening.pk), back="watch").status_code == 302
    assert "Every opening has an owner" in maud.page("/staff/cases/openings/unit/")


def test_who_searches_and_opens_much_is_pointed_out_to_their_own_supervisor(
    opening: CaseOpening, cast: Cast
) -> None:
    """By how often, never by what; the auditor sees all units and changes nothing."""
    from nightdesk.queries.clock import database_now
    from nightdesk.records.cases import Case

    SearchMade.objects.bulk_create(
        SearchMade(by=cast.rae, at=database_now(), kinds=["name"], found=2, others=2) for _ in range(31)
    )
    page = desk(cast.maud).page("/staff/cases/openings/unit/")
    for words in ("Rae, Unit A", "Many searches", "62"):
        assert words in page
    assert "Kofi, Unit B</th>" not in page.split("Every opening")[0]
    audit = desk(cast.odile).page("/staff/cases/openings/unit/")
    assert "Many searches" in audit
    assert "Kofi" in audit
    Case.objects.update(owner=None)
    seen_for_them = "I have seen these for them"
    assert seen_for_them in desk(cast.maud).page("/staff/cases/openings/unit/")
    assert seen_for_them not in desk(cast.odile).page("/staff/cases/openings/unit/")


@pytest.mark.parametrize("key", ["", "x", "7", "00000000-0000-0000-0000-000000000007", "\x00"])
def test_a_key_that_is_none_marks_nothing(opening: CaseOpening, cast: Cast, key: str) -> None:
    """Nothing breaks, nothing is seen."""
    assert desk(cast.sana).post("/staff/cases/openings/", opening=key).status_code == 302
    assert "1 opening that" in desk(cast.sana).page("/staff/cases/openings/")
