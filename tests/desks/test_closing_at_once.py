"""Two who end a case at once, on its pages: both are shown, and what somebody wrote is never lost."""

import pytest
from django.test import Client

from nightdesk.actions.reopenings import reopen_case
from nightdesk.queries.clock import database_now
from nightdesk.records.closings import CaseOutcome, Closing
from tests.actions.closings import WORDS, ask, closable, look, withdrawal
from tests.desks.counter_pages import Counter
from tests.desks.test_closing_pages import filled, path
from tests.people import Cast, as_reader, make_cast, signed_in

BOTH = "Both are shown"
MINE = "I am tired, and I want to stop here."


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody on duty at this very moment."""
    return make_cast(database_now())


@pytest.fixture
def reference(cast: Cast) -> str:
    """A case of Sana's that could be closed."""
    return closable(cast, database_now())


def counter(staff: object) -> Counter:
    """A window of somebody."""
    return Counter(signed_in(Client(), staff))


def test_whoever_asks_second_reads_what_is_kept_and_keeps_what_they_wrote(cast: Cast, reference: str) -> None:
    """Sent again it is still refused while the first waits; once that is taken back, it goes through."""
    ask(cast.rae, database_now(), reference)
    sana, rae = counter(cast.sana), counter(cast.rae)
    for known in ("0", "1"):
        answer = sana.post(path(reference, "ask/withdrawal/"), **filled(words=MINE, seen=known))
        assert (answer.status_code, MINE in answer.text) == (422, True)
        assert (BOTH in answer.text, WORDS in answer.text) == (known == "0", known == "0")
        assert '<input type="hidden" name="seen" value="1">' in answer.text
    assert rae.post(path(reference, "take-back/"), number="1").status_code == 302
    assert sana.post(path(reference, "ask/withdrawal/"), **filled(words=MINE, seen="1")).status_code == 302
    assert Closing.objects.select_related("vault").get(number=2).opened("words") == MINE


def test_one_answer_put_right_on_the_way_is_no_second_sending(cast: Cast, reference: str) -> None:
    """Sana goes back, changes who was there and sends it again: it is refused aloud, not taken for the same."""
    sana = counter(cast.sana)
    typed = filled()
    assert sana.post(path(reference, "ask/withdrawal/"), **typed).status_code == 302
    assert sana.post(path(reference, "ask/withdrawal/"), **typed).status_code == 302
    changed = typed | {"present": "others", "present_who": "a flatmate"}
    answer = sana.post(path(reference, "ask/withdrawal/"), **changed)
    assert (answer.status_code, BOTH in answer.text, "a flatmate" in answer.text) == (422, True, True)
    assert Closing.objects.get().present == "alone"


def test_a_supervisor_who_was_second_takes_her_words_with_her(cast: Cast, reference: str) -> None:
    """Taken back meanwhile: she reads that, and what she had written."""
    ask(cast.sana, database_now(), reference)
    assert counter(cast.sana).post(path(reference, "take-back/"), number="1").status_code == 302
    answer = counter(cast.maud).post(
        path(reference, "look/"), verdict="sent_back", words="Ask alone.", number="1"
    )
    assert (answer.status_code, "Sana was quicker and took it back" in answer.text) == (409, True)
    assert "Ask alone." in answer.text


def test_the_same_look_in_other_words_is_refused_aloud(cast: Cast, reference: str) -> None:
    """The words of a supervisor are not swallowed because she had decided the same before."""
    ask(cast.sana, database_now(), reference)
    maud, sent = counter(cast.maud), {"verdict": "sent_back", "number": "1"}
    for words, status in (("Ask alone.", 302), ("Ask alone.", 302), ("Offer the ISVA too.", 409)):
        answer = maud.post(path(reference, "look/"), words=words, **sent)
        assert answer.status_code == status
    assert "Offer the ISVA too." in answer.text
    assert "You sent it back already" in answer.text


def test_an_outcome_put_right_by_two_is_shown_with_what_was_changed(cast: Cast, reference: str) -> None:
    """The second reads the first one's reason, and keeps their own; then the case is open again, and says so."""
    now = database_now()
    ask(cast.sana, now, reference, withdrawal(now, suspect="no"))
    look(cast.maud, now, reference)
    maud, page = counter(cast.maud), path(reference, "outcome/")
    typed = {"outcome": "named_no_support", "suspect": "yes", "grounds": "A name came in.", "seen": "1"}
    assert maud.post(page, **typed).status_code == 302
    assert maud.post(page, **typed).status_code == 302
    answer = maud.post(page, **typed | {"grounds": "Another reason."})
    assert (answer.status_code, BOTH in answer.text, "Another reason." in answer.text) == (422, True, True)
    assert "A name came in." in answer.text
    text = maud.page(path(reference))
    assert "A suspect is known: Yes" in text
    assert "A suspect is known: No, nobody is identified" in text
    reopen_case(actor=as_reader(cast.sana), at=now, reference=reference, number=1, ground="person_back")
    back = typed | {"outcome": "unnamed_no_support", "suspect": "no", "grounds": "It was wrong.", "seen": "2"}
    answer = maud.post(page, **back)
    assert (answer.status_code, "It was wrong." in answer.text) == (422, True)
    assert "This case is not closed" in answer.text
    assert CaseOutcome.objects.count() == 2
