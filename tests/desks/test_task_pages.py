"""Tasks on pages: made, done, handed on, re-dated; mine across cases without a word of a title."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from nightdesk.queries.clock import database_now
from nightdesk.records.tasks import Task
from tests.actions.test_tasks import made
from tests.desks.counter_pages import Counter, journal_kinds
from tests.desks.test_contact_pages import when
from tests.people import Cast, signed_in

HOUR = timedelta(hours=1)
TITLE = "Ask Bar Lumen for video"


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    return Counter(signed_in(Client(), cast.priya)).send(what="He raped me.", call_me="Jo")


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def new(**more: Any) -> dict[str, Any]:
    """What is typed for a new task."""
    typed = {
        "key": str(uuid4()),
        "title": TITLE,
        "kind": "evidence",
        **when("due_at", timezone.now() + 5 * HOUR),
    }
    return typed | more


def test_a_task_is_made_and_mine_shows_its_kind_only(sana: Counter, cast: Cast, reference: str) -> None:
    """Sent twice it is one; the queue counts it."""
    address, typed = f"/staff/cases/{reference}/tasks/", new(for_whom=str(cast.sana.pk))
    for _twice in range(2):
        assert sana.post(address, **typed).status_code == 302
    assert TITLE in sana.page(address)
    mine = sana.page("/staff/cases/tasks/")
    assert "Ask for evidence" in mine
    assert "Lumen" not in mine
    assert "Mine, to do</a> (1)" in mine
    assert "My tasks</a> (1)" in sana.page("/staff/cases/")
    assert journal_kinds().count("task_made") == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": ""}, "Enter an answer: What is to be done"),
        ({"title": "x" * 201}, "at most 200"),
        ({"kind": ""}, "Choose"),
        ({"kind": "nothing"}, "Select a valid choice"),
        ({"for_whom": "nobody"}, "Select a valid choice"),
        ({"due_at-year": "2001"}, "The time must lie ahead"),
        ({"due_at-month": "13"}, "from 1 to 12"),
    ],
)
def test_a_task_that_lacks_something_is_refused(
    sana: Counter, cast: Cast, reference: str, sent: dict[str, str], words: str
) -> None:
    """And what was typed stays."""
    answer = sana.post(f"/staff/cases/{reference}/tasks/", **(new(for_whom=str(cast.sana.pk)) | sent))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Task.objects.exists()


def test_done_re_dated_and_handed_on_by_the_page(sana: Counter, cast: Cast, reference: str) -> None:
    """The old time stays visible; a page that is old is refused with what happened."""
    row = made(cast.sana, database_now(), reference, title=TITLE, due=5 * HOUR)
    address = f"/staff/cases/{reference}/tasks/{row.pk}/"
    later = when("due_at", timezone.now() + 24 * HOUR)
    refused = sana.post(address, move="re_date", seen="0", **later)
    assert refused.status_code == 422
    assert "why the time moves" in refused.content.decode()
    assert sana.post(address, move="re_date", seen="0", words="Shut today", **later).status_code == 302
    assert "<s>" in sana.page(f"/staff/cases/{reference}/tasks/")
    assert sana.post(address, move="hand_on", to=str(cast.rae.pk), seen="1").status_code == 302
    rae = Counter(signed_in(Client(), cast.rae))
    assert rae.post(address, move="do", seen="2", words="Have it").status_code == 302
    answer = sana.post(address, move="do", seen="2")
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Rae has done this task at", "Shut today", "Handed on to Rae", "Another time", "Have it"):
        assert words in page, words
    assert "Done and dropped" in sana.page(f"/staff/cases/{reference}/tasks/")


def test_overdue_is_said_on_every_list_and_counts_match(sana: Counter, cast: Cast, reference: str) -> None:
    """The case, its tasks, mine, the queue; each choice lists what it counts."""
    row = made(cast.sana, database_now(), reference, title=TITLE)
    Task.objects.filter(pk=row.pk).update(made_at=row.made_at - 48 * HOUR, due_at=database_now() - HOUR)
    for address, words in (
        (f"/staff/cases/{reference}/", "1 overdue"), (f"/staff/cases/{reference}/tasks/", "Overdue"),
        ("/staff/cases/tasks/?whose=mine&which=overdue", "Overdue"), ("/staff/cases/", "1 overdue"),
    ):  # fmt: skip
        assert words in sana.page(address), address
    page = sana.page("/staff/cases/tasks/?whose=mine&which=nonsense")
    for whose in ("mine", "unit"):
        for which in ("overdue", "open", "over"):
            listed = sana.page(f"/staff/cases/tasks/?whose={whose}&which={which}").count('scope="row"')
            count = re.search(rf"whose={whose}&amp;which={which}\"[^>]*>[^<]*</a> \((\d+)\)", page)
            assert count
            assert int(count[1]) == listed


def test_nobody_else_opens_a_task(cast: Cast, reference: str) -> None:
    """Another unit, the counter, the outsider: not a word; an unknown one is no fault."""
    own, row = {"sana", "rae", "maud"}, made(cast.sana, database_now(), reference, title=TITLE)
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for address in (f"/staff/cases/{reference}/tasks/", f"/staff/cases/{reference}/tasks/{row.pk}/"):
            answer = client.get(address)
            assert (answer.status_code == 200) == (name in own), (name, address)
            assert name in own or "Lumen" not in answer.content.decode()
        if name == "kofi":
            assert reference not in client.get("/staff/cases/tasks/?whose=unit").content.decode()
            client.post(f"/staff/cases/{reference}/tasks/{row.pk}/", {"move": "do", "seen": "0"})
    assert Task.objects.get().state == "open"
    assert signed_in(Client(), cast.sana).get(f"/staff/cases/{reference}/tasks/{uuid4()}/").status_code == 404
