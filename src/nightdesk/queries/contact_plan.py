"""What was agreed with the person about contact: the newest version of the plan, or what the counter noted."""

from nightdesk.records.disclosures import BasicsVersion
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.contact_plan import Agreed, agreed_from_basics


def agreed_of(reader: Reader, reference: str, basics: Basics | None = None) -> Agreed:
    """What holds in this case; `basics` when the page has them open already. Opens seals: the page journals first."""
    if basics is None:
        rows = BasicsVersion.objects.filter(disclosure__reference=reference).select_related("vault")
        newest = rows.order_by("-number").first()
        basics = newest.basics() if newest else Basics()
    return agreed_from_basics(basics)
