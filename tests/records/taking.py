"""A disclosure with a marker in every sensitive field, taken as the counter takes it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nightdesk.actions.intake import accept_disclosure
from nightdesk.records.disclosures import Disclosure
from nightdesk.rules.basics import Basics, Suspect, with_answer_states
from nightdesk.rules.triage import Account, Proposal, Reason, TriageResult
from tests.people import as_reader

# Each mark is one word that stands nowhere else; the first is clear enough for triage to propose a sexual offence.
MARKED = with_answer_states(
    Basics(
        what="MARKWHAT he raped me last night", when_words="MARKWHEN", where_kind="private_home", where_words="MARKWHERE",
        on_behalf="MARKBEHALF", call_me="MARKCALL", pronouns="MARKPRON", contact_phone="07700 900123 MARKPHONE",
        contact_email="markmail@example.test", safe_ways=("text",), contact_notes="MARKNOTES",
        suspects=(
            Suspect(
                name_used="MARKNAME", platform="grindr", handle="@MARKHANDLE", phone="07700 900456",
                email="markhis@example.test", address="MARKADDRESS", vehicle="MARKCAR1", description="MARKLOOKS",
            ),
        ),
    ),
    {},
)  # fmt: skip
MARKS = ("MARK", "markmail", "markhis", "07700 900", "7700900", "he raped me")
WORDS = (
    ("raped", "sexual_offence", "likely"), ("don’t remember", "sexual_offence", "possible"),
    ("robbed", "related.robbery", "yes"), ("fifteen", "under_18", "yes"),
)  # fmt: skip


def small_triage(account: Account, _lexicon: Any) -> TriageResult:
    """Triage with four words: what an action does with proposals must not hang on the edition of the lexicon."""
    proposals = []
    for word, label, level in WORDS:
        if (start := account.what.find(word)) >= 0:
            reason = Reason("test", account.what[start : start + len(word)], "what", start, start + len(word))
            proposals.append(Proposal(label, level, (reason,)))
    return TriageResult(tuple(proposals), "test edition")


def take(
    cast: Any, at: datetime, basics: Basics = MARKED, *, key: UUID | None = None, by: Any = None
) -> Disclosure:
    """Priya takes and sends it on at `at`; the row as the database has it."""
    taken = accept_disclosure(
        actor=as_reader(by or cast.priya), at=at, sender_key=key or uuid4(), channel="counter", basics=basics
    )
    return Disclosure.objects.get(reference=taken.reference)


def hours(number: float) -> timedelta:
    """A span."""
    return timedelta(hours=number)
