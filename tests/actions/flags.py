"""Flags for the tests of actions, queries and pages: one that triage proposed, and how it is decided."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from nightdesk.actions import flags
from nightdesk.actions.flags import Decision
from nightdesk.actions.intake import accept_disclosure
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag
from nightdesk.rules.basics import Basics
from tests.people import as_reader

CHEMSEX = Basics(
    what="He raped me at a chill-out. There was crystal meth and G, and slamming, we had met on Grindr."
)
WORDS = "MARKGROUNDS a friend said that they had all taken G"


def told(cast: Any, at: datetime, basics: Basics = CHEMSEX, by: Any = None) -> Disclosure:
    """Priya takes an account, by the real lexicon, in which triage finds chemsex."""
    kept = accept_disclosure(
        actor=as_reader(by or cast.priya), at=at, sender_key=uuid4(), channel="counter", basics=basics
    )
    return Disclosure.objects.get(reference=kept.reference)


def the_flag(disclosure: Disclosure, code: str = "chemsex_context") -> CaseFlag:
    """The newest flag of this kind."""
    return disclosure.flags.filter(code=code).latest("found_at", "id")


def decide(by: Any, at: datetime, flag: CaseFlag, move: str, words: str = "", **more: Any) -> CaseFlag:
    """One decision, by a page that knew all decisions before."""
    seen = more.pop("seen", flag.moves.count())
    return flags.decide_flag(
        actor=as_reader(by), at=at, reference=flag.disclosure.reference, flag=flag.pk, seen=seen,
        decision=Decision(move, words, **more),
    )  # fmt: skip
