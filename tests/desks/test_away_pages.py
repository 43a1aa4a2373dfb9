"""Cases of someone away, as the supervisor's pages show them: listed at once, marked, counted."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nightdesk.records.away import AwayNote
from nightdesk.records.staff import Staff
from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, as_reader, signed_in

LIST = "/staff/cases/away/"


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Sana answered before she fell ill."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.actions.rota_changes import note_absence
    from nightdesk.actions.worker import take_due_step
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page

    counter = Counter(signed_in(Client(), cast.priya))
    told = counter.send(what=WHAT, call_me="Jo")
    counter.on_duty_now(cast)
    now = database_now()
    take_due_step(at=now, address="http://127.0.0.1")
    acknowledge_page(at=now, token=Page.objects.get(staff=cast.sana).token)
    times = {"starts_at": now - timedelta(days=2), "ends_at": now + timedelta(days=3)}
    note_absence(actor=as_reader(cast.sana), at=now, staff=cast.sana, kind="sick", **times)
    return told


@pytest.fixture
def maud(cast: Cast) -> Counter:
    """The supervisor of unit A."""
    return Counter(signed_in(Client(), cast.maud))


def test_the_list_says_what_runs_out_and_how_long_they_are_away(reference: str, maud: Counter) -> None:
    """At once, before the worker noted it; with the way to give it to others. Not a word of the person."""
    page = maud.page(LIST)
    for words in (
        reference,
        "Sana",
        "2 days",
        "Offer the SARC",
        "Not looked at",
        "1 waits for you to look at it.",
    ):
        assert words in page
    assert "/staff/reassign/" in page
    assert not [words for words in (WHAT, "Jo<", "sick") if words in page]
    assert "1 case of a colleague who is away waits for you" in maud.page("/staff/cases/")


def test_it_is_marked_and_not_counted_any_more(reference: str, maud: Counter, cast: Cast) -> None:
    """It stays: said beside it, with who and when; then a colleague looks after it after all."""
    assert maud.post(f"{LIST}{reference}/seen/", what="stays", seen="").status_code == 302
    page = maud.page(LIST)
    assert "It stays with them (Maud," in page
    assert "Not looked at" not in page
    assert "who is away waits" not in maud.page("/staff/cases/")
    seen = AwayNote.objects.get().seen_at
    assert seen is not None
    sent = {"what": str(cast.rae.pk), "seen": seen.isoformat()}
    assert maud.post(f"{LIST}{reference}/seen/", **sent).status_code == 302
    assert "Looked after by Rae" in maud.page(LIST)
    case = Counter(signed_in(Client(), cast.rae)).page(f"/staff/cases/{reference}/")
    assert "Sana is away. Rae looks after the case until they are back." in case


@pytest.mark.parametrize("what", ["", "no-such", "00000000-0000-0000-0000-000000000007", "x" * 5000, "\x00"])
def test_what_is_no_choice_is_refused_with_a_sentence(reference: str, maud: Counter, what: str) -> None:
    """Nothing is kept, and the list is shown again."""
    answer = maud.post(f"{LIST}{reference}/seen/", what=what, seen="")
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose what is done with this case.") == 2  # on top, and beside it
    assert not AwayNote.objects.exists()


def test_a_page_that_is_older_than_the_newest_mark_is_told_so(
    reference: str, maud: Counter, cast: Cast
) -> None:
    """It is shown, and the choice is made again."""
    maud.post(f"{LIST}{reference}/seen/", what="stays", seen="")
    answer = maud.post(f"{LIST}{reference}/seen/", what=str(cast.rae.pk), seen="")
    assert answer.status_code == 409
    assert "Somebody marked this case since the page was opened" in answer.content.decode()
    assert AwayNote.objects.get().done == "stays"


@pytest.mark.parametrize("unknown", ["XXXX-XXXX", "x" * 300])
def test_an_unknown_case_is_said_to_be_so(maud: Counter, unknown: str) -> None:
    """As is one whose owner is there."""
    assert maud.post(f"{LIST}{unknown}/seen/", what="stays", seen="").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    reference: str, maud: Counter, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many cases there are, and when there are more than are listed."""
    monkeypatch.setattr("nightdesk.queries.away.MOST", 2)
    costs = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            maud.page(LIST)
        costs.append(len(captured))
        another(cast)
    assert len(set(costs)) == 1


def another(cast: Cast) -> None:
    """One more case of Sana's."""
    from nightdesk.records.cases import Case

    told = Counter(signed_in(Client(), cast.priya)).send(what=WHAT)
    Case.objects.filter(disclosure__reference=told).update(owner=cast.sana)


def test_whoever_can_look_after_a_case_is_read_once_and_offered_in_each_line(
    reference: str, maud: Counter, cast: Cast
) -> None:
    """Colleagues of its own unit, whatever signs their names have; nobody who is away."""
    another(cast)
    Staff.objects.filter(pk=cast.rae.pk).update(name="Rae <b>&")
    page = maud.page(LIST)
    assert page.count(f'<option value="{cast.rae.pk}">Rae &lt;b&gt;&amp; looks after it') == 2
    assert page.count('<option value="">') == 2
    assert f'<option value="{cast.sana.pk}"' not in page


def test_each_person_stands_once_with_all_their_cases_and_marking_goes_on_at_the_next(
    reference: str, maud: Counter, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their count holds what is not listed too; when nobody's is left, the list begins at its top."""
    for _ in range(2):
        another(cast)
    page = maud.page(LIST)
    assert page.count(f"Give the cases of {cast.sana.name} to others") == 1
    assert "3 cases, <strong>3 not looked at" in page
    monkeypatch.setattr("nightdesk.queries.away.MOST", 2)
    assert "3 cases, <strong>3 not looked at" in maud.page(LIST)
    assert "And 1 more" in maud.page(LIST)
    monkeypatch.undo()
    order = re.findall(r'id="case-([A-Z0-9-]+)"', page)
    for here, on in zip(order, (f"#case-{order[1]}", f"#case-{order[2]}", ""), strict=True):
        assert maud.post(f"{LIST}{here}/seen/", what="stays", seen="")["Location"] == f"{LIST}{on}"
