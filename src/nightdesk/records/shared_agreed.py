"""What a pack says of reaching the person, once a contact plan was agreed: the plan alone, never an older number."""

from collections.abc import Callable, Mapping
from typing import Any

from nightdesk.records.contact_plan import newest_of_one
from nightdesk.rules.contact import NO, YES
from nightdesk.rules.contact_plan import Agreed, agreed_from_values
from nightdesk.rules.pack_shape import Pack
from nightdesk.rules.particular_answer import from_plain
from nightdesk.rules.particular_contact import CONTACT_PLAN


def agreed_values(
    reference: str, pack: Pack, opened: Callable[[Any, str], Any]
) -> Mapping[str, tuple[str, ...]]:
    """The fields of reaching the person as agreed, an older number is none of them; {} while nothing was agreed.

    `opened` opens a sealed column for a pack.
    """
    row = newest_of_one(reference).filter(particular__kind=CONTACT_PLAN.code).first()
    if row is None:
        return {}
    return _fields(pack, agreed_from_values(row.number, from_plain(opened(row, "values"))))


def _fields(pack: Pack, found: Agreed) -> Mapping[str, tuple[str, ...]]:
    language = _word(pack.languages, found.language)
    return {
        "call_me": (found.call,), "pronouns": (found.pronouns,),
        "interpreter": (f"{language} (with an interpreter)" if language and found.plan.interpreter else language,),
        "contact_phone": (found.plan.at.get("phone", ""),), "contact_email": (found.plan.at.get("email", ""),),
        "safe_ways": tuple(_word(pack.safe_contacts, code) for code in found.plan.ways), "contact_notes": _notes(found),
    }  # fmt: skip


def _notes(agreed: Agreed) -> tuple[str, ...]:
    """What whoever gets in touch has to know, one line for each answer that there is."""
    plan, zone = agreed.plan, f" ({agreed.zone})" if agreed.zone else ""
    lines = (
        ("Safe times", ", ".join(agreed.hours) + (zone if agreed.hours else "")), ("May not be told", agreed.keep_from),
        ("Watch for", agreed.watch_for), ("If somebody else answers", agreed.if_other),
        ("Somebody else may answer", _said(plan.others_answer)), ("Somebody else may read", _said(plan.others_read)),
        ("A message may be left", _said(plan.message)), ("Needs", agreed.access),
        ("Address", plan.at.get("address", "")), ("Handle", plan.at.get("handle", "")),
    )  # fmt: skip
    return tuple(f"{label}: {words}" for label, words in lines if words)


def _word(entries: Any, code: str) -> str:
    entry = entries.get(code) if code else None
    return entry.text_in("en") if entry else code.replace("_", " ")


def _said(code: str) -> str:
    return {YES: "yes", NO: "no"}.get(code, "")
