"""A newer edition of the pack, by which rows name codes that are no more: every page about a case still opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from nightdesk.actions.deaths import correct_death, enter_death
from nightdesk.actions.destruction import place_hold
from nightdesk.actions.duties import note_key_event
from nightdesk.actions.flags import note_telling, raise_flag
from nightdesk.actions.referrals import move_referral
from nightdesk.outside.current import pack, packs_in_force
from nightdesk.queries.clock import database_now
from nightdesk.records.duties import Duty
from nightdesk.records.flags import CaseFlag
from nightdesk.records.kits import Kit
from nightdesk.records.particulars import Particular
from nightdesk.records.sharing import SharedPack, ShareRecipient
from nightdesk.rules.access import may_open
from nightdesk.rules.particular_field import given
from tests.actions import contacts, sharing, shield
from tests.actions.closings import ask, look, offer_support, record
from tests.codebase.reading import Address, addresses
from tests.desks.case_rights_room import a_case
from tests.desks.test_case_rights import MEANS
from tests.newer_pack import next_product
from tests.people import Cast, as_reader, signed_in
from tests.records.shared_entries import keep
from tests.records.test_pack_marks import full_case

pytestmark = pytest.mark.once("what a page makes of a code that is no more, it makes of it on both databases")
OF_A_CASE = [
    one
    for one in addresses()
    if one.name and ("reference", "SlugConverter") in [tuple(a) for a in one.arguments]
]
OF_A_DEATH = {name: {"reference": "death"} for name in ("death", "death_correct")}
NOT_REACHED = {"kit_close"}  # which kit stands in its form, and that is empty here
Values = dict[str, list[Any]]


@dataclass(frozen=True)
class Lived:
    """Who looks, and what may stand in an address of each of its two cases."""

    clients: dict[str, Client]  # by the role of whoever sits there
    cases: tuple[Values, ...]

    def paths(self, page: Address) -> Iterator[str]:
        """Every address of a page in both cases."""
        for case in self.cases:
            known = case | {
                name: case[what] for name, what in (MEANS | OF_A_DEATH).get(page.name, {}).items()
            }
            names = [name for name, _ in page.arguments]
            missing = set(names) - set(known)
            assert not missing, f"{page.name} needs {sorted(missing)}: give each case some."
            for values in product(*(known[name] for name in names)):
                yield reverse(page.name, kwargs=dict(zip(names, values, strict=True)))


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lived]:
    """Made once, by the clock that pages go by; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        at = database_now()
        cast, reference = full_case(at)
        opened = a_case(at, cast.sana, cast.priya)
        _went_on(cast, at, opened["reference"])
        _shared(cast, at, reference)
        second = {name: [value] for name, value in opened.items()}
        second["death"] = [_a_death(cast, at)]
        people = (cast.sana, cast.maud, cast.priya, cast.odile)
        clients = {person.role: signed_in(Client(), person) for person in people}
        yield Lived(clients, (_of(reference, second), _of(opened["reference"], second)))
        transaction.set_rollback(True)


def _a_death(cast: Cast, at: datetime) -> str:
    """With every code that one may have, and corrected once; its reference."""
    markers = dict.fromkeys(pack().death_markers.ids(), "yes")
    told = {
        "app": "grindr",
        "drug": "ghb",
        "place_kind": "their_home",
        "delivery": "spiked_drink",
        "markers": markers,
    }
    actor = as_reader(cast.sana)
    row = enter_death(actor=actor, at=at, key=uuid4(), source="coroner", values=told)
    correct_death(actor=actor, at=at, reference=row.reference, seen=1, values=told | {"age": "30"})
    return row.reference


def _went_on(cast: Cast, at: datetime, reference: str) -> None:
    """What a case may hold besides: recorded, agreed, reached, flagged, held, shielded, sent back, asked again."""
    sana, maud = as_reader(cast.sana), as_reader(cast.maud)
    for move in ("arrive", "hand_over"):
        move_referral(actor=sana, at=at, reference=reference, move=move)
    record(cast, at, reference)
    offer_support(cast, at, reference)
    plan = {"ways": given(("phone_call", "text")), "when": given("these"), "hours": given(("Mon-Fri 9-17",))}
    keep(cast.sana, at, reference, "contact_plan", plan)
    row = contacts.begun(cast.sana, at, reference, "text", told=("outside_hours",), reason="They asked.")
    contacts.noted(cast.sana, at, reference, row, "no_answer")
    kind = next(iter(pack().key_events)).id
    note_key_event(actor=sana, at=at, reference=reference, kind=kind, happened_at=at)
    flag = raise_flag(actor=sana, at=at, reference=reference, code="alcohol", words="They said so.")
    note_telling(
        actor=sana, at=at, reference=reference, flag=flag.pk, audience="person", told=True, way="phone"
    )
    place_hold(actor=maud, at=at, reference=reference, reason="appeal")
    shield.entered(cast.sana, at, reference)
    shield.opened(cast.sana, at, reference)
    shield.asked(cast.sana, at, reference)
    ask(cast.sana, at, reference)
    look(cast.maud, at, reference, "sent_back", "Ask them alone.")
    ask(cast.sana, at, reference, seen=1)


def _shared(cast: Cast, at: datetime, reference: str) -> None:
    """With every kind of recipient: answered, decided without consent, offered, a pack made and sent."""
    for kind in sharing.PURPOSE:
        to = sharing.recipient(cast.sana, at, reference, kind)
        if kind != "cps":
            sharing.answer(cast.sana, at, to, sharing.every_group(kind)[:2])
            sharing.decide(cast.maud, at, to, sharing.every_group(kind)[2:3])
            sharing.offer(cast.sana, at, to)
        made = sharing.make(cast.sana, at, to)
        sharing.moved(cast.sana, at, made, "send", 0)


def _of(reference: str, spare: Values) -> Values:
    """What may stand in an address of a case: all that there is of a kind; of what it has none, that of the other."""
    mine: dict[str, Any] = {
        "entry": Particular.objects.filter(case__disclosure__reference=reference).values_list(
            "pk", flat=True
        ),
        "key": Duty.objects.filter(case__disclosure__reference=reference).values_list("pk", flat=True),
        "flag": CaseFlag.objects.filter(disclosure__reference=reference).values_list("pk", flat=True),
        "number": Kit.objects.filter(disclosure__reference=reference).values_list("number", flat=True),
        "sort": ["victim", "witness", "suspect", "object", "place", "event"],
        "ending": ["outcome", "without_crime", "no_referral", "withdrawal", "lost_contact"],
        "code": pack().flags.ids()[:2],
        "recipient": ShareRecipient.objects.filter(case__disclosure__reference=reference).values_list(
            "pk", flat=True
        ),
        "pack": SharedPack.objects.filter(recipient__case__disclosure__reference=reference).values_list(
            "code", flat=True
        ),
    }
    return spare | {name: list(found) for name, found in mine.items() if found} | {"reference": [reference]}


@pytest.mark.parametrize("address", OF_A_CASE, ids=lambda address: address.name)
def test_a_code_that_is_no_more_fails_no_page_of_a_case(lived: Lived, address: Address) -> None:
    """Opened, and sent an empty form, by everybody whom the page is for."""
    wrong, got = [], set()
    clients = [client for role, client in lived.clients.items() if may_open(address.name, role)]
    with packs_in_force(next_product):
        for path, client, method in product(lived.paths(address), clients, ("get", "post")):
            with transaction.atomic():
                try:
                    got.add(getattr(client, method)(path, {}).status_code)
                except Exception as fault:
                    wrong.append(f"{method} {path}: {fault!r}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert got & {200, 302, 409, 422} or address.name in NOT_REACHED, (
        f"No address of {address.name} led to it: {got}"
    )


def test_of_a_kind_that_is_no_more_nothing_new_is_asked_and_what_was_said_is_taken_back(lived: Lived) -> None:
    """The page says so, and offers only what can be done."""
    case, sana = lived.cases[0], lived.clients["soit"]
    rows = ShareRecipient.objects.filter(case__disclosure__reference=case["reference"][0])
    with packs_in_force(next_product), transaction.atomic():
        for kind, known in (("sarc", False), ("isva", True)):
            base = reverse("sharing_with", args=[case["reference"][0], rows.get(kind=kind).pk])
            page = sana.get(base).content.decode()
            assert (f'href="{base}consent/"' in page, f'href="{base}pack/"' in page) == (known, known)
            assert ("does not know this kind of recipient" in page) == (not known)
            assert sana.get(f"{base}consent/").status_code == (200 if known else 404)
            assert sana.post(f"{base}consent/1/withdraw/").status_code == 302
        transaction.set_rollback(True)
