"""The newest contact plan and wishes of a case, in one statement."""

from django.db.models import OuterRef, QuerySet, Subquery

from nightdesk.records.cases import Case
from nightdesk.records.particulars import ParticularVersion
from nightdesk.rules.particular_contact import CONTACT_PLAN, WISHES, is_for_police


def newest_of_one(reference: str) -> "QuerySet[ParticularVersion]":
    """The newest version of the plan and of the wishes, as far as there are any."""
    rows = ParticularVersion.objects.filter(
        particular__case__disclosure__reference=reference,
        particular__kind__in=(CONTACT_PLAN.code, WISHES.code),
    )
    newest = ParticularVersion.objects.filter(particular=OuterRef("particular")).order_by("-number")
    return rows.filter(pk=Subquery(newest.values("pk")[:1])).select_related("vault", "particular")


def wants_police(case: Case) -> bool:
    """Whether the newest wishes say that the police may act. Opens that one seal: the page has journalled the reading."""
    rows = ParticularVersion.objects.filter(particular__case=case, particular__kind=WISHES.code)
    if (newest := rows.order_by("-number").first()) is None:
        return False
    newest.vault = case.disclosure.vault
    return is_for_police(newest.said())
