"""The contact plan as rules take it: from what the counter noted, until one is agreed. Pure."""

from nightdesk.rules.basics import Basics
from nightdesk.rules.contact import Plan
from nightdesk.rules.pack_contact import VOICEMAIL


def plan_from_basics(basics: Basics) -> Plan:
    """What the counter noted about safe contact. Nothing was agreed about times, so none are known."""
    at = {"phone": basics.contact_phone, "email": basics.contact_email}
    return Plan(
        ways=basics.safe_ways, at={what: value for what, value in at.items() if value},
        message="yes" if VOICEMAIL in basics.safe_ways else "", interpreter=bool(basics.interpreter),
    )  # fmt: skip
