"""Moving an exhibit: each act is the next link of its chain, taken from where it is to where it goes.

Giving to a colleague takes two: whoever gives offers it, and has it until the colleague says that they have it. So a
hand-over is on record from both sides, and at no moment does nobody, or do two people, have it.
"""

from datetime import datetime

from nightdesk.actions import _exhibits as common
from nightdesk.actions._entry import entry, together
from nightdesk.actions._exhibits import Wanted
from nightdesk.records.chain import holder_of
from nightdesk.records.exhibits import Custody, HandOver, Store
from nightdesk.rules import custody as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import CustodyRefused, Holder
from nightdesk.rules.terms import SUPERVISOR

GIVEN_BY_HOLDER = ("stored", "sent", "returned")


def move_exhibit(*, actor: Reader, at: datetime, code: str, number: int, what: str, to: str = "",
                 when: datetime | None = None, seal: str = "") -> Custody:  # fmt: skip
    """Put it in a store (`stored`, `to`: its code), send it outside (`sent`, `to`: sarc, laboratory, hospital, court), give
    it back to the person (`returned`), or have it again from a store or from outside (`received`).

    `number`: of the newest link the actor saw. Sent twice, the second changes nothing. Raises CustodyRefused, NotFound.
    """
    return _move(actor=actor, at=at, wanted=Wanted(code, number, what, _place(actor, what, to), when, seal))


@together
def _move(*, actor: Reader, at: datetime, wanted: Wanted) -> Custody:
    exhibit, newest = common.locked_exhibit(actor, wanted.code)
    if common.is_repeated(actor, newest, wanted):
        return newest
    common.refuse_if_moved(newest, wanted.number)
    if wanted.what in GIVEN_BY_HOLDER:
        common.refuse_if_with_another(actor, newest)
    link = common.add_link(actor, at, exhibit, newest, wanted)
    common.end_offer(actor, at, exhibit)
    return link


def _place(actor: Reader, what: str, to: str) -> Holder:
    """Where an act leads; the rule then refuses what the act can't reach. Raises CustodyRefused for an unknown store."""
    if what == "stored":
        store = Store.objects.filter(code__iexact=to).first()
        if store is None:
            raise CustodyRefused("Choose the store that you put it in, or scan the label on its door.")
        return Holder(rule.STORE, str(store.pk))
    places = {"sent": to, "returned": rule.PERSON}
    if what not in (*places, "received"):
        raise CustodyRefused("Choose one of the steps that the page offers.")
    return Holder(places[what]) if what in places else Holder(rule.STAFF, actor.id)


@together
def offer_exhibit(*, actor: Reader, at: datetime, code: str, number: int, username: str) -> HandOver:
    """Hand it to a colleague: they have it as soon as they say so. A new offer takes the place of one not answered."""
    exhibit, newest = common.locked_exhibit(actor, code)
    receiver = common.colleague(actor, username)
    open_offer = HandOver.objects.filter(exhibit=exhibit, answered_at=None).first()
    if open_offer and (open_offer.offered_to, open_offer.number) == (receiver, newest.number):
        return open_offer
    common.refuse_if_moved(newest, number)
    common.refuse_if_with_another(actor, newest)
    with entry(
        "hand_over_offered", actor=actor, at=at, subject=exhibit.disclosure.reference, exhibit=code, number=newest.number
    ):  # fmt: skip
        common.end_offer(actor, at, exhibit)
        return HandOver.objects.create(
            exhibit=exhibit,
            number=newest.number,
            offered_at=at,
            offered_by_id=common.person_of(actor),
            offered_to=receiver,
        )


@together
def answer_offer(
    *, actor: Reader, at: datetime, code: str, accepted: bool, when: datetime | None = None
) -> None:
    """The colleague has it, or does not take it; whoever offered it may take the offer back. Raises CustodyRefused."""
    exhibit, newest = common.locked_exhibit(actor, code)
    offer = HandOver.objects.filter(exhibit=exhibit, answered_at=None).first()
    me = Holder(rule.STAFF, actor.id)
    if offer is None and accepted and holder_of(newest) == me:
        return  # sent twice
    if offer is None:
        raise CustodyRefused("Nobody is handing this exhibit over now. Look at where it is.")
    answers = {offer.offered_to_id} if accepted else {offer.offered_to_id, offer.offered_by_id}
    if common.person_of(actor) not in answers:
        raise CustodyRefused("It is being handed to somebody else. Only they can say that they have it.")
    with entry(
        "hand_over_answered",
        actor=actor,
        at=at,
        subject=exhibit.disclosure.reference,
        exhibit=code,
        accepted=accepted,
    ):
        offer.answered_at, offer.answered_by_id, offer.accepted = at, common.person_of(actor), accepted
        offer.save(update_fields=["answered_at", "answered_by", "accepted"])
    if accepted:
        common.add_link(actor, at, exhibit, newest, Wanted(code, newest.number, "handed", me, when))


@together
def take_over(
    *, actor: Reader, at: datetime, code: str, number: int, when: datetime | None = None
) -> Custody:
    """A supervisor takes it from a colleague who can't hand it over (off duty, ill): the statement shows who noted that.

    Source: IOPC learning, October 2024 (work left with officers who were not there).
    """
    exhibit, newest = common.locked_exhibit(actor, code)
    wanted = Wanted(code, number, "handed", Holder(rule.STAFF, actor.id), when)
    if common.is_repeated(actor, newest, wanted):
        return newest
    if actor.role != SUPERVISOR:
        raise CustodyRefused(
            "Only a supervisor takes an exhibit from a colleague who can’t hand it over. Ask them."
        )
    common.refuse_if_moved(newest, number)
    link = common.add_link(actor, at, exhibit, newest, wanted)
    common.end_offer(actor, at, exhibit)
    return link
