"""Entries, wishes and an ending of a case, each part of them with a mark of the field of a pack that it stands in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from nightdesk.actions.particular_links import link_particulars, take_back_link
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.actions.related_offences import add_related_offence, end_related_offence
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.closings import CaseOutcome, Closing
from nightdesk.records.particulars import ParticularLink
from nightdesk.records.staff import Staff
from nightdesk.rules.particular_field import OPINION, RECORD, SEEN, TOLD, Answer, given
from nightdesk.rules.related_offence import Added
from tests.people import as_reader

# field → a mark in what it says; the other fields are codes
MARKS = {
    "wish_with_them": "WISHWITH", "wish_may_be_told": "WISHTOLD", "wish_not_wanted": "WISHNOT", "wish_wishes": "WISHELSE",
    "entry_victims": "ENTVICTIM", "entry_victims_contact": "07700 900321", "entry_witnesses": "ENTWITNESS",
    "entry_witnesses_contact": "entwitness@example.test", "entry_suspects": "ENTSUSPECT", "entry_objects": "ENTOBJECT",
    "entry_places": "ENTPLACE", "entry_places_lived": "ENTHOME", "entry_events": "ENTEVENT", "entry_event_notes": "ENTNOTE",
    "entry_opinions": "ENTOPINION", "entry_links": "Used in", "case_state": "Closed. It can be opened again",
    "case_outcome": "Somebody was charged", "further_offences": "ENT/26",
}  # fmt: skip
# withdrawn, corrected, taken back, or words of staff about their own work
NOWHERE = ("ENTGONE", "ENTOLD", "Owns or has", "ENTWHY", "ENTGROUNDS", "ENTLIVEDOPINION", "ENTREACHOPINION")


def keep(staff: Any, at: datetime, reference: str, kind: str, values: dict[str, Answer], **more: Any) -> UUID:
    """One entry: its key."""
    key = more.pop("key", uuid4())
    given_ = {"seen": 0, "why": "", "role": ""} | more
    keep_particular(
        actor=as_reader(staff), at=at, reference=reference, kind=kind, key=key, values=values, **given_
    )
    return key  # type: ignore[no-any-return]


def entered_and_ended(staff: Any, at: datetime, reference: str) -> None:
    """Every field of a pack that entries, wishes and endings fill, and what must be nowhere."""
    _things(staff, at, reference, _people(staff, at, reference))
    keep(
        staff, at, reference, "wishes",
        {
            "police": given("not_now"), "with_them": given("WISHWITH"), "officer_sex": given("woman"),
            "community": given("yes"), "may_be_told": given("WISHTOLD"), "not_wanted": given("WISHNOT"),
            "wishes": given("WISHELSE"),
        },
    )  # fmt: skip
    _offences(staff, at, reference)
    _closed(staff, at, reference)


def _people(staff: Any, at: datetime, reference: str) -> UUID:
    told = {
        "call": given("ENTVICTIM", TOLD), "phone": given("07700 900321", TOLD),
        "address": given("ENTREACHOPINION", OPINION),
    }  # fmt: skip
    keep(staff, at, reference, "person", told, role="victim")
    seen = {"call": given("ENTWITNESS", SEEN), "email": given("entwitness@example.test", TOLD)}
    keep(staff, at, reference, "person", seen, role="witness")
    for number in range(3):
        key, before = uuid4(), {"call": given(f"ENTOLD {number}", TOLD)}
        keep(staff, at, reference, "person", before, role="suspect", key=key)
        now = {"call": given(f"ENTSUSPECT {number}", TOLD), "looks": given("ENTOPINION", OPINION)}
        keep(staff, at, reference, "person", now, role="suspect", key=key, seen=1, why="ENTWHY")
    gone = keep(staff, at, reference, "person", {"call": given("ENTGONE", TOLD)}, role="suspect")
    withdraw_particular(actor=as_reader(staff), at=at, reference=reference, key=gone, seen=1, why="ENTWHY")
    return key


def _things(staff: Any, at: datetime, reference: str, owner: UUID) -> None:
    glass = keep(staff, at, reference, "object", {"what": given("ENTOBJECT", RECORD)})
    keep(staff, at, reference, "place", {"venue": given("ENTPLACE", TOLD), "use": given("happened", TOLD)})
    home = {
        "address": given("ENTHOME", TOLD),
        "use": given("lives", TOLD),
        "notes": given("ENTLIVEDOPINION", OPINION),
    }
    keep(staff, at, reference, "place", home)
    event = {
        "what": given("ENTEVENT", TOLD), "happened": given((at.isoformat(), ""), TOLD), "notes": given("ENTNOTE", SEEN),
    }  # fmt: skip
    key = keep(staff, at, reference, "event", event)
    link(staff, at, reference, "used_in", glass, key)
    link(staff, at, reference, "owns", owner, glass)
    take_back_link(
        actor=as_reader(staff),
        at=at,
        reference=reference,
        key=ParticularLink.objects.get(kind="owns").pk,
        why="ENTWHY",
    )


def link(staff: Any, at: datetime, reference: str, kind: str, one: UUID, other: UUID) -> None:
    """Two entries belong together."""
    link_particulars(
        actor=as_reader(staff), at=at, reference=reference, kind=kind, one=one, other=other, basis=TOLD
    )


def _offences(staff: Any, at: datetime, reference: str) -> None:
    """Two further offences, one of them by mistake."""
    sana = as_reader(staff)
    for number, called in enumerate(("ENT/26", "ENTGONE/26")):
        added = Added(list(pack().related_classes)[number].id, "ENTWHY", called)
        add_related_offence(actor=sana, at=at, reference=reference, added=added, suggested=False, seen=number)
    end_related_offence(actor=sana, at=at, reference=reference, number=2, why="ENTWHY")


def _closed(staff: Any, at: datetime, reference: str) -> None:
    """Closed with an outcome: the rows as the closing leaves them."""
    case = Case.objects.get(disclosure__reference=reference)
    staff = Staff.objects.get(pk=as_reader(staff).id)
    vault = case.disclosure.vault
    closing = Closing.objects.create(
        case=case, vault=vault, number=1, ending="outcome", outcome="charged", asked_at=at, asked_by=staff, words="ENTWHY",
        said_to="ENTWHY", present_who="ENTWHY", grounds="ENTGROUNDS", tries_where="ENTWHY",
    )  # fmt: skip
    CaseOutcome.objects.create(
        closing=closing, vault=vault, number=1, outcome="charged", at=at, by=staff, grounds="ENTGROUNDS"
    )
    Case.objects.filter(pk=case.pk).update(state="closed")
