"""Entering an exhibit: its code, its court reference, by when it is submitted, and the first link of its chain."""

from datetime import datetime

from nightdesk.actions import _exhibits as common
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import NO_DISCLOSURE, locked_disclosure
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.codes import new_exhibit_code
from nightdesk.outside.current import pack
from nightdesk.records.chain import may_enter
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibits import Exhibit
from nightdesk.records.kits import Kit
from nightdesk.records.sealed import Vault
from nightdesk.records.staff import Staff
from nightdesk.rules import custody, exhibit
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import CustodyRefused, Holder
from nightdesk.rules.pack_exhibits import kind_of


@together
def enter_exhibit(
    *,
    actor: Reader,
    at: datetime,
    reference: str,
    kind: str,
    taken_at: datetime,
    description: str,
    kit: Kit | None = None,
    seal: str = "",
    code: str = "",
    taken_where: str = "",
) -> Exhibit:
    """Enter an exhibit of a disclosure; the actor has it from `taken_at` on.

    `kind`: an exhibit kind of the pack, or the specimen that it is. `code`: made by the page before, so that sending the
    form twice enters it once. `taken_where`: "sarc" or "hospital" when it was taken there; the actor has it from `at` on.
    Raises CustodyRefused, and NotFound for a disclosure that the actor has nothing to do with.
    """
    disclosure = locked_disclosure(reference)
    if not may_enter(actor, disclosure):
        raise NotFound(NO_DISCLOSURE)
    if code and (found := Exhibit.objects.filter(code=code, disclosure=disclosure).first()):
        return found
    chosen = kind_of(pack(), kind)
    if chosen is None:
        raise CustodyRefused("Choose what kind of exhibit it is.")
    exhibit.refuse_if_long_ago(taken_at, at)
    common.refuse_long_words(seal, description)
    row = _row(actor, at, disclosure, code or new_exhibit_code(), taken_at)
    row.kit, row.kind, row.description = kit, kind, description
    row.submit_by = exhibit.submit_by(taken_at, chosen.submit_days)
    with entry("exhibit_entered", actor=actor, at=at, subject=reference, exhibit=row.code, what=kind):
        row.vault.save(force_insert=True)
        row.save(force_insert=True)
    _first_links(actor, at, row, seal, taken_where)
    return row


def _row(actor: Reader, at: datetime, disclosure: Disclosure, code: str, taken_at: datetime) -> Exhibit:
    """The row, not saved yet: numbered after what the disclosure has; the disclosure is locked."""
    taken_by = Staff.objects.get(pk=common.person_of(actor))
    refs = disclosure.exhibits.values_list("court_ref", flat=True)
    return Exhibit(
        disclosure=disclosure, vault=Vault.new(at=at), code=code, taken_at=taken_at, taken_by=taken_by, entered_at=at,
        court_ref=exhibit.next_court_ref(taken_by.name, refs),
    )  # fmt: skip


def _first_links(actor: Reader, at: datetime, row: Exhibit, seal: str, taken_where: str) -> None:
    """Taken by the actor; or taken elsewhere, and received from there."""
    me = Holder(custody.STAFF, actor.id)
    first = Holder(taken_where) if taken_where else me
    wanted = common.Wanted(row.code, 0, custody.TAKEN, first, row.taken_at, seal)
    link = common.add_link(actor, at, row, None, wanted)
    if taken_where:
        common.add_link(actor, at, row, link, common.Wanted(row.code, 1, "received", me))
