"""Page × role: who may open what. A page that has no row here cannot be served (tested both ways)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nightdesk.rules.access_across import ACROSS_CASES
from nightdesk.rules.access_attachments import ATTACHMENT_PAGES
from nightdesk.rules.access_closing import CLOSING
from nightdesk.rules.access_contact import CONTACT
from nightdesk.rules.access_deaths import DEATHS
from nightdesk.rules.access_particulars import PARTICULARS
from nightdesk.rules.access_rota import ROTA
from nightdesk.rules.access_series import SERIES
from nightdesk.rules.access_sharing import SHARING_PAGES
from nightdesk.rules.terms import (
    ADMIN,
    ANYONE,
    AUDITOR,
    COMMANDER,
    COUNTER,
    SOIT,
    STAFF,
    SUPERVISOR,
    WORKS_CASES,
)

TAKES_DISCLOSURES: Final = frozenset({COUNTER, SOIT, SUPERVISOR})

PAGES: Final[Mapping[str, frozenset[str]]] = {
    # entrance
    "front_door": ANYONE,
    "health": ANYONE,
    "sign_in": ANYONE,
    "sign_out": ANYONE,
    "set_theme": ANYONE,
    "set_language": ANYONE,
    "second_factor": ANYONE,  # between password and desk: whoever is there is not signed in yet
    "second_factor_set_up": ANYONE,
    "blank_screen": ANYONE,  # an empty page; locks the desk of whoever is signed in
    "locked": ANYONE,  # a locked desk is nobody's until it is unlocked
    "home": STAFF,
    "held_words": STAFF,
    "set_pin": STAFF,
    "still_here": STAFF,
    # counter
    "counter": TAKES_DISCLOSURES,
    "counter_form": TAKES_DISCLOSURES,
    "counter_save": TAKES_DISCLOSURES,
    "counter_resume": TAKES_DISCLOSURES,
    "disclosure": TAKES_DISCLOSURES,
    "disclosure_live": TAKES_DISCLOSURES,
    "override": TAKES_DISCLOSURES,
    "person_left": TAKES_DISCLOSURES,
    # caseroom
    "acknowledge": ANYONE,  # the link in the page is the key: it shows station, reference and urgency, nothing more
    "cannot": ANYONE,  # the same key
    "arrived": ANYONE,  # the same key
    "queue": WORKS_CASES,
    "case": WORKS_CASES,
    "referral_move": WORKS_CASES,
    "duty": WORKS_CASES,
    "key_event": WORKS_CASES,
    "recording": WORKS_CASES,
    **CONTACT,
    **PARTICULARS,
    **ACROSS_CASES,
    **CLOSING,  # caseroom: how a case ends
    # caseroom: flags (whose: rules/flag.py, may_work_on)
    "flags": WORKS_CASES,
    "flag_raise": WORKS_CASES,
    "flag_decide": WORKS_CASES,
    "flag_review": WORKS_CASES,
    "flag_told": WORKS_CASES,
    "flag_reviews": WORKS_CASES,
    "flag_proposals": WORKS_CASES,
    "look_backs": frozenset({SUPERVISOR}),
    **SHARING_PAGES,  # caseroom: consent, passing on, hand-over packs
    **ATTACHMENT_PAGES,
    **ROTA,
    # paging: how somebody is told
    "my_ways": STAFF,
    "way_test": STAFF,
    "way_confirm": STAFF,
    "way_first": STAFF,
    "way_withdraw": STAFF,
    "way_secret": STAFF,
    "unit_ways": frozenset({SUPERVISOR}),
    "call_outs": STAFF,
    "call_outs_live": STAFF,
    "call_outs_shown": STAFF,
    "page_history": TAKES_DISCLOSURES | {AUDITOR},
    "offer_case": WORKS_CASES,
    "take_back": WORKS_CASES,
    "case_loads": frozenset({SUPERVISOR}),
    "reassign": frozenset({SUPERVISOR}),
    # evidence: the clock
    "clock": TAKES_DISCLOSURES,
    "clock_live": TAKES_DISCLOSURES,
    "clock_known": TAKES_DISCLOSURES,
    "clock_anew": TAKES_DISCLOSURES,
    "card": TAKES_DISCLOSURES,
    "card_pdf": TAKES_DISCLOSURES,
    # evidence: kits
    "kit": TAKES_DISCLOSURES,
    "kit_open": TAKES_DISCLOSURES,
    "kit_step": TAKES_DISCLOSURES,
    "kit_close": TAKES_DISCLOSURES,
    "kit_card": TAKES_DISCLOSURES,
    "kit_card_pdf": TAKES_DISCLOSURES,
    "track_kit": ANYONE,  # number and words of the card together are the key: it shows a place in safe words
    # evidence: exhibits and stores (which exhibits: rules/exhibit.py, may_see and may_read_description)
    "exhibits": TAKES_DISCLOSURES,
    "exhibits_csv": TAKES_DISCLOSURES,
    "exhibit_scan": TAKES_DISCLOSURES,
    "exhibits_put": TAKES_DISCLOSURES,
    "exhibit_new": TAKES_DISCLOSURES,
    "exhibit": TAKES_DISCLOSURES,
    "exhibit_act": TAKES_DISCLOSURES,
    "exhibit_correct": TAKES_DISCLOSURES,
    "exhibit_offer": TAKES_DISCLOSURES,
    "exhibit_continuity": TAKES_DISCLOSURES,
    "exhibit_labels": TAKES_DISCLOSURES,
    "exhibit_destruction": WORKS_CASES,
    "exhibit_hold": frozenset({SUPERVISOR}),
    "destructions": frozenset({SUPERVISOR}),
    "stores": TAKES_DISCLOSURES,
    "store": TAKES_DISCLOSURES,
    "store_history": TAKES_DISCLOSURES,
    "store_fault": TAKES_DISCLOSURES,
    "store_readings": TAKES_DISCLOSURES,
    "store_new": frozenset({SUPERVISOR}),
    "store_change": frozenset({SUPERVISOR}),
    # the shield (what each reader sees of it: rules/shield.py, rules/interest.py, rules/turned_away.py)
    "shield_enter": TAKES_DISCLOSURES,
    "shield_desk": TAKES_DISCLOSURES,
    "shield_card": TAKES_DISCLOSURES,
    "shield": WORKS_CASES | {AUDITOR},  # that it exists and who opened it, never what it says
    "shield_open": frozenset({SOIT}),
    "shield_medical": frozenset({SOIT}),
    "interest_ask": WORKS_CASES | {COMMANDER},
    "interests": WORKS_CASES | {COMMANDER, AUDITOR},
    "interest": WORKS_CASES | {COMMANDER, AUDITOR},
    "interest_read": WORKS_CASES | {COMMANDER},
    "interest_move": WORKS_CASES | {COMMANDER},
    "shield_figures": frozenset({SUPERVISOR, COMMANDER, AUDITOR}),
    "turned_away": ANYONE,  # nobody signs in to say that they were turned away; it shows a receipt number, nothing more
    "turned_away_enter": TAKES_DISCLOSURES | {COMMANDER},
    "turned_away_queue": frozenset({SUPERVISOR, COMMANDER}),
    "turned_away_report": frozenset({SUPERVISOR, COMMANDER}),
    "turned_away_move": frozenset({SUPERVISOR, COMMANDER}),
    "turned_away_link": frozenset({SUPERVISOR, COMMANDER}),
    **SERIES,
    **DEATHS,  # unexplained deaths, exploring, fairness
    # oversight
    "exhibits_audit": frozenset({AUDITOR}),
    "exhibit_audit": frozenset({AUDITOR}),
    "journal": frozenset({AUDITOR}),
    "demo_messages": ANYONE,  # exists in demo mode only
    "pack": frozenset({ADMIN, AUDITOR, SUPERVISOR, SOIT, COUNTER}),
}


@dataclass(frozen=True)
class Reader:
    """Who looks or acts: the staff id (text), role, unit and station ids ("" for none), and the name to greet with."""

    id: str
    role: str
    unit: str = ""
    station: str = ""
    name: str = ""
    username: str = ""


SYSTEM: Final = Reader(id="system", role="system", name="Nightdesk")


class AccessRefused(Exception):
    """The reader may not do this; the sentence says who may."""


def may_open(page: str, role: str | None) -> bool:
    """Whether `role` (None: nobody is signed in) may open `page`; an unknown page is open to nobody."""
    allowed = PAGES.get(page, frozenset())
    return "anyone" in allowed or (role is not None and role in allowed)


def refuse_unless_may_open(page: str, role: str | None) -> None:
    """Raise AccessRefused, naming who may, unless `role` may open `page`."""
    if not may_open(page, role):
        who = ", ".join(sorted(PAGES.get(page, frozenset()))) or "nobody"
        raise AccessRefused(f"This page is for: {who}. If you need it, ask your supervisor.")
