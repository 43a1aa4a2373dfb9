"""What a pack says of reaching the person, once a contact plan was agreed: the plan alone, never an older number."""

from typing import Any

from nightdesk.records.contact_plan import newest_of_one
from nightdesk.rules.contact import NO, YES
from nightdesk.rules.contact_plan import Agreed, agreed_from_values
from nightdesk.rules.particular_answer import from_plain
from nightdesk.rules.particular_contact import CONTACT_PLAN

PLAN_FIELDS = (
    "call_me", "pronouns", "interpreter", "contact_phone", "contact_email", "safe_ways", "contact_notes",
)  # fmt: skip


def agreed_of(reference: str, opened: Any) -> Agreed | None:
    """The newest plan of a case; None when none was agreed. `opened` opens a sealed column for a pack."""
    row = newest_of_one(reference).filter(particular__kind=CONTACT_PLAN.code).first()
    return agreed_from_values(row.number, from_plain(opened(row, "values"))) if row else None


def notes_of(agreed: Agreed) -> tuple[str, ...]:
    """What whoever gets in touch has to know, one line for each answer that there is."""
    times = ", ".join(agreed.hours) + (f" ({agreed.zone})" if agreed.hours and agreed.zone else "")
    lines = (
        ("Safe times", times),
        ("May not be told", agreed.keep_from),
        ("Watch for", agreed.watch_for),
        ("If somebody else answers", agreed.if_other),
        ("Somebody else may answer", _said(agreed.plan.others_answer)),
        ("Somebody else may read", _said(agreed.plan.others_read)),
        ("A message may be left", _said(agreed.plan.message)),
        ("Needs", agreed.access),
        ("Address", agreed.plan.at.get("address", "")),
        ("Handle", agreed.plan.at.get("handle", "")),
    )
    return tuple(f"{label}: {words}" for label, words in lines if words)


def _said(code: str) -> str:
    return {YES: "yes", NO: "no"}.get(code, "")
