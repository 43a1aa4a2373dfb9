"""Consent is kept as it was given, taken back at once, and never overridden silently."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.refusals import NotFound
from nightdesk.queries import sharing as queries
from nightdesk.records.journal import JournalLine
from nightdesk.records.sharing import Consent, ConsentEnd, ShareRecipient, WithoutConsent
from nightdesk.rules.consent import ConsentRefused
from nightdesk.rules.sharing import SharingRefused
from tests.actions.sharing import (
    DAY,
    answer,
    asked,
    case_of,
    decide,
    file_of,
    make,
    moved,
    offer,
    recipient,
    step,
    withdraw,
)
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)


@pytest.fixture
def to(cast: Any, now: datetime) -> ShareRecipient:
    """An ISVA service by its name, in Sana's case."""
    return recipient(cast.sana, now, case_of(cast, now).reference)


def states(cast: Any, to: ShareRecipient, at: datetime) -> dict[str, str]:
    """How each group stands."""
    found = queries.recipient(as_reader(cast.sana), to.case.disclosure.reference, to.pk, at)
    assert found is not None
    return dict(found.states)


def test_an_answer_is_kept_as_it_was_given(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Yes, no and not asked apart; the words sealed; the line has counts only."""
    kept = answer(cast.sana, now, to, ["name", "contact"], ["needs"])
    assert (kept.number, kept.yes, kept.no, kept.noted_by) == (1, ["contact", "name"], ["needs"], cast.sana)
    assert Consent.objects.get().opened("words") == "Yes, they can ring me."
    assert states(cast, to, now) == {
        "name": "given", "contact": "given", "needs": "declined", "safety": "not_asked", "when_where": "not_asked",
        "police": "not_asked", "wishes": "not_asked", "ending": "not_asked",
    }  # fmt: skip
    line = JournalLine.objects.get(kind="consent_answered")
    assert line.facts == {
        "recipient": "isva/named",
        "number": 1,
        "yes": 2,
        "no": 1,
        "replaces": 0,
        "stops": 0,
    }


def test_the_same_organisation_is_written_down_once(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """However it is typed; another kind or case is another."""
    reference = to.case.disclosure.reference
    again = recipient(cast.rae, now, reference, name="  harbour   ISVAS ")
    assert again.pk == to.pk
    assert recipient(cast.sana, now, reference, "partner").pk != to.pk
    assert JournalLine.objects.filter(kind="recipient_added").count() == 2
    assert ShareRecipient.objects.get(pk=to.pk).opened("name") == "Harbour ISVAs"


def test_a_yes_of_before_undoes_no_taking_back(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Said at nine, taken back at eleven, the yes of nine written down at noon: it is taken back all the same."""
    answer(cast.sana, now, to, ["name"])
    withdraw(cast.sana, now + 4 * HOUR, to)
    for early in (now + 2 * HOUR, now + 4 * HOUR):
        with pytest.raises(ConsentRefused, match="took their yes back after that"):
            answer(cast.rae, now + 5 * HOUR, to, ["name"], answered_at=early, replaces=1)
    assert states(cast, to, now + 5 * HOUR)["name"] == "withdrawn"
    answer(cast.rae, now + 5 * HOUR, to, ["name"], replaces=1)
    assert states(cast, to, now + 5 * HOUR)["name"] == "given"


def test_an_older_answer_replaces_no_newer_one(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """A no of today is not undone by what was said yesterday."""
    answer(cast.sana, now + DAY, to, [], ["name"])
    with pytest.raises(ConsentRefused, match="newer answer after this one"):
        answer(cast.rae, now + DAY + HOUR, to, ["name"], answered_at=now, replaces=1)
    assert states(cast, to, now + DAY + HOUR)["name"] == "declined"


def test_a_consent_runs_out_by_the_clock_and_is_renewed(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Nothing changes in the rows: the moment decides."""
    answer(cast.sana, now, to, ["name"])
    assert states(cast, to, now + 30 * DAY - HOUR)["name"] == "given"
    assert states(cast, to, now + 30 * DAY)["name"] == "expired"
    answer(cast.sana, now + 31 * DAY, to, ["name"], replaces=1)
    assert states(cast, to, now + 31 * DAY)["name"] == "given"


def test_taken_back_it_is_over_at_once_and_said_twice_kept_once(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """No reason is asked; what was made goes nowhere, what was sent has to be stopped."""
    answer(cast.sana, now, to, ["name", "contact"])
    kept, sent, taken = (make(cast.sana, now, to) for _pack in range(3))
    file_of(cast.sana, now, taken)
    moved(cast.sana, now, sent, "send", 0)
    withdraw(cast.rae, now + HOUR, to, words="Changed my mind.")
    withdraw(cast.sana, now + 2 * HOUR, to)
    end = ConsentEnd.objects.get()
    assert (end.ended_at, end.ended_by, end.opened("words")) == (now + HOUR, cast.rae, "Changed my mind.")
    kept.refresh_from_db()
    sent.refresh_from_db()
    taken.refresh_from_db()  # it may have left although nobody wrote it down
    assert (kept.state, sent.state, taken.state) == ("unused", "stop_owed", "stop_owed")
    assert [
        line.facts["stops"] for line in JournalLine.objects.filter(kind="consent_withdrawn").order_by("seq")
    ] == [2]  # what changes nothing has no line
    for made, words in ((kept, "set aside"), (taken, "does not cover")):
        with pytest.raises(SharingRefused, match=words):
            file_of(cast.sana, now + HOUR, made)
    with pytest.raises(SharingRefused, match="does not cover"):
        make(cast.sana, now + HOUR, to, ["name"])
    assert queries.summary(as_reader(cast.sana), to.case.disclosure.reference, now + HOUR).stops == 2


def test_a_second_answer_beside_the_first_can_only_narrow(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """And what went and is now said no to has to be stopped; replaced, it widens."""
    answer(cast.sana, now, to, ["name", "contact"])
    sent = make(cast.sana, now, to)
    moved(cast.sana, now, sent, "send", 0)
    answer(cast.sana, now + HOUR, to, ["name", "needs"], ["contact"])
    assert states(cast, to, now + HOUR)["contact"] == "declined"
    assert states(cast, to, now + HOUR)["needs"] == "not_asked"
    sent.refresh_from_db()
    assert sent.state == "stop_owed"
    answer(cast.sana, now + 2 * HOUR, to, ["name", "needs"], replaces=2)
    with pytest.raises(ConsentRefused, match="newer answer"):
        answer(cast.rae, now + 2 * HOUR, to, ["name"], replaces=2)
    answer(cast.sana, now + 3 * HOUR, to, ["name", "needs"], replaces=1)
    assert states(cast, to, now + 3 * HOUR)["needs"] == "given"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"yes": ["suspect"]}, "groups that the page offers"),
        ({"purposes": frozenset({"charging"})}, "from the page"),
        ({"purposes": frozenset()}, "what it is for"),
        ({"way": "pigeon"}, "how they answered"),
        ({"until_at": None}, "until when"),
        ({"words": ""}, "in their words"),
    ],
)
def test_an_answer_that_lacks_something_is_refused(
    cast: Any, now: datetime, to: ShareRecipient, more: dict[str, Any], words: str
) -> None:
    """And nothing of it is kept."""
    with pytest.raises(ConsentRefused, match=words):
        answer(cast.sana, now, to, **({"yes": ["name"]} | more))
    with pytest.raises(ConsentRefused, match="365 days"):
        answer(cast.sana, now, to, ["name"], until_at=now + 400 * DAY)
    with pytest.raises(SharingRefused, match="2000 characters"):
        answer(cast.sana, now, to, ["name"], words="x" * 2001)
    assert not Consent.objects.exists()


def test_prosecutors_are_told_and_nobody_is_asked_for_a_yes(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """A yes that changes nothing would be a lie."""
    cps = recipient(cast.sana, now, to.case.disclosure.reference, "cps", "")
    assert cps.opened("name") == "Crown Prosecution Service"
    with pytest.raises(ConsentRefused, match="not a question of consent"):
        answer(cast.sana, now, cps, ["name"])


def test_only_a_supervisor_decides_without_consent_and_it_ends(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """With a ground and a reason; on the line as a ground and a count."""
    answer(cast.sana, now, to, [], ["contact"])
    with pytest.raises(SharingRefused, match="Only a supervisor"):
        decide(cast.sana, now, to, ["contact"])
    with pytest.raises(NotFound):
        decide(cast.idris, now, to, ["contact"])
    key = uuid4()
    decide(cast.maud, now, to, ["contact"], key=key)
    decide(cast.maud, now, to, ["contact"], key=key)
    row = WithoutConsent.objects.get()
    assert (row.until_at, row.opened("reason"), row.decided_by) == (
        now + 72 * HOUR,
        "He waits outside.",
        cast.maud,
    )
    line = JournalLine.objects.get(kind="sharing_decided")
    assert line.facts == {"recipient": "isva/named", "ground": "danger_to_life", "groups": 1}
    assert make(cast.sana, now + HOUR, to).basis == {"contact": "without_consent"}
    with pytest.raises(SharingRefused, match="does not cover"):
        make(cast.sana, now + 72 * HOUR, to, ["contact"])


def test_only_whoever_may_work_on_the_case_writes_anything_down(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Everybody else is told that there is no such case."""
    answer(cast.sana, now, to, ["name"])
    made = make(cast.sana, now, to)
    for name, staff in cast.staff().items():
        if name in ("sana", "rae", "maud"):
            continue
        for act in (
            lambda who=staff: recipient(who, now, to.case.disclosure.reference, name="x"),
            lambda who=staff: answer(who, now, to, ["name"]), lambda who=staff: withdraw(who, now, to),
            lambda who=staff: offer(who, now, to), lambda who=staff: step(who, now, to, "send", 1),
            lambda who=staff: file_of(who, now, made), lambda who=staff: moved(who, now, made, "send", 0),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                act()


def test_a_recipient_of_another_case_is_none_of_this(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """The key of one opens nothing elsewhere."""
    from nightdesk.actions.consents import answer_consent

    other = case_of(cast, now)
    with pytest.raises(NotFound):
        answer_consent(
            actor=as_reader(cast.sana), at=now, reference=other.reference, recipient=to.pk,
            asked=asked("isva", now, ["name"]),
        )  # fmt: skip


def test_a_form_sent_twice_at_once_is_kept_once(journey_db: None, now: datetime, plain_triage: None) -> None:
    """Two taps on a slow line; and a withdrawal at the same moment as a pack leaves nothing that may still go."""
    cast = make_cast(now)
    to = recipient(cast.sana, now, case_of(cast, now).reference)
    key = uuid4()
    at_once(*[lambda: answer(cast.sana, now, to, ["name", "contact"], key=key)] * 3)
    assert Consent.objects.count() == 1
    at_once(lambda: withdraw(cast.sana, now, to), lambda: make(cast.rae, now, to))
    assert not to.packs.exclude(state="unused").exists()
    whole_journal()
