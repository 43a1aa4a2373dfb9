"""Contact with the person: warned before it begins, noted afterwards, corrected beside, never changed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.contact_log import Begun, begin_contact
from nightdesk.actions.contact_promises import note_contact
from nightdesk.actions.refusals import NotFound
from nightdesk.queries.contact_log import contact_now, contacts_of
from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.records.journal import JournalLine
from nightdesk.records.tasks import Task
from nightdesk.rules.contact import Came, ContactRefused
from nightdesk.rules.task import TaskRefused
from tests.actions.contacts import begun, noted, safe_case
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def lines(kind: str) -> list[dict[str, Any]]:
    """The facts of the journal's lines of a kind, oldest first."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))


def test_a_safe_contact_begins_and_what_came_of_it_is_noted(cast: Any, now: datetime) -> None:
    """Sealed words, one line each with codes only."""
    reference = safe_case(cast, now)
    row = begun(cast.sana, now + HOUR, reference)
    noted(
        cast.sana,
        now + HOUR,
        reference,
        row,
        words="They slept.",
        agreed="I bring the form",
        next_by_at=now + DAY,
    )
    note = ContactNote.objects.get()
    assert (row.warnings, row.plan, row.begun_at, row.noted_by) == ([], 0, now + HOUR, cast.sana)
    assert (note.opened("words"), note.opened("agreed"), note.number) == (
        "They slept.",
        "I bring the form",
        1,
    )
    assert lines("contact_begun") == [{"way": "phone_call", "direction": "out", "warnings": [], "plan": 0}]
    assert lines("contact_noted") == [
        {"way": "phone_call", "outcome": "reached", "number": 1, "promised": True}
    ]
    assert not Task.objects.exists()


def test_a_way_that_was_not_agreed_needs_the_warning_told_and_a_reason(cast: Any, now: datetime) -> None:
    """Refused twice, nothing kept; then kept with the code and the sealed reason."""
    reference = safe_case(cast, now)
    for told, reason in (((), "She wrote to me"), (("way_not_agreed",), " ")):
        with pytest.raises(ContactRefused):
            begun(cast.sana, now, reference, "email", told=told, reason=reason)
    assert not PersonContact.objects.exists()
    row = begun(cast.sana, now, reference, "email", told=("way_not_agreed",), reason="She wrote to me")
    assert row.warnings == ["way_not_agreed"]
    assert PersonContact.objects.get().opened("reason") == "She wrote to me"
    assert lines("contact_begun")[0]["warnings"] == ["way_not_agreed"]


def test_whoever_gets_in_touch_is_never_warned_of(cast: Any, now: datetime) -> None:
    """And both notes of it are kept together or not at all."""
    reference = safe_case(cast, now)
    made = Begun("email", "in", now + HOUR)
    for outcome, kept in (("reached", 0), ("they_contacted", 1)):
        given = {"reference": reference, "sender_key": uuid4(), "begun": made, "came": Came(outcome)}
        if not kept:
            with pytest.raises(ContactRefused, match="Choose what came of it"):
                note_contact(actor=as_reader(cast.rae), at=now + 2 * HOUR, **given)
        else:
            note_contact(actor=as_reader(cast.rae), at=now + 2 * HOUR, **given)
        assert PersonContact.objects.count() == ContactNote.objects.count() == kept
    assert lines("contact_begun")[0]["direction"] == "in"


def test_a_correction_is_a_further_note_and_the_newest_counts(cast: Any, now: datetime) -> None:
    """Both stay; the page shows both."""
    reference = safe_case(cast, now)
    row = begun(cast.sana, now, reference)
    noted(cast.sana, now, reference, row, "no_answer")
    with pytest.raises(ContactRefused, match="what was wrong"):
        noted(cast.sana, now, reference, row, "reached", seen=1)
    noted(cast.rae, now + HOUR, reference, row, "other_answered", seen=1, words="It was their brother")
    seen = contacts_of(as_reader(cast.sana), reference)[0]
    assert [(note.outcome, note.by) for note in seen.notes] == [
        ("no_answer", "Sana"),
        ("other_answered", "Rae"),
    ]
    assert contact_now(as_reader(cast.sana), reference, now).last_outcome == "other_answered"


def test_sent_twice_is_kept_once_and_two_at_once_are_told(cast: Any, now: datetime) -> None:
    """The second person reads who was quicker."""
    reference, key = safe_case(cast, now), uuid4()
    rows = [begun(cast.sana, now, reference, key=key) for _twice in range(2)]
    assert rows[0].pk == rows[1].pk
    notes = [
        noted(cast.sana, now, reference, rows[0], words="Said hello", next_by_at=now + DAY, task="Ring")
        for _ in range(2)
    ]
    assert notes[0].pk == notes[1].pk
    assert Task.objects.count() == 1
    with pytest.raises(ContactRefused, match="Sana has noted something"):
        noted(cast.rae, now, reference, rows[0], "no_answer")
    with pytest.raises(ContactRefused, match="another contact"):
        begun(cast.sana, now, reference, "text", key=key)
    assert [len(lines(kind)) for kind in ("contact_begun", "contact_noted", "task_made")] == [1, 1, 1]


def test_a_promise_becomes_a_task_or_both_fail(cast: Any, now: datetime) -> None:
    """For whoever promised; a promise that is over already becomes none."""
    reference = safe_case(cast, now)
    row = begun(cast.rae, now, reference)
    with pytest.raises(TaskRefused):
        noted(cast.rae, now + DAY, reference, row, next_by_at=now + HOUR, task="Ring again")
    assert not ContactNote.objects.exists()
    noted(cast.rae, now, reference, row, next_by_at=now + DAY, task="Ring again")
    task = Task.objects.get()
    assert (task.for_whom, task.due_at, task.kind, task.contact) == (cast.rae, now + DAY, "call_back", row)
    assert task.opened("title") == "Ring again"
    assert lines("task_made") == [{"task": "call_back", "origin": "contact", "own": True}]


def test_a_promise_stands_until_they_are_reached(cast: Any, now: datetime) -> None:
    """In one statement: the last contact, the promise, a contact that nobody has said anything of."""
    reference, sana = safe_case(cast, now), as_reader(cast.sana)
    assert contact_now(sana, reference, now).last_at is None
    noted(cast.sana, now, reference, begun(cast.sana, now, reference), next_by_at=now + DAY)
    noted(cast.sana, now + HOUR, reference, begun(cast.sana, now + HOUR, reference), "no_answer")
    seen = contact_now(sana, reference, now)
    assert (seen.promised_at, seen.last_at, seen.unnoted) == (now + DAY, now + HOUR, None)
    row = begun(cast.sana, now + 2 * HOUR, reference)
    assert contact_now(sana, reference, now).unnoted == row.pk
    noted(cast.sana, now + 2 * HOUR, reference, row, "refused")
    assert contact_now(sana, reference, now).promised_at is None


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"way": "pigeon"}, "how you get in touch"), ({"direction": "up"}, "how you get in touch"),
        ({"begun_at": timedelta(hours=-1)}, "before the report"), ({"begun_at": timedelta(minutes=1)}, "in the future"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_is_refused(cast: Any, now: datetime, more: dict[str, Any], fault: str) -> None:
    """With a sentence that says what to do; nothing is kept."""
    reference = safe_case(cast, now)
    if "begun_at" in more:
        more = {"begun_at": now + more["begun_at"]}
    with pytest.raises(ContactRefused, match=fault):
        begun(cast.sana, now, reference, **more)
    assert not PersonContact.objects.exists()


def test_only_who_works_on_the_case_notes_anything(cast: Any, now: datetime) -> None:
    """Another unit, the counter, the outsider: there is no such case."""
    reference = safe_case(cast, now)
    row = begun(cast.sana, now, reference)
    for name, staff in cast.staff().items():
        if name in ("sana", "rae", "maud"):
            continue
        with pytest.raises(NotFound):
            begun(staff, now, reference)
        with pytest.raises(NotFound):
            noted(staff, now, reference, row)
    with pytest.raises(NotFound):
        noted(cast.sana, now, safe_case(cast, now), row)


@pytest.mark.usefixtures("journey_db")
def test_one_key_sent_by_two_terminals_at_once_makes_one_contact(now: datetime) -> None:
    """Whoever wins, the chain is whole."""
    cast = make_cast(now)
    reference, key, made = safe_case(cast, now), uuid4(), Begun("text", "out", now)

    def begin() -> Any:
        return begin_contact(
            actor=as_reader(cast.sana), at=now, reference=reference, sender_key=key, begun=made
        )

    results = at_once(begin, begin, begin)
    assert {result.pk for result in results} == {PersonContact.objects.get().pk}
    assert whole_journal()
