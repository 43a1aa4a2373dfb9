"""A case with everything that can stand in an address of the case room, for the table of who gets what."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4


def a_case(at: datetime, owner: Any, taker: Any) -> dict[str, Any]:
    """A case that `owner` has, and everything that stands in an address of it."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.records.flags import CaseFlag
    from nightdesk.records.referrals import Page
    from tests.actions.flags import told

    row = told(None, at, by=taker)
    page = Page.objects.create(
        referral=row.referral,
        step=90,
        layer="soit",
        staff=owner,
        told_at=at,
        token=f"key-of-{owner.username}",
    )
    acknowledge_page(at=at, token=page.token)
    proposed = CaseFlag.objects.filter(disclosure=row, state="proposed").first()
    assert proposed is not None
    return {
        "reference": row.reference, "token": page.token, "key": row.case.duties.get(kind="sarc_offered").pk,
        "flag": proposed.pk, "code": "drug_facilitated_suspected", **_filed(at, owner, row.reference),
        **_shared(at, owner, row.reference),
    }  # fmt: skip


def _filed(at: datetime, owner: Any, reference: str) -> dict[str, Any]:
    """Two entries and their link, a contact, a task, an attachment, an opening by somebody of another unit."""
    from nightdesk.actions.particular_links import link_particulars
    from nightdesk.actions.particulars import keep_particular
    from nightdesk.rules.particular_field import TOLD, given
    from tests.actions.attachments import attach
    from tests.actions.contacts import begun
    from tests.actions.test_tasks import made
    from tests.people import as_reader

    act: dict[str, Any] = {"actor": as_reader(owner), "at": at, "reference": reference}
    suspect, bottle = uuid4(), uuid4()
    for key, kind, role, name in ((suspect, "person", "suspect", "call"), (bottle, "object", "", "what")):
        keep_particular(**act, key=key, kind=kind, role=role, seen=0, values={name: given("Jay", TOLD)})
    link = link_particulars(**act, kind="used", one=suspect, other=bottle, basis=TOLD)
    attach(owner, at, to=reference, name="one.jpg")
    told = ("nothing_agreed", "way_not_agreed")
    contact = begun(owner, at, reference, "phone_call", told=told, reason="They asked for it")
    return {
        "entry": suspect, "link": link.pk, "sort": "suspect", "which": 1, "contact": contact.pk,
        "task": made(owner, at, reference).pk, "ending": "outcome", "offence": 1, "move": "ask",
        "opening": _opened(at, owner, reference),
    }  # fmt: skip


def _opened(at: datetime, owner: Any, reference: str) -> Any:
    """Somebody of the other unit gave a reason."""
    from nightdesk.actions.openings import give_reason
    from nightdesk.records.staff import Staff
    from tests.people import as_reader

    others = Staff.objects.exclude(unit=owner.unit).filter(role="soit", unit__isnull=False)
    other = others.order_by("-username").first()  # Sana or Kofi: they are asked about in the table
    row = give_reason(
        actor=as_reader(other), at=at, reference=reference, reason="covering", words="On call tonight"
    )
    row.until_at = at + timedelta(microseconds=1)  # over at once: the table asks who is asked why
    row.save(update_fields=["until_at"])
    return row.pk


def _shared(at: datetime, owner: Any, reference: str) -> dict[str, Any]:
    """Somebody it may be shared with, their yes, passed on, with a pack; and a further offence."""
    from nightdesk.actions.related_offences import add_related_offence
    from nightdesk.outside.current import pack
    from nightdesk.rules.related_offence import Added
    from tests.actions import sharing
    from tests.people import as_reader

    to = sharing.recipient(owner, at, reference, "sarc", "")
    sharing.answer(owner, at, to, sharing.every_group("sarc"))
    sharing.offer(owner, at, to)
    made = sharing.make(owner, at, to)
    added = Added(offence_class=next(iter(pack().related_classes.ids())), why="They said so")
    add_related_offence(
        actor=as_reader(owner), at=at, reference=reference, added=added, suggested=False, seen=0
    )
    return {"recipient": to.pk, "answer": 1, "pack": made.code}
