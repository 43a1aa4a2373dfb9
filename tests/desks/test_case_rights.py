"""Each role × each page of the case room × its own, its unit's and another's case: what it gets, written down page by page.

Built from rules/access.PAGES: a page of desks/caseroom without a row in EXPECTED fails, as does a row without a page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from nightdesk.rules.access import PAGES, may_open
from nightdesk.rules.terms import ROLES
from tests.codebase.reading import addresses
from tests.desks.case_rights_room import a_case
from tests.people import Cast, as_reader, make_cast, signed_in

pytestmark = pytest.mark.once(
    "whose case it is is asked alike on both databases; tests/desks/test_access.py opens every page as every role on both"
)

OPEN: Final = "open"  # the page, or what it did
ASKED: Final = "asked why"  # a reason first, and nothing shown before
NONE: Final = "no such case"
REFUSED: Final = "refused"  # this role has no such page
NO_WAY: Final = "no such method"

OWN, UNIT, OTHER = "own", "unit’s", "other’s"
By = Mapping[str, str]
EVERYBODY: Final[dict[str, str]] = {
    OWN: OPEN,
    UNIT: OPEN,
    OTHER: OPEN,
}  # about no case, or the key is in the address
WHOSE_CASE: Final[dict[str, str]] = {OWN: OPEN, UNIT: OPEN, OTHER: NONE}
NO: Final[By] = {OWN: NO_WAY, UNIT: NO_WAY, OTHER: NO_WAY}
WITH_REASON: Final[By] = {OWN: OPEN, UNIT: OPEN, OTHER: ASKED}
BOTH: Final = (WHOSE_CASE, WHOSE_CASE)
# Its owner, the supervisors of both units, and whoever gave the reason: here everybody of the other unit is one of them.
OPENED: Final[dict[str, str]] = {OWN: OPEN, UNIT: NONE, f"{UNIT} supervisor": OPEN, OTHER: OPEN}

# page → what GET and POST give to a role that the table lets in, by whose the case is
EXPECTED: Final[dict[str, tuple[By, By]]] = {
    "acknowledge": (EVERYBODY, EVERYBODY),
    "cannot": (NO, EVERYBODY),
    "arrived": (NO, EVERYBODY),
    "queue": (EVERYBODY, NO),
    "case": (WITH_REASON, WITH_REASON),
    "timeline": (WHOSE_CASE, NO),
    "away_cases": (EVERYBODY, NO),
    "away_seen": (NO, {OWN: NONE, UNIT: OPEN, OTHER: NONE}),  # a supervisor who is there is not away
    "referral_move": (NO, WHOSE_CASE),
    "duty": (WHOSE_CASE, WHOSE_CASE),
    "key_event": (WHOSE_CASE, WHOSE_CASE),
    "recording": (WHOSE_CASE, WHOSE_CASE),
    "flags": (WHOSE_CASE, NO),
    "flag_raise": (WHOSE_CASE, WHOSE_CASE),
    "flag_decide": (NO, WHOSE_CASE),
    "flag_review": (NO, WHOSE_CASE),
    "flag_told": (NO, WHOSE_CASE),
    "flag_reviews": (EVERYBODY, NO),
    "flag_proposals": (EVERYBODY, NO),
    "look_backs": (EVERYBODY, EVERYBODY),
    # particulars
    "particulars": (WITH_REASON, WITH_REASON),
    "particulars_take": (NO, WHOSE_CASE),
    "particular_new": BOTH,
    "particular": (WHOSE_CASE, NO),
    "particular_correct": BOTH,
    "particular_both": (NO, WHOSE_CASE),
    "particular_link": BOTH,
    "particular_unlink": BOTH,
    "particular_withdraw": BOTH,
    # contact and tasks
    "contact_plan": (WHOSE_CASE, NO),
    "contact_plan_change": BOTH,
    "wishes": (WHOSE_CASE, NO),
    "wishes_change": BOTH,
    "contact_log": (WHOSE_CASE, NO),
    "contact_before": BOTH,
    "contact_earlier": BOTH,
    "contact": BOTH,
    "my_tasks": (EVERYBODY, NO),
    "my_desk": (EVERYBODY, NO),
    "case_tasks": BOTH,
    "task": BOTH,
    # attachments
    "attachments_unit": (EVERYBODY, NO),
    "attachments": (WHOSE_CASE, NO),
    "attachment_add": BOTH,
    "attachment": (WHOSE_CASE, NO),
    "attachment_picture": (WHOSE_CASE, NO),
    "attachment_about": (WHOSE_CASE, NO),
    "attachment_chat": (WHOSE_CASE, NO),
    "attachment_download": (NO, WHOSE_CASE),
    "attachment_withdraw": BOTH,
    # sharing
    "sharing": BOTH,
    "sharing_with": (WHOSE_CASE, NO),
    "consent": BOTH,
    "consent_withdraw": (NO, WHOSE_CASE),
    "without_consent": BOTH,
    "passing_on": BOTH,
    "passing_on_move": (NO, WHOSE_CASE),
    "pack_preview": BOTH,
    "shared_pack": (WHOSE_CASE, NO),
    "shared_pack_move": (NO, WHOSE_CASE),
    "shared_pack_file": (NO, WHOSE_CASE),
    "consent_sheet": (WHOSE_CASE, NO),
    # how it ends
    "closings": (EVERYBODY, NO),
    "closing": (WHOSE_CASE, NO),
    "closing_ask": BOTH,
    "closing_look": (NO, WHOSE_CASE),
    "closing_take_back": (NO, WHOSE_CASE),
    "case_investigate": (NO, WHOSE_CASE),
    "case_reopen": (NO, WHOSE_CASE),
    "outcome_correct": BOTH,
    "related_offences": BOTH,
    "related_offence_end": (NO, WHOSE_CASE),
    # search and openings
    "case_search": (EVERYBODY, EVERYBODY),
    "my_openings": (EVERYBODY, EVERYBODY),
    "openings_watch": (EVERYBODY, NO),
    "case_openings": (OPENED, NO),
    "opening_move": (NO, OPENED),
    # of other desks, about a case
    "offer_case": (WHOSE_CASE, WHOSE_CASE),
    "take_back": (NO, WHOSE_CASE | {f"{UNIT} soit": NONE}),  # who does not have it gives nothing away
    "shield": (WHOSE_CASE, NO),
}
# What is posted where an empty form is refused before anybody looks whose case it is.
SENT: Final = {"away_seen": {"what": "stays"}}
# page → argument of its address → what of a case stands there, where the name of the argument does not say it
MEANS: Final[dict[str, dict[str, str]]] = {
    **{page: {"key": "entry"} for page in PAGES if page.startswith("particular")},
    "particular_unlink": {"key": "link"},
    "contact": {"key": "contact"},
    "task": {"key": "task"},
    **{page: {"code": "pack"} for page in PAGES if page.startswith("shared_pack")},
}
ALSO: Final = {"offer_case", "take_back", "shield"}
ADDRESSES: Final = {address.name: address for address in addresses()}


def of_the_case_room(resolver: Any) -> Iterator[str]:
    """The names of all pages whose view lies in desks/caseroom."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from of_the_case_room(pattern)
        elif getattr(pattern.callback, "__module__", "").startswith("nightdesk.desks.caseroom"):
            yield str(pattern.name)


@dataclass
class Room:
    """The force, a supervisor of unit B, and a case of each of four people with all that an address can name."""

    cast: Cast
    vic: Any
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)

    def relation(self, person: Any, owner: str) -> str:
        """Whose the case of `owner` is, seen from `person`."""
        if person.username == owner:
            return OWN
        has = self.vic if owner == "vic" else getattr(self.cast, owner)
        return UNIT if person.unit_id and person.unit_id == has.unit_id else OTHER

    def got(self, page: str, person: Any, owner: str, method: str) -> str:
        """What `person` gets on this page of the case of `owner`; taken back at once."""
        case = self.cases[owner] | {
            name: self.cases[owner][what] for name, what in MEANS.get(page, {}).items()
        }
        missing = {name for name, _ in ADDRESSES[page].arguments} - set(case)
        assert not missing, f"{page} needs {sorted(missing)}: give each case one in `a_case`."
        named = {name: case[name] for name, _ in ADDRESSES[page].arguments}
        with transaction.atomic():
            client = signed_in(Client(), person)
            sent = SENT.get(page) if method == "post" else None
            answer = getattr(client, method)(reverse(page, kwargs=named), sent)
            transaction.set_rollback(True)
        if b"Why do you open this case?" in answer.content:
            return ASKED
        by_status = {200: OPEN, 302: OPEN, 409: OPEN, 422: OPEN, 403: REFUSED, 404: NONE, 405: NO_WAY}
        return by_status.get(answer.status_code, f"status {answer.status_code}")


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    """Made once, by the machine's own clock, as pages go by the database's; taken back at the end."""
    from nightdesk.actions.rota_changes import note_absence
    from nightdesk.actions.staff import add_staff
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM

    with django_db_blocker.unblock(), transaction.atomic():
        at = database_now()
        cast = make_cast(at)
        vic = add_staff(actor=SYSTEM, at=at, username="vic", name="Vic", role="supervisor", unit=cast.unit_b)
        made = Room(cast, vic)
        for owner, taker in (
            (cast.sana, cast.priya),
            (cast.rae, cast.priya),
            (cast.kofi, cast.tom),
            (vic, cast.tom),
        ):
            made.cases[owner.username] = a_case(at, owner, taker)
        for staff in (cast.sana, cast.rae, cast.kofi):
            times = {"starts_at": at - timedelta(hours=1), "ends_at": at + timedelta(days=2)}
            note_absence(actor=SYSTEM, at=at, staff=staff, kind="leave", **times)
        yield made
        transaction.set_rollback(True)


def test_every_page_of_the_case_room_has_a_row_and_every_row_a_page() -> None:
    """A new page: write in EXPECTED what it gives to whom."""
    there = set(of_the_case_room(get_resolver())) | ALSO
    assert there <= set(PAGES), sorted(there - set(PAGES))
    assert not (missing := there - set(EXPECTED)), f"Write in EXPECTED who gets what of {sorted(missing)}."
    assert not (spare := set(EXPECTED) - there), f"No such page of the case room: {sorted(spare)}."


@pytest.mark.parametrize("name", EXPECTED)
def test_who_works_cases_gets_their_own_and_their_units(room: Room, name: str) -> None:
    """Specialists and supervisors of both units, on a case that is theirs, their unit's, another's."""
    wrong = []
    for person in (room.cast.sana, room.cast.kofi, room.cast.maud, room.vic):
        for owner in room.cases:
            relation = room.relation(person, owner)
            for method, expected in zip(("get", "post"), EXPECTED[name], strict=True):
                here = expected.get(f"{relation} {person.role}", expected[relation])
                wanted = here if may_open(name, person.role) or here == NO_WAY else REFUSED
                if (got := room.got(name, person, owner, method)) != wanted:
                    wrong.append(
                        f"{method} by {person.username}, {relation} ({owner}’s): {got}, expected {wanted}"
                    )
    assert not wrong, f"{name}: " + "; ".join(wrong)


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_else_is_refused_unless_the_page_is_anybodys(room: Room, name: str) -> None:
    """All other roles, the outsider among them; also whoever took the disclosure."""
    wrong = []
    others = [person for person in room.cast.staff().values() if person.role not in ("soit", "supervisor")]
    assert {person.role for person in others} == set(ROLES) - {"soit", "supervisor"}
    for person in others:
        for method, expected in zip(("get", "post"), EXPECTED[name], strict=True):
            relation = room.relation(person, "sana")
            allowed = "anyone" in PAGES[name] or expected[relation] == NO_WAY
            wanted = expected[relation] if allowed else _of_another_role(name, person.role)
            if (got := room.got(name, person, "sana", method)) != wanted:
                wrong.append(f"{method} by {person.username} ({person.role}): {got}, expected {wanted}")
    assert not wrong, f"{name}: " + "; ".join(wrong)


def _of_another_role(page: str, role: str) -> str:
    """The auditor sees that there is a shield and who opened it, and who opens and searches much; a commander has a desk.

    Nobody else has a page.
    """
    own = (("shield", "auditor"), ("openings_watch", "auditor"), ("my_desk", "commander"))
    return OPEN if (page, role) in own else REFUSED


def test_the_table_is_asked_about_the_right_people(room: Room) -> None:
    """The tester is tested: each relation occurs, and a page that lets everybody in would be found."""
    relations = {
        room.relation(person, owner)
        for person in (room.cast.sana, room.cast.kofi, room.cast.maud, room.vic)
        for owner in room.cases
    }
    assert relations == {OWN, UNIT, OTHER}
    assert as_reader(room.cast.alex).unit == ""
    assert room.got("queue", room.cast.alex, "sana", "get") != EXPECTED["queue"][0][OTHER]
