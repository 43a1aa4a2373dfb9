"""A referral at Harrow Lane, and the worker's steps by hand."""

from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions.worker import take_due_step
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.referrals import Page, Referral
from nightdesk.rules.basics import Basics
from tests.records.taking import take

MINUTE = timedelta(minutes=1)
ADDRESS = "https://desk.example.test"
STEP_KINDS = {
    "referral_made",
    "referral_paged",
    "referral_acknowledged",
    "referral_moved",
    "case_taken_on",
    "case_released",
}


def raise_one(cast: Any, at: datetime) -> Disclosure:
    """A disclosure that calls for a specialist of unit A."""
    return take(cast, at, Basics(what="raped"))


def step(at: datetime) -> bool:
    """What the worker does when it wakes."""
    return take_due_step(at=at, address=ADDRESS)


def referral() -> Referral:
    """The only one there is, as it stands."""
    return Referral.objects.get()


def pages() -> list[tuple[str, str]]:
    """Who was told, in which layer, in order."""
    return list(Page.objects.order_by("step").values_list("staff__username", "layer"))


def token_of(staff: Any) -> str:
    """The key in the newest message to somebody."""
    page = Page.objects.filter(staff=staff).order_by("-step").first()
    assert page is not None
    return str(page.token)
