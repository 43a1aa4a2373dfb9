"""Contact and tasks of a case: the same few statements however much there is, and one key opened once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions.particulars import keep_particular
from nightdesk.queries.contact_log import contact_now, contacts_of
from nightdesk.queries.contact_plan import person_of
from nightdesk.queries.tasks import my_tasks, task_lines, tasks_of
from nightdesk.records.sealed import Vault
from nightdesk.rules.particular_field import given
from tests.actions.contacts import SAFE, begun, noted, safe_case
from tests.actions.test_tasks import made, moved
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
MOST = {"contact_now": 1, "person_of": 1, "contacts_of": 2, "tasks_of": 2, "task_lines": 1, "my_tasks": 1}


def filled(cast: Any, now: datetime, reference: str, times: int) -> None:
    """So many contacts with two notes each and a task, and so many moved tasks."""
    for number in range(times):
        at = now + number * HOUR
        row = begun(cast.sana, at, reference)
        noted(cast.sana, at, reference, row, "no_answer")
        noted(
            cast.sana,
            at,
            reference,
            row,
            "reached",
            seen=1,
            words="Yes",
            next_by_at=at + 9 * HOUR,
            task="Ring",
        )
        moved(cast.sana, at, made(cast.sana, at, reference), "do", words="Done")
    for seen, name in enumerate(("Jo", "Joanna")):
        values = {"call": given(name), "ways": given(("text",))}
        keep_particular(
            actor=as_reader(cast.sana),
            at=now,
            reference=reference,
            kind="contact_plan",
            seen=seen,
            values=values,
        )


@pytest.mark.parametrize("times", [1, 12])
def test_the_statements_stay_few_however_much_there_is(
    cast: Any, now: datetime, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the case page two; and the key of the case is unwrapped once a reading."""
    reference, sana = safe_case(cast, now), as_reader(cast.sana)
    filled(cast, now, reference, times)
    unwrapped: list[Any] = []
    cipher = Vault.cipher

    def noting(self: Vault) -> Any:
        unwrapped.append(self) if self._key is None else None
        return cipher(self)

    monkeypatch.setattr(Vault, "cipher", noting)
    asked = {
        "contact_now": lambda: contact_now(sana, reference, now), "contacts_of": lambda: contacts_of(sana, reference),
        "person_of": lambda: person_of(sana, reference, SAFE), "tasks_of": lambda: tasks_of(sana, reference, now),
        "task_lines": lambda: task_lines(sana, "mine", "open", now), "my_tasks": lambda: my_tasks(sana, now),
    }  # fmt: skip
    for name, ask in asked.items():
        unwrapped.clear()
        with CaptureQueriesContext(connection) as captured:
            ask()
        assert len(captured) == MOST[name], (name, [query["sql"] for query in captured])
        assert len(unwrapped) <= 1, name


def test_the_newest_plan_holds_and_without_one_what_the_counter_noted(cast: Any, now: datetime) -> None:
    """The page that has the basics open gives them."""
    reference, sana = safe_case(cast, now), as_reader(cast.sana)
    for basics in (None, SAFE):
        agreed = person_of(sana, reference, basics).agreed
        assert (agreed.call, agreed.plan.number, agreed.plan.ways) == ("Jo", 0, ("phone_call", "text"))
    filled(cast, now, reference, 0)
    seen = person_of(sana, reference)
    assert (seen.agreed.call, seen.agreed.plan.number, seen.wishes) == ("Joanna", 2, None)
