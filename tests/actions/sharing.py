"""Recipients, answers, passings on and packs by the actions that pages call, with as little as a test is about."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from pypdf import PdfReader

from nightdesk.actions.consents import (
    Asked,
    add_recipient,
    answer_consent,
    share_without_consent,
    withdraw_consent,
)
from nightdesk.actions.passings_on import move_passing_on, offer_recipient
from nightdesk.actions.shared_packs import Wanted, give_out_pack, make_pack, move_pack
from nightdesk.outside.current import pack
from nightdesk.queries import sharing as queries
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sharing import Consent, PassingOn, SharedPack, ShareRecipient, WithoutConsent
from nightdesk.rules.basics import Basics
from nightdesk.rules.sharing import groups_for
from tests.people import as_reader
from tests.records.taking import take

DAY = timedelta(days=1)
SERVICE = {"sarc": "havens", "partner": "galop"}
PURPOSE = {"sarc": "examination", "isva": "support", "partner": "support", "cps": "charging"}


def case_of(cast: Any, at: datetime) -> Disclosure:
    """A case of unit A in which a name, a phone and a place are known."""
    known = {"call_me": "Jo", "contact_phone": "07700 900123", "where_words": "His flat", "interpreter": "pl"}
    return take(cast, at, Basics(what="raped", danger_now="no", **known))  # type: ignore[arg-type]


def recipient(
    staff: Any, at: datetime, reference: str, kind: str = "isva", name: str = "Harbour ISVAs"
) -> ShareRecipient:
    """Somebody of this kind: a service of the directory, or one by its name."""
    service = SERVICE.get(kind, "")
    return add_recipient(
        actor=as_reader(staff),
        at=at,
        reference=reference,
        kind=kind,
        service=service,
        name="" if service else name,
    )


def asked(kind: str, at: datetime, yes: Any = (), no: Any = (), **more: Any) -> Asked:
    """An answer in person, for the usual purpose, of thirty days."""
    given: dict[str, Any] = {
        "key": uuid4(), "yes": frozenset(yes), "no": frozenset(no), "purposes": frozenset({PURPOSE[kind]}),
        "way": "in_person", "answered_at": at, "until_at": at + 30 * DAY, "words": "Yes, they can ring me.",
    }  # fmt: skip
    return Asked(**(given | more))


def answer(staff: Any, at: datetime, to: ShareRecipient, yes: Any = (), no: Any = (), **more: Any) -> Consent:
    """The person answers about a recipient."""
    return answer_consent(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference, recipient=to.pk,
        asked=asked(to.kind, at, yes, no, **more),
    )  # fmt: skip


def withdraw(staff: Any, at: datetime, to: ShareRecipient, number: int = 1, words: str = "") -> Consent:
    """They take it back."""
    return withdraw_consent(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference, recipient=to.pk, number=number, words=words
    )  # fmt: skip


def decide(
    staff: Any, at: datetime, to: ShareRecipient, groups: Any, reason: str = "He waits outside.", **more: Any
) -> WithoutConsent:
    """A supervisor decides without consent."""
    given: dict[str, Any] = {"key": uuid4(), "ground": "danger_to_life", "person_told": False}
    return share_without_consent(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference, recipient=to.pk, groups=frozenset(groups),
        reason=reason, **(given | more),
    )  # fmt: skip


def offer(staff: Any, at: datetime, to: ShareRecipient, said: str = "accepted", **more: Any) -> PassingOn:
    """The person is offered the recipient."""
    return offer_recipient(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference, recipient=to.pk, answer=said,
        **({"key": uuid4()} | more),
    )  # fmt: skip


def step(staff: Any, at: datetime, to: ShareRecipient, move: str, seen: int, **more: Any) -> PassingOn:
    """The next step of its passing on."""
    return move_passing_on(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference, recipient=to.pk, move=move, seen=seen, **more
    )  # fmt: skip


def wanted(staff: Any, at: datetime, to: ShareRecipient, groups: Any = None, **more: Any) -> Wanted:
    """A pack of everything that goes, as the preview of this moment shows it."""
    purpose = more.pop("purpose", PURPOSE[to.kind])
    seen = queries.preview(as_reader(staff), to.case.disclosure.reference, to.pk, purpose, at)
    assert seen is not None
    going = {fate.field.group for fate in seen.found if fate.goes and fate.field.id in seen.values}
    return Wanted(
        more.pop("key", uuid4()), to.pk, purpose, frozenset(going if groups is None else groups), more.pop("seen", seen.seen)
    )  # fmt: skip


def make(staff: Any, at: datetime, to: ShareRecipient, groups: Any = None, **more: Any) -> SharedPack:
    """Make it."""
    return make_pack(
        actor=as_reader(staff), at=at, reference=to.case.disclosure.reference,
        wanted=wanted(staff, at, to, groups, **more),
    )  # fmt: skip


def file_of(staff: Any, at: datetime, made: SharedPack) -> bytes:
    """The file as somebody takes it."""
    reference = made.recipient.case.disclosure.reference
    return give_out_pack(actor=as_reader(staff), at=at, reference=reference, code=made.code)


def moved(staff: Any, at: datetime, made: SharedPack, move: str, seen: int, **more: Any) -> SharedPack:
    """One step of a pack."""
    way: dict[str, Any] = (
        {"way": "secure_mail", "address": "isva@harbour.example"} if move in ("send", "ask_to_delete") else {}
    )
    return move_pack(
        actor=as_reader(staff), at=at, reference=made.recipient.case.disclosure.reference, code=made.code, move=move,
        seen=seen, **(way | more),
    )  # fmt: skip


def text_of(file: bytes) -> str:
    """What can be read in a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split())


def every_group(kind: str) -> tuple[str, ...]:
    """All that a recipient of this kind may ever be given."""
    return groups_for(pack().share_fields, kind)
