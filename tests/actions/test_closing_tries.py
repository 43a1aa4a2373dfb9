"""Lost contact by the contact log; suspects and wishes of the case's entries among what speaks against closing."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.queries.closings import ended
from nightdesk.records.closings import Closing
from nightdesk.records.disclosures import Identifier
from nightdesk.records.journal import JournalLine
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing import Standing
from nightdesk.rules.contact import WARNINGS
from nightdesk.rules.particular_field import TOLD, given
from tests.actions.closings import DAY, ask, closable, look, lost, state_of, try_them, withdrawal
from tests.actions.contacts import begun, noted
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
LOST = {"ending": "lost_contact", "outcome": "no_suspect"}
WHERE = "MARKWHERE in the ISVA’s notes"


def standing(cast: Any, reference: str, at: datetime) -> Standing:
    """What is known of the case."""
    seen = ended(as_reader(cast.sana), reference, at)
    assert seen
    return seen.standing


def entry_of(cast: Any, at: datetime, reference: str, kind: str, role: str = "", **values: str) -> UUID:
    """An entry of the case, by Sana."""
    row = keep_particular(
        actor=as_reader(cast.sana), at=at, reference=reference, kind=kind, role=role, key=uuid4(), seen=0,
        values={name: given(value, TOLD if role else "") for name, value in values.items()},
    )  # fmt: skip
    return UUID(str(row.pk))


def test_the_log_is_counted_and_kept_as_it_was(cast: Any, now: datetime) -> None:
    """Number, ways and days of the tries, all of them from the log."""
    reference = closable(cast, now)
    try_them(cast.sana, reference, now + 8 * DAY)
    row = ask(cast.sana, now + 30 * DAY, reference, lost(), **LOST)
    kept = Closing.objects.select_related("vault").get(pk=row.pk)
    assert (kept.tries, kept.tries_logged, kept.opened("tries_where")) == (6, 6, "")
    assert sorted(kept.try_ways) == ["phone_call", "text"]
    assert kept.first_try_on
    assert kept.last_try_on
    assert (kept.last_try_on - kept.first_try_on).days == 21


def test_a_contact_that_nobody_noted_does_not_count(cast: Any, now: datetime) -> None:
    """Four that were noted and one that was not; then it is."""
    reference, late = closable(cast, now), now + 30 * DAY
    try_them(cast.sana, reference, now + 8 * DAY, times=4, days=12)
    open_one = begun(cast.sana, now + 24 * DAY, reference, told=WARNINGS, reason="They had asked for it.")
    assert standing(cast, reference, late).tried.unnoted == 1
    with pytest.raises(CaseRefused, match="at least 5 times"):
        ask(cast.sana, late, reference, lost(), **LOST)
    noted(cast.sana, late, reference, open_one, "no_answer")
    ask(cast.sana, late, reference, lost(), **LOST)
    assert Closing.objects.get().tries == 5


def test_whoever_is_reached_or_gets_in_touch_starts_the_count_anew(cast: Any, now: datetime) -> None:
    """By the newest note: a correction counts."""
    reference, late = closable(cast, now), now + 40 * DAY
    try_them(cast.sana, reference, now + 8 * DAY)
    row = begun(cast.sana, now + 30 * DAY, reference, direction="in")
    noted(cast.sana, now + 30 * DAY, reference, row, "other_contacted")
    assert standing(cast, reference, late).tried.count == 6
    noted(cast.sana, now + 31 * DAY, reference, row, "they_contacted", seen=1, words="It was them.")
    assert standing(cast, reference, late).tried.count == 0
    with pytest.raises(CaseRefused, match="at least 5 times"):
        ask(cast.sana, late, reference, lost(), **LOST)


def test_tries_beside_the_log_need_where_and_are_sealed(cast: Any, now: datetime) -> None:
    """Counted with the log and apart from it; the words stay out of the journal."""
    reference, late = closable(cast, now), now + 30 * DAY
    try_them(cast.sana, reference, now + 8 * DAY, times=4)
    day = (now + 20 * DAY).date()
    more = {"more_tries": 1, "more_ways": ("letter",), "more_first_on": day, "more_last_on": day}
    with pytest.raises(CaseRefused) as refused:
        ask(cast.sana, late, reference, lost(**more), **LOST)
    assert refused.value.about == "more_where"
    said = lost(more_where=WHERE, **more)
    first = ask(cast.sana, late, reference, said, **LOST)
    assert ask(cast.sana, late, reference, said, **LOST).pk == first.pk
    kept = Closing.objects.select_related("vault").get()
    assert (kept.tries, kept.tries_logged, kept.opened("tries_where"), str(kept.tries_where)) == (
        5, 4, WHERE, "‹sealed›"
    )  # fmt: skip
    assert "MARKWHERE" not in str(list(JournalLine.objects.values_list("facts", flat=True)))


def test_somebody_reached_before_the_look_is_not_lost(cast: Any, now: datetime) -> None:
    """The supervisor can only send it back."""
    reference, late = closable(cast, now), now + 30 * DAY
    try_them(cast.sana, reference, now + 8 * DAY)
    ask(cast.sana, late, reference, lost(), **LOST)
    row = begun(cast.sana, late, reference, direction="in")
    noted(cast.sana, late, reference, row, "they_contacted")
    with pytest.raises(CaseRefused, match="contact is not lost"):
        look(cast.maud, late + DAY, reference)
    assert state_of(reference) == "asked_to_close"
    look(cast.maud, late + DAY, reference, "sent_back", "They rang.")
    assert state_of(reference) == "sent_back"


def test_a_suspect_among_the_entries_is_a_suspect_known_of_until_withdrawn(cast: Any, now: datetime) -> None:
    """As well as one of the first account; never a victim or a witness."""
    reference = closable(cast, now)
    Identifier.objects.filter(about="suspect").delete()
    entry_of(cast, now, reference, "person", "witness", call="Robin")
    assert not standing(cast, reference, now).suspect_known
    key = entry_of(cast, now, reference, "person", "suspect", call="Nightowl")
    assert standing(cast, reference, now).suspect_known
    ask(cast.sana, now + DAY, reference)
    assert Closing.objects.get().against["suspect_known"] == 1
    withdraw_particular(
        actor=as_reader(cast.sana), at=now + DAY, reference=reference, key=key, seen=1, why="Entered twice"
    )
    assert not standing(cast, reference, now + DAY).suspect_known


def test_wishes_for_the_police_are_looked_at_and_never_block_a_withdrawal(cast: Any, now: datetime) -> None:
    """By the newest version of the wishes."""
    reference = closable(cast, now)
    assert not standing(cast, reference, now).wants_police
    entry_of(cast, now, reference, "wishes", police="action")
    assert standing(cast, reference, now).wants_police
    with pytest.raises(CaseRefused, match="Look at what is still open"):
        ask(cast.sana, now + DAY, reference, withdrawal(now + DAY, looked=False))
    ask(cast.sana, now + DAY, reference)
    assert "wants_police" not in Closing.objects.get().against
    assert "wants_police" not in str(list(JournalLine.objects.values_list("facts", flat=True)))
    keep_particular(
        actor=as_reader(cast.sana), at=now + DAY, reference=reference, kind="wishes", key=uuid4(), seen=1,
        values={"police": given("not_now")}, why="They said so today",
    )  # fmt: skip
    assert not standing(cast, reference, now + DAY).wants_police
    look(cast.maud, now + DAY, reference)
    assert state_of(reference) == "closed"
