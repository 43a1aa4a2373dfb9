"""What the actions on exhibits share: one exhibit locked for writing, who may act on it, and the next link of its chain."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.chain import case_of, holder_of, link_of, nearness_of, newest_links, newest_of
from nightdesk.records.exhibits import Custody, Exhibit, HandOver, Store
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.records.staff import Staff
from nightdesk.rules import custody as rule
from nightdesk.rules import store as store_rule
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import Act, CustodyRefused, Holder
from nightdesk.rules.exhibit import Nearness, may_see
from nightdesk.rules.pack_exhibits import kind_of

NOT_FOUND = "There is no exhibit with this code that you can work on. Check the code, or ask whoever has it."
LONGEST_SEAL = 30
LONGEST_DESCRIPTION = 2000
OUTSIDE_WORDS = {
    "sarc": "with the SARC", "laboratory": "with the laboratory", "hospital": "with the hospital",
    "court": "with the court", "person": "given back to the person", "destroyed": "destroyed",
}  # fmt: skip
FREE_NAMED = 3  # stores named in a refusal
_LOCKED = PreparedRows(
    lambda: (
        Exhibit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("disclosure__station")
        .filter(code=given("code"))
    )
)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants done: the exhibit, the number of the newest link they saw, the act, to whom or where, when it
    happened (aware UTC; None: now), and the number on the seal, if it was sealed anew."""

    code: str
    number: int
    what: str
    after: Holder
    when: datetime | None = None
    seal: str = ""


def person_of(actor: Reader) -> uuid.UUID:
    """The staff id of the actor. An exhibit is moved by people: Nightdesk itself never has one."""
    found = staff_id(actor)
    if found is None:
        raise CustodyRefused("Only somebody who is signed in moves an exhibit.")
    return found


def locked_exhibit(actor: Reader, code: str) -> tuple[Exhibit, Custody]:
    """The exhibit, locked until the transaction ends, and its newest link. NotFound when the actor may not know of it."""
    found = _LOCKED.first(code=code)
    if found is None:
        raise NotFound(NOT_FOUND)
    newest = newest_of(found)
    if not may_see(nearness(actor, found, newest)):
        raise NotFound(NOT_FOUND)
    return found, newest


def nearness(actor: Reader, exhibit: Exhibit, newest: Custody) -> Nearness:
    """What the actor has to do with the exhibit."""
    return nearness_of(actor, exhibit, newest, case_of(exhibit))


def refuse_long_words(seal: str, description: str) -> None:
    """Raise CustodyRefused for more than is kept."""
    if len(seal) > LONGEST_SEAL:
        raise CustodyRefused(f"The number on a seal has {LONGEST_SEAL} signs at most. Read it again.")
    if len(description) > LONGEST_DESCRIPTION:
        raise CustodyRefused(f"Describe it in {LONGEST_DESCRIPTION} characters at most.")


def is_repeated(actor: Reader, newest: Custody, wanted: Wanted) -> bool:
    """Whether the newest link is this very act, sent again by whoever did it."""
    return (
        newest.number == wanted.number + 1
        and (newest.what, holder_of(newest)) == (wanted.what, wanted.after)
        and newest.noted_by_id == person_of(actor)
    )


def refuse_if_moved(newest: Custody, number: int) -> None:
    """Raise CustodyRefused, naming who did what meanwhile, when `number` is not the newest link any more."""
    if newest.number != number:
        raise CustodyRefused(
            f"{newest.noted_by.name} has moved it meanwhile: {where(newest)}. Look at the exhibit again."
        )


def refuse_if_with_another(actor: Reader, newest: Custody) -> None:
    """Raise CustodyRefused unless the actor has it: nobody gives away what somebody else has."""
    if newest.staff_id == person_of(actor):
        return
    if newest.staff is not None:
        raise CustodyRefused(f"{newest.staff.name} has it. Ask them to hand it to you first.")
    if newest.outside == rule.DESTROYED:
        raise CustodyRefused("This exhibit was destroyed. Nothing can follow.")
    raise CustodyRefused(f"You do not have it: it is {where(newest)}. Take it out, or receive it, first.")


def where(row: Custody) -> str:
    """Where a link says the exhibit is, in words for a refusal."""
    if row.staff is not None:
        return f"with {row.staff.name}"
    return f"in {row.store.name}" if row.store is not None else OUTSIDE_WORDS[row.outside]


def end_offer(actor: Reader, at: datetime, exhibit: Exhibit) -> None:
    """What was being handed to a colleague has gone elsewhere, or to somebody else: the offer is over."""
    offers = HandOver.objects.filter(exhibit=exhibit, answered_at=None)
    offers.update(answered_at=at, answered_by=person_of(actor), accepted=False)


def add_link(
    actor: Reader, at: datetime, exhibit: Exhibit, newest: Custody | None, wanted: Wanted
) -> Custody:
    """Write the next link of the chain, with its journal line. Raises CustodyRefused."""
    before = holder_of(newest) if newest else None
    refuse_long_words(wanted.seal, "")
    act = Act(wanted.what, wanted.when or at, before, wanted.after, wanted.number)
    link = rule.next_link(link_of(newest) if newest else None, act, at)
    kind, holder_id = link.holder.kind, link.holder.id
    if kind == rule.STORE:
        _refuse_if_no_room(exhibit, holder_id)
    with entry(
        "custody_noted", actor=actor, at=at, subject=exhibit.disclosure.reference, exhibit=exhibit.code, what=link.what,
        number=link.number, holder=kind,
    ):  # fmt: skip
        if newest:
            Custody.objects.filter(pk=newest.pk).update(until=link.at)
        return Custody.objects.create(
            exhibit=exhibit, number=link.number, what=link.what, at=link.at, seal=wanted.seal.strip(),
            staff_id=holder_id if kind == rule.STAFF else None, store_id=holder_id if kind == rule.STORE else None,
            outside=kind if kind not in (rule.STAFF, rule.STORE) else "", noted_at=at, noted_by_id=person_of(actor),
        )  # fmt: skip


def _refuse_if_no_room(exhibit: Exhibit, store_id: str) -> None:
    """The store is locked until the transaction ends: two people at once never share its last place."""
    store = Store.objects.select_for_update(no_key=True).get(pk=store_id)
    kind = kind_of(pack(), exhibit.kind)
    fitting = kind.stores if kind else ()
    try:
        store_rule.refuse_if_no_room(_room(store), fitting)
    except CustodyRefused:
        others = Store.objects.filter(station=store.station, closed_at=None, kind__in=fitting).exclude(
            pk=store.pk
        )
        rooms = [room for room in map(_room, others) if not room.broken and room.held < room.capacity]
        store_rule.refuse_if_no_room(_room(store), fitting, [room.name for room in rooms[:FREE_NAMED]])


def _room(store: Store) -> store_rule.Room:
    broken = store.faults.filter(ends_at=None).exclude(kind=store_rule.NO_READINGS).exists()
    return store_rule.Room(
        store.name,
        store.kind,
        store.capacity,
        newest_links().filter(store=store).count(),
        store.closed_at is not None,
        broken,
    )


def colleague(actor: Reader, username: str) -> Staff:
    """The active member of staff an exhibit is given to. Raises CustodyRefused for oneself, or nobody."""
    found = Staff.objects.filter(
        username=username, is_active=True, role__in=("counter", "soit", "supervisor")
    ).first()
    if found is None or str(found.pk) == actor.id:
        raise CustodyRefused("Choose a colleague who takes exhibits, other than yourself.")
    return found
