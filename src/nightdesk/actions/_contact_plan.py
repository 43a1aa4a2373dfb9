"""The contact plan that a contact is checked against: the newest version, or what the counter noted when there is none."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from nightdesk.outside.current import force_zone
from nightdesk.records.cases import Case
from nightdesk.records.contact_plan import newest_of_one
from nightdesk.rules.contact import Plan
from nightdesk.rules.contact_plan import agreed_from_basics, agreed_from_values
from nightdesk.rules.particular_contact import CONTACT_PLAN


def plan_in_force(case: Case) -> tuple[Plan, tzinfo]:
    """The plan of a locked case and the person's time zone."""
    for row in newest_of_one(case.disclosure.reference):
        if row.particular.kind == CONTACT_PLAN.code:
            agreed = agreed_from_values(row.number, row.said())
            return agreed.plan, ZoneInfo(agreed.zone) if agreed.zone else force_zone()
    newest = case.disclosure.versions.order_by("-number").first()
    if newest is None:
        return Plan(), force_zone()
    newest.vault = case.disclosure.vault
    return agreed_from_basics(newest.basics()).plan, force_zone()
