"""Destroying an exhibit: one asks, another, senior, allows it or not, and a legal hold stops it whatever was decided."""

from datetime import datetime

from django.db.models import F

from nightdesk.actions import _exhibits as common
from nightdesk.actions._entry import entry, together
from nightdesk.actions._exhibits import Wanted
from nightdesk.actions._rows import locked_disclosure
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.chain import is_of_unit
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Custody, Destruction, Exhibit, Hold
from nightdesk.rules import custody as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import CustodyRefused, Holder
from nightdesk.rules.exhibit import LEGAL_HOLD, Standing, may_decide, refuse_if_destruction_not_allowed
from nightdesk.rules.terms import SOIT, SUPERVISOR

NOT_YOURS = "There is no case of your unit with this reference. Check the reference."


@together
def ask_for_destruction(*, actor: Reader, at: datetime, code: str, reason: str) -> Destruction:
    """Ask for an exhibit to be destroyed. Raises CustodyRefused under a legal hold, or when it has ended already."""
    exhibit, newest = common.locked_exhibit(actor, code)
    if actor.role not in (SOIT, SUPERVISOR):
        raise CustodyRefused("A specialist of the case asks for this. Tell them.")
    if reason not in pack().destruction_grounds:
        raise CustodyRefused("Choose why it may be destroyed.")
    if newest.outside in (rule.DESTROYED, rule.PERSON):
        raise CustodyRefused("It is not with the police any more.")
    _refuse_under_hold(exhibit)
    if asked := exhibit.destructions.filter(decided_at=None).first():
        return asked
    if exhibit.destructions.filter(allowed=True).exists():
        raise CustodyRefused("It has been allowed already.")
    with entry(
        "destruction_asked",
        actor=actor,
        at=at,
        subject=exhibit.disclosure.reference,
        exhibit=code,
        reason=reason,
    ):
        return Destruction.objects.create(
            exhibit=exhibit, reason=reason, asked_at=at, asked_by_id=common.person_of(actor)
        )


@together
def decide_destruction(*, actor: Reader, at: datetime, code: str, allowed: bool) -> None:
    """Allow what somebody else asked, or not. Raises CustodyRefused, naming who decided when somebody was quicker."""
    exhibit, _ = common.locked_exhibit(actor, code)
    newest = _newest(exhibit)
    if newest is None:
        raise CustodyRefused("Nobody has asked for this exhibit to be destroyed.")
    if newest.decided_by is not None:
        said = "allowed it" if newest.allowed else "did not allow it"
        if (newest.decided_by_id, newest.allowed) == (common.person_of(actor), allowed):
            return
        raise CustodyRefused(f"{newest.decided_by.name} has decided already, and {said}.")
    own_unit = is_of_unit(actor, exhibit.disclosure)
    if not may_decide(
        role=actor.role, own_unit=own_unit, asked_by_me=newest.asked_by_id == common.person_of(actor)
    ):
        raise CustodyRefused("A supervisor of the unit decides, and never whoever asked.")
    if allowed:
        _refuse_under_hold(exhibit)
    with entry(
        "destruction_decided",
        actor=actor,
        at=at,
        subject=exhibit.disclosure.reference,
        exhibit=code,
        allowed=allowed,
    ):
        newest.decided_at, newest.decided_by_id, newest.allowed = at, common.person_of(actor), allowed
        newest.save(update_fields=["decided_at", "decided_by", "allowed"])


@together
def destroy_exhibit(
    *, actor: Reader, at: datetime, code: str, number: int, when: datetime | None = None
) -> Custody:
    """It was destroyed by the actor, who had it: the last link. Raises CustodyRefused without authority or under a hold."""
    exhibit, newest = common.locked_exhibit(actor, code)
    wanted = Wanted(code, number, "destroyed", Holder(rule.DESTROYED), when)
    if common.is_repeated(actor, newest, wanted):
        return newest
    common.refuse_if_moved(newest, number)
    common.refuse_if_with_another(actor, newest)
    asked, allowed = _newest(exhibit), exhibit.destructions.filter(allowed=True).exists()
    standing = Standing(asked is not None, allowed or (asked.allowed if asked else None), _is_held(exhibit))
    refuse_if_destruction_not_allowed(standing)
    common.end_offer(actor, at, exhibit)
    return common.add_link(actor, at, exhibit, newest, wanted)


def place_hold(*, actor: Reader, at: datetime, reference: str, reason: str) -> None:
    """A legal hold on everything of a case. Raises CustodyRefused when there is one already."""
    with entry("hold_set", actor=actor, at=at, subject=reference, reason=reason):
        disclosure = _own_disclosure(actor, reference)
        if reason not in pack().hold_grounds:
            raise CustodyRefused("Choose why everything is kept.")
        if disclosure.holds.filter(lifted_at=None).exists():
            raise CustodyRefused("There is a legal hold already.")
        Hold.objects.create(
            disclosure=disclosure, reason=reason, placed_at=at, placed_by_id=common.person_of(actor)
        )


def lift_hold(*, actor: Reader, at: datetime, reference: str) -> None:
    """The reason to keep everything has gone. Raises CustodyRefused when there is no hold."""
    with entry("hold_lifted", actor=actor, at=at, subject=reference):
        hold = _own_disclosure(actor, reference).holds.filter(lifted_at=None).first()
        if hold is None:
            raise CustodyRefused("There is no legal hold.")
        hold.lifted_at, hold.lifted_by_id = at, common.person_of(actor)
        hold.save(update_fields=["lifted_at", "lifted_by"])


def _newest(exhibit: Exhibit) -> Destruction | None:
    """The request that waits for a decision; without one, the one decided last."""
    rows = exhibit.destructions.select_related("decided_by")
    return rows.order_by(F("decided_at").desc(nulls_first=True)).first()


def _own_disclosure(actor: Reader, reference: str) -> Disclosure:
    disclosure = locked_disclosure(reference, NOT_YOURS)
    if actor.role != SUPERVISOR or not is_of_unit(actor, disclosure):
        raise NotFound(NOT_YOURS)
    return disclosure


def _is_held(exhibit: Exhibit) -> bool:
    """The disclosure is locked first, so that a hold placed at this moment is not overlooked."""
    locked_disclosure(exhibit.disclosure.reference)
    return Hold.objects.filter(disclosure=exhibit.disclosure_id, lifted_at=None).exists()


def _refuse_under_hold(exhibit: Exhibit) -> None:
    if _is_held(exhibit):
        raise CustodyRefused(LEGAL_HOLD)
