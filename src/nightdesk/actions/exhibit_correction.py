"""Putting right what was entered about an exhibit: the earlier value stays, with who corrected it, when and why."""

from dataclasses import replace
from datetime import datetime

from nightdesk.actions import _exhibits as common
from nightdesk.actions._entry import entry, together
from nightdesk.outside.current import pack
from nightdesk.records.chain import chain_of
from nightdesk.records.exhibit_corrections import ExhibitCorrection
from nightdesk.records.exhibit_facts import facts_of
from nightdesk.records.exhibits import Exhibit
from nightdesk.rules import exhibit as exhibit_rule
from nightdesk.rules import exhibit_correction as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.exhibit_correction import Facts
from nightdesk.rules.pack_exhibits import kind_of

NOT_YOURS = "Whoever entered this exhibit corrects it, or a specialist of its case. Tell them what is wrong."
NOTHING = "Nothing is different from what is kept. Change what is wrong, or go back to the exhibit."


@together
def correct_exhibit(
    *, actor: Reader, at: datetime, code: str, number: int, reason: str, facts: Facts
) -> tuple[str, ...]:
    """Correct what differs in `facts` from what is kept; the names of the facts that were.

    `number`: how many corrections the actor had seen. Sent twice, the second changes nothing.
    Raises CustodyRefused, and NotFound for an exhibit that the actor may not know of.
    """
    exhibit, newest = common.locked_exhibit(actor, code)
    if not rule.may_correct(common.nearness(actor, exhibit, newest)):
        raise CustodyRefused(NOT_YOURS)
    common.refuse_long_words(facts.seal, facts.description or "")
    facts = replace(facts, seal=facts.seal.strip())
    links = list(exhibit.custody.order_by("number"))
    rows = list(exhibit.corrections.select_related("corrected_by").order_by("number"))
    kept = replace(facts_of(exhibit, links, rows), description=exhibit.opened("description"))
    wrong = rule.differing(kept, facts)
    if not wrong and number < len(rows):
        return ()  # sent twice, or a colleague has corrected the same
    rule.refuse_if_not_correctable(chain_of(links), facts, reason, at)
    if not wrong:
        raise CustodyRefused(NOTHING)
    if number < len(rows):
        who = rows[-1].corrected_by.name
        raise CustodyRefused(f"{who} has corrected it meanwhile. Look at the exhibit again.")
    if "kind" in wrong and kind_of(pack(), facts.kind) is None:
        raise CustodyRefused("Choose what kind of exhibit it is.")
    with entry(
        "exhibit_corrected", actor=actor, at=at, subject=exhibit.disclosure.reference, exhibit=code, facts=list(wrong),
        reason=reason,
    ):  # fmt: skip
        for place, fact in enumerate(wrong, start=len(rows) + 1):
            _keep(actor, at, exhibit, place, fact, reason, kept, facts)
        _put_right(exhibit, wrong, facts)
    return wrong


def _keep(
    actor: Reader,
    at: datetime,
    exhibit: Exhibit,
    number: int,
    fact: str,
    reason: str,
    kept: Facts,
    given: Facts,
) -> None:
    """The earlier value beside the new one; of a description the earlier words, sealed with the exhibit's own key."""
    ExhibitCorrection(
        vault=exhibit.vault, exhibit=exhibit, number=number, fact=fact, reason=reason,
        before=rule.plain_words(kept, fact), after=rule.plain_words(given, fact),
        words=kept.description or "" if fact == rule.DESCRIPTION else "", corrected_at=at,
        corrected_by_id=common.person_of(actor),
    ).save(force_insert=True)  # fmt: skip


def _put_right(exhibit: Exhibit, wrong: tuple[str, ...], given: Facts) -> None:
    """The row has what holds now, so that register and labels show it; by when it is submitted follows kind and time."""
    if "kind" in wrong:
        exhibit.kind = given.kind
    if "taken_at" in wrong:
        exhibit.taken_at = given.taken_at
    if given.description is not None and rule.DESCRIPTION in wrong:
        exhibit.description = given.description
    if {"kind", "taken_at"} & set(wrong):
        kind = kind_of(pack(), exhibit.kind)
        exhibit.submit_by = exhibit_rule.submit_by(exhibit.taken_at, kind.submit_days if kind else None)
    exhibit.save(update_fields=["kind", "taken_at", "description", "submit_by"])
