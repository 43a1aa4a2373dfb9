"""One exhibit: its chain with everybody in it, what can be done next by this reader, and what it went through."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.queries.exhibit_corrections import CorrectionSeen, rows_of, shown
from nightdesk.queries.stores import faults_of
from nightdesk.records.chain import case_of, chain_of, ends_astray, is_of_unit, nearness_of, newest_of
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.exhibit_facts import facts_of
from nightdesk.records.exhibits import Custody, Exhibit, HandOver
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import custody as rule
from nightdesk.rules import exhibit as exhibit_rule
from nightdesk.rules import store as store_rule
from nightdesk.rules.access import Reader
from nightdesk.rules.custody import LABORATORY
from nightdesk.rules.exhibit_correction import DESCRIPTION, Facts, may_correct
from nightdesk.rules.terms import SOIT, SUPERVISOR

_EXHIBIT = PreparedRows(
    lambda: Exhibit.objects.select_related("disclosure__station", "taken_by", "vault").filter(
        code=given("code")
    )
)


@dataclass(frozen=True)
class LinkSeen:
    """One link: the act, who or what had it before and has it after (kind, name), who noted it and when."""

    number: int
    what: str
    at: datetime
    before: tuple[str, str]
    after: tuple[str, str]
    seal: str
    noted_by: str
    noted_at: datetime
    late: bool
    offered_by: str  # who gave it, when the hand-over was offered; "" when only one side noted it
    offered_at: datetime | None


@dataclass(frozen=True)
class Offer:
    """A hand-over that waits for its answer."""

    to: str
    by: str
    to_me: bool
    by_me: bool


@dataclass(frozen=True)
class DestructionSeen:
    """What was asked and decided about destroying it."""

    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    allowed: bool | None
    may_decide: bool


@dataclass(frozen=True)
class ExhibitSeen:
    """One exhibit as this reader may see it. `description` is None when they may not read it; opened by `describe`."""

    code: str
    court_ref: str
    kind: str
    reference: str
    taken_at: datetime
    taken_by: str
    entered_at: datetime
    submit_by: datetime | None
    submitted: bool
    links: tuple[LinkSeen, ...]
    breaks: tuple[str, ...]
    acts: tuple[str, ...]
    offer: Offer | None
    destruction: DestructionSeen | None
    held: bool
    faults: tuple[
        tuple[str, str, datetime, datetime | None], ...
    ]  # store, kind, from, until: while it lay there
    may_describe: bool
    may_ask: bool
    may_hold: bool
    known: Facts  # what holds now, without the description
    corrections: tuple[CorrectionSeen, ...]
    may_correct: bool

    @property
    def newest(self) -> LinkSeen:
        """Where it is now."""
        return self.links[-1]


def exhibit(reader: Reader, code: str, now: datetime) -> ExhibitSeen | None:
    """The exhibit, or None when there is none that the reader may know of."""
    found = _found(reader, code)
    if found is None:
        return None
    row, near = found
    links = list(row.custody.select_related("staff", "store", "noted_by").order_by("number"))
    corrected = rows_of(row)
    offer = row.hand_overs.select_related("offered_by", "offered_to").filter(answered_at=None).first()
    held = row.disclosure.holds.filter(lifted_at=None).exists()
    specialist = reader.role in (SOIT, SUPERVISOR)
    ended = links[-1].outside in (rule.DESTROYED, rule.PERSON)
    destruction = _destruction(reader, row, own_unit=near.case_of_my_unit)
    return ExhibitSeen(
        code=row.code, court_ref=row.court_ref, kind=row.kind, reference=row.disclosure.reference, taken_at=row.taken_at,
        taken_by=row.taken_by.name, entered_at=row.entered_at, submit_by=row.submit_by,
        submitted=any(link.outside == LABORATORY for link in links), links=tuple(links_seen(row, links)),
        breaks=(*rule.breaks(chain_of(links)), *ends_astray(links)),
        acts=_acts(reader, links[-1], destruction, held), offer=_offer(reader, offer),
        destruction=destruction, held=held, faults=tuple(faults_met(links, now)),
        may_describe=exhibit_rule.may_read_description(near),
        may_ask=specialist and not ended and not held and (destruction is None or destruction.allowed is False),
        may_hold=reader.role == SUPERVISOR and near.case_of_my_unit, known=facts_of(row, links, corrected),
        corrections=shown(corrected), may_correct=may_correct(near) and links[-1].outside != rule.DESTROYED,
    )  # fmt: skip


def next_acts(reader: Reader, code: str) -> tuple[int, tuple[str, ...]]:
    """The number of the newest link of an exhibit, and the acts that it and this reader's hands allow now: what `exhibit`
    says, and no more. (0, ()) when the reader may not know of it."""
    found = _found(reader, code)
    if found is None:
        return 0, ()
    row, near = found
    newest, held = newest_of(row), row.disclosure.holds.filter(lifted_at=None).exists()
    return newest.number, _acts(
        reader, newest, _destruction(reader, row, own_unit=near.case_of_my_unit), held
    )


def describe(reader: Reader, code: str) -> str:
    """What is written about it; "" when the reader may not read it. Opens the seal: the page journals the reading first."""
    found = _found(reader, code)
    if found is None or not exhibit_rule.may_read_description(found[1]):
        return ""
    return str(found[0].opened("description"))


def earlier_descriptions(reader: Reader, code: str) -> list[str]:
    """What was written about it before it was corrected, newest first, for whoever `describe` answers. Opens seals."""
    found = _found(reader, code)
    if found is None or not exhibit_rule.may_read_description(found[1]):
        return []
    return [row.opened("words") for row in reversed(rows_of(found[0])) if row.fact == DESCRIPTION]


def is_held(reader: Reader, reference: str) -> bool | None:
    """Whether there is a legal hold on a case of the reader's unit; None when there is no such case."""
    told = Disclosure.objects.select_related("station").filter(reference=reference).first()
    if told is None or not is_of_unit(reader, told):
        return None
    return bool(told.holds.filter(lifted_at=None).exists())


def _found(reader: Reader, code: str) -> tuple[Exhibit, exhibit_rule.Nearness] | None:
    row = _EXHIBIT.first(code=code)
    if row is None:
        return None
    near = nearness_of(reader, row, newest_of(row), case_of(row))
    return (row, near) if exhibit_rule.may_see(near) else None


def _acts(
    reader: Reader, newest: Custody, destruction: DestructionSeen | None, held: bool
) -> tuple[str, ...]:
    """The acts that the chain and this reader's hands allow now."""
    if newest.staff is None:
        kind = "store" if newest.store else newest.outside
        return tuple(act for act in rule.acts_from(rule.Holder(kind)) if act == "received")
    if str(newest.staff_id) != reader.id:
        return ("take_over",) if reader.role == SUPERVISOR else ()
    allowed = destruction is not None and destruction.allowed is True and not held
    acts = rule.acts_from(rule.Holder(rule.STAFF))
    return tuple(act for act in acts if act != "destroyed" or allowed)


def links_seen(row: Exhibit, links: list[Custody]) -> list[LinkSeen]:
    """The links, oldest first, each with where it came from and who offered it."""
    offers = {
        offer.number + 1: offer
        for offer in HandOver.objects.filter(exhibit=row, accepted=True).select_related("offered_by")
    }
    seen, before = [], ("", "")
    for link, facts in zip(links, chain_of(links), strict=True):
        after = (facts.holder.kind, link.staff.name if link.staff else link.store.name if link.store else "")
        offer = offers.get(link.number) if link.what == "handed" else None
        seen.append(
            LinkSeen(
                number=link.number, what=link.what, at=link.at, before=before, after=after, seal=link.seal,
                noted_by=link.noted_by.name, noted_at=link.noted_at, late=rule.is_late(facts),
                offered_by=offer.offered_by.name if offer else "", offered_at=offer.offered_at if offer else None,
            )
        )  # fmt: skip
        before = after
    return seen


def _offer(reader: Reader, offer: HandOver | None) -> Offer | None:
    if offer is None:
        return None
    to_me, by_me = (str(staff_id) == reader.id for staff_id in (offer.offered_to_id, offer.offered_by_id))
    return Offer(offer.offered_to.name, offer.offered_by.name, to_me, by_me)


def _destruction(reader: Reader, row: Exhibit, *, own_unit: bool) -> DestructionSeen | None:
    asked = list(row.destructions.select_related("asked_by", "decided_by").order_by("asked_at"))
    if not asked:
        return None
    newest = next((d for d in asked if d.allowed), None) or next(
        (d for d in asked if d.decided_at is None), asked[-1]
    )
    may = exhibit_rule.may_decide(
        role=reader.role, own_unit=own_unit, asked_by_me=str(newest.asked_by_id) == reader.id
    )
    return DestructionSeen(
        reason=newest.reason, asked_by=newest.asked_by.name, asked_at=newest.asked_at,
        decided_by=newest.decided_by.name if newest.decided_by else "", decided_at=newest.decided_at,
        allowed=newest.allowed, may_decide=may and newest.decided_at is None,
    )  # fmt: skip


def faults_met(links: list[Custody], now: datetime) -> list[tuple[str, str, datetime, datetime | None]]:
    """Faults of the stores it lay in, while it lay there."""
    chain = chain_of(links)
    stores = {link.store_id: link.store for link in links if link.store}
    return [
        (store.name, fault.kind, fault.starts_at, fault.ends_at)
        for store in stores.values()
        for fault, _noted_by in faults_of(store, now)
        if store_rule.inside_during(chain, str(store.pk), fault, now)
    ]
